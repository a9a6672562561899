import { expect, test } from 'vitest'
import { bookletData, qrsOfSheet } from '../../test/support/booklets.ts'
import { readPdf } from '../../test/support/read-pdf.ts'
import { couponLabel } from '../domain/damm.ts'
import { bookletPdf } from './booklet.ts'

// All of a thousand coupons: node bench/documents.mjs.
test('every QR of two booklets leads to its coupon with its code', async () => {
  const data = bookletData(20)
  const pdf = await readPdf(await bookletPdf(data))
  // A cover and two sheets each.
  expect(pdf.pages).toBe(6)
  const read = await Promise.all([2, 3, 5, 6].map((page) => qrsOfSheet(pdf, page, 'rtl')))
  expect(read.flat()).toEqual(data.coupons.map(({ address }) => address))
  const words = (await Promise.all([2, 3, 5, 6].map((page) => pdf.text(page)))).flat()
  for (const { number, code } of data.coupons) {
    // On the coupon and on its stub.
    expect(words.filter((word) => word === couponLabel(number, 1000))).toHaveLength(2)
    expect(words.filter((word) => word === `${code.slice(0, 4)} ${code.slice(4)}`)).toHaveLength(2)
  }
  await pdf.close()
})

test('a cover in Arabic tells its booklet in the order in which it is read', async () => {
  const pdf = await readPdf(await bookletPdf(bookletData(25, 25, ['ar'])))
  expect(pdf.pages).toBe(6)
  const words = (await pdf.text(1)).join(' ')
  const parts = [
    'بيت للجميع',
    'دفتر القسائم',
    'دار سلمى',
    couponLabel(1, 1000),
    couponLabel(25, 1000),
    'تسليم الدفتر',
  ]
  expect(parts.filter((part) => !words.includes(part))).toEqual([])
  const [collective, booklet, dream] = parts.map((part) => words.indexOf(part))
  expect([collective, booklet, dream]).toEqual([collective, booklet, dream].sort((a, b) => a! - b!))
  await pdf.close()
})

test('each pair of languages fits its pages', async () => {
  for (const langs of [['fr'], ['en', 'es'], ['fr', 'ar']] as const) {
    const pdf = await readPdf(await bookletPdf(bookletData(10, 10, langs)))
    expect(pdf.pages).toBe(3)
    expect(await qrsOfSheet(pdf, 2, 'ltr')).not.toContain(undefined)
    await pdf.close()
  }
})

test('a title of 80 letters in two languages fits the cover and the coupons', async () => {
  const long = {
    ar: 'بيت صغير لأسرة كبيرة '.repeat(4).slice(0, 80),
    fr: 'Une maison pour elles '.repeat(4).slice(0, 80),
  }
  const data = bookletData(10)
  const pdf = await readPdf(await bookletPdf({ ...data, dream: long }))
  expect(pdf.pages).toBe(3)
  expect(await qrsOfSheet(pdf, 2, 'rtl')).toEqual(data.coupons.slice(0, 5).map(({ address }) => address))
  await pdf.close()
})

test('what people wrote is only text', async () => {
  const written = '#panic("x") $x$ *b* \\ @a <b> // "'
  const data = { ...bookletData(5), ambassador: written, dream: { ar: written } }
  const pdf = await readPdf(await bookletPdf(data))
  expect((await pdf.text(1)).join(' ')).toContain('#panic("x") $x$ *b*')
  await pdf.close()
})

test('a booklet without coupons is a bug', () => {
  expect(() => bookletPdf({ ...bookletData(5), coupons: [] })).toThrow(RangeError)
})
