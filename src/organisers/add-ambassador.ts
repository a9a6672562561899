import { type Act, record } from '../db/act.ts'
import type { Tenant } from '../db/tenant.ts'
import { newId } from '../domain/id.ts'
import { isSameText, type LocalizedText } from '../domain/lang.ts'
import { isSlug, RESERVED_AMBASSADOR_SLUGS } from '../domain/slug.ts'
import { proposeSlug, recordStep } from '../people/ambassador-steps.ts'

export const MAX_AMBASSADOR_NAME_CHARACTERS = 60

export interface NewAmbassador {
  /** Made by whoever asks; the same id again is the same ambassador, and is refused with other content. */
  readonly id?: string
  readonly name: string
  /** Proposed from the name when absent. */
  readonly slug?: string
  readonly firstWords?: LocalizedText
  readonly phone?: string | null
  readonly email?: string | null
  /** The ambassador who invited this one. */
  readonly invitedBy?: string | null
}

export type AmbassadorAdded =
  | {
      readonly ok: true
      readonly status: 'created' | 'exists'
      readonly ambassadorId: string
      readonly slug: string
    }
  | {
      readonly ok: false
      readonly status:
        | 'slug_invalid'
        | 'slug_reserved'
        | 'slug_taken'
        | 'inviter_unknown'
        | 'exists_with_different_content'
    }

/** An ambassador whom the organisers know: accepted at once, with a link of their own. */
export function addAmbassador(tenant: Tenant, wish: NewAmbassador, act: Act): Promise<AmbassadorAdded> {
  return tenant.transaction(async (inside) => {
    const ambassadorId = wish.id ?? newId()
    const before = await answerKnown(inside, ambassadorId, wish)
    if (before) return before
    const slug = wish.slug ?? (await proposeSlug(inside, wish.name))
    if (!isSlug(slug)) return { ok: false, status: 'slug_invalid' }
    if (RESERVED_AMBASSADOR_SLUGS.has(slug)) return { ok: false, status: 'slug_reserved' }
    if (wish.invitedBy && !(await findAmbassador(inside, wish.invitedBy))) {
      return { ok: false, status: 'inviter_unknown' }
    }
    const written = await inside
      .insertInto('ambassador', {
        id: ambassadorId,
        slug,
        name: wish.name,
        first_words: JSON.stringify(wish.firstWords ?? {}),
        phone: wish.phone ?? null,
        email: wish.email ?? null,
        invited_by: wish.invitedBy ?? null,
        proposed_at: act.now,
        accepted_at: act.now,
        ended_at: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('ambassador.id')
      .executeTakeFirst()
    // The same form sent twice at once: the other was first.
    if (!written)
      return (await answerKnown(inside, ambassadorId, wish)) ?? { ok: false, status: 'slug_taken' }
    await recordStep(inside, ambassadorId, 'accepted', act)
    await record(inside, { kind: 'ambassador_accepted', data: { ambassadorId } }, act)
    return { ok: true, status: 'created', ambassadorId, slug }
  })
}

async function answerKnown(
  tenant: Tenant,
  ambassadorId: string,
  wish: NewAmbassador,
): Promise<AmbassadorAdded | undefined> {
  const known = await findAmbassador(tenant, ambassadorId)
  if (!known) return undefined
  const isSame =
    known.name === wish.name &&
    (wish.slug === undefined || known.slug === wish.slug) &&
    known.phone === (wish.phone ?? null) &&
    known.email === (wish.email ?? null) &&
    known.invited_by === (wish.invitedBy ?? null) &&
    isSameText(known.first_words, wish.firstWords ?? {})
  return isSame
    ? { ok: true, status: 'exists', ambassadorId, slug: known.slug }
    : { ok: false, status: 'exists_with_different_content' }
}

function findAmbassador(tenant: Tenant, id: string) {
  return tenant
    .selectFrom('ambassador')
    .select(['id', 'slug', 'name', 'phone', 'email', 'invited_by', 'first_words'])
    .where('ambassador.id', '=', id)
    .executeTakeFirst()
}
