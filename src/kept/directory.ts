import type { Database } from '../db/database.ts'
import {
  type Campaign,
  type Collective,
  findCollective,
  listCampaigns,
  listCollectives,
} from '../db/directory.ts'
import type { CampaignFacts } from '../domain/campaign.ts'
import { isSlug } from '../domain/slug.ts'
import type { Keeper } from './keeper.ts'
import { INSTALLATION } from './versions.ts'

/** A campaign without what moves with every order. */
export type ListedCampaign = Omit<Campaign, 'counts' | 'position' | 'facts'> & {
  readonly facts: Omit<CampaignFacts, 'sold'>
}

/** An ambassador whom the organisers have accepted. */
export interface ListedAmbassador {
  readonly id: string
  readonly slug: string
  readonly name: string
  readonly acceptedAt: Date
  readonly endedAt: Date | null
}

/** Who is who by the names in an address, answered from memory while its version is proven. */
export interface Directory {
  readonly collectives: () => Promise<readonly Collective[]>
  collective(slug: string): Promise<Collective | undefined>
  /** The campaign of an address, unless it is still a draft: that is nobody's business yet. */
  campaign(slugs: {
    readonly collective: string
    readonly campaign: string
  }): Promise<ListedCampaign | undefined>
  ambassador(collectiveId: string, slug: string): Promise<ListedAmbassador | undefined>
}

const CAMPAIGN_BYTES = 2000
const AMBASSADOR_BYTES = 300
/**
 * Nobody is told that something is not there unless it is asked again: it may have been made a moment ago. All who
 * ask for made-up names at the same time share one question.
 */
const NOW = 0

interface Listed {
  readonly collective: Collective
  readonly campaigns: ReadonlyMap<string, ListedCampaign>
}

export function openDirectory(keeper: Keeper): Directory {
  // The name in an address belongs to its collective for good: the database lets nobody change it.
  const ids = new Map<string, string>()

  async function collectives(ageMs?: number): Promise<readonly Collective[]> {
    const make = async (from: Database) => {
      const value = await listCollectives(from)
      return { value, bytes: value.length * CAMPAIGN_BYTES }
    }
    return (await keeper.get('collectives', { collectiveId: INSTALLATION }, make, ageMs)) ?? []
  }

  async function idOf(slug: string): Promise<string | undefined> {
    const known = ids.get(slug)
    if (known || !isSlug(slug)) return known
    const find = async (ageMs?: number) => (await collectives(ageMs)).find((one) => one.slug === slug)
    const found = (await find()) ?? (await find(NOW))
    if (found) ids.set(slug, found.id)
    return found?.id
  }

  async function listed(slug: string, ageMs?: number): Promise<Listed | undefined> {
    const id = await idOf(slug)
    if (id === undefined) return undefined
    return keeper.get(`directory ${id}`, { collectiveId: id }, (from) => list(from, slug), ageMs)
  }

  return {
    collectives: () => collectives(),
    async collective(slug) {
      return (await listed(slug))?.collective
    },
    async campaign({ collective, campaign }) {
      const find = async (ageMs?: number) => (await listed(collective, ageMs))?.campaigns.get(campaign)
      return (await find()) ?? (await find(NOW))
    },
    async ambassador(collectiveId, slug) {
      if (!isSlug(slug)) return undefined
      const make = (from: Database) => readAmbassador(from, collectiveId, slug)
      const find = (ageMs?: number) =>
        keeper.get(`ambassador ${collectiveId} ${slug}`, { collectiveId }, make, ageMs)
      return (await find()) ?? (await find(NOW)) ?? undefined
    },
  }
}

async function list(from: Database, slug: string) {
  const collective = await findCollective(from, slug)
  if (!collective) return undefined
  const campaigns = new Map<string, ListedCampaign>()
  for (const campaign of await listCampaigns(from, collective)) {
    if (campaign.facts.scheduledAt) campaigns.set(campaign.slug, withoutNumbers(campaign))
  }
  const value: Listed = { collective, campaigns }
  return { value, bytes: (1 + campaigns.size) * CAMPAIGN_BYTES }
}

function withoutNumbers({
  counts: _counts,
  position: _position,
  facts,
  ...listed
}: Campaign): ListedCampaign {
  const { sold: _sold, ...dated } = facts
  return { ...listed, facts: dated }
}

async function readAmbassador(from: Database, collectiveId: string, slug: string) {
  const row = await from
    .of(collectiveId)
    .selectFrom('ambassador')
    .select(['ambassador.id', 'ambassador.name', 'ambassador.accepted_at', 'ambassador.ended_at'])
    .where('ambassador.slug', '=', slug)
    .executeTakeFirst()
  // Kept as well: otherwise a made-up name in a storm of orders would cost a query for each of them.
  if (!row?.accepted_at) return { value: null, bytes: 0 }
  const { id, name, accepted_at: acceptedAt, ended_at: endedAt } = row
  const value: ListedAmbassador = { id, slug, name, acceptedAt, endedAt }
  return { value, bytes: AMBASSADOR_BYTES }
}
