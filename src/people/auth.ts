import { betterAuth } from 'better-auth'
import { magicLink } from 'better-auth/plugins/magic-link'
import type { Database } from '../db/database.ts'
import { newId } from '../domain/id.ts'

/** Seconds for which a sign-in link works, once. */
export const SIGN_IN_LINK_S = 600

const SESSION_S = 14 * 86_400
const SESSION_RENEWED_AFTER_S = 86_400

// Never mounted: the pages call the library inside the process, so that none of its other addresses exist.
const INNER_PATH = '/sign-in-library'
const CLIENT_ADDRESS = 'x-client-address'

export interface SignInOptions {
  readonly db: Database
  /** 32 bytes, from which the signature of the session cookie is made. */
  readonly key: Buffer
  readonly publicUrl: string
}

/** Who is signed in. */
export interface Person {
  readonly id: string
  readonly name: string
  readonly email: string
  /** The session that the cookies name. */
  readonly sessionId: string
}

export type Opened =
  | { readonly ok: true; readonly personId: string; readonly cookies: readonly string[] }
  | { readonly ok: false; readonly status: 'link_not_valid' }

/** Sessions and one-time links, as the pages use them. */
export interface SignIn {
  /**
   * A token that signs the person with this address in, once, within `SIGN_IN_LINK_S`; undefined for strangers. For
   * who has proved that the address is theirs: the sessions of who merely typed it in before end.
   */
  makeToken(email: string): Promise<string | undefined>
  /** Uses the token up. The client's address and `userAgent` name the session in lists. */
  open(token: string, address: string, userAgent?: string): Promise<Opened>
  /** Whoever the cookies of a request name. */
  person(headers: Headers): Promise<Person | undefined>
  /** Ends the session; the cookies make the browser forget it. */
  close(headers: Headers): Promise<readonly string[]>
}

/** Sign-in by `better-auth` on our own tables (docs/decisions/0004-sign-in.md). */
export function signInWith(options: SignInOptions): SignIn {
  const tokens = new Map<string, string>()
  const auth = libraryOf(options, tokens)
  return {
    async makeToken(email) {
      const known = await options.db.shared
        .selectFrom('person')
        .select(['id', 'email_verified'])
        .where('email', '=', email)
        .executeTakeFirst()
      if (!known) return undefined
      if (!known.email_verified) await proveAddress(options.db, known.id)
      const request = newId()
      await auth.api.signInMagicLink({ body: { email, metadata: { request } }, headers: new Headers() })
      const token = tokens.get(request)
      tokens.delete(request)
      if (token === undefined) throw new Error('the sign-in library made no token')
      return token
    },
    async open(token, address, userAgent = '') {
      const url = `${options.publicUrl}${INNER_PATH}/magic-link/verify?${new URLSearchParams({ token })}`
      const answer = await auth.handler(
        new Request(url, { headers: { [CLIENT_ADDRESS]: address, 'User-Agent': userAgent } }),
      )
      if (answer.status !== 200) return { ok: false, status: 'link_not_valid' }
      const { user } = (await answer.json()) as { user: { id: string } }
      return { ok: true, personId: user.id, cookies: answer.headers.getSetCookie() }
    },
    async person(headers) {
      if (!headers.get('Cookie')) return undefined
      const found = await auth.api.getSession({ headers })
      if (!found) return undefined
      const { user, session } = found
      return { id: user.id, name: user.name, email: user.email, sessionId: session.id }
    },
    async close(headers) {
      const answer = await auth.api.signOut({ headers, asResponse: true })
      return answer.headers.getSetCookie()
    },
  }
}

async function proveAddress(db: Database, personId: string): Promise<void> {
  await db.transaction(async (inside) => {
    await inside.shared.deleteFrom('session').where('person_id', '=', personId).execute()
    await inside.shared
      .updateTable('person')
      .set({ email_verified: true })
      .where('id', '=', personId)
      .execute()
  })
}

function libraryOf({ db, key, publicUrl }: SignInOptions, tokens: Map<string, string>) {
  const dates = { createdAt: 'created_at', updatedAt: 'updated_at' }
  return betterAuth({
    appName: 'Twiza',
    baseURL: publicUrl,
    basePath: INNER_PATH,
    secret: key.toString('base64url'),
    database: { db: db.shared, type: 'postgres', transaction: true },
    telemetry: { enabled: false },
    logger: { level: 'error' },
    advanced: {
      database: { generateId: () => newId() },
      useSecureCookies: publicUrl.startsWith('https:'),
      cookiePrefix: 'twiza',
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { ipAddressHeaders: [CLIENT_ADDRESS] },
    },
    user: { modelName: 'person', fields: { emailVerified: 'email_verified', ...dates } },
    session: {
      modelName: 'session',
      expiresIn: SESSION_S,
      updateAge: SESSION_RENEWED_AFTER_S,
      fields: {
        userId: 'person_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        ...dates,
      },
    },
    verification: { modelName: 'verification', fields: { expiresAt: 'expires_at', ...dates } },
    account: {
      modelName: 'sign_in_method',
      fields: {
        accountId: 'account_id',
        providerId: 'provider_id',
        userId: 'person_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        ...dates,
      },
    },
    // Ours counts what people try (`rate-limit.ts`); this one would count what the pages do for them.
    rateLimit: { enabled: false },
    plugins: [
      magicLink({
        expiresIn: SIGN_IN_LINK_S,
        disableSignUp: true,
        storeToken: 'hashed',
        sendMagicLink: async ({ token, metadata }) => {
          tokens.set(String(metadata?.request), token)
        },
      }),
    ],
  })
}
