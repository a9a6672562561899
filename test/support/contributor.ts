import { Hono } from 'hono'
import { newId } from '../../src/domain/id.ts'
import type { OrderFacts } from '../../src/domain/order.ts'
import { orderPath } from '../../src/orders/order-address.ts'
import { orderRoutes } from '../../src/orders/routes.tsx'
import type { OrderPageServices } from '../../src/orders/services.ts'
import { unbuiltAssets } from '../../src/web/assets.ts'
import { openTestKept } from './kept.ts'
import type { World } from './world.ts'

type Fields = Readonly<Record<string, string | undefined>>

/** Somebody who gives through the pages, without a script. */
export interface Contributor {
  readonly app: Hono
  /** The fields of a whole and right form, with an id of its own; `undefined` takes a field away. */
  form(overrides?: Fields): URLSearchParams
  get(path: string): Promise<Response>
  post(path: string, fields: Fields | URLSearchParams): Promise<Response>
  /** Sends the form to give and returns the answer. */
  give(overrides?: Fields, campaign?: string): Promise<Response>
  /** Does something on the page of an order. */
  act(
    order: OrderFacts,
    step: '/payments' | '/cancellation' | '/ambassador',
    fields?: Fields,
  ): Promise<Response>
  /** The page of an order, as text. */
  page(order: OrderFacts): Promise<string>
}

export function createContributor(world: World, overrides: Partial<OrderPageServices> = {}): Contributor {
  const { kept } = openTestKept({ db: world.db, now: world.clock.now })
  const app = new Hono().route(
    '/',
    orderRoutes({ ...world.services, kept, assets: unbuiltAssets, trial: false, ...overrides }),
  )
  const get = async (path: string) => app.request(path)
  const post = async (path: string, fields: Fields | URLSearchParams) =>
    app.request(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: (fields instanceof URLSearchParams ? fields : encoded(fields)).toString(),
    })
  const form = (fields: Fields = {}) => encoded({ ...RIGHT, id: newId(), ...fields })
  return {
    app,
    form,
    get,
    post,
    give: (fields, campaign = 'dar-salma') => post(`/fr/casa/${campaign}/give`, form(fields)),
    act: (order, step, fields = {}) => post(orderPath(order, 'fr', step), fields),
    page: async (order) => (await get(orderPath(order, 'fr'))).text(),
  }
}

const RIGHT: Fields = {
  quantity: '2',
  method: 'transfer',
  name: 'Nadia',
  contact: '',
  word: '',
  consent: 'yes',
}

function encoded(fields: Fields): URLSearchParams {
  const sent = Object.entries(fields).filter(([, value]) => value !== undefined) as [string, string][]
  return new URLSearchParams(sent)
}
