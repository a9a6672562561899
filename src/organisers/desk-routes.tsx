import { type Context, Hono } from 'hono'
import { type Campaign, listCampaigns } from '../db/directory.ts'
import { campaignStatus } from '../domain/campaign.ts'
import { isUuid7 } from '../domain/id.ts'
import { balances } from '../ledger/balances.ts'
import { readForm } from '../people/form.ts'
import { showLost } from '../people/page.tsx'
import { allowWord, hideWord } from './allow-word.ts'
import { type DeskContents, DeskPage } from './desk-page.tsx'
import {
  acceptedAmbassadors,
  awaitedPayouts,
  dreamTitles,
  dueRefunds,
  expectedTransfers,
  proposedAmbassadors,
  waitingWords,
} from './desk-queries.ts'
import { backToDesk, showDesk } from './desk-shell.tsx'
import { atDesk, type Desk } from './organiser-access.ts'
import type { OrganiserServices } from './services.ts'

// In a group of its own: the router would take the languages for parts of the whole address otherwise.
export const DESK = '/:lang{(?:ar|fr|en|es)}/:collective/desk'

/** The desk itself, and the words of encouragement on it. */
export function deskRoutes(services: OrganiserServices): Hono {
  const app = new Hono()
  app.get(
    DESK,
    atDesk(services, async (c, desk) => {
      const contents = await readDesk(c, desk)
      const title = desk.t('organiser.desk')
      return showDesk(c, desk, { title, hasLangs: true, body: <DeskPage desk={desk} contents={contents} /> })
    }),
  )
  app.post(
    `${DESK}/words/:order`,
    atDesk(services, async (c, desk) => {
      const orderId = c.req.param('order') ?? ''
      const decision = (await readForm(c)).shown('decision')
      if (!isUuid7(orderId) || (decision !== 'allow' && decision !== 'hide')) {
        return showLost(c, services, desk.lang)
      }
      const decide = decision === 'allow' ? allowWord : hideWord
      const decided = await decide(desk.tenant, orderId, desk.act)
      if (!decided.ok) return showLost(c, services, desk.lang)
      return backToDesk(c, desk, decision === 'allow' ? 'word_allowed' : 'word_hidden')
    }),
  )
  return app
}

async function readDesk(c: Context, desk: Desk): Promise<DeskContents> {
  const { tenant, services, collective } = desk
  const campaigns = await listCampaigns(services.db, collective)
  const campaign = chooseCampaign(campaigns, c.req.query('campaign'), desk)
  const [titles, words, transfers, payouts, refunds, proposals, ambassadors, money] = await Promise.all([
    dreamTitles(tenant),
    waitingWords(tenant),
    expectedTransfers(tenant),
    awaitedPayouts(tenant),
    dueRefunds(tenant),
    proposedAmbassadors(tenant),
    acceptedAmbassadors(tenant),
    campaign ? balances(tenant, campaign.id) : [],
  ])
  const heldBy = (kind: string) => {
    const account = money.find((one) => one.kind === kind)
    return account ? account.debitsMinor - account.creditsMinor : 0n
  }
  return {
    campaigns,
    campaign,
    titles,
    words,
    transfers,
    payouts,
    refunds,
    proposals,
    ambassadors,
    bankMinor: heldBy('bank'),
    homeMinor: heldBy('home'),
    done: c.req.query('done'),
  }
}

/** The one asked for, else the one that most wants attention. */
function chooseCampaign(
  campaigns: readonly Campaign[],
  slug: string | undefined,
  { act, collective }: Desk,
): Campaign | undefined {
  const asked = campaigns.find((campaign) => campaign.slug === slug)
  if (asked) return asked
  const byStatus = (status: string) =>
    campaigns.find(({ facts }) => campaignStatus(facts, act.now, collective.timeZone) === status)
  return ['live', 'funded', 'scheduled', 'draft', 'closed'].map(byStatus).find(Boolean) ?? campaigns[0]
}
