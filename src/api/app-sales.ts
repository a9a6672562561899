import { webcrypto } from 'node:crypto'
import type { Context } from 'hono'
import { type Device, findDevice } from '../custody/devices.ts'
import { recordSale, type SaleContributor } from '../custody/record-sale.ts'
import type { Tenant } from '../db/tenant.ts'
import { normaliseEmail } from '../domain/email.ts'
import { MAX_NAME_CHARACTERS, MAX_WORD_CHARACTERS } from '../domain/order.ts'
import { normalisePhone } from '../domain/phone.ts'
import {
  bytesOfBase64url,
  hashOfPayload,
  type RecordAnswer,
  readSaleRecord,
  type Sha256,
} from '../domain/sale-record.ts'
import { cleanText } from '../domain/text.ts'
import { readBody } from './app-body.ts'
import { type SaleBody, type SalesBody, salesSchema } from './app-schemas.ts'
import { refuse } from './problems.ts'
import type { ApiServices } from './services.ts'

const P256 = { name: 'ECDSA', namedCurve: 'P-256' } as const
const ECDSA = { name: 'ECDSA', hash: 'SHA-256' } as const

const sha256: Sha256 = async (bytes) => new Uint8Array(await webcrypto.subtle.digest('SHA-256', bytes))

/**
 * `POST /api/v1/app/sales`: what a phone gave. Its signature alone is the right to send: a phone that comes back on day
 * three has no session. Each record is a transaction of its own and has an answer of its own.
 */
export function sendSalesHandler(services: ApiServices) {
  return async (c: Context) => {
    const body = await readBody(c, salesSchema)
    if (!body.ok) return body.refusal
    const tenant = services.db.of(body.value.collectiveId)
    const device = await findDevice(tenant, body.value.deviceId)
    if (!device) return refuse(c, 'device_unknown')
    const answers = await answerAll(services, tenant, device, body.value)
    return c.json({ answers }, 200, { 'Cache-Control': 'no-store' })
  }
}

async function answerAll(services: ApiServices, tenant: Tenant, device: Device, { sales }: SalesBody) {
  const key = await publicKeyOf(device.publicKey)
  if (!key) throw new Error('a device was registered with a key that is none')
  const answers: { id: string; answer: RecordAnswer }[] = []
  for (const sale of sales) {
    try {
      answers.push({ id: sale.id, answer: await answerOne(services, tenant, device, key, sale) })
    } catch (error) {
      // What is stored is said; the phone sends the rest again. A record after the failed one would break the chain.
      if (answers.length === 0) throw error
      break
    }
  }
  return answers
}

async function answerOne(
  services: ApiServices,
  tenant: Tenant,
  device: Device,
  key: webcrypto.CryptoKey,
  { id, payload, signature, contributor }: SaleBody,
): Promise<RecordAnswer> {
  const record = readSaleRecord(payload)
  const isOfBatch =
    record?.id === id &&
    record.collective === tenant.collectiveId &&
    record.device === device.id &&
    record.ambassador === device.ambassadorId
  if (!isOfBatch) return 'record_unreadable'
  if (!(await isSigned(key, payload, signature))) return 'signature_wrong'
  const claim = {
    id,
    campaignId: record.campaign,
    ambassadorId: record.ambassador,
    blockId: record.block,
    numbers: record.numbers,
    quantity: record.numbers.length,
    amountMinor: record.amountMinor,
    givenAt: record.givenAt,
    contributor: cleanContributor(contributor),
    device: {
      id: device.id,
      sequence: record.sequence,
      payload,
      payloadHash: await hashOfPayload(payload, sha256),
      signature,
    },
  }
  const act = { now: services.now(), actor: `ambassador:${record.ambassador}` }
  const { ok, status } = await recordSale(tenant, claim, act, services.random)
  // What no honest phone can hold: another installation's campaign, another price.
  return ok ? status : 'record_refused'
}

/** The key of a phone, P-256 as SPKI in base64url; undefined when it is none. */
export async function publicKeyOf(text: string): Promise<webcrypto.CryptoKey | undefined> {
  const bytes = bytesOfBase64url(text)
  if (!bytes) return undefined
  return webcrypto.subtle.importKey('spki', bytes, P256, false, ['verify']).catch(() => undefined)
}

async function isSigned(key: webcrypto.CryptoKey, payload: string, signature: string): Promise<boolean> {
  const bytes = bytesOfBase64url(signature)
  return bytes !== undefined && webcrypto.subtle.verify(ECDSA, key, bytes, new TextEncoder().encode(payload))
}

/** What the phone typed, made safe; what cannot be read is left out, for the cash was taken. */
function cleanContributor({
  name,
  anonymous,
  email,
  phone,
  lang,
  word,
}: SaleBody['contributor']): SaleContributor {
  const cleanName = cleanText(name, MAX_NAME_CHARACTERS)
  const cleanWord = cleanText(word, MAX_WORD_CHARACTERS)
  const cleanEmail = normaliseEmail(email)
  const cleanPhone = normalisePhone(phone)
  return {
    name: cleanName.ok ? cleanName.text : null,
    anonymous: anonymous || !cleanName.ok,
    email: cleanEmail.ok ? cleanEmail.email : null,
    phone: cleanPhone.ok ? cleanPhone.phone : null,
    lang,
    word: cleanWord.ok ? cleanWord.text : null,
  }
}
