import type { Context } from 'hono'
import { type PlacePage, showPlace } from '../people/place-shell.tsx'
import { Notice } from '../web/surfaces.tsx'
import type { Desk } from './organiser-access.ts'

/** A page of the desk, under the collective's name, with who is signed in. */
export function showDesk(c: Context, desk: Desk, page: PlacePage): Response {
  return showPlace(c, desk, desk.t('organiser.desk'), page)
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
