import { type Context, Hono } from 'hono'
import { isUuid7 } from '../domain/id.ts'
import { isLang } from '../domain/lang.ts'
import { Form, readForm } from '../people/form.ts'
import {
  INVITATION_ROLES,
  type InvitationRole,
  invite,
  membersOf,
  openInvitations,
  revokeInvitation,
} from '../people/invitations.ts'
import { showLost } from '../people/page.tsx'
import { DESK } from './desk-routes.tsx'
import { showDesk } from './desk-shell.tsx'
import { atDesk, type Desk } from './organiser-access.ts'
import { InvitationForm, InvitationLink, PeoplePage } from './people-pages.tsx'
import type { OrganiserServices } from './services.ts'

const PEOPLE = `${DESK}/people`
const MAX_NAME_CHARACTERS = 60

/** Who acts for the collective, and inviting others. */
export function peopleDeskRoutes(services: OrganiserServices): Hono {
  const app = new Hono()
  app.get(PEOPLE, atDesk(services, showPeople))
  app.get(
    `${PEOPLE}/invitations/new`,
    atDesk(services, async (c, desk) => showForm(c, desk, new Form())),
  )
  app.post(`${PEOPLE}/invitations/new`, atDesk(services, takeForm))
  app.post(
    `${PEOPLE}/invitations/:invitation/revocation`,
    atDesk(services, async (c, desk) => {
      const id = c.req.param('invitation')
      const isRevoked = isUuid7(id) && (await revokeInvitation(desk.tenant, id, desk.act))
      return isRevoked ? c.redirect(`${desk.path}/people`, 303) : showLost(c, services, desk.lang)
    }),
  )
  return app
}

async function showPeople(c: Context, desk: Desk): Promise<Response> {
  const [members, invitations] = await Promise.all([
    membersOf(desk.services.db, desk.collective.id),
    openInvitations(desk.tenant, desk.act.now),
  ])
  return showDesk(c, desk, {
    title: desk.t('people.people.title'),
    hasLangs: true,
    body: <PeoplePage desk={desk} members={members} invitations={invitations} />,
  })
}

async function takeForm(c: Context, desk: Desk): Promise<Response> {
  const form = await readForm(c)
  const role = form.choice('role', isRole)
  const name = form.optionalText('name', MAX_NAME_CHARACTERS)
  const phone = form.optionalPhone('phone')
  const email = form.isEmpty('email') ? null : form.email('email')
  const lang = form.choice('invitation_lang', isLang)
  if (!form.ok || !role || !lang || name === undefined || phone === undefined || email === undefined) {
    return showForm(c, desk, form)
  }
  const wish = { id: form.id(), role, name, phone, email, lang }
  const invited = await invite(desk.services, desk.collective, desk.person, wish, desk.act)
  if (invited.ok) {
    return showDesk(c, desk, {
      title: desk.t('people.link.title'),
      width: 'reading',
      body: <InvitationLink desk={desk} link={invited.link} wish={wish} />,
    })
  }
  // Sent twice: the link was shown once and is nowhere any more.
  if (invited.status === 'exists') return c.redirect(`${desk.path}/people`, 303)
  return showForm(c, desk, form, desk.t(`people.error.${invited.status}`))
}

function showForm(c: Context, desk: Desk, form: Form, refusal?: string): Response {
  return showDesk(c, desk, {
    title: desk.t('people.invite'),
    width: 'reading',
    status: refusal ? 422 : form.status,
    body: <InvitationForm desk={desk} form={form} refusal={refusal} />,
  })
}

function isRole(value: string): value is InvitationRole {
  return INVITATION_ROLES.some((role) => role === value)
}
