import { type App, type AppServices, createApp } from '../../src/app.tsx'
import { isCouponCode } from '../../src/custody/coupon-code.ts'
import { cancelOrder } from '../../src/orders/cancel-order.ts'
import { createGiveForm, createWishForm } from '../../src/orders/routes.tsx'
import { receiveTransfer } from '../../src/payments/receive-transfer.ts'
import { settlePayout } from '../../src/payments/settle-payout.ts'
import { signInWith } from '../../src/people/auth.ts'
import { unbuiltAssets } from '../../src/web/assets.ts'
import { openTestKept } from './kept.ts'
import type { World } from './world.ts'

/** The application over a test world. */
export interface TestApp {
  readonly app: App
  readonly services: AppServices
  /** What it told the operator. */
  readonly logs: readonly string[]
  /** Sends JSON. */
  post(path: string, body: unknown, headers?: Record<string, string>): Promise<Response>
  close(): Promise<void>
}

export function createTestApp(world: World, overrides: Partial<AppServices> = {}): TestApp {
  const logs: string[] = []
  const { db, now } = { ...world.services, ...overrides }
  const { kept, liveHub } = openTestKept({ db, now })
  const services: AppServices = {
    ...world.services,
    assets: unbuiltAssets,
    assetsFolder: '/nowhere',
    kept,
    liveHub,
    trial: true,
    isCouponCode: (campaignId, number, code) => isCouponCode(Buffer.alloc(32, 3), campaignId, number, code),
    giveForm: createGiveForm(world.services),
    wishForm: createWishForm(),
    codeKey: Buffer.alloc(32, 2),
    mailbox: true,
    signIn: signInWith({ db: world.db, key: Buffer.alloc(32, 7), publicUrl: world.services.publicUrl }),
    receiveTransfer,
    cancelOrder,
    settlePayout,
    log: (line) => logs.push(line),
    ...overrides,
  }
  const app = createApp(services)
  if (services.sandbox) world.deliverTo(async (request) => app.fetch(request))
  const post = async (path: string, body: unknown, headers: Record<string, string> = {}) =>
    app.request(path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const close = async () => {
    await liveHub.close()
    kept.close()
  }
  return { app, services, logs, post, close }
}
