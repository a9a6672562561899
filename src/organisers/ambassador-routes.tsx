import { type Context, Hono } from 'hono'
import { isUuid7 } from '../domain/id.ts'
import { RESERVED_AMBASSADOR_SLUGS } from '../domain/slug.ts'
import { Form, readForm } from '../people/form.ts'
import { showLost } from '../people/page.tsx'
import { Button } from '../web/button.tsx'
import { ErrorSummary } from '../web/error-summary.tsx'
import { TextField } from '../web/fields.tsx'
import { acceptAmbassador, declineAmbassador } from './accept-ambassador.ts'
import { addAmbassador, MAX_AMBASSADOR_NAME_CHARACTERS } from './add-ambassador.ts'
import { DESK } from './desk-routes.tsx'
import { backToDesk, showDesk } from './desk-shell.tsx'
import { atDesk, type Desk } from './organiser-access.ts'
import type { OrganiserServices } from './services.ts'

/** Adding ambassadors, and answering those who proposed themselves. */
export function ambassadorRoutes(services: OrganiserServices): Hono {
  const app = new Hono()
  app.get(
    `${DESK}/ambassadors/new`,
    atDesk(services, async (c, desk) => showForm(c, desk, new Form())),
  )
  app.post(`${DESK}/ambassadors/new`, atDesk(services, takeForm))
  app.post(`${DESK}/ambassadors/:ambassador`, atDesk(services, takeDecision))
  return app
}

async function takeForm(c: Context, desk: Desk): Promise<Response> {
  const form = await readForm(c)
  const name = form.text('name', MAX_AMBASSADOR_NAME_CHARACTERS)
  const slug = form.isEmpty('slug') ? null : form.slug('slug', RESERVED_AMBASSADOR_SLUGS, [])
  const phone = form.optionalPhone('phone')
  const email = form.isEmpty('email') ? null : form.email('email')
  if (name === undefined || !form.ok) return showForm(c, desk, form)
  const wish = { id: form.id(), name, slug: slug ?? undefined, phone, email }
  const added = await addAmbassador(desk.tenant, wish, desk.act)
  if (added.ok) return backToDesk(c, desk, 'ambassador_added')
  form.refuse('slug', added.status)
  return showForm(c, desk, form)
}

async function takeDecision(c: Context, desk: Desk): Promise<Response> {
  const id = c.req.param('ambassador')
  const decision = (await readForm(c)).shown('decision')
  if (!isUuid7(id) || (decision !== 'accept' && decision !== 'decline')) {
    return showLost(c, desk.services, desk.lang)
  }
  const decide = decision === 'accept' ? acceptAmbassador : declineAmbassador
  const decided = await decide(desk.tenant, id, desk.act)
  if (!decided.ok && decided.status === 'ambassador_unknown') return showLost(c, desk.services, desk.lang)
  // Somebody else may have answered first: what is said is what holds.
  const isAccepted = decided.ok ? decision === 'accept' : decided.status === 'already_accepted'
  return backToDesk(c, desk, isAccepted ? 'ambassador_accepted' : 'ambassador_declined')
}

function showForm(c: Context, desk: Desk, form: Form): Response {
  const { t, path } = desk
  const errors = form.errors(t)
  const field = (name: string) => ({
    t,
    name,
    label: t(`organiser.field.${name}`),
    value: form.shown(name),
    error: errors[name],
  })
  const body = (
    <form class="form" method="post" action={`${path}/ambassadors/new`} noValidate>
      <h1>{t('organiser.add_ambassador')}</h1>
      <ErrorSummary t={t} errors={form.summary(t)} />
      <TextField
        {...field('name')}
        hint={t('organiser.hint.name')}
        maxLength={MAX_AMBASSADOR_NAME_CHARACTERS}
      />
      <TextField {...field('slug')} hint={t('organiser.hint.slug')} dir="ltr" maxLength={60} optional />
      <TextField {...field('phone')} hint={t('organiser.hint.contact')} type="tel" maxLength={40} optional />
      <TextField {...field('email')} type="email" maxLength={254} optional />
      <input type="hidden" name="id" value={form.id()} />
      <p class="desk-row">
        <Button>{t('organiser.add_ambassador')}</Button>
        <a class="button button-plain" href={path}>
          {t('common.cancel')}
        </a>
      </p>
    </form>
  )
  return showDesk(c, desk, {
    title: t('organiser.add_ambassador'),
    width: 'reading',
    status: form.status,
    body,
  })
}
