import { z } from 'zod'
import { canonicalId, isUuid7 } from '../domain/id.ts'
import { DEFAULT_LANG, LANGS } from '../domain/lang.ts'
import { MAX_PAYLOAD_CHARACTERS, RECORD_ANSWERS } from '../domain/sale-record.ts'

/** What the ambassadors' app sends and is answered. The error text of each rule is its name. */

const MAX_BATCH = 50
const MAX_KEY_CHARACTERS = 200
const MAX_DEVICE_NAME_CHARACTERS = 60

const id = z
  .string('id_needed')
  .refine(isUuid7, 'id_unreadable')
  .transform(canonicalId)
  .meta({ format: 'uuid' })
const base64url = z
  .string('text_unreadable')
  .regex(/^[\w-]+$/, 'text_unreadable')
  .max(MAX_KEY_CHARACTERS, 'text_unreadable')

/** Whatever stands here, the sale is kept: cash was taken. What cannot be read of the contributor is left out. */
const contributorSchema = z.strictObject({
  name: z.string(),
  anonymous: z.boolean(),
  email: z.string(),
  phone: z.string(),
  lang: z.enum(LANGS),
  word: z.string(),
})
const UNKNOWN_CONTRIBUTOR: z.output<typeof contributorSchema> = {
  name: '',
  anonymous: true,
  email: '',
  phone: '',
  lang: DEFAULT_LANG,
  word: '',
}

const saleSchema = z.strictObject({
  id,
  payload: z.string('text_unreadable').max(MAX_PAYLOAD_CHARACTERS, 'text_unreadable'),
  signature: z.string('text_unreadable').max(MAX_KEY_CHARACTERS, 'text_unreadable'),
  contributor: contributorSchema.catch(UNKNOWN_CONTRIBUTOR),
})

export const salesSchema = z.strictObject(
  {
    collectiveId: id,
    deviceId: id,
    sales: z.array(saleSchema, 'sales_invalid').min(1, 'sales_invalid').max(MAX_BATCH, 'sales_invalid'),
  },
  'body_unreadable',
)

export const deviceBodySchema = z.strictObject(
  {
    collectiveId: id,
    id,
    name: z
      .string('name_unreadable')
      .trim()
      .min(1, 'name_unreadable')
      .max(MAX_DEVICE_NAME_CHARACTERS, 'name_too_long'),
    publicKey: base64url,
  },
  'body_unreadable',
)

export const blockBodySchema = z.strictObject(
  { collectiveId: id, campaignId: id, id, deviceId: id, size: z.int('size_invalid') },
  'body_unreadable',
)

export const revocationBodySchema = z.strictObject({ collectiveId: id }, 'body_unreadable')

const uuid = z.uuid()
const instant = z.iso.datetime({ precision: 3 })
const money = z.strictObject({ amountMinor: z.int().min(1), currency: z.string() })

export const salesAnswerSchema = z.strictObject({
  answers: z.array(z.strictObject({ id: uuid, answer: z.enum(RECORD_ANSWERS) })),
})

export const deviceAnswerSchema = z.strictObject({ id: uuid, name: z.string(), isRevoked: z.boolean() })

export const blockAnswerSchema = z.strictObject({
  id: uuid,
  campaignId: uuid,
  deviceId: uuid.nullable(),
  kind: z.enum(['booklet', 'phone']),
  status: z.enum(['allotted', 'accepted', 'returned', 'lost', 'closed']),
  price: money,
  left: z.array(z.int().min(1)),
})

export const appStateSchema = z.strictObject({
  serverTime: instant,
  collectiveId: uuid,
  ambassadorId: uuid,
  campaigns: z.array(z.strictObject({ id: uuid, slug: z.string(), status: z.string(), price: money })),
  devices: z.array(deviceAnswerSchema),
  blocks: z.array(blockAnswerSchema),
})

export type SalesBody = z.output<typeof salesSchema>
export type SaleBody = SalesBody['sales'][number]
export type BlockAnswer = z.output<typeof blockAnswerSchema>
export type AppState = z.output<typeof appStateSchema>
