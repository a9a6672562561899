import { acceptBlock, allotBlock, type Block } from '../../src/custody/blocks.ts'
import { recordSale, type SaleAnswer, type SaleClaim } from '../../src/custody/record-sale.ts'
import { declareRemittance, type Remittance } from '../../src/custody/remittances.ts'
import type { Act } from '../../src/db/act.ts'
import type { Tenant } from '../../src/db/tenant.ts'
import { newId } from '../../src/domain/id.ts'
import type { World } from './world.ts'

/** Ambassadors, two treasurers and their commands in a small world. */
export interface CustodyWorld {
  readonly tenant: Tenant
  readonly campaignId: string
  readonly amina: string
  /** People with nothing but an id: Amina's own, and two treasurers. */
  readonly people: { readonly amina: string; readonly treasurer: string; readonly other: string }
  act(): Act
  /** A booklet that Amina, or another, has accepted. */
  booklet(ambassadorId?: string, size?: number): Promise<Block>
  claim(overrides?: Partial<SaleClaim>): SaleClaim
  sell(overrides?: Partial<SaleClaim>): Promise<SaleAnswer>
  /** A sale that must be stored; its id. */
  sold(overrides?: Partial<SaleClaim>): Promise<string>
  declared(saleIds: readonly string[], amountMinor: bigint, ambassadorId?: string): Promise<Remittance>
}

const PRICE_MINOR = 25_000n

/** `world` has the price of its invented campaign. Makes the three people. */
export async function custodyWorld(world: World): Promise<CustodyWorld> {
  const tenant = world.db.of(world.collective.id)
  const campaignId = (await world.campaign()).id
  const amina = world.ambassadors.amina.id
  const [a, t, o] = await Promise.all(['amina', 'treasurer', 'other'].map((name) => addPerson(world, name)))
  const people = { amina: a!, treasurer: t!, other: o! }
  await tenant
    .updateTable('ambassador')
    .set({ person_id: people.amina })
    .where('ambassador.id', '=', amina)
    .execute()
  const act = () => ({ now: world.clock.now(), actor: `user:${people.treasurer}` })
  const claim = (overrides: Partial<SaleClaim> = {}): SaleClaim => ({
    id: newId(),
    campaignId,
    ambassadorId: amina,
    blockId: null,
    numbers: null,
    quantity: overrides.numbers?.length ?? 1,
    amountMinor: PRICE_MINOR * BigInt(overrides.quantity ?? overrides.numbers?.length ?? 1),
    givenAt: world.clock.now(),
    contributor: { name: 'Nadia', anonymous: false, email: null, phone: null, lang: 'ar', word: null },
    ...overrides,
  })
  const sell = (overrides: Partial<SaleClaim> = {}) =>
    recordSale(tenant, claim(overrides), act(), world.dice.bytes)
  return {
    tenant,
    campaignId,
    amina,
    people,
    act,
    claim,
    sell,
    async booklet(ambassadorId = amina, size = 10) {
      const wish = { id: newId(), campaignId, ambassadorId, kind: 'booklet', size } as const
      const allotted = await allotBlock(tenant, wish, act())
      if (!allotted.ok) throw new Error(`no booklet: ${allotted.status}`)
      const accepted = await acceptBlock(tenant, { blockId: wish.id, ambassadorId }, act())
      if (!accepted.ok) throw new Error(`not accepted: ${accepted.status}`)
      return accepted.block
    },
    async sold(overrides = {}) {
      const answer = await sell(overrides)
      if (answer.status !== 'stored') throw new Error(`not stored: ${answer.status}`)
      return answer.orderId
    },
    async declared(saleIds, amountMinor, ambassadorId = amina) {
      const wish = {
        id: newId(),
        campaignId,
        ambassadorId,
        saleIds,
        amountMinor,
        way: 'hand',
        note: null,
        as: 'ambassador',
        personId: people.amina,
      } as const
      const answer = await declareRemittance(tenant, wish, act())
      if (!answer.ok) throw new Error(`not declared: ${answer.status}`)
      return answer.remittance
    },
  }
}

/** A phone of an ambassador that says what it was told to say; nobody checks its signature here. */
export async function phoneOf(
  { tenant, act }: CustodyWorld,
  ambassadorId: string,
): Promise<{ id: string; next(id: string): NonNullable<SaleClaim['device']> }> {
  const id = newId()
  const now = act().now
  const row = { id, ambassador_id: ambassadorId, name: 'a phone', public_key: 'key', created_at: now }
  await tenant.insertInto('device', { ...row, last_seen_at: now }).execute()
  let sequence = 0
  let previous = ''
  return {
    id,
    next(saleId) {
      sequence += 1
      const payload = JSON.stringify({ id: saleId, sequence, previous })
      previous = `hash of ${saleId} ${sequence}`
      return { id, sequence, payload, payloadHash: previous, signature: 'signed' }
    },
  }
}

async function addPerson(world: World, name: string): Promise<string> {
  const id = newId()
  await world.ownerSql`insert into person (id, name, email, email_verified, created_at, updated_at)
    values (${id}, ${name}, ${`${name}-${id}@example.org`}, true, now(), now())`
  return id
}
