import type { Context } from 'hono'
import type { ComponentChildren } from 'preact'
import { inLang, LANGS, type Lang } from '../domain/lang.ts'
import { Button } from '../web/button.tsx'
import { showPage } from './page.tsx'
import type { Place } from './place.ts'

export interface PlacePage {
  readonly title: string
  readonly body: ComponentChildren
  readonly status?: 200 | 409 | 422
  readonly width?: 'reading' | 'work'
  /** Whether the language may be changed here by a link: not where something has been typed. */
  readonly hasLangs?: boolean
}

/** A page of a place, under the collective's name, with who is signed in. `home` is what its first page is called. */
export function showPlace(c: Context, place: Place, home: string, page: PlacePage): Response {
  const { services, lang, collective } = place
  return showPage(c, services, {
    lang,
    title: page.title,
    status: page.status,
    width: page.width ?? 'work',
    site: { name: inLang(collective.name, lang), href: `/${lang}/${collective.slug}` },
    alternates: page.hasLangs ? addressesOf(c) : undefined,
    body: (
      <>
        <PlaceBar place={place} home={home} />
        {page.body}
      </>
    ),
  })
}

function PlaceBar({ place, home }: { place: Place; home: string }) {
  const { t, lang, path, person } = place
  return (
    <div class="desk-bar">
      <a href={path}>{home}</a>
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
