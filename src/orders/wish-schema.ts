import { z } from 'zod'
import { MAX_QUANTITY } from '../domain/coupon.ts'
import { normaliseEmail } from '../domain/email.ts'
import { canonicalId, isUuid7 } from '../domain/id.ts'
import { LANGS } from '../domain/lang.ts'
import { MAX_NAME_CHARACTERS, MAX_WORD_CHARACTERS, ORDER_METHODS } from '../domain/order.ts'
import { normalisePhone } from '../domain/phone.ts'
import { cleanText } from '../domain/text.ts'

/**
 * What a contributor sends to take coupons, the same for the page's form and the JSON API. The error text of
 * each rule is its name; sentences for people come from the catalogue (`give.error_NAME`).
 */
export const wishSchema = z.strictObject(
  {
    id: z.string('id_needed').refine(isUuid7, 'id_unreadable').transform(canonicalId).meta({
      format: 'uuid',
      description: 'UUIDv7 made by the client before sending; the same id is the same order, for ever.',
    }),
    quantity: z
      .int('quantity_invalid')
      .min(1, 'quantity_invalid')
      .max(MAX_QUANTITY, 'quantity_invalid')
      .meta({ description: 'How many coupons.' }),
    method: z.enum(ORDER_METHODS, 'method_unknown'),
    name: z
      .string('name_unreadable')
      .transform(clean(MAX_NAME_CHARACTERS, 'name'))
      .optional()
      .meta({
        description: `For the receipt, never shown in public; at most ${MAX_NAME_CHARACTERS} characters.`,
      }),
    anonymous: z.boolean('anonymous_unreadable').optional().meta({
      description:
        'True keeps the name from the ambassador who offered the coupons. Without a name it is true.',
    }),
    email: z
      .string('email_unreadable')
      .transform(optional((text) => normaliseEmail(text), 'email', 'email_unreadable'))
      .optional()
      .meta({ description: 'For the receipt only.' }),
    phone: z
      .string('phone_unreadable')
      .transform(optional((text) => normalisePhone(text), 'phone', 'phone_unreadable'))
      .optional()
      .meta({ description: 'E.164 or a Moroccan form such as 0612345678; for the receipt only.' }),
    lang: z.enum(LANGS, 'lang_unknown').optional(),
    ambassador: z
      .string('ambassador_unknown')
      .max(60, 'ambassador_unknown')
      .optional()
      .meta({ description: 'Short name of the ambassador who offered the coupons, as in the address.' }),
    word: z
      .string('word_unreadable')
      .transform(clean(MAX_WORD_CHARACTERS, 'word'))
      .optional()
      .meta({ description: 'A word of encouragement, shown without a name after an organiser lets it.' }),
    consent: z.literal(true, 'consent_needed'),
  },
  'body_unreadable',
)

export type WishBody = z.output<typeof wishSchema>

/** An empty text is an absent one: a form always sends its fields. */
function clean(maxCharacters: number, field: string) {
  return (text: string, context: z.RefinementCtx): string | undefined => {
    const cleaned = cleanText(text, maxCharacters)
    if (cleaned.ok) return cleaned.text
    if (cleaned.status === 'empty') return undefined
    const problem = cleaned.status === 'too_long' ? 'too_long' : 'unreadable'
    context.addIssue({ code: 'custom', message: `${field}_${problem}` })
    return z.NEVER
  }
}

function optional<Field extends string>(
  normalise: (text: string) => ({ ok: true } & Record<Field, string>) | { ok: false },
  field: Field,
  problem: string,
) {
  return (text: string, context: z.RefinementCtx): string | undefined => {
    if (text.trim() === '') return undefined
    const read = normalise(text)
    if (read.ok) return read[field]
    context.addIssue({ code: 'custom', message: problem })
    return z.NEVER
  }
}
