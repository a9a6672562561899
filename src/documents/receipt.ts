import { couponLabel } from '../domain/damm.ts'
import { formatDay, type LocalDay } from '../domain/days.ts'
import { direction, type Lang, type LocalizedText } from '../domain/lang.ts'
import { formatMoney, type Money, subtract } from '../domain/money.ts'
import { translator } from '../i18n/translator.ts'
import { qrSvg } from './qr.ts'
import { said, sentence, typed, written } from './said.ts'
import { typeset } from './typeset.ts'

/** A remittance that the treasurer has counted. */
export interface ReceiptData {
  readonly lang: Lang
  /** How people call it: short, without meaning of its own. */
  readonly number: string
  readonly collective: LocalizedText
  readonly dream: LocalizedText
  readonly association: { readonly legalName: LocalizedText; readonly authorisationNumber: string }
  readonly from: string
  readonly to: string
  readonly day: LocalDay
  readonly goal: number
  /** The coupons that the money is for. */
  readonly coupons: readonly number[]
  readonly declared: Money
  readonly counted: Money
  /** Why the two differ. */
  readonly reason?: string
  /** Where the remittance can be looked at by those who may. */
  readonly address: string
}

/** A receipt on A5. Throws when the two amounts are of different currencies: that is a bug. */
export function receiptPdf(data: ReceiptData): Promise<Buffer> {
  const { lang, declared, counted, reason, goal } = data
  const t = translator(lang)
  const row = (key: string, text: string) => ({
    label: sentence(lang, `documents.${key}`),
    value: said(lang, text),
  })
  const typedRow = (key: string, text: string) => ({ ...row(key, text), value: typed(lang, text) })
  const difference = subtract(counted, declared)
  return typeset('receipt', {
    lang,
    dir: direction(lang),
    title: t('documents.receipt_title'),
    heading: sentence(lang, 'documents.receipt_title'),
    numbered: sentence(lang, 'documents.receipt_number'),
    number: data.number,
    collective: written(data.collective, lang),
    dream: written(data.dream, lang),
    day: said(lang, formatDay(data.day, lang, { year: true })),
    rows: [
      typedRow('receipt_from', data.from),
      typedRow('receipt_to', data.to),
      row('receipt_declared', formatMoney(declared, lang)),
      ...(difference.minor === 0n ? [] : [row('receipt_difference', formatMoney(difference, lang))]),
      ...(reason ? [typedRow('receipt_reason', reason)] : []),
    ],
    counted: row('receipt_counted', formatMoney(counted, lang)),
    coupons: {
      label: sentence(lang, 'common.coupons', { n: data.coupons.length }),
      numbers: [...data.coupons].sort((one, other) => one - other).map((number) => couponLabel(number, goal)),
    },
    signature: sentence(lang, 'documents.signature'),
    note: sentence(lang, 'documents.receipt_note'),
    association: written(data.association.legalName, lang),
    authorisation: sentence(lang, 'documents.authorisation', {
      number: data.association.authorisationNumber,
    }),
    qr: qrSvg(data.address),
  })
}
