import { orderPath } from '../../src/orders/order-address.ts'
import {
  fillGiveForm,
  giveButton,
  isAt,
  pressAtSandbox,
  sandboxButton,
  sendUnanswered,
} from './give-steps.ts'
import type { Place } from './place.ts'
import { ORDER_STATES, type OrderState } from './scene.ts'

/** Every page that anybody may find, in every state. */
export const FOUND_PLACES: readonly Place[] = [
  at('the API, to read', (lang) => `/api?lang=${lang}`, { isPublic: true }),
  ...[
    ['the list of collectives', ''],
    ['the home of a collective', '/casa'],
    ['the home of a collective without a dream', '/oujda'],
    ['a live campaign', '/casa/dar-salma'],
    ['a campaign as an ambassador offers it', '/casa/dar-salma/amina'],
    ['a campaign that is not open yet', '/casa/dar-soon', 'campaign.scheduled_title'],
    ['a campaign that is sold out', '/casa/dar-full', 'campaign.funded_title'],
    ['a campaign whose coupons are all promised', '/casa/dar-promised', 'campaign.all_promised_title'],
    ['a campaign that is over', '/casa/dar-past', 'campaign.closed_title'],
    ['a campaign whose home is delivered', '/casa/dar-ilyas', 'campaign.delivered_title'],
    ['a coupon', '/casa/dar-salma/coupons/7'],
    ['the search for a coupon', '/casa/dar-salma/coupons'],
  ].map(([name, path, says]) => at(name!, (lang) => `/${lang}${path}`, { isPublic: true, says })),
]

const ORDER_SAYS: Record<OrderState, string> = {
  waiting: 'order.waiting_title',
  declined: 'order.declined_title',
  tooManyAttempts: 'order.too_many_attempts',
  transfer: 'order.transfer_title',
  thanks: 'order.receipt_heading',
  proposed: 'order.ambassador_done_title',
  cancelled: 'order.cancelled_title',
  expired: 'order.expired_title',
  refundDue: 'order.refund_due_title',
  refunded: 'order.refunded_title',
}

/** Pages of one person, and of what cannot be done. */
export const OWN_PLACES: readonly Place[] = [
  at('the form to give', (lang) => `/${lang}/casa/dar-salma/give`),
  at('the form to give through an ambassador', (lang) => `/${lang}/casa/dar-salma/give?ambassador=amina`),
  at('the form of a campaign that is not open', (lang) => `/${lang}/casa/dar-soon/give`, {
    says: 'give.not_open_title',
  }),
  at('the form of a campaign that is sold out', (lang) => `/${lang}/casa/dar-full/give`, {
    says: 'give.sold_out_title',
  }),
  at('the form of a campaign that is over', (lang) => `/${lang}/casa/dar-past/give`, {
    says: 'give.closed_title',
  }),
  at('the wish to be told', (lang) => `/${lang}/casa/dar-past/wish`),
  at('the thanks for a wish', (lang) => `/${lang}/casa/dar-past/wish/kept`),
  at('a coupon’s number that is none', (lang) => `/${lang}/casa/dar-salma/coupons?number=x`, { status: 422 }),
  at('an unknown address', (lang) => `/${lang}/casa/nowhere`, { status: 404, says: 'error.not_found_title' }),
  at('a draft, for the public', (lang) => `/${lang}/casa/dar-draft`, {
    status: 404,
    says: 'error.not_found_title',
  }),
  at('an order that is none', (lang) => `/orders/none?key=none&lang=${lang}`, {
    status: 404,
    says: 'order.not_found_title',
  }),
  ...ORDER_STATES.map(ofOrder),
  {
    name: 'an order with a wrong key',
    status: 404,
    says: 'order.not_found_title',
    open: (visit, { orders }) => {
      const path = orderPath(orders[visit.lang].thanks, visit.lang)
      return visit.open(path.replace(/key=./, 'key=_'))
    },
  },
  {
    name: 'the form to give, refused',
    async open(visit) {
      await visit.open(`/${visit.lang}/casa/dar-salma/give`)
      await visit.page.locator('[name=contact]').fill('amina@')
      await visit.page.locator('[name=quantity]').fill('51')
      await giveButton(visit).click()
      await visit.page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'a form that was sent before',
    async open(visit) {
      await visit.open(`/${visit.lang}/casa/dar-salma/give`)
      await fillGiveForm(visit, {})
      await sendUnanswered(visit)
      await visit.page.locator('[name=quantity]').fill('2')
      await giveButton(visit).click()
      await isAt(visit, 'give.different_title')
    },
  },
  {
    name: 'the wish to be told, refused',
    async open(visit) {
      await visit.open(`/${visit.lang}/casa/dar-past/wish`)
      await visit.page.getByRole('button', { name: visit.t('give.wish_submit') }).click()
      await visit.page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'the offer to become an ambassador, refused',
    async open(visit, { orders }) {
      await visit.open(orderPath(orders[visit.lang].thanks, visit.lang))
      await visit.page.locator('#ambassador [name=contact]').fill('12')
      await visit.page.getByRole('button', { name: visit.t('order.ambassador_submit') }).click()
      await visit.page.getByRole('alert').waitFor()
    },
  },
  {
    name: 'the page to pay on',
    async open(visit) {
      await visit.open(`/${visit.lang}/casa/dar-salma/give`)
      await fillGiveForm(visit, {})
      await giveButton(visit).click()
      await isAt(visit, 'sandbox.title')
    },
  },
  {
    name: 'the page to pay on, left before',
    says: 'sandbox.was_abandoned',
    async open(visit) {
      await visit.open(`/${visit.lang}/casa/dar-salma/give`)
      await fillGiveForm(visit, {})
      await giveButton(visit).click()
      await pressAtSandbox(visit, 'abandon')
      await isAt(visit, 'order.waiting_title')
      await visit.page.goBack()
      await sandboxButton(visit, 'pay').waitFor()
    },
  },
  {
    name: 'the page to pay on, paid before',
    async open(visit) {
      await visit.open(`/${visit.lang}/casa/dar-salma/give`)
      await fillGiveForm(visit, {})
      await giveButton(visit).click()
      await pressAtSandbox(visit, 'pay')
      await isAt(visit, 'order.thanks_title')
      await visit.page.goBack()
      await isAt(visit, 'sandbox.paid_title')
    },
  },
  {
    name: 'a fault of ours',
    status: 500,
    says: 'error.failed_title',
    async open(visit, _scene, app) {
      app.breakForm(true)
      try {
        return await visit.open(`/${visit.lang}/casa/dar-salma`)
      } finally {
        app.breakForm(false)
      }
    },
  },
]

function at(name: string, path: (lang: string) => string, more: Partial<Place> = {}): Place {
  return { name, open: (visit) => visit.open(path(visit.lang)), ...more }
}

function ofOrder(state: OrderState): Place {
  return {
    name: `an order: ${state}`,
    says: ORDER_SAYS[state],
    // The number of looks is used up, so that the page stays.
    open: (visit, { orders }) => visit.open(`${orderPath(orders[visit.lang][state], visit.lang)}&n=20`),
  }
}
