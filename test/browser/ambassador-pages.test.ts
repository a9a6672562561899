import type { Cookie } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { allotBlock } from '../../src/custody/blocks.ts'
import { recordSale } from '../../src/custody/record-sale.ts'
import { newId } from '../../src/domain/id.ts'
import { LANGS } from '../../src/domain/lang.ts'
import { placed, settle } from '../support/giving.ts'
import { ORGANISER } from '../support/running-app.ts'
import type { World } from '../support/world.ts'
import { signIn } from './desk-steps.ts'
import { checkPage } from './page-checks.ts'
import type { Place } from './place.ts'
import { useStage } from './stage.ts'

const OWN = 'casa/ambassador'
const PLACES: readonly Place[] = [
  ['the ambassador’s day', OWN],
  ['the ambassador’s people', `${OWN}/people`],
  ['what the ambassador shares', `${OWN}/share`],
  ['the ambassador’s words', `${OWN}/words`],
  ['the ambassador’s booklets', `${OWN}/booklets`],
  ['the ambassador’s cash', `${OWN}/cash`],
  ['the charter', `${OWN}/charter`],
  ['the wall of ambassadors', 'casa/dar-salma/ambassadors'],
  ['the page of an ambassador with words and a goal', 'casa/dar-salma/amina'],
  ['a coupon given by cash', 'casa/dar-salma/coupons/991'],
].map(([name, path]) => ({
  name: name!,
  open: (visit) => visit.open(`/${visit.lang}/${path}`),
  isPublic: !path!.startsWith(OWN),
}))

let cookies: Cookie[]
const stage = useStage({}, async ({ app, visit }) => {
  await app.addOrganiser(ORGANISER.name, ORGANISER.email)
  await furnish(app.world)
  await visit({ lang: 'fr' }, async (visit) => {
    await signIn(visit, app)
    cookies = await visit.context.cookies()
  })
})

/** The organiser is Amina as well, with people, a branch of the tree, a booklet and cash. */
async function furnish(world: World): Promise<void> {
  const { ownerSql, collective, ambassadors, clock, db } = world
  const ambassadorId = ambassadors.amina.id
  const now = clock.now()
  const { id: campaignId } = await world.campaign()
  await ownerSql`update ambassador set person_id = (select person_id from member limit 1) where id = ${ambassadorId}`
  await ownerSql`insert into pledge (collective_id, campaign_id, ambassador_id, goal, words, changed_at) values
    (${collective.id}, ${campaignId}, ${ambassadorId}, 10,
     ${ownerSql.json({ fr: 'Une porte à soi, cela change une vie.', ar: 'باب يغلقه المرء بيده يغيّر حياة.' })}, ${now})`
  const [rachid, hajar] = [newId(), newId()]
  const branch = [
    { id: rachid, slug: 'rachid', name: 'Rachid', by: ambassadorId },
    { id: hajar, slug: 'hajar', name: 'هاجر', by: rachid },
    { id: newId(), slug: 'sara', name: 'Sara', by: rachid },
    { id: newId(), slug: 'omar', name: 'Omar', by: ambassadorId },
  ]
  for (const { id, slug, name, by } of branch) {
    await ownerSql`insert into ambassador (collective_id, id, slug, name, invited_by, proposed_at, accepted_at)
      values (${collective.id}, ${id}, ${slug}, ${name}, ${by}, ${now}, ${now})`
  }
  const wishes = [
    { ambassadorId, quantity: 3 },
    { ambassadorId, name: 'ليلى' },
    { ambassadorId, anonymous: true },
    { ambassadorId: hajar, quantity: 4 },
  ]
  for (const wish of wishes) await settle(world, await placed(world, wish))
  const tenant = db.of(collective.id)
  const act = { now, actor: 'user:test' }
  const block = { id: newId(), campaignId, ambassadorId, kind: 'booklet' as const, size: 10 }
  expect(await allotBlock(tenant, block, act)).toMatchObject({ ok: true })
  const contributor = {
    name: null,
    anonymous: true,
    email: null,
    phone: null,
    lang: 'fr' as const,
    word: null,
  }
  const sale = { id: newId(), campaignId, ambassadorId, blockId: null, numbers: null, quantity: 1 }
  const given = { ...sale, amountMinor: 25_000n, givenAt: now, contributor }
  expect(await recordSale(tenant, given, act)).toMatchObject({ ok: true })
}

describe.each(LANGS)('in %s, whole, readable and for everybody:', (lang) => {
  test.each(PLACES)('$name', async (place) => {
    await stage.visit({ lang }, async (visit) => {
      await visit.context.addCookies(cookies)
      expect(await place.open(visit, undefined as never, stage.app)).toBe(200)
      await checkPage(visit, place)
    })
  })
})
