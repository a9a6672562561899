import type { KnownCampaign } from '../db/directory.ts'
import { canonicalId, isUuid7 } from '../domain/id.ts'
import { DEFAULT_LANG, type Lang } from '../domain/lang.ts'
import { compareWish, type OrderWish } from '../domain/order.ts'
import { findOrder, type Placed, placeOrder } from './place-order.ts'
import type { OrderServices } from './services.ts'
import { type WishBody, wishSchema } from './wish-schema.ts'

/** One refused field; `code` is the name of the rule. */
export interface WishError {
  readonly field: string
  readonly code: string
}

/** Who offered the coupons, by the name in an address: answered from memory where the installation keeps it. */
interface TakingServices extends OrderServices {
  readonly kept: {
    readonly directory: {
      ambassador(collectiveId: string, slug: string): Promise<{ readonly id: string } | undefined>
    }
  }
}

export type Taken =
  | Placed
  | { readonly ok: false; readonly status: 'invalid'; readonly errors: readonly WishError[] }

/**
 * Takes an order from whatever was sent. The id is looked up before anything is refused, so that the same
 * wish sent again is answered again even when a rule, the calendar or the campaign has changed meanwhile.
 * `fallbackLang` is the language of the page or the request when the body names none.
 */
export async function takeOrder(
  services: TakingServices,
  campaign: KnownCampaign,
  body: unknown,
  fallbackLang: Lang = DEFAULT_LANG,
): Promise<Taken> {
  const ambassadorId = await ambassadorNamed(services, campaign, textOf(body, 'ambassador'))
  const read = wishSchema.safeParse(body)
  // What can be read needs no look-up of its own: `placeOrder` begins with the id.
  if (read.success && ambassadorId !== undefined) {
    return placeOrder(services, campaign, wishOf(read.data, ambassadorId, fallbackLang))
  }
  const id = textOf(body, 'id')
  const known = isUuid7(id) ? await findOrder(services, campaign.collective.id, canonicalId(id)) : undefined
  if (known) {
    const status = compareWish(known, readLoosely(body, ambassadorId ?? null), campaign.id)
    return status === 'exists' ? { ok: true, status, order: known } : { ok: false, status }
  }
  const errors = read.success ? [] : wishErrors(read.error.issues)
  if (ambassadorId === undefined && !errors.some((error) => error.field === 'ambassador')) {
    errors.push({ field: 'ambassador', code: 'ambassador_unknown' })
  }
  return { ok: false, status: 'invalid', errors }
}

/** The id of an accepted ambassador; null when none was named, undefined when the name is not known. */
async function ambassadorNamed(
  { kept }: Pick<TakingServices, 'kept'>,
  { collective }: KnownCampaign,
  slug: string | undefined,
): Promise<string | null | undefined> {
  return slug ? (await kept.directory.ambassador(collective.id, slug))?.id : null
}

function wishOf(body: WishBody, ambassadorId: string | null, fallbackLang: Lang): OrderWish {
  return {
    id: body.id,
    quantity: body.quantity,
    method: body.method,
    name: body.name ?? null,
    anonymous: body.anonymous === true || body.name === undefined,
    email: body.email ?? null,
    phone: body.phone ?? null,
    lang: body.lang ?? fallbackLang,
    word: body.word ?? null,
    ambassadorId,
  }
}

/** What was sent, field by field, only to compare it with a stored order: what cannot be read is different. */
function readLoosely(body: unknown, ambassadorId: string | null): OrderWish {
  const shape = wishSchema.shape
  const sent = body as Record<string, unknown>
  const name = shape.name.safeParse(sent.name)
  const text = (read: { success: boolean; data?: string | undefined }) =>
    read.success ? (read.data ?? null) : ''
  return {
    id: '',
    quantity: shape.quantity.safeParse(sent.quantity).data ?? Number.NaN,
    method: shape.method.safeParse(sent.method).data ?? ('' as 'card'),
    name: text(name),
    anonymous: sent.anonymous === true || text(name) === null,
    email: text(shape.email.safeParse(sent.email)),
    phone: text(shape.phone.safeParse(sent.phone)),
    lang: DEFAULT_LANG,
    word: text(shape.word.safeParse(sent.word)),
    ambassadorId,
  }
}

interface SchemaIssue {
  readonly code?: string
  readonly path: readonly PropertyKey[]
  readonly message: string
  readonly keys?: readonly string[]
}

function wishErrors(issues: readonly SchemaIssue[]): WishError[] {
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? (issue.keys ?? []).map((key) => ({ field: key.slice(0, 60), code: 'unknown_field' }))
      : [{ field: String(issue.path[0] ?? 'body'), code: issue.message }],
  )
}

function textOf(body: unknown, field: string): string | undefined {
  if (typeof body !== 'object' || body === null) return undefined
  const value = (body as Record<string, unknown>)[field]
  return typeof value === 'string' ? value : undefined
}
