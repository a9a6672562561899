import { brotliCompressSync } from 'node:zlib'
import { render } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import type { BrickState } from '../domain/coupon.ts'
import { translator } from '../i18n/translator.ts'
import { House, HouseScale, houseSvg } from './house.tsx'

const t = translator('en')
const ALL: readonly BrickState[] = ['available', 'promised', 'given', 'banked', 'void']

function layered(goal: number): BrickState[] {
  const state = (index: number): BrickState =>
    index < goal * 0.2 ? 'banked' : index < goal * 0.6 ? 'given' : 'available'
  return Array.from({ length: goal }, (_, index) => state(index))
}

test('the drawing says in words what it shows', () => {
  const drawing = render(<House t={t} states={layered(10)} />)
  expect(drawing).toContain('role="img"')
  expect(drawing).toContain(
    'Coupons in all: 10. Given: 6, of which banked: 2. Promised: 0. Still to be given: 4.',
  )
})

test('a house of more coupons than bricks says so, and counts its bricks', () => {
  const drawing = render(<House t={t} states={layered(1000)} goal={1_000_000} />)
  expect(drawing).toContain('1000 bricks stand for all the coupons, from 1 to 1,000,000.')
  expect(drawing).toContain('Bricks given: 600, of which banked: 200.')
  expect(render(<HouseScale t={t} goal={1_000_000} />)).toContain('from 1 to 1,000,000')
  expect(render(<HouseScale t={t} goal={1000} />)).toBe('')
})

test('there is one path a state, even for states without a brick, so that a script can redraw', () => {
  const drawing = render(<House t={t} states={layered(10)} />)
  for (const state of ALL) expect(drawing.split(`data-state="${state}"`)).toHaveLength(2)
})

test("the reader's own bricks are one further path", () => {
  expect(render(<House t={t} states={layered(10)} own={[3, 1]} />)).toContain('brick-own')
  expect(render(<House t={t} states={layered(10)} />)).not.toContain('brick-own')
})

test('the windows are lit once every brick is given', () => {
  expect(render(<House t={t} states={Array(10).fill('given')} />)).toContain('house-complete')
  expect(render(<House t={t} states={layered(10)} />)).not.toContain('house-complete')
})

test('alone it is an XML document with its language, needing no styles', () => {
  const drawing = houseSvg({ t, lang: 'en', states: layered(1000) })
  expect(drawing).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg" lang="en"/)
  expect(drawing).not.toMatch(/ d[ >]/)
  expect(drawing).not.toContain('style=')
})

test('a thousand bricks in a mix without any order are under 6 KB compressed', () => {
  // A fixed sequence without visible order (Lehmer, 1951), so that the size is the same every time.
  let seed = 21
  const states = Array.from({ length: 1000 }, () => {
    seed = (seed * 48_271) % 2_147_483_647
    return ALL[seed % ALL.length]!
  })
  expect(brotliCompressSync(houseSvg({ t, lang: 'en', states })).length).toBeLessThan(6000)
  expect(brotliCompressSync(houseSvg({ t, lang: 'en', states: layered(1000) })).length).toBeLessThan(2500)
})
