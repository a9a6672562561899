import { sql } from 'kysely'
import type { Database } from '../../src/db/database.ts'
import type { Tenant } from '../../src/db/tenant.ts'
import { lastDayOf } from '../../src/domain/campaign.ts'
import { addDays, localDay } from '../../src/domain/days.ts'
import { newId } from '../../src/domain/id.ts'
import { AMBASSADORS, ASSOCIATION, CAMPAIGN, COLLECTIVE, DREAM } from './world-content.ts'

export interface CampaignOptions {
  readonly goal?: number | undefined
  readonly priceMinor?: bigint | undefined
  /** Days from today to the first day; -9 by default: it is day 10. */
  readonly startsInDays?: number
  /** A draft has no coupons yet. */
  readonly draft?: boolean
}

/** The collective "casa" with its association and three ambassadors, as of `now`. */
export async function addCollective(db: Database, now: Date) {
  const id = newId()
  const { slug, name, city, timeZone, currency, langs } = COLLECTIVE
  await db.shared
    .insertInto('collective')
    .values({
      id,
      slug,
      name: JSON.stringify(name),
      city: JSON.stringify(city),
      time_zone: timeZone,
      currency,
      langs: [...langs],
      created_at: now,
    })
    .execute()
  const tenant = db.of(id)
  const associationId = await addAssociation(tenant, now)
  const ids = AMBASSADORS.map(({ slug, name }) => ({ id: newId(), slug, name }))
  await tenant
    .insertInto(
      'ambassador',
      ids.map((ambassador) => ({
        ...ambassador,
        phone: null,
        email: null,
        invited_by: null,
        proposed_at: now,
        accepted_at: now,
        ended_at: null,
      })),
    )
    .execute()
  const [amina, youssef, khadija] = ids.map(({ id }) => ({ id }))
  return { associationId, ambassadors: { amina: amina!, youssef: youssef!, khadija: khadija! } }
}

async function addAssociation(tenant: Tenant, now: Date): Promise<string> {
  const id = newId()
  const { legalName, accountNumber, bankName, authorisationNumber, authority } = ASSOCIATION
  const today = localDay(now, COLLECTIVE.timeZone)
  await tenant
    .insertInto('association', {
      id,
      legal_name: JSON.stringify(legalName),
      account_number: accountNumber,
      bank_name: bankName,
      authorisation_number: authorisationNumber,
      authority,
      authorised_from: addDays(today, -60),
      authorised_until: addDays(today, 300),
      created_at: now,
    })
    .execute()
  return id
}

/** One campaign with its dream in four languages. */
export async function addCampaign(
  tenant: Tenant,
  associationId: string,
  now: Date,
  options: CampaignOptions & { readonly slug: string },
): Promise<void> {
  const id = newId()
  const firstDay = addDays(localDay(now, COLLECTIVE.timeZone), options.startsInDays ?? -9)
  await tenant
    .insertInto('campaign', {
      id,
      association_id: associationId,
      slug: options.slug,
      price_minor: options.priceMinor ?? CAMPAIGN.priceMinor,
      currency: COLLECTIVE.currency,
      goal: options.goal ?? 1000,
      first_day: firstDay,
      last_day: lastDayOf(firstDay, CAMPAIGN.days),
      created_at: now,
    })
    .execute()
  const dreams = Object.entries(DREAM).map(([lang, dream]) => ({ campaign_id: id, lang, ...dream }))
  await tenant.insertInto('dream', dreams).execute()
  if (options.draft) return
  await tenant.one(sql`select schedule_campaign(${tenant.collectiveId}, ${id}, ${now})`)
}
