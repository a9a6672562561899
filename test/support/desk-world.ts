import { Hono } from 'hono'
import { expect } from 'vitest'
import { localDay } from '../../src/domain/days.ts'
import { newId } from '../../src/domain/id.ts'
import type { OrderWish } from '../../src/domain/order.ts'
import { cancelOrder } from '../../src/orders/cancel-order.ts'
import { placeOrder } from '../../src/orders/place-order.ts'
import { organiserRoutes } from '../../src/organisers/routes.tsx'
import { receiveTransfer } from '../../src/payments/receive-transfer.ts'
import { settlePayment } from '../../src/payments/settle.ts'
import { settlePayout } from '../../src/payments/settle-payout.ts'
import { type SignIn, signInWith } from '../../src/people/auth.ts'
import { peopleRoutes } from '../../src/people/routes.tsx'
import { unbuiltAssets } from '../../src/web/assets.ts'
import { createWorld, type World } from './world.ts'

export const ORGANISER_EMAIL = 'salma@casa.example'
const STRANGER_EMAIL = 'karim@elsewhere.example'

/** The address of the desk in French. */
export const DESK = '/fr/casa/desk'

type Fields = Readonly<Record<string, string>>

/** The organisers' pages over a test world: Salma organises its collective, Karim organises nothing. */
export interface DeskWorld extends World {
  readonly app: Hono
  readonly signIn: SignIn
  /** The cookies of Salma and of Karim. */
  readonly cookies: { readonly organiser: string; readonly stranger: string }
  /** As Salma, unless somebody else's cookie is given. */
  get(path: string, cookie?: string): Promise<Response>
  post(path: string, fields?: Fields, cookie?: string): Promise<Response>
  page(path: string): Promise<string>
  /** The hidden fields of the forms of a page. */
  hiddenFields(path: string): Promise<Record<string, string>>
  today(): string
  place(wish: Partial<OrderWish>): ReturnType<typeof placeFor>
  payByCard(wish?: Partial<OrderWish>): ReturnType<typeof placeFor>
}

export async function createDeskWorld(goal = 12): Promise<DeskWorld> {
  const world = await createWorld({ goal })
  const { services, db, collective, clock } = world
  const signIn = signInWith({ db, key: Buffer.alloc(32, 1), publicUrl: services.publicUrl })
  const codeKey = Buffer.alloc(32, 2)
  const needs = {
    ...services,
    codeKey,
    mailbox: true,
    assets: unbuiltAssets,
    signIn,
    receiveTransfer,
    cancelOrder,
    settlePayout,
  }
  const app = new Hono().route('/', peopleRoutes(needs)).route('/', organiserRoutes(needs))
  const salma = await addPerson(world, 'Salma', ORGANISER_EMAIL)
  await addPerson(world, 'Karim', STRANGER_EMAIL)
  await db.shared
    .insertInto('member')
    .values({ collective_id: collective.id, person_id: salma, role: 'organiser', since: clock.now() })
    .execute()
  const cookies = {
    organiser: await sessionOf(app, signIn, ORGANISER_EMAIL),
    stranger: await sessionOf(app, signIn, STRANGER_EMAIL),
  }
  const get = async (path: string, cookie = cookies.organiser) =>
    app.request(path, { headers: { Cookie: cookie } })
  const post = async (path: string, fields: Fields = {}, cookie = cookies.organiser) =>
    app.request(path, { method: 'POST', headers: { Cookie: cookie }, body: new URLSearchParams(fields) })
  const page = async (path: string) => (await get(path)).text()
  return {
    ...world,
    app,
    signIn,
    cookies,
    get,
    post,
    page,
    async hiddenFields(path) {
      const fields = (await page(path)).matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g)
      return Object.fromEntries([...fields].map(([, name, value]) => [name!, value!]))
    },
    today: () => localDay(clock.now(), collective.timeZone),
    place: (wish) => placeFor(world, wish),
    payByCard: (wish = {}) => payByCard(world, wish),
  }
}

/** The cookies that a response sets, as a browser sends them back. */
export function cookieOf(response: Response): string {
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

async function sessionOf(app: Hono, signIn: SignIn, email: string): Promise<string> {
  const body = new URLSearchParams({ token: (await signIn.makeToken(email))! })
  return cookieOf(await app.request('/fr/sign-in', { method: 'POST', body }))
}

async function addPerson({ db, clock }: World, name: string, email: string): Promise<string> {
  const id = newId()
  const times = { created_at: clock.now(), updated_at: clock.now() }
  await db.shared
    .insertInto('person')
    .values({ id, name, email, email_verified: true, image: null, ...times })
    .execute()
  return id
}

async function placeFor(world: World, wish: Partial<OrderWish>) {
  const placed = await placeOrder(world.services, await world.campaign(), world.wish(wish))
  if (!placed.ok) throw new Error(placed.status)
  return placed.order
}

async function payByCard(world: World, wish: Partial<OrderWish>) {
  const order = await placeFor(world, { method: 'card', ...wish })
  const message = {
    provider: 'sandbox',
    collectiveId: world.collective.id,
    paymentId: order.payment!.id,
    eventId: newId(),
    outcome: 'paid' as const,
    amountMinor: order.amountMinor,
    currency: order.currency,
  }
  const now = world.clock.now()
  const tenant = world.db.of(world.collective.id)
  expect(await settlePayment(tenant, message, now, localDay(now, world.collective.timeZone))).toBe('paid')
  return order
}
