import { afterAll, beforeAll, expect, test } from 'vitest'
import { violations } from '../../test/support/giving.ts'
import { createWorld, type World } from '../../test/support/world.ts'
import { newId } from '../domain/id.ts'
import { MAX_MINOR } from '../domain/money.ts'
import { accountId } from './accounts.ts'
import { balances } from './balances.ts'
import { type Posting, post } from './post.ts'
import { reverse } from './reverse.ts'

let world: World
let campaignId: string
beforeAll(async () => {
  world = await createWorld({ goal: 5 })
  campaignId = (await world.campaign()).id
})
afterAll(() => world?.drop())

const tenant = () => world.db.of(world.collective.id)
const when = { day: '2026-11-10', postedAt: new Date('2026-11-10T10:00:00Z'), postedBy: 'user:treasurer' }

function move(overrides: Partial<Posting> = {}): Promise<string> {
  return post(tenant(), {
    campaign: { campaignId, currency: 'MAD' },
    debit: { kind: 'bank' },
    credit: { kind: 'suspense' },
    amountMinor: 500n,
    kind: 'suspense',
    ...when,
    ...overrides,
  })
}

async function totals(kind: string) {
  const all = await balances(tenant(), campaignId)
  const { debitsMinor = 0n, creditsMinor = 0n } = all.find((balance) => balance.kind === kind) ?? {}
  return [debitsMinor, creditsMinor]
}

test('a transfer moves the totals of both its accounts', async () => {
  const [bank = 0n] = await totals('bank')
  const [, suspense = 0n] = await totals('suspense')
  await move()
  expect(await totals('bank')).toEqual([bank + 500n, 0n])
  expect(await totals('suspense')).toEqual([0n, suspense + 500n])
})

test('an account is opened once, also by twenty at the same moment', async () => {
  const name = { kind: 'cash', holder: world.ambassadors.amina.id } as const
  const ids = await Promise.all(
    Array.from({ length: 20 }, () => accountId(tenant(), { campaignId, currency: 'MAD' }, name)),
  )
  expect(new Set(ids).size).toBe(1)
})

test('a correction is the exact mirror, and comes once', async () => {
  const id = await move({ debit: { kind: 'home' }, credit: { kind: 'bank' }, kind: 'spent' })
  const [first, ...others] = (
    await Promise.all(Array.from({ length: 10 }, () => reverse(tenant(), id, when)))
  ).toSorted((a, b) => Number(b.ok) - Number(a.ok))
  expect(first).toMatchObject({ ok: true })
  expect(new Set(others.map((other) => JSON.stringify(other)))).toEqual(
    new Set(['{"ok":false,"status":"already_reversed"}']),
  )
  expect(await totals('home')).toEqual([500n, 500n])
})

test('what is not there cannot be corrected', async () => {
  expect(await reverse(tenant(), newId(), when)).toEqual({ ok: false, status: 'transfer_unknown' })
})

test.each([
  ['nothing', { amountMinor: 0n }],
  ['less than nothing', { amountMinor: -1n }],
  ['more than a number of JSON carries', { amountMinor: MAX_MINOR + 1n }],
  ['from an account to itself', { credit: { kind: 'bank' } }],
  ['in another currency', { campaign: { campaignId: '', currency: 'EUR' } }],
  ['to a card account without its provider', { credit: { kind: 'card' } }],
] as const)('the database refuses a transfer of %s', async (_what, wrong) => {
  const campaign = { campaignId, currency: 'campaign' in wrong ? wrong.campaign.currency : 'MAD' }
  await expect(move({ ...wrong, campaign })).rejects.toThrow(/violates (check|foreign key) constraint/)
})

test.each([
  ['more from the bank than lies there', { kind: 'suspense' }, { kind: 'bank' }],
  ['more back from the home than went into it', { kind: 'suspense' }, { kind: 'home' }],
  ['more to contributors than is due back', { kind: 'refunds_due' }, { kind: 'suspense' }],
] as const)('the database refuses %s', async (_what, debit, credit) => {
  await expect(move({ debit, credit, amountMinor: 1_000_000n })).rejects.toThrow(/account_never_overdrawn/)
})

test('after all of this every account adds up', async () => {
  expect(await violations(world)).toEqual([])
})
