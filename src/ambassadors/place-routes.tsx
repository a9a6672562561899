import { type Context, Hono } from 'hono'
import type { Campaign } from '../db/directory.ts'
import { findCampaign } from '../db/directory.ts'
import { readProgress } from '../db/progress.ts'
import { isUuid7 } from '../domain/id.ts'
import type { LocalizedText } from '../domain/lang.ts'
import { type Form, readForm } from '../people/form.ts'
import { showLost } from '../people/page.tsx'
import { type AmbassadorPlace, atAmbassadorPlace } from '../people/place.ts'
import type { PeopleServices } from '../people/services.ts'
import { acceptCharter, charterAcceptedAt, charterIn } from './charter.ts'
import { CharterPage } from './charter-page.tsx'
import { readInvited } from './invited-tree.ts'
import { keepPledge, MAX_GOAL, MAX_WORDS_CHARACTERS } from './keep-pledge.ts'
import { findContributor, keepThanks, readContributors } from './my-people.ts'
import { dreamTitles, ownCampaign, titleIn } from './own-campaign.ts'
import { ownNumbers } from './own-numbers.ts'
import { isOffering, type OwnPage, ownPath, showOwn } from './own-shell.tsx'
import { PeoplePage } from './people-page.tsx'
import { SharePage } from './share-page.tsx'
import { ThanksPage, thanksAddress } from './thanks-page.tsx'
import { NoCampaign, TodayPage } from './today-page.tsx'
import { filledWords, langsFirst, WordsPage } from './words-page.tsx'

/** Where an ambassador works. */
export const OWN = '/:lang{ar|fr|en|es}/:collective/ambassador'

/** An ambassador's own place: today, the charter, own words and goal, my people, what to share. */
export function ambassadorPlaceRoutes(services: PeopleServices): Hono {
  const app = new Hono()
  const at = (handler: (c: Context, place: AmbassadorPlace) => Promise<Response>) =>
    atAmbassadorPlace(services, handler)
  app.get(OWN, at(inCampaign('today', showToday)))
  app.get(`${OWN}/people`, at(inCampaign('people', showPeople)))
  app.post(`${OWN}/people/:order/thanks`, at(takeThanks))
  app.get(`${OWN}/share`, at(inCampaign('share', showShare)))
  app.get(`${OWN}/words`, at(inCampaign('words', showWords)))
  app.post(`${OWN}/words`, at(inCampaign('words', takeWords)))
  app.get(
    `${OWN}/charter`,
    at((c, place) => showCharter(c, place)),
  )
  app.post(`${OWN}/charter`, at(takeCharter))
  return app
}

type InCampaign = (c: Context, place: AmbassadorPlace, campaign: Campaign) => Promise<Response>

/** For the campaign that is looked at; before there is one, the page says so. */
export function inCampaign(page: OwnPage, handler: InCampaign) {
  return async (c: Context, place: AmbassadorPlace): Promise<Response> => {
    const campaign = await ownCampaign(place, c.req.query('campaign'))
    if (campaign) return handler(c, place, campaign)
    const title = place.t(`ambassador.page_${page}`)
    return showOwn(c, place, { page, title, campaign, hasLangs: true, body: <NoCampaign place={place} /> })
  }
}

async function showToday(c: Context, place: AmbassadorPlace, campaign: Campaign): Promise<Response> {
  const { tenant, t, lang, ambassador } = place
  const [numbers, invited, titles, progress, accepted] = await Promise.all([
    ownNumbers(tenant, campaign.id, ambassador.id),
    readInvited(tenant, campaign.id, ambassador.id),
    dreamTitles(tenant, campaign.id),
    readProgress(tenant, campaign.id),
    charterAcceptedAt(tenant, ambassador.id),
  ])
  const title = titleIn(titles, lang, campaign)
  const hasCharter = accepted !== undefined
  const contents = { campaign, title, numbers, invited, bricks: progress.bricks, hasCharter }
  return showOwn(c, place, {
    page: 'today',
    title: t('ambassador.welcome', { name: ambassador.name }),
    campaign,
    hasLangs: true,
    body: <TodayPage place={place} contents={contents} />,
  })
}

async function showPeople(c: Context, place: AmbassadorPlace, campaign: Campaign): Promise<Response> {
  const { tenant, t, ambassador } = place
  const [contributors, invited] = await Promise.all([
    readContributors(tenant, campaign.id, ambassador.id),
    readInvited(tenant, campaign.id, ambassador.id),
  ])
  return showOwn(c, place, {
    page: 'people',
    title: t('ambassador.page_people'),
    campaign,
    hasLangs: true,
    body: <PeoplePage place={place} contents={{ campaign, contributors, invited }} />,
  })
}

async function takeThanks(c: Context, place: AmbassadorPlace): Promise<Response> {
  const { services, lang, collective, tenant, ambassador, act, t } = place
  const id = c.req.param('order') ?? ''
  const found = isUuid7(id) ? await findContributor(tenant, id, ambassador.id) : undefined
  const campaign = found && (await findCampaign(services.db, collective, { id: found.campaignId }))
  if (!found || !campaign) return showLost(c, services, lang)
  await keepThanks(tenant, { orderId: found.orderId, ambassadorId: ambassador.id }, act)
  const whatsapp = thanksAddress(place, campaign, found)
  // Not a redirect: our forms may only lead to our own pages. The thank-you is noted before anything opens.
  c.header('Refresh', `0; url=${whatsapp}`)
  return showOwn(c, place, {
    page: 'people',
    title: t('ambassador.thanked'),
    campaign,
    body: <ThanksPage place={place} campaign={campaign} whatsapp={whatsapp} />,
  })
}

async function showShare(c: Context, place: AmbassadorPlace, campaign: Campaign): Promise<Response> {
  const titles = await dreamTitles(place.tenant, campaign.id)
  return showOwn(c, place, {
    page: 'share',
    title: place.t('ambassador.page_share'),
    campaign,
    hasLangs: true,
    body: <SharePage place={place} contents={{ campaign, titles }} />,
  })
}

async function showWords(
  c: Context,
  place: AmbassadorPlace,
  campaign: Campaign,
  form?: Form,
): Promise<Response> {
  const { t, tenant, ambassador } = place
  const shown = form ?? filledWords(await ownNumbers(tenant, campaign.id, ambassador.id))
  return showOwn(c, place, {
    page: 'words',
    title: t('ambassador.page_words'),
    campaign,
    status: shown.status === 200 ? 200 : 422,
    body: <WordsPage place={place} campaign={campaign} form={shown} />,
  })
}

async function takeWords(c: Context, place: AmbassadorPlace, campaign: Campaign): Promise<Response> {
  const { tenant, ambassador, act } = place
  if (!isOffering(place)) return showLost(c, place.services, place.lang)
  const form = await readForm(c)
  const goal = form.isEmpty('own_goal') ? null : form.whole('own_goal', 1, MAX_GOAL)
  const words: LocalizedText = {}
  for (const lang of langsFirst(place)) {
    const text = form.optionalText(`words_${lang}`, MAX_WORDS_CHARACTERS)
    if (text) words[lang] = text
  }
  if (goal === undefined || !form.ok) return showWords(c, place, campaign, form)
  await keepPledge(tenant, { campaignId: campaign.id, ambassadorId: ambassador.id, goal, words }, act)
  return c.redirect(`${ownPath(place, 'today', campaign)}&done=words`, 303)
}

async function showCharter(c: Context, place: AmbassadorPlace, isChanged = false): Promise<Response> {
  const { t, tenant, lang, ambassador } = place
  const [charter, acceptedAt] = await Promise.all([
    charterIn(tenant, lang),
    charterAcceptedAt(tenant, ambassador.id),
  ])
  return showOwn(c, place, {
    page: 'charter',
    title: t('ambassador.page_charter'),
    campaign: undefined,
    status: isChanged ? 409 : 200,
    hasLangs: true,
    body: <CharterPage place={place} contents={{ charter, acceptedAt, isChanged }} />,
  })
}

async function takeCharter(c: Context, place: AmbassadorPlace): Promise<Response> {
  const { tenant, lang, ambassador, act, path } = place
  const hash = (await readForm(c)).shown('hash')
  const accepted = await acceptCharter(tenant, { ambassadorId: ambassador.id, lang, hash }, act)
  if (!accepted.ok) return showCharter(c, place, true)
  return c.redirect(`${path}?done=charter`, 303)
}
