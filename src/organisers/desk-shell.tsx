import type { Context } from 'hono'
import type { ComponentChildren } from 'preact'
import { inLang, LANGS, type Lang } from '../domain/lang.ts'
import { Button } from '../web/button.tsx'
import { Notice } from '../web/surfaces.tsx'
import type { Desk } from './organiser-access.ts'
import { showPage } from './page.tsx'

export interface DeskPage {
  readonly title: string
  readonly body: ComponentChildren
  readonly status?: 200 | 409 | 422
  readonly width?: 'reading' | 'work'
  /** Whether the language may be changed here by a link: not where something has been typed. */
  readonly hasLangs?: boolean
}

/** A page of the desk, under the collective's name, with who is signed in. */
export function showDesk(c: Context, desk: Desk, page: DeskPage): Response {
  const { services, lang, collective } = desk
  return showPage(c, services, {
    lang,
    title: page.title,
    status: page.status,
    width: page.width ?? 'work',
    site: { name: inLang(collective.name, lang), href: `/${lang}/${collective.slug}` },
    alternates: page.hasLangs ? addressesOf(c) : undefined,
    body: (
      <>
        <DeskBar desk={desk} />
        {page.body}
      </>
    ),
  })
}

/** What is said on the desk after something was done; anything else in the address says nothing. */
export const DONE = [
  'set_up',
  'word_allowed',
  'word_hidden',
  'transfer_paid',
  'transfer_refund_due',
  'transfer_exists',
  'payout',
  'refunded',
  'ambassador_added',
  'ambassador_accepted',
  'ambassador_declined',
  'update',
  'campaign_created',
  'campaign_edited',
  'scheduled',
  'closed',
  'delivered',
  'spending',
] as const

/** Back to the desk after a change, with a word about what was done. */
export function backToDesk(
  c: Context,
  desk: Desk,
  done: (typeof DONE)[number],
  campaignSlug?: string,
): Response {
  const query = new URLSearchParams(campaignSlug ? { campaign: campaignSlug, done } : { done })
  return c.redirect(`${desk.path}?${query}`, 303)
}

export function DoneNotice({ desk, done }: { desk: Desk; done: string | undefined }) {
  const known = DONE.find((name) => name === done)
  if (!known) return null
  return (
    <Notice tone="good" live>
      <p>{desk.t(`organiser.done.${known}`)}</p>
    </Notice>
  )
}

function DeskBar({ desk }: { desk: Desk }) {
  const { t, lang, path, person } = desk
  return (
    <div class="desk-bar">
      <a href={path}>{t('organiser.desk')}</a>
      <form method="post" action={`/${lang}/sign-out`}>
        <span class="desk-person">
          {t('organiser.signed_in')} <bdi>{person.name}</bdi>
        </span>
        <Button look="plain">{t('organiser.sign_out')}</Button>
      </form>
    </div>
  )
}

function addressesOf(c: Context): Partial<Record<Lang, string>> {
  const { pathname, searchParams } = new URL(c.req.url)
  searchParams.delete('done')
  searchParams.delete('released')
  const query = searchParams.size > 0 ? `?${searchParams}` : ''
  return Object.fromEntries(LANGS.map((lang) => [lang, pathname.replace(/^\/\w+/, `/${lang}`) + query]))
}
