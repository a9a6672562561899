import type { BookletData, BookletSize } from '../../src/documents/booklet.ts'
import type { Lang } from '../../src/domain/lang.ts'
import { type ReadPdf, readQr } from './read-pdf.ts'
import { ASSOCIATION, COLLECTIVE, DREAM } from './world-content.ts'

/** What a booklet of the invented world says, with `count` coupons from number 1 and a code of its own for each. */
export function bookletData(
  count: number,
  size: BookletSize = 10,
  langs: BookletData['langs'] = ['ar', 'fr'],
): BookletData {
  const dream = Object.fromEntries(Object.entries(DREAM).map(([lang, { title }]) => [lang, title]))
  return {
    langs,
    collective: COLLECTIVE.name,
    dream,
    association: ASSOCIATION,
    price: { minor: 25_000n, currency: 'MAD' },
    goal: 1000,
    ambassador: 'Amina',
    coupons: Array.from({ length: count }, (_, index) => printedCoupon(index + 1, langs[0])),
    size,
  }
}

function printedCoupon(number: number, lang: Lang) {
  // Letters and digits in an order that differs from one to the next, as of a code that cannot be guessed.
  const code = ((number * 2_654_435_761) % 32 ** 7).toString(32).toUpperCase().padStart(8, '7')
  const address = `https://twiza.example/${lang}/casa/dar-salma/coupons/${number}?code=${code}`
  return { number, code, address }
}

// Where a coupon's QR stands on its sheet: the sixth part of the width at the far end of the strip.
const STRIP = { top: 18.5 / 297, height: 52 / 297 }
const QR_WIDTH = 0.27

/** The addresses of the five coupons of a sheet as a phone reads them. */
export async function qrsOfSheet(
  pdf: ReadPdf,
  page: number,
  dir: 'rtl' | 'ltr',
): Promise<(string | undefined)[]> {
  const picture = await pdf.picture(page, 3)
  const rows = Array.from({ length: 5 }, (_, row) => ({
    left: dir === 'rtl' ? 0.04 : 0.96 - QR_WIDTH,
    top: STRIP.top + row * STRIP.height,
    width: QR_WIDTH,
    height: STRIP.height,
  }))
  return Promise.all(rows.map((row) => readQr(picture, row)))
}
