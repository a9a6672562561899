import { localDay } from '../../src/domain/days.ts'
import { newId } from '../../src/domain/id.ts'
import { invite } from '../../src/people/invitations.ts'
import type { RunningApp } from '../support/running-app.ts'
import type { Place } from './place.ts'
import type { Visit } from './visit.ts'

const DRAFT = '/campaigns/dar-draft'
const LIVE = '/campaigns/dar-salma'
const DELIVERED = '/campaigns/dar-ilyas'

/** Every page of the desk, in every state; for somebody who is signed in. */
export const DESK_PLACES: readonly Place[] = [
  ...[
    ['the desk', ''],
    ['the desk after something was done', '?done=update'],
    ['the desk with a draft', '?campaign=dar-draft'],
    ['the desk with a campaign that is sold out', '?campaign=dar-full'],
    ['the desk with a delivered home', '?campaign=dar-ilyas'],
    ['the transfers', '/transfers'],
    ['a search for transfers that finds none', '/transfers?find=zzz'],
    ['the people', '/people'],
    ['an invitation to make', '/people/invitations/new'],
    ['a new ambassador', '/ambassadors/new'],
    ['a new campaign', '/campaigns/new'],
    ['a draft to edit', `${DRAFT}/edit`],
    ['a campaign to schedule', `${DRAFT}/schedule`],
    ['a campaign to close', `${LIVE}/closing`],
    ['a home to deliver', '/campaigns/dar-full/delivery'],
    ['news to tell', `${LIVE}/updates`],
    ['a spending to record', `${DELIVERED}/spending`],
  ].map(([name, path]) => at(name!, path!)),
  { name: 'the desk of a new collective', open: (visit) => visit.open(`/${visit.lang}/oujda/desk`) },
  {
    name: 'a transfer to confirm',
    open: (visit, { orders }) => visit.open(`${desk(visit)}/transfers/${orders[visit.lang].transfer.id}`),
  },
  {
    name: 'a payout to confirm',
    open: (visit, _scene, app) => visit.open(`${desk(visit)}/payouts/sandbox/${dayOf(app)}`),
  },
  {
    name: 'a refund to confirm',
    async open(visit) {
      await visit.open(desk(visit))
      await visit.page.locator('#refunds a.button').first().click()
      await visit.page.locator('.confirm').waitFor()
    },
  },
  ...[
    ['an invitation to make, refused', '/people/invitations/new'],
    ['a new ambassador, refused', '/ambassadors/new'],
    ['news to tell, refused', `${LIVE}/updates`],
    ['a spending to record, refused', `${DELIVERED}/spending`],
  ].map(([name, path]) => refused(name!, path!)),
  {
    name: 'a new campaign, refused',
    async open(visit) {
      await visit.open(`${desk(visit)}/campaigns/new`)
      await visit.page.locator('[name=price]').fill('free')
      await visit.page.locator('[name=goal]').fill('0')
      await send(visit)
    },
  },
  {
    name: 'an invitation, made',
    async open(visit) {
      await visit.open(`${desk(visit)}/people/invitations/new`)
      await visit.page.locator('[name=role]').first().check()
      await visit.page.locator('form.form .button-main').click()
      await visit.page.locator('.button-whatsapp').waitFor()
    },
  },
  { name: 'the account', open: (visit) => visit.open(`/${visit.lang}/account`) },
  { name: 'nothing', open: (visit) => visit.open(`${desk(visit)}/refunds/none`), status: 404 },
]

/** The way to the desk. */
export const DOOR_PLACES: readonly Place[] = [
  { name: 'the sign-in', open: (visit) => visit.open(`/${visit.lang}/sign-in`) },
  { name: 'the code to sign in', open: (visit) => visit.open(`/${visit.lang}/sign-in/code`) },
  {
    name: 'the code to sign in, refused',
    async open(visit) {
      await visit.open(`/${visit.lang}/sign-in/code`)
      await send(visit)
    },
  },
  { name: 'the mailbox', open: (visit) => visit.open('/mailbox') },
  {
    name: 'an invitation',
    open: async (visit, _scene, app) => visit.open(await invitationAddress(visit, app)),
  },
  {
    name: 'an invitation, refused',
    async open(visit, _scene, app) {
      await visit.open(await invitationAddress(visit, app))
      await send(visit)
    },
  },
  { name: 'a link to sign in', open: (visit) => visit.open(`/${visit.lang}/sign-in?token=whatever`) },
  {
    name: 'a link to sign in that was used before',
    async open(visit) {
      await visit.open(`/${visit.lang}/sign-in?token=whatever`)
      await visit.page.getByRole('button', { name: visit.t('organiser.sign_in') }).click()
      await visit.page.getByText(visit.t('people.link_not_valid.sentence')).waitFor()
    },
  },
  { name: 'the desk, for strangers', open: (visit) => visit.open(desk(visit)), status: 404 },
  {
    name: 'a link to set up that is none',
    open: (visit) => visit.open(`/setup?token=none&lang=${visit.lang}`),
    status: 404,
  },
  {
    name: 'the set-up',
    open: async (visit, _scene, app) => visit.open(`${await app.setUpAddress()}&lang=${visit.lang}`),
  },
  {
    name: 'the set-up, refused',
    async open(visit, _scene, app) {
      await visit.open(`${await app.setUpAddress()}&lang=${visit.lang}`)
      await visit.page.locator('[name=account_number]').fill('011 780 0000123456789012 97')
      await visit.page.locator('.set-up-end button').click()
      await visit.page.getByRole('alert').waitFor()
    },
  },
]

async function invitationAddress({ lang }: Visit, { services, world }: RunningApp): Promise<string> {
  const inviter = await world.db.shared
    .selectFrom('person')
    .select(['id', 'name', 'email'])
    .executeTakeFirstOrThrow()
  const wish = { id: newId(), role: 'ambassador', name: 'Hajar', email: null, phone: null, lang } as const
  const act = { now: world.clock.now(), actor: `user:${inviter.id}` }
  const invited = await invite(services, world.collective, { ...inviter, sessionId: '' }, wish, act)
  if (!invited.ok) throw new Error(invited.status)
  return new URL(invited.link).pathname
}

function at(name: string, path: string): Place {
  return { name, open: (visit) => visit.open(`${desk(visit)}${path}`) }
}

function refused(name: string, path: string): Place {
  return {
    name,
    async open(visit) {
      await visit.open(`${desk(visit)}${path}`)
      await send(visit)
    },
  }
}

async function send({ page }: Visit): Promise<void> {
  await page.locator('form.form .button-main').click()
  await page.getByRole('alert').waitFor()
}

function desk({ lang }: Visit): string {
  return `/${lang}/casa/desk`
}

function dayOf({ world }: RunningApp): string {
  return localDay(world.clock.now(), world.collective.timeZone)
}
