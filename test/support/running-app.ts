import type { Socket } from 'node:net'
import { fileURLToPath } from 'node:url'
import type { Admission } from '../../src/admission.ts'
import { type AppServices, createApp } from '../../src/app.tsx'
import { isCouponCode } from '../../src/custody/coupon-code.ts'
import { newId } from '../../src/domain/id.ts'
import type { Lang } from '../../src/domain/lang.ts'
import { openFront } from '../../src/front.ts'
import { expireDueReservations } from '../../src/jobs/expire-reservations.ts'
import { freePort, listen } from '../../src/listen.ts'
import { cancelOrder } from '../../src/orders/cancel-order.ts'
import { createGiveForm, createWishForm } from '../../src/orders/routes.tsx'
import { makeSetupLink, setupUrl } from '../../src/organisers/setup-link.ts'
import { receiveTransfer } from '../../src/payments/receive-transfer.ts'
import { createSandbox } from '../../src/payments/sandbox/sandbox.ts'
import { sendCallbacks } from '../../src/payments/sandbox/send-callbacks.ts'
import { settlePayout } from '../../src/payments/settle-payout.ts'
import { signInWith } from '../../src/people/auth.ts'
import { createSignInLink } from '../../src/people/sign-in-link.ts'
import { readAssets } from '../../src/web/assets.ts'
import { openTestKept } from './kept.ts'
import { ensureBuilt } from './shared.ts'
import type { World } from './world.ts'

/** The whole application on a port of this machine, over a test world, with what the build gives to browsers. */
export interface RunningApp {
  /** Its public address, without a slash at the end. */
  readonly origin: string
  readonly world: World
  readonly services: AppServices
  /** What it told the operator. */
  readonly logs: readonly string[]
  /** Does once what the clock of a running installation does every second, at the world's time. */
  tick(): Promise<void>
  /** From now on every page with the form to give fails, as by a fault of ours; or no more. */
  breakForm(isBroken: boolean): void
  /** Breaks every stream that is open, as a bad network does. */
  cutStreams(): void
  /** Somebody who may sit at the desk of the world's collective. */
  addOrganiser(name: string, email: string): Promise<void>
  /** An address that signs this person in. */
  signInAddress(email: string, lang: Lang): Promise<string>
  /** The address of the page that sets up one more collective, once. */
  setUpAddress(): Promise<string>
  close(): Promise<void>
}

export const ORGANISER = { name: 'Salma Idrissi', email: 'salma@casa.example' }

const HOST = '127.0.0.1'
const SECRET = 'a secret of the running test world'
const ASSETS = fileURLToPath(new URL('../../dist/assets', import.meta.url))

export async function startRunningApp(
  world: World,
  overrides: Partial<AppServices> = {},
  admission?: Admission,
): Promise<RunningApp> {
  await ensureBuilt()
  const port = await freePort(HOST)
  const origin = `http://${HOST}:${port}`
  const form = { isBroken: false }
  const logs: string[] = []
  const services = { ...makeServices(world, origin, form, (line) => logs.push(line)), ...overrides }
  const app = createApp(services)
  const front = openFront(app, services, admission)
  const streams = new Set<Socket>()
  const listening = await listen(
    (incoming, outgoing) => {
      const { socket } = incoming
      if (incoming.url?.includes('/events')) streams.add(socket.once('close', () => streams.delete(socket)))
      front(incoming, outgoing)
    },
    HOST,
    port,
  )
  return {
    origin,
    world,
    services,
    logs,
    async tick() {
      const { db, now, publicUrl, sandbox } = services
      await expireDueReservations(db, now())
      await sendCallbacks({ db, now, publicUrl, sandbox: sandbox! })
    },
    breakForm(isBroken) {
      form.isBroken = isBroken
    },
    cutStreams() {
      for (const stream of streams) stream.destroy()
    },
    addOrganiser: (name, email) => addOrganiser(world, name, email),
    async signInAddress(email, lang) {
      const address = await createSignInLink(services, email, lang)
      if (!address) throw new Error(`nobody signs in as ${email}`)
      return address
    },
    async setUpAddress() {
      const { db, now, random } = services
      // The newest link is the one that works.
      world.clock.advance({ ms: 1 })
      return setupUrl(origin, await makeSetupLink(db, now(), random))
    },
    async close() {
      await services.liveHub.close()
      services.kept.close()
      await listening.stop(AbortSignal.abort())
    },
  }
}

function makeServices(
  world: World,
  origin: string,
  form: { readonly isBroken: boolean },
  log: (line: string) => void,
): AppServices {
  const { db } = world
  // The sandbox's callbacks come over the network, as another company's would.
  const sandbox = createSandbox({
    publicUrl: origin,
    secret: SECRET,
    deliver: (request) => fetch(request),
  })
  const orders = { ...world.services, publicUrl: origin, card: sandbox }
  const giveForm = createGiveForm(orders)
  return {
    ...orders,
    sandbox,
    trial: true,
    assets: readAssets(`${ASSETS}/manifest.json`),
    assetsFolder: ASSETS,
    ...openTestKept({ db, now: orders.now }),
    giveForm(...words) {
      if (form.isBroken) throw new Error('the form is broken on purpose')
      return giveForm(...words)
    },
    wishForm: createWishForm(),
    isCouponCode: (campaignId, number, code) =>
      isCouponCode(Buffer.alloc(32, SECRET), campaignId, number, code),
    codeKey: Buffer.alloc(32, SECRET),
    mailbox: true,
    signIn: signInWith({ db, key: Buffer.alloc(32, SECRET), publicUrl: origin }),
    receiveTransfer,
    cancelOrder,
    settlePayout,
    log,
  }
}

async function addOrganiser({ db, clock, collective }: World, name: string, email: string): Promise<void> {
  const id = newId()
  const now = clock.now()
  const times = { created_at: now, updated_at: now }
  await db.shared
    .insertInto('person')
    .values({ id, name, email, email_verified: true, image: null, ...times })
    .execute()
  await db.shared
    .insertInto('member')
    .values({ collective_id: collective.id, person_id: id, role: 'organiser', since: now })
    .execute()
}
