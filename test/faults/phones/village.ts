import type { KeyObject } from 'node:crypto'
import type { BlockAnswer } from '../../../src/api/app-schemas.ts'
import type { Phone } from '../../../src/browser/app/outbox.ts'
import { newId } from '../../../src/domain/id.ts'
import { createTestApp, type TestApp } from '../../support/app.ts'
import type { World } from '../../support/world.ts'
import { newKey } from './phone.ts'

/** The real server with ambassadors who are signed in by naming themselves in a cookie. */
export interface Village extends TestApp {
  /** A new phone of this ambassador with a block of that many numbers; undefined when the server gives none. */
  enrol(ambassador: Villager, size: number): Promise<{ phone: Phone; key: KeyObject } | undefined>
  as(ambassador: Villager, path: string, body: unknown): Promise<Response>
}

export interface Villager {
  readonly id: string
  readonly person: string
}

export function openVillage(world: World): Village {
  const person = async (headers: Headers) => {
    const id = headers.get('Cookie')
    return id === null ? undefined : { id, name: 'Amina', email: `${id}@casa.example`, sessionId: id }
  }
  const real = createTestApp(world)
  const signIn = { ...real.services.signIn, person }
  const app = createTestApp(world, { signIn })
  const as = (ambassador: Villager, path: string, body: unknown) =>
    app.post(path, body, { Cookie: ambassador.person })
  const close = async () => {
    await real.close()
    await app.close()
  }
  return {
    ...app,
    close,
    as,
    async enrol(ambassador, size) {
      const { key, publicKey } = newKey()
      const campaign = await world.campaign()
      const collectiveId = world.collective.id
      const device = newId()
      const known = await as(ambassador, '/api/v1/app/devices', {
        collectiveId,
        id: device,
        name: 'Amina',
        publicKey,
      })
      if (known.status !== 201) throw new Error(await known.text())
      const wish = { collectiveId, campaignId: campaign.id, id: newId(), deviceId: device, size }
      const taken = await as(ambassador, '/api/v1/app/blocks', wish)
      if (taken.status === 409) return undefined
      if (taken.status !== 201) throw new Error(await taken.text())
      const { id, left, price } = (await taken.json()) as BlockAnswer
      const priceMinor = String(price.amountMinor)
      const block = { id, campaign: campaign.id, priceMinor, currency: campaign.currency, left }
      const chain = { sequence: 0, hash: '' }
      const phone = { collective: collectiveId, ambassador: ambassador.id, device, chain, blocks: [block] }
      return { phone, key }
    },
  }
}

/** As many ambassadors as wanted, each a person of their own. */
export async function addVillagers({ db, clock, collective }: World, count: number): Promise<Villager[]> {
  const now = clock.now()
  const villagers = Array.from({ length: count }, () => ({ id: newId(), person: newId() }))
  await db.shared
    .insertInto('person')
    .values(
      villagers.map(({ person }) => ({
        id: person,
        name: 'Amina',
        email: `${person}@casa.example`,
        email_verified: true,
        image: null,
        created_at: now,
        updated_at: now,
      })),
    )
    .execute()
  const rows = villagers.map(({ id, person }, at) => ({
    id,
    slug: `villager-${at}`,
    name: 'Amina',
    phone: null,
    email: null,
    invited_by: null,
    proposed_at: now,
    accepted_at: now,
    ended_at: null,
    person_id: person,
  }))
  await db.of(collective.id).insertInto('ambassador', rows).execute()
  return villagers
}
