import { type Context, Hono } from 'hono'
import { acceptBlock, blocksOf } from '../custody/blocks.ts'
import { cashOf } from '../custody/cash.ts'
import { declareRemittance, remittancesOf } from '../custody/remittances.ts'
import type { Campaign } from '../db/directory.ts'
import { isUuid7 } from '../domain/id.ts'
import { formatMoney } from '../domain/money.ts'
import { Form, readForm } from '../people/form.ts'
import { showLost } from '../people/page.tsx'
import { type AmbassadorPlace, atAmbassadorPlace } from '../people/place.ts'
import type { PeopleServices } from '../people/services.ts'
import { BookletsPage } from './booklets-page.tsx'
import { CashPage, isWay, MAX_NOTE_CHARACTERS, waitingSales } from './cash-page.tsx'
import { ownPath, showOwn } from './own-shell.tsx'
import { inCampaign, OWN } from './place-routes.tsx'

/** What is in an ambassador's hands: numbers and cash. */
export function custodyRoutes(services: PeopleServices): Hono {
  const app = new Hono()
  const at = (handler: (c: Context, place: AmbassadorPlace) => Promise<Response>) =>
    atAmbassadorPlace(services, handler)
  app.get(`${OWN}/booklets`, at(inCampaign('booklets', showBooklets)))
  app.post(`${OWN}/booklets/:block/acceptance`, at(takeAcceptance))
  app.get(`${OWN}/cash`, at(inCampaign('cash', showCash)))
  app.post(`${OWN}/cash`, at(inCampaign('cash', takeCash)))
  return app
}

async function showBooklets(c: Context, place: AmbassadorPlace, campaign: Campaign): Promise<Response> {
  const blocks = await blocksOf(place.tenant, place.ambassador.id)
  const own = blocks.filter(({ campaignId }) => campaignId === campaign.id)
  return showOwn(c, place, {
    page: 'booklets',
    title: place.t('ambassador.page_booklets'),
    campaign,
    hasLangs: true,
    body: <BookletsPage place={place} blocks={own} />,
  })
}

async function takeAcceptance(c: Context, place: AmbassadorPlace): Promise<Response> {
  const { services, lang, tenant, ambassador, act, path } = place
  const blockId = c.req.param('block') ?? ''
  const accepted = isUuid7(blockId)
    ? await acceptBlock(tenant, { blockId, ambassadorId: ambassador.id }, act)
    : undefined
  if (!accepted || (!accepted.ok && accepted.status !== 'not_open')) return showLost(c, services, lang)
  // One that was returned or lost meanwhile: the page says what it is now.
  return c.redirect(`${path}/booklets${accepted.ok ? '?done=accepted' : ''}`, 303)
}

async function showCash(
  c: Context,
  place: AmbassadorPlace,
  campaign: Campaign,
  refused?: Form,
): Promise<Response> {
  const { tenant, ambassador, lang, t } = place
  const [cash, remittances] = await Promise.all([
    cashOf(tenant, { campaignId: campaign.id, ambassadorId: ambassador.id }),
    remittancesOf(tenant, ambassador.id),
  ])
  if (!cash) throw new Error('the campaign was just read')
  const due =
    waitingSales(cash).reduce((sum, { amountMinor }) => sum + amountMinor, 0n) - cash.handedOverMinor
  const amount = formatMoney({ minor: due > 0n ? due : 0n, currency: campaign.currency }, lang)
  const form = refused ?? new Form(new URLSearchParams({ amount }))
  const own = remittances.filter(({ campaignId }) => campaignId === campaign.id)
  return showOwn(c, place, {
    page: 'cash',
    title: t('ambassador.page_cash'),
    campaign,
    status: form.status === 200 ? 200 : form.status === 409 ? 409 : 422,
    body: <CashPage place={place} contents={{ campaign, cash, remittances: own, form }} />,
  })
}

async function takeCash(c: Context, place: AmbassadorPlace, campaign: Campaign): Promise<Response> {
  const { tenant, ambassador, act, lang, person } = place
  const form = await readForm(c)
  const amountMinor = form.amount('amount', campaign.currency, lang)
  const way = form.choice('way', isWay)
  const note = form.optionalText('note', MAX_NOTE_CHARACTERS)
  const saleIds = form.shown('sales').split(' ').filter(isUuid7)
  if (!form.ok || amountMinor === undefined || way === undefined) return showCash(c, place, campaign, form)
  const declared = await declareRemittance(
    tenant,
    {
      id: form.id(),
      campaignId: campaign.id,
      ambassadorId: ambassador.id,
      saleIds,
      amountMinor,
      way,
      note: note ?? null,
      as: 'ambassador',
      personId: person.id,
    },
    act,
  )
  if (declared.ok) return c.redirect(`${ownPath(place, 'cash', campaign)}&done=declared`, 303)
  const isAmount = declared.status === 'amount_invalid'
  form.refuse(isAmount ? 'amount' : '', isAmount ? 'amount_invalid' : declared.status)
  return showCash(c, place, campaign, form)
}
