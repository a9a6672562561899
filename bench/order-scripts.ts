import type { BenchCampaign, BenchDatabase } from './database.ts'

/** What `pgbench` runs to place orders by the same SQL as the application. */
export interface OrderScripts {
  /** One transaction is one call with so many wishes for one coupon each. */
  placing(campaigns: readonly BenchCampaign[], wishes: number): string
}

const DAY_MS = 86_400_000

export async function orderScripts(database: BenchDatabase): Promise<OrderScripts> {
  const [server] = await database.owner<{ version: number }[]>`
    select current_setting('server_version_num')::integer as version`
  // Ids that grow, as the application's do, where the server can make them: they are kinder to indexes.
  const id = server!.version >= 180_000 ? 'uuidv7()' : 'gen_random_uuid()'
  const expiresAt = new Date(Date.now() + DAY_MS).toISOString().slice(0, 10)
  // Without JSON of our own in the text: pgbench takes a word after a colon for one of its variables.
  const wish = `jsonb_build_object('id', ${id}, 'eventId', ${id}, 'paymentId', ${id}, 'key', '1.' || gen_random_uuid(),
    'quantity', 1, 'method', 'card', 'name', 'Nadia Bennani', 'anonymous', false, 'email', 'nadia@example.org',
    'lang', 'fr', 'provider', 'sandbox', 'expiresAt', timestamptz '${expiresAt}')`
  return {
    placing(campaigns, wishes) {
      const list =
        wishes === 1
          ? `jsonb_build_array(${wish})`
          : `(select jsonb_agg(${wish}) from generate_series(1, ${wishes}))`
      const call = (campaign: string) =>
        `select outcome from place_orders('${database.collectiveId}', ${campaign}, ${list}, clock_timestamp(), '${database.today}');`
      const [first, ...others] = campaigns
      if (others.length === 0) return `${call(`'${first!.id}'`)}\n`
      const ids = campaigns.map((campaign) => campaign.id).join(',')
      return `\\set turn random(1, ${campaigns.length})\n${call(`('{${ids}}'::uuid[])[:turn]`)}\n`
    },
  }
}
