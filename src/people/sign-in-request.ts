import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { Database } from '../db/database.ts'
import { newId } from '../domain/id.ts'
import type { Lang } from '../domain/lang.ts'
import { queueMail } from '../mail/queue-mail.ts'
import type { PeopleServices } from './services.ts'

/** Seconds for which a link and its code work, once. */
export const REQUEST_S = 600

const TOKEN_BYTES = 32
const MAX_TRIES = 5
const DAY_MS = 86_400_000
const MAX_A_QUARTER_HOUR = 5
const MAX_A_DAY = 20

type Needs = Pick<PeopleServices, 'db' | 'now' | 'random' | 'publicUrl' | 'codeKey'>

/** Where the mail goes, and what the browser that asks is known by. */
export interface Asked {
  readonly email: string
  readonly lang: Lang
  readonly browser: string
}

/** What a browser is given to be known again. */
export function newBrowserToken({ random }: Pick<Needs, 'random'>): string {
  return Buffer.from(random(TOKEN_BYTES)).toString('base64url')
}

/**
 * Sends a link and a code to a person of this address. Says nothing of whether there is one, or whether they asked too
 * often: whoever asks must not learn it.
 */
export async function askToSignIn(services: Needs, { email, lang, browser }: Asked): Promise<void> {
  const now = services.now()
  const id = newId()
  const link = Buffer.from(services.random(TOKEN_BYTES)).toString('base64url')
  const code = codeFrom(services.random(8))
  await services.db.transaction(async (inside) => {
    const person = await inside.shared
      .selectFrom('person')
      .select('id')
      .where('email', '=', email)
      .forUpdate()
      .executeTakeFirst()
    if (!person || (await hasAskedTooOften(inside, person.id, now))) return
    await inside.shared
      .insertInto('sign_in_request')
      .values({
        id,
        person_id: person.id,
        browser_hash: hashOf(browser),
        link_hash: hashOf(link),
        code_hash: codeHash(services.codeKey, id, code),
        created_at: now,
        expires_at: new Date(now.getTime() + REQUEST_S * 1000),
      })
      .execute()
    const address = `${services.publicUrl}/${lang}/sign-in?${new URLSearchParams({ request: link })}`
    await queueMail(inside, { template: 'sign_in', lang, to: email, data: { link: address, code } }, now)
  })
}

export type LinkStatus = 'valid' | 'other_browser' | 'not_valid'

/** What a link is worth in this browser. Looking uses nothing up. */
export async function linkStatus(
  { db, now }: Pick<Needs, 'db' | 'now'>,
  link: string,
  browser: string | undefined,
): Promise<LinkStatus> {
  const request = await openRequests(db, now()).where('link_hash', '=', hashOf(link)).executeTakeFirst()
  if (!request) return 'not_valid'
  return isSame(request.browser_hash, hashOf(browser ?? '')) ? 'valid' : 'other_browser'
}

export type Proved =
  | { readonly ok: true; readonly email: string }
  | { readonly ok: false; readonly status: 'not_valid' | 'other_browser' }

/** Uses the link up, in the browser that asked; elsewhere it stays as it is. */
export async function takeLink(
  { db, now }: Pick<Needs, 'db' | 'now'>,
  link: string,
  browser: string | undefined,
): Promise<Proved> {
  return await db.transaction(async (inside) => {
    const request = await openRequests(inside, now())
      .where('link_hash', '=', hashOf(link))
      .forUpdate()
      .executeTakeFirst()
    if (!request) return { ok: false, status: 'not_valid' }
    if (!isSame(request.browser_hash, hashOf(browser ?? ''))) return { ok: false, status: 'other_browser' }
    return await useUp(inside, request, now())
  })
}

/** Tries a code, in the browser that asked: the newest request counts, and five tries. */
export async function takeCode(
  { db, now, codeKey }: Pick<Needs, 'db' | 'now' | 'codeKey'>,
  code: string,
  browser: string | undefined,
): Promise<Proved> {
  if (browser === undefined) return { ok: false, status: 'not_valid' }
  return await db.transaction(async (inside) => {
    const request = await openRequests(inside, now())
      .where('browser_hash', '=', hashOf(browser))
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(1)
      .forUpdate()
      .executeTakeFirst()
    if (!request || request.tries >= MAX_TRIES) return { ok: false, status: 'not_valid' }
    if (isSame(request.code_hash, codeHash(codeKey, request.id, code))) {
      return await useUp(inside, request, now())
    }
    await inside.shared
      .updateTable('sign_in_request')
      .set({ tries: request.tries + 1 })
      .where('id', '=', request.id)
      .execute()
    return { ok: false, status: 'not_valid' }
  })
}

/** Those of the last day are kept, for the limits of an account; returns how many went. */
export async function forgetSignInRequests(db: Database, now: Date): Promise<number> {
  const { numDeletedRows } = await db.shared
    .deleteFrom('sign_in_request')
    .where('expires_at', '<=', new Date(now.getTime() - DAY_MS))
    .executeTakeFirst()
  return Number(numDeletedRows)
}

type Request = NonNullable<Awaited<ReturnType<ReturnType<typeof openRequests>['executeTakeFirst']>>>

function openRequests(db: Database, now: Date) {
  return db.shared
    .selectFrom('sign_in_request')
    .select(['id', 'person_id', 'browser_hash', 'code_hash', 'tries'])
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
}

/** Of several requests of one person the first that is used ends the others. */
async function useUp(db: Database, request: Request, now: Date): Promise<Proved> {
  await db.shared
    .updateTable('sign_in_request')
    .set({ used_at: now })
    .where('person_id', '=', request.person_id)
    .where('used_at', 'is', null)
    .execute()
  const person = await db.shared
    .selectFrom('person')
    .select('email')
    .where('id', '=', request.person_id)
    .executeTakeFirstOrThrow()
  return { ok: true, email: person.email }
}

async function hasAskedTooOften(db: Database, personId: string, now: Date): Promise<boolean> {
  const times = await db.shared
    .selectFrom('sign_in_request')
    .select('created_at')
    .where('person_id', '=', personId)
    .where('created_at', '>', new Date(now.getTime() - DAY_MS))
    .execute()
  const lately = times.filter(({ created_at }) => now.getTime() - created_at.getTime() < 900_000)
  return lately.length >= MAX_A_QUARTER_HOUR || times.length >= MAX_A_DAY
}

/** Six digits, all equally likely but for one part in 10^13. */
function codeFrom(bytes: Uint8Array): string {
  const number = Buffer.from(bytes).readBigUInt64BE() % 1_000_000n
  return number.toString().padStart(6, '0')
}

function codeHash(key: Buffer, id: string, code: string): string {
  return createHmac('sha256', key).update(`${id} ${code}`).digest('hex')
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

function isSame(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
}
