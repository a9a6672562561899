import { describe, expect, test } from 'vitest'
import { newId } from '../../src/domain/id.ts'
import type { Money } from '../../src/domain/money.ts'
import type { PaymentProvider, PaymentRequest, ProviderMessage } from '../../src/payments/port.ts'

/** A callback exactly as the provider's server would send it. */
interface SignedCallback {
  readonly headers: Record<string, string>
  readonly body: string
}

/** What the contract needs to know of a provider to try it out. */
export interface ProviderUnderTest {
  readonly provider: PaymentProvider
  readonly now: Date
  /** The name of the header that carries the signature. */
  readonly signatureHeader: string
  /** A payment that is started, and its order's amount. */
  request(): Promise<PaymentRequest>
  /** What the provider sends at `now` for a message of ours, signed rightly unless it is with another secret. */
  sign(message: ProviderMessage, at: { now: Date; secret?: 'another' }): SignedCallback
  /** How many payments the provider knows. */
  payments(): Promise<number>
  /** Makes the provider with a secret of the installation. */
  withSecret(secret: string | undefined): PaymentProvider
}

const TOLERANCE_S = 300

/** The contract that every payment provider passes. `setUp` gives the same one each time. */
export function paymentProviderContract(name: string, setUp: () => ProviderUnderTest): void {
  describe(`the payment provider ${name}`, () => {
    starts(setUp)
    reads(setUp)
    refuses(setUp)
  })
}

function starts(setUp: () => ProviderUnderTest): void {
  test('gives an absolute address, and the same one without a second payment when asked again', async () => {
    const { provider, request, payments } = setUp()
    const wanted = await request()
    const first = await provider.start(wanted)
    const known = await payments()
    const again = await Promise.all([provider.start(wanted), provider.start(wanted)])
    expect(URL.canParse(first.url)).toBe(true)
    expect(again).toEqual([first, first])
    expect(await payments()).toBe(known)
  })

  test.each([undefined, '', 'fifteen bytes..'])('does not come into being with the secret %j', (secret) => {
    expect(() => setUp().withSecret(secret)).toThrow(RangeError)
  })
}

function reads(setUp: () => ProviderUnderTest): void {
  test.each(['paid', 'declined'] as const)('reads its own word that a payment is %s', async (outcome) => {
    const under = setUp()
    const message = await messageFor(under, { outcome })
    expect(read(under, under.sign(message, under))).toEqual({ ok: true, message })
  })

  test.each([-TOLERANCE_S, 0, TOLERANCE_S])(
    'takes a callback of a clock that differs by %i s',
    async (seconds) => {
      const under = setUp()
      const callback = under.sign(await messageFor(under), { now: shifted(under.now, seconds) })
      expect(read(under, callback)).toMatchObject({ ok: true })
    },
  )
}

function refuses(setUp: () => ProviderUnderTest): void {
  test.each([-(TOLERANCE_S + 1), TOLERANCE_S + 1])(
    'refuses a callback that is %i s away',
    async (seconds) => {
      const under = setUp()
      const callback = under.sign(await messageFor(under), { now: shifted(under.now, seconds) })
      expect(read(under, callback)).toEqual({ ok: false, status: 'too_old' })
    },
  )

  test('refuses a callback without a signature', async () => {
    const under = setUp()
    const { body } = under.sign(await messageFor(under), under)
    expect(read(under, { headers: {}, body })).toEqual({ ok: false, status: 'signature_missing' })
  })

  test('refuses the signature of another secret', async () => {
    const under = setUp()
    const callback = under.sign(await messageFor(under), { now: under.now, secret: 'another' })
    expect(read(under, callback)).toEqual({ ok: false, status: 'signature_wrong' })
  })

  test('refuses every signature that is changed in one place, cut or of another scheme', async () => {
    const under = setUp()
    const right = under.sign(await messageFor(under), under)
    const signature = right.headers[under.signatureHeader] ?? ''
    const forged = [...signature].map((character, at) => {
      const other = character === '0' ? '1' : '0'
      return signature.slice(0, at) + other + signature.slice(at + 1)
    })
    const strange = ['', ' ', 'v1=', signature.slice(0, -1), `${signature}0`, signature.toUpperCase()]
    strange.push(signature.replace('v1', 'v0'), `${signature},${signature}`, 'Basic abc', '\u00e9')
    for (const header of [...forged, ...strange]) {
      const reading = read(under, { ...right, headers: { [under.signatureHeader]: header } })
      expect(reading.ok, header).toBe(false)
    }
  })

  test('refuses a body that was read and written again, or that speaks of something else', async () => {
    const under = setUp()
    const message = await messageFor(under)
    const right = under.sign(message, under)
    const others: Partial<ProviderMessage>[] = [
      { paymentId: newId() },
      { collectiveId: newId() },
      { eventId: newId() },
      { outcome: 'declined' },
      { amountMinor: message.amountMinor - 1n },
      { currency: 'EUR' },
    ]
    const bodies = others.map((other) => under.sign({ ...message, ...other }, under).body)
    bodies.push(
      JSON.stringify(JSON.parse(right.body), null, 1),
      `${right.body}\n`,
      right.body.slice(0, -1),
      '',
    )
    for (const body of bodies) {
      expect(read(under, { ...right, body }), body).toEqual({ ok: false, status: 'signature_wrong' })
    }
  })
}

async function messageFor(
  under: ProviderUnderTest,
  overrides: Partial<ProviderMessage> = {},
): Promise<ProviderMessage> {
  const { collectiveId, paymentId, amount } = await under.request()
  const { minor, currency }: Money = amount
  return {
    provider: under.provider.name,
    collectiveId,
    paymentId,
    eventId: newId(),
    outcome: 'paid',
    amountMinor: minor,
    currency,
    ...overrides,
  }
}

function read({ provider, now }: ProviderUnderTest, { headers, body }: SignedCallback) {
  return provider.readCallback(new Headers(headers), body, now)
}

function shifted(now: Date, seconds: number): Date {
  return new Date(now.getTime() + seconds * 1000)
}
