import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPublicPages, type PublicPages } from '../../test/support/public-pages.tsx'
import { readPdf, readQr } from '../../test/support/read-pdf.ts'
import { kitFileRoutes } from './kit-files.ts'

let pages: PublicPages
let app: ReturnType<typeof kitFileRoutes>

beforeAll(async () => {
  pages = await createPublicPages()
  app = kitFileRoutes(pages.services)
})

afterAll(() => pages.close())

test.each([
  ['card.png', 1200, 630],
  ['card-square.png', 1080, 1080],
  ['status.png', 1080, 1920],
])('%s leads to the ambassador', async (file, width, height) => {
  const answer = await app.request(`/ar/casa/dar-salma/amina/${file}`)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('Content-Type')).toBe('image/png')
  const png = Buffer.from(await answer.arrayBuffer())
  expect(await sharp(png).metadata()).toMatchObject({ width, height })
  expect(await readQr(png)).toBe(`${pages.services.publicUrl}/ar/casa/dar-salma/amina`)
})

test.each(['poster.pdf', 'table-card.pdf'])('%s is one page that leads there', async (file) => {
  const answer = await app.request(`/fr/casa/dar-salma/amina/${file}`)
  expect(answer.headers.get('Content-Type')).toBe('application/pdf')
  const pdf = await readPdf(Buffer.from(await answer.arrayBuffer()))
  expect(pdf.pages).toBe(1)
  expect(await readQr(await pdf.picture(1, 2))).toContain('/fr/casa/dar-salma/amina')
  await pdf.close()
})

test.each([
  '/fr/casa/dar-salma/nobody',
  '/fr/casa/dar-draft/amina',
  '/de/casa/dar-salma/amina',
  '/fr/none/x/amina',
])('%s has no card', async (place) => {
  expect((await app.request(`${place}/card.png`)).status).toBe(404)
  expect((await app.request(`${place}/poster.pdf`)).status).toBe(404)
})

test('who has the picture already is told that it is the same', async () => {
  const first = await app.request('/fr/casa/dar-salma/amina/card.png')
  const headers = { 'If-None-Match': first.headers.get('ETag') ?? '' }
  expect((await app.request('/fr/casa/dar-salma/amina/card.png', { headers })).status).toBe(304)
})
