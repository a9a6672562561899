import { type Context, Hono } from 'hono'
import { type Collective, findCollective } from '../db/directory.ts'
import { inLang } from '../domain/lang.ts'
import { isSlug } from '../domain/slug.ts'
import { translator } from '../i18n/translator.ts'
import { Button, LinkButton } from '../web/button.tsx'
import { ErrorSummary, type FieldErrors } from '../web/error-summary.tsx'
import { TextField } from '../web/fields.tsx'
import { StatePage } from '../web/state-page.tsx'
import type { Person } from './auth.ts'
import { clientAddress } from './client-address.ts'
import { Form, readForm } from './form.ts'
import { findInvitation, type Invitation, invitationStatus } from './invitations.ts'
import { langOfPath, showLost, showPage } from './page.tsx'
import { placeOf } from './places.ts'
import { isWithin, type Limit } from './rate-limit.ts'
import type { PeopleServices } from './services.ts'
import { showRefused } from './sign-in-pages.tsx'
import { type Taken, type Taker, takeInvitation } from './take-invitation.ts'

const INVITATION = '/:lang{(?:ar|fr|en|es)}/invitation/:collective/:token'
const TAKES: Limit = { of: 'invitation', max: 20, windowS: 600 }
const MAX_NAME_CHARACTERS = 60

/** Coming in by an invitation. */
export function invitationRoutes(services: PeopleServices): Hono {
  const app = new Hono()
  app.get(INVITATION, async (c) => {
    const door = await openDoor(c, services)
    return door ? showDoor(c, door, new Form()) : showLost(c, services, langOfPath(c))
  })
  app.post(INVITATION, async (c) => {
    const door = await openDoor(c, services)
    return door ? await take(c, door) : showLost(c, services, langOfPath(c))
  })
  return app
}

interface Door {
  readonly services: PeopleServices
  readonly collective: Collective
  readonly invitation: Invitation
  readonly token: string
  readonly person: Person | undefined
}

async function openDoor(c: Context, services: PeopleServices): Promise<Door | undefined> {
  const slug = c.req.param('collective') ?? ''
  const token = c.req.param('token') ?? ''
  const collective = isSlug(slug) ? await findCollective(services.db, slug) : undefined
  const invitation = collective && (await findInvitation(services.db.of(collective.id), token))
  if (!collective || !invitation) return undefined
  const person = await services.signIn.person(c.req.raw.headers)
  return { services, collective, invitation, token, person }
}

async function take(c: Context, door: Door): Promise<Response> {
  const { services, collective, token, person } = door
  const form = await readForm(c)
  const taker = person ? { personId: person.id } : readTaker(c, form)
  if (!taker) return showDoor(c, door, form)
  if (!(await isWithin(services, TAKES, clientAddress(c)))) return showRefused(c, services, 'too_many_tries')
  const taken = await takeInvitation(services.db, collective, token, taker, services.now())
  if (taken.ok) return await welcome(c, door, taken, taker)
  return showDoor(c, door, form, taken.status)
}

function readTaker(c: Context, form: Form): Taker | undefined {
  const name = form.text('name', MAX_NAME_CHARACTERS)
  const email = form.email('email')
  return name === undefined || email === undefined ? undefined : { name, email, lang: langOfPath(c) }
}

/** Somebody new is signed in at once: nobody else can have been this person before. */
async function welcome(
  c: Context,
  { services, collective }: Door,
  taken: Extract<Taken, { ok: true }>,
  taker: Taker,
): Promise<Response> {
  if (!('personId' in taker)) {
    const token = (await services.signIn.makeToken(taker.email)) ?? ''
    const opened = await services.signIn.open(token, clientAddress(c), c.req.header('User-Agent'))
    // The library takes its own link for a proof of the address; it never went there.
    await services.db.shared
      .updateTable('person')
      .set({ email_verified: false })
      .where('id', '=', taken.personId)
      .execute()
    if (!opened.ok) return c.redirect(`/${langOfPath(c)}/sign-in`, 303)
    for (const cookie of opened.cookies) c.header('Set-Cookie', cookie, { append: true })
  }
  return c.redirect(placeOf(collective.slug, taken.role, langOfPath(c)), 303)
}

function showDoor(
  c: Context,
  door: Door,
  form: Form,
  refusal?: Extract<Taken, { ok: false }>['status'],
): Response {
  const { services, collective, invitation, person } = door
  const lang = langOfPath(c)
  const t = translator(lang)
  const name = inLang(collective.name, lang)
  const site = { name, href: `/${lang}/${collective.slug}` }
  const status = refusal ?? invitationStatus(invitation, services.now())
  if (status === 'unknown') return showLost(c, services, lang)
  if (status !== 'open' && status !== 'email_known') {
    const isIn = status === 'already_there' || (person && person.id === invitation.taken_by)
    const key = isIn ? 'already_there' : status
    const title = t(`people.invitation.${key}.title`)
    return showPage(c, services, {
      lang,
      status: isIn ? 200 : 410,
      title,
      site,
      body: (
        <StatePage
          picture={isIn ? 'done' : 'closed'}
          title={title}
          sentence={t(`people.invitation.${key}.sentence`)}
        >
          {isIn && (
            <LinkButton href={placeOf(collective.slug, invitation.role, lang)}>
              {t('people.invitation.go')}
            </LinkButton>
          )}
        </StatePage>
      ),
    })
  }
  const title = t(`people.invitation.${invitation.role}`, { collective: name })
  const errors: FieldErrors = { ...form.errors(t), ...(refusal && { email: t('people.error.email_known') }) }
  const field = (key: 'name' | 'email') => ({
    t,
    name: key,
    label: t(`people.field.${key}`),
    value: form.sent.has(key) ? form.shown(key) : (invitation[key] ?? ''),
    error: errors[key],
  })
  return showPage(c, services, {
    lang,
    status: refusal ? 422 : form.status,
    title,
    site,
    body: (
      <form class="form" method="post" action={c.req.path} noValidate>
        <h1>{title}</h1>
        <p>{t(`people.invitation.${invitation.role}.sentence`)}</p>
        <ErrorSummary t={t} errors={errors} />
        {person ? (
          <p>{t('people.invitation.signed_in', { name: person.name })}</p>
        ) : (
          <>
            <TextField {...field('name')} autocomplete="name" maxLength={MAX_NAME_CHARACTERS} />
            <TextField
              {...field('email')}
              hint={t('people.invitation.email_hint')}
              type="email"
              autocomplete="email"
              maxLength={254}
            />
          </>
        )}
        <p class="desk-row">
          <Button>{t('people.invitation.accept')}</Button>
          {refusal && (
            <a class="button button-plain" href={`/${lang}/sign-in`}>
              {t('organiser.sign_in')}
            </a>
          )}
        </p>
      </form>
    ),
  })
}
