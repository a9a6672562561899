import type { Context } from 'hono'
import type { ComponentChildren } from 'preact'
import type { Campaign } from '../db/directory.ts'
import type { AmbassadorPlace } from '../people/place.ts'
import { showPlace } from '../people/place-shell.tsx'
import { Notice } from '../web/surfaces.tsx'

/** The pages of an ambassador's own place; the first has no name in its address. */
export const OWN_PAGES = ['today', 'people', 'share', 'words', 'booklets', 'cash', 'charter'] as const
export type OwnPage = (typeof OWN_PAGES)[number]

/** The address of an own page, for the campaign that is looked at. */
export function ownPath(place: AmbassadorPlace, page: OwnPage, campaign?: Campaign): string {
  const path = page === 'today' ? place.path : `${place.path}/${page}`
  return campaign ? `${path}?campaign=${campaign.slug}` : path
}

const DONE = ['charter', 'words', 'accepted', 'declared'] as const

export interface OwnPageContent {
  readonly page: OwnPage
  readonly title: string
  readonly campaign: Campaign | undefined
  readonly body: ComponentChildren
  readonly status?: 200 | 409 | 422
  /** Where nothing typed could be lost by changing the language. */
  readonly hasLangs?: boolean
}

/** One of the pages, under the names of all of them. */
export function showOwn(c: Context, place: AmbassadorPlace, content: OwnPageContent): Response {
  const { t } = place
  const { page, title, campaign, body, status, hasLangs } = content
  const done = DONE.find((name) => name === c.req.query('done'))
  return showPlace(c, place, t('ambassador.place'), {
    title,
    status,
    hasLangs,
    width: 'reading',
    body: (
      <>
        <nav class="desk-tabs own-tabs" aria-label={t('ambassador.pages')}>
          {OWN_PAGES.map((name) => (
            <a
              key={name}
              href={ownPath(place, name, campaign)}
              aria-current={name === page ? 'page' : undefined}
            >
              {t(`ambassador.page_${name}`)}
            </a>
          ))}
        </nav>
        {done && (
          <Notice tone="good" live>
            <p>{t(`ambassador.done_${done}`)}</p>
          </Notice>
        )}
        <div class="own-body">
          <h1>{title}</h1>
          {body}
        </div>
      </>
    ),
  })
}

/** Where an ambassador stands with the collective, when it is not simply at work. */
export function StandingNotice({ place }: { place: AmbassadorPlace }) {
  const { acceptedAt, pausedAt, endedAt } = place.ambassador
  const standing = endedAt ? 'ended' : !acceptedAt ? 'waiting' : pausedAt ? 'paused' : undefined
  if (!standing) return null
  return (
    <Notice>
      <p>{place.t(`ambassador.standing_${standing}`)}</p>
    </Notice>
  )
}

/** Whether people can be invited through this ambassador now. */
export function isOffering({ ambassador }: AmbassadorPlace): boolean {
  return ambassador.acceptedAt !== null && ambassador.endedAt === null
}
