import { createHash } from 'node:crypto'
import type { Act } from '../db/act.ts'
import type { Tenant } from '../db/tenant.ts'
import { newId } from '../domain/id.ts'
import { inLang, type Lang } from '../domain/lang.ts'
import { translator } from '../i18n/translator.ts'

/** What ambassadors promise, as it is shown in one language. Version 0 is the text that comes with Twiza. */
export interface Charter {
  readonly version: number
  readonly text: string
  /** SHA-256 of the text, in base64url: kept with the acceptance. */
  readonly hash: string
}

/** The charter that holds now. */
export async function charterIn(tenant: Tenant, lang: Lang): Promise<Charter> {
  const own = await tenant
    .selectFrom('charter')
    .select(['charter.version', 'charter.texts'])
    .orderBy('charter.version', 'desc')
    .limit(1)
    .executeTakeFirst()
  const text = own ? inLang(own.texts, lang) : translator(lang)('ambassador.charter_text')
  return { version: own?.version ?? 0, text, hash: createHash('sha256').update(text).digest('base64url') }
}

/** When this ambassador accepted the version that holds now; undefined when they have not. */
export async function charterAcceptedAt(tenant: Tenant, ambassadorId: string): Promise<Date | undefined> {
  const { version } = await charterIn(tenant, 'ar')
  const row = await tenant
    .selectFrom('charter_acceptance')
    .select('charter_acceptance.accepted_at')
    .where('charter_acceptance.ambassador_id', '=', ambassadorId)
    .where('charter_acceptance.version', '=', version)
    .executeTakeFirst()
  return row?.accepted_at
}

export interface CharterRead {
  readonly ambassadorId: string
  readonly lang: Lang
  /** Of the text that was on the page. */
  readonly hash: string
}

export type CharterAccepted =
  | { readonly ok: true }
  | { readonly ok: false; readonly status: 'charter_changed' }

/** Records who accepted which text, once. A text that is not the one of now has to be read again. */
export function acceptCharter(tenant: Tenant, read: CharterRead, act: Act): Promise<CharterAccepted> {
  const { ambassadorId, lang } = read
  return tenant.transaction(async (inside) => {
    const { version, hash } = await charterIn(inside, lang)
    if (hash !== read.hash) return { ok: false, status: 'charter_changed' }
    const kept = await inside
      .insertInto('charter_acceptance', {
        ambassador_id: ambassadorId,
        version,
        lang,
        text_hash: hash,
        accepted_at: act.now,
      })
      .onConflict((conflict) => conflict.columns(['collective_id', 'ambassador_id', 'version']).doNothing())
      .executeTakeFirst()
    if (kept.numInsertedOrUpdatedRows === 0n) return { ok: true }
    await inside
      .insertInto('ambassador_step', {
        id: newId(),
        ambassador_id: ambassadorId,
        kind: 'charter_accepted',
        at: act.now,
        actor: act.actor,
      })
      .execute()
    return { ok: true }
  })
}
