import type { Context } from 'hono'
import { type LocalDay, parseDay } from '../domain/days.ts'
import { plainDigits } from '../domain/digits.ts'
import { normaliseEmail } from '../domain/email.ts'
import { canonicalId, isUuid7, newId } from '../domain/id.ts'
import type { Lang } from '../domain/lang.ts'
import { type Currency, parseMoney } from '../domain/money.ts'
import { normalisePhone } from '../domain/phone.ts'
import { isSlug, slugify } from '../domain/slug.ts'
import { cleanText } from '../domain/text.ts'
import type { Params, T } from '../i18n/translator.ts'
import type { FieldErrors } from '../web/error-summary.tsx'
import { fieldLabel } from './field-label.ts'

const EARLIEST_DAY = '2000-01-01'
const LATEST_DAY = '2199-12-31'
const DIFFERENT = 'exists_with_different_content'

/**
 * A form as it was sent, and what is wrong with it. Each reader answers the clean value, or undefined after
 * noting why not under the field's name; what was typed stays readable by `shown`.
 */
export class Form {
  readonly #problems = new Map<string, { code: string; params: Params }>()

  constructor(readonly sent: URLSearchParams | FormData = new URLSearchParams()) {}

  get ok(): boolean {
    return this.#problems.size === 0
  }

  /** Of the page that shows the form again: 409 when what was sent is at odds with what is recorded. */
  get status(): 200 | 409 | 422 {
    const codes = [...this.#problems.values()].map(({ code }) => code)
    if (codes.includes(DIFFERENT)) return 409
    return this.ok ? 200 : 422
  }

  /** What was typed, for showing it again. */
  shown(name: string): string {
    const value = this.sent.get(name)
    return typeof value === 'string' ? value : ''
  }

  /** Notes what is wrong with a field; the first thing wrong is the one to say. */
  fail(name: string, code: string, params: Params = {}): undefined {
    if (!this.#problems.has(name)) this.#problems.set(name, { code, params })
    return undefined
  }

  /** Notes a command's refusal. Content that came under a used id is something new if it is sent once more. */
  refuse(name: string, status: string, idName = 'id'): void {
    this.fail(status === DIFFERENT ? '' : name, status)
    if (status === DIFFERENT) this.sent.set(idName, newId())
  }

  /** A sentence for each wrong field (`organiser.error.CODE`), in the order of the checks. */
  errors(t: T): FieldErrors {
    const sentences = [...this.#problems].map(
      ([name, { code, params }]) => [name, t(`organiser.error.${code}`, params)] as const,
    )
    return Object.fromEntries(sentences)
  }

  /** The same for the summary above the form, where the field's own label is far away. */
  summary(t: T): FieldErrors {
    const sentences = Object.entries(this.errors(t)).map(([name, sentence]) => {
      const label = fieldLabel(t, name)
      return [
        name,
        label === undefined ? sentence : t('organiser.error_at', { label, sentence: sentence ?? '' }),
      ]
    })
    return Object.fromEntries(sentences)
  }

  text(name: string, max: number, options: { lines?: boolean } = {}): string | undefined {
    const cleaned = cleanText(this.shown(name), max, options)
    if (cleaned.ok) return cleaned.text
    if (cleaned.status === 'empty') return this.fail(name, 'required')
    return this.fail(name, cleaned.status, { n: max })
  }

  /** Null when left empty. */
  optionalText(name: string, max: number, options: { lines?: boolean } = {}): string | null | undefined {
    return this.isEmpty(name) ? null : this.text(name, max, options)
  }

  isEmpty(name: string): boolean {
    return this.shown(name).trim() === ''
  }

  /** What was typed as plain digits, without the spaces in between: a code. */
  digits(name: string): string {
    return plainDigits(this.shown(name)).replace(/[\s-]/g, '')
  }

  whole(name: string, min: number, max: number): number | undefined {
    const typed = plainDigits(this.shown(name)).replace(/\s/g, '')
    if (typed === '') return this.fail(name, 'required')
    if (!/^\d+$/.test(typed)) return this.fail(name, 'not_a_number')
    const value = Number(typed)
    return value >= min && value <= max ? value : this.fail(name, 'out_of_range', { min, max })
  }

  /** An amount above zero, in minor units, read as it is written in `lang`. */
  amount(name: string, currency: Currency, lang: Lang): bigint | undefined {
    if (this.isEmpty(name)) return this.fail(name, 'required')
    const parsed = parseMoney(this.shown(name), currency, lang)
    if (!parsed.ok) return this.fail(name, `amount_${parsed.status}`)
    return parsed.money.minor > 0n ? parsed.money.minor : this.fail(name, 'amount_negative')
  }

  /** As a date picker sends it, or typed day first: 03/04/2027. */
  day(name: string): LocalDay | undefined {
    const typed = plainDigits(this.shown(name)).trim()
    if (typed === '') return this.fail(name, 'required')
    const dayFirst = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(typed)
    const [, date = '', month = '', year] = dayFirst ?? []
    const day = parseDay(dayFirst ? `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}` : typed)
    return day && day >= EARLIEST_DAY && day <= LATEST_DAY ? day : this.fail(name, 'not_a_day')
  }

  email(name: string): string | undefined {
    if (this.isEmpty(name)) return this.fail(name, 'required')
    const read = normaliseEmail(this.shown(name))
    return read.ok ? read.email : this.fail(name, 'not_an_email')
  }

  /** A telephone number in E.164; null when left empty. */
  optionalPhone(name: string): string | null | undefined {
    if (this.isEmpty(name)) return null
    const read = normalisePhone(this.shown(name))
    return read.ok ? read.phone : this.fail(name, 'not_a_phone')
  }

  /**
   * A name for an address: as typed, else made from the first of `from` that has letters for one. When all of
   * `from` is empty, what is missing is said there and not here.
   */
  slug(name: string, reserved: ReadonlySet<string>, from: readonly string[]): string | undefined {
    const typed = this.shown(name).trim().toLowerCase()
    const slug = typed === '' ? (from.map(slugify).find((made) => made !== '') ?? '') : typed
    if (slug === '') return from.some((text) => text !== '') ? this.fail(name, 'slug_needed') : undefined
    if (!isSlug(slug)) return this.fail(name, 'slug_invalid')
    return reserved.has(slug) ? this.fail(name, 'slug_reserved') : slug
  }

  /** One of a few choices. */
  choice<Value extends string>(name: string, isChoice: (value: string) => value is Value): Value | undefined {
    const value = this.shown(name)
    return isChoice(value) ? value : this.fail(name, value === '' ? 'required' : 'not_a_choice')
  }

  /** The id that the form's page made; a fresh one when a reader took it away. */
  id(name = 'id'): string {
    const value = this.shown(name)
    return isUuid7(value) ? canonicalId(value) : newId()
  }
}

/** Reads a form of either encoding. What is not a form reads as one without fields: never throws. */
export async function readForm(c: Context): Promise<Form> {
  const type = c.req.header('Content-Type') ?? ''
  if (type.startsWith('application/x-www-form-urlencoded')) {
    return new Form(new URLSearchParams(await c.req.text()))
  }
  if (!type.startsWith('multipart/form-data')) return new Form()
  return new Form(await c.req.formData().catch(() => new URLSearchParams()))
}
