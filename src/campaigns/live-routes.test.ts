import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPublicPages, type PublicPages } from '../../test/support/public-pages.tsx'

let pages: PublicPages

beforeAll(async () => {
  pages = await createPublicPages()
})

afterAll(() => pages.close())

test('the stream answers with the truth and its position', async () => {
  const answer = await pages.app.request('/api/v1/campaigns/casa/dar-salma/events')
  expect(answer.headers.get('Content-Type')).toBe('text/event-stream; charset=utf-8')
  const reader = answer.body!.getReader()
  await reader.read()
  const { value } = await reader.read()
  expect(new TextDecoder().decode(value)).toMatch(
    /^id: \d+\ndata: {"position":\d+,.*"bricks":"g3p2a35"}\n\n$/,
  )
  await reader.cancel()
})
