import { z } from 'zod'
import { COUPON_STATES } from '../domain/coupon.ts'
import { ORDER_STATUSES } from '../domain/order.ts'

/**
 * What the API answers. The document is made of these, and tests hold every answer against them. What a field
 * means stands in the catalogue, as `api.field_NAME`.
 */

const slug = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
const day = z.iso.date()
const instant = z.iso.datetime({ precision: 3 })
const count = z.int().min(0)

/** `amountMinor` is a whole number that every JSON reader takes exactly: at most 2^53 - 1. */
const moneySchema = z.strictObject({
  amountMinor: z.int().min(1),
  currency: z.string().regex(/^[A-Z]{3}$/),
})

/** A draft is nobody's business. */
const campaignStatusSchema = z.enum(['scheduled', 'live', 'funded', 'closed', 'delivered'])

export const campaignListSchema = z.strictObject({
  campaigns: z.array(z.strictObject({ collective: slug, slug, status: campaignStatusSchema })),
})

export const campaignSchema = z.strictObject({
  collective: slug,
  slug,
  status: campaignStatusSchema,
  price: moneySchema,
  goal: z.int().min(1),
  available: count,
  reserved: count,
  given: count,
  banked: count,
  startsOn: day,
  endsOn: day,
  day: count,
  days: z.int().min(1),
  serverTime: instant,
})

export const orderSchema = z.strictObject({
  id: z.uuid(),
  key: z.string(),
  status: z.enum(ORDER_STATUSES),
  coupons: z.array(z.int().min(1)),
  total: moneySchema,
  expiresAt: instant,
  reference: z.string().optional(),
  paymentUrl: z.url().optional(),
})

export const couponSchema = z.strictObject({
  number: z.int().min(1),
  state: z.enum(COUPON_STATES),
  givenOn: day.optional(),
  layer: z.enum(['promised', 'on_its_way', 'banked']).optional(),
})

export const healthSchema = z.strictObject({ status: z.literal('ok') })

export const problemSchema = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  detail: z.string().optional(),
  errors: z.array(z.strictObject({ field: z.string(), code: z.string(), message: z.string() })).optional(),
  remaining: z.int().optional(),
  requestId: z.string().optional(),
})

export type CampaignAnswer = z.output<typeof campaignSchema>
export type OrderAnswer = z.output<typeof orderSchema>
export type CouponAnswer = z.output<typeof couponSchema>
