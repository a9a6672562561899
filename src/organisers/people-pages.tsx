import { localDay } from '../domain/days.ts'
import { inLang, LANGS } from '../domain/lang.ts'
import { translator } from '../i18n/translator.ts'
import type { Form } from '../people/form.ts'
import {
  INVITATION_ROLES,
  type membersOf,
  type NewInvitation,
  type openInvitations,
} from '../people/invitations.ts'
import { Button, LinkButton } from '../web/button.tsx'
import { CopyText } from '../web/copy-text.tsx'
import { DayText } from '../web/day-text.tsx'
import { ErrorSummary } from '../web/error-summary.tsx'
import { RadioCards, SelectField, TextField } from '../web/fields.tsx'
import { LANG_NAMES } from '../web/layout.tsx'
import { EmptyState, Notice, Section } from '../web/surfaces.tsx'
import type { Desk } from './organiser-access.ts'

export interface PeoplePageProps {
  readonly desk: Desk
  readonly members: Awaited<ReturnType<typeof membersOf>>
  readonly invitations: Awaited<ReturnType<typeof openInvitations>>
}

/** Who acts for the collective, and the doors that are open. */
export function PeoplePage({ desk, members, invitations }: PeoplePageProps) {
  const { t, lang, path, collective } = desk
  const day = (date: Date) => <DayText lang={lang} day={localDay(date, collective.timeZone)} />
  return (
    <>
      <h1>{t('people.people.title')}</h1>
      <Section
        id="members"
        title={t('people.members')}
        aside={<LinkButton href={`${path}/people/invitations/new`}>{t('people.invite')}</LinkButton>}
      >
        <ul class="desk-list">
          {members.map(({ id, name, email, role, since }) => (
            <li key={id + role} class="desk-line">
              <span>
                <bdi>{name}</bdi> · {t(`people.role.${role}`)} · <bdi dir="ltr">{email}</bdi>
              </span>
              <span class="desk-hint">
                {t('organiser.since')} {day(since)}
              </span>
            </li>
          ))}
        </ul>
      </Section>
      <Section id="invitations" title={t('people.invitations')}>
        {invitations.length === 0 && <EmptyState title={t('people.no_invitation')} />}
        <ul class="desk-list">
          {invitations.map((invitation) => (
            <li key={invitation.id} class="desk-line">
              <span>
                <bdi>{invitation.name ?? invitation.email ?? invitation.phone ?? t('people.somebody')}</bdi>
                {' · '}
                {t(`people.role.${invitation.role}`)} · {t('people.until')} {day(invitation.expires_at)}
              </span>
              <form method="post" action={`${path}/people/invitations/${invitation.id}/revocation`}>
                <Button look="quiet">{t('people.revoke')}</Button>
              </form>
            </li>
          ))}
        </ul>
      </Section>
    </>
  )
}

export interface InvitationFormProps {
  readonly desk: Desk
  readonly form: Form
  /** Why the whole of it was refused. */
  readonly refusal?: string
}

export function InvitationForm({ desk, form, refusal }: InvitationFormProps) {
  const { t, lang, path } = desk
  const errors = form.errors(t)
  const field = (name: string) => ({
    t,
    name,
    label: t(`people.field.${name}`),
    value: form.shown(name),
    error: errors[name],
  })
  return (
    <form class="form" method="post" action={`${path}/people/invitations/new`} noValidate>
      <h1>{t('people.invite')}</h1>
      <ErrorSummary t={t} errors={{ ...(refusal && { '': refusal }), ...errors }} />
      <RadioCards
        {...field('role')}
        choices={INVITATION_ROLES.map((role) => ({
          value: role,
          label: t(`people.role.${role}`),
          hint: t(`people.role.${role}.hint`),
        }))}
      />
      <TextField {...field('name')} maxLength={60} optional />
      <TextField {...field('phone')} hint={t('people.hint.phone')} type="tel" maxLength={40} optional />
      <TextField {...field('email')} hint={t('people.hint.email')} type="email" maxLength={254} optional />
      <SelectField
        {...field('invitation_lang')}
        value={form.shown('invitation_lang') || lang}
        choices={LANGS.map((value) => ({ value, label: LANG_NAMES[value] }))}
      />
      <input type="hidden" name="id" value={form.id()} />
      <p class="desk-row">
        <Button>{t('people.make_link')}</Button>
        <a class="button button-plain" href={`${path}/people`}>
          {t('common.cancel')}
        </a>
      </p>
    </form>
  )
}

export interface InvitationLinkProps {
  readonly desk: Desk
  readonly link: string
  readonly wish: NewInvitation
}

/** The link, this once: to copy, or straight into WhatsApp with words in the guest's language. */
export function InvitationLink({ desk, link, wish }: InvitationLinkProps) {
  const { t, path, collective, person } = desk
  const words = translator(wish.lang)(`mail.invitation.${wish.role}`, {
    collective: inLang(collective.name, wish.lang),
    inviter: person.name,
  })
  const text = new URLSearchParams({ text: `${words}\n${link}` }).toString().replaceAll('+', '%20')
  const phone = wish.phone?.replace(/\D/g, '') ?? ''
  return (
    <div class="confirm">
      <h1>{t('people.link.title')}</h1>
      <p>{t('people.link.sentence')}</p>
      {wish.email && (
        <Notice tone="good">
          <p>{t('people.link.mailed', { email: wish.email })}</p>
        </Notice>
      )}
      <p>
        <CopyText t={t} value={link} />
      </p>
      <p class="desk-row">
        <a class="button button-whatsapp" href={`https://wa.me/${phone}?${text}`} rel="noopener">
          {t('people.link.whatsapp')}
        </a>
        <LinkButton href={`${path}/people`} look="quiet">
          {t('people.link.done')}
        </LinkButton>
      </p>
    </div>
  )
}
