import { afterAll, beforeAll, expect, test } from 'vitest'
import { money } from '../../src/domain/money.ts'
import { writeCallback } from '../../src/payments/sandbox/callback-body.ts'
import { createSandbox } from '../../src/payments/sandbox/sandbox.ts'
import { callbackKey, SIGNATURE_HEADER, signCallback } from '../../src/payments/sandbox/signature.ts'
import { placed } from '../support/giving.ts'
import { createWorld, type World } from '../support/world.ts'
import { paymentProviderContract } from './payment-provider.ts'

let world: World
beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world?.drop())

paymentProviderContract('sandbox', () => {
  const { services, clock, db } = world
  return {
    provider: services.sandbox,
    now: clock.now(),
    signatureHeader: SIGNATURE_HEADER,
    async request() {
      const order = await placed(world)
      return {
        collectiveId: world.collective.id,
        paymentId: order.payment!.id,
        amount: money(order.amountMinor, 'MAD'),
        returnUrl: `${services.publicUrl}/orders/${order.id}?key=${order.key}`,
        lang: 'ar',
      }
    },
    sign(message, { now, secret }) {
      const key = secret === 'another' ? callbackKey('some other secret of somebody') : services.sandbox.key
      const body = writeCallback(message)
      return { body, headers: { [SIGNATURE_HEADER]: signCallback(key, body, now) } }
    },
    async payments() {
      const rows = await db.of(world.collective.id).selectFrom('sandbox_session').select('status').execute()
      return rows.length
    },
    withSecret: (secret) => createSandbox({ secret, publicUrl: '', deliver: services.sandbox.deliver }),
  }
})

test.each(['null', '[]', '{}', '{"__proto__":1}', 'NaN', '{"event":1}'])(
  'a rightly signed body that is not a message is malformed: %s',
  (body) => {
    const { sandbox } = world.services
    const now = world.clock.now()
    const headers = new Headers({ [SIGNATURE_HEADER]: signCallback(sandbox.key, body, now) })
    expect(sandbox.readCallback(headers, body, now)).toEqual({ ok: false, status: 'malformed' })
  },
)
