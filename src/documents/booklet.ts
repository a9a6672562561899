import { couponLabel } from '../domain/damm.ts'
import { direction, type Lang, type LocalizedText } from '../domain/lang.ts'
import { formatMoney, type Money, times } from '../domain/money.ts'
import { translator } from '../i18n/translator.ts'
import { qrSvg } from './qr.ts'
import { said, sentence, typed, written } from './said.ts'
import { typeset } from './typeset.ts'

export type BookletSize = 10 | 20 | 25

/** One coupon to print: `address` is its public page with its code, whole, for the QR. */
export interface PrintedCoupon {
  readonly number: number
  readonly code: string
  readonly address: string
}

export interface BookletData {
  /** One language, or two that stand together; the first gives the direction. */
  readonly langs: readonly [Lang] | readonly [Lang, Lang]
  readonly collective: LocalizedText
  readonly dream: LocalizedText
  readonly association: { readonly legalName: LocalizedText; readonly authorisationNumber: string }
  readonly price: Money
  readonly goal: number
  readonly ambassador: string
  /** In the order of printing: each booklet takes the next `size` of them. */
  readonly coupons: readonly PrintedCoupon[]
  readonly size: BookletSize
}

const COUPONS_ON_A_SHEET = 5

/**
 * Booklets to print on A4 and cut: for each a cover with its range, then sheets of five coupons with their stubs.
 * Throws when there is no coupon, or a number outside the campaign: that is a bug.
 */
export function bookletPdf(data: BookletData): Promise<Buffer> {
  if (data.coupons.length === 0) throw new RangeError('A booklet needs coupons')
  return typeset('booklet', content(data))
}

function content({ langs, coupons, size, goal, price, association, ...data }: BookletData) {
  const [main] = langs
  const inEach = (key: string) => langs.map((lang) => sentence(lang, `documents.${key}`))
  const amount = (count: number) => langs.map((lang) => said(lang, formatMoney(times(price, count), lang)))
  const booklets = inRunsOf(size, coupons).map((run) => ({
    first: couponLabel(run[0]!.number, goal),
    last: couponLabel(run.at(-1)!.number, goal),
    count: langs.map((lang) => said(lang, translator(lang)('common.coupons', { n: run.length }))),
    worth: amount(run.length),
    sheets: inRunsOf(COUPONS_ON_A_SHEET, run).map((sheet) =>
      sheet.map(({ number, code, address }) => ({
        number: couponLabel(number, goal),
        code: `${code.slice(0, 4)} ${code.slice(4)}`,
        qr: qrSvg(address),
      })),
    ),
  }))
  return {
    lang: main,
    dir: direction(main),
    title: translator(main)('documents.booklet_title'),
    collective: written(data.collective, main),
    dreams: langs.map((lang) => written(data.dream, lang)),
    ambassador: typed(main, data.ambassador),
    price: amount(1),
    association: langs.map((lang) => ({
      name: written(association.legalName, lang),
      authorisation: sentence(lang, 'documents.authorisation', { number: association.authorisationNumber }),
    })),
    words: {
      booklet: inEach('booklet_title'),
      coupon: inEach('coupon'),
      thanks: inEach('thanks'),
      contribution: langs.map((lang) => sentence(lang, 'common.footer.contribution')),
      stub: inEach('stub'),
      from: inEach('from'),
      to: inEach('to'),
      name: inEach('stub_name'),
      contact: inEach('stub_contact'),
      day: inEach('stub_day'),
      entrusted: inEach('entrusted'),
      returned: inEach('returned'),
      signature: inEach('signature'),
      steps: [1, 2, 3].map((step) => inEach(`booklet_step_${step}`)),
    },
    booklets,
  }
}

function inRunsOf<Thing>(size: number, things: readonly Thing[]): Thing[][] {
  const count = Math.ceil(things.length / size)
  return Array.from({ length: count }, (_, index) => things.slice(index * size, (index + 1) * size))
}
