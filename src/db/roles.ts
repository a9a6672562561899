import { StartFailure } from '../domain/start-failure.ts'
import type { Sql } from './connect.ts'
import { scramVerifier } from './scram.ts'

/** The group role that migrations grant rights to; it owns nothing and cannot log in. */
export const APP_ROLE = 'twiza_app'

const NAME_MAX_BYTES = 63
// Any constant will do, as long as nothing else takes the same lock in this database.
const ROLES_LOCK = 7_203_411_902n

/** Makes the group role when it is absent. Several databases of one server share it, and may do so at once. */
export async function ensureAppRole(owner: Sql): Promise<void> {
  await explained(() =>
    owner.unsafe(`
      do $$ begin
        if not exists (select from pg_roles where rolname = '${APP_ROLE}') then
          create role ${APP_ROLE} nologin;
        end if;
      exception when duplicate_object or unique_violation then null;
      end $$`),
  )
}

/**
 * Makes, or puts right, the login of the application in this database: `<database>_login`, a member of the
 * group role. `key` has 32 bytes and gives the password.
 * @returns the address of the database for that login
 */
export async function ensureAppLogin(owner: Sql, ownerUrl: string, key: Buffer): Promise<string> {
  const [database] = await owner<{ name: string }[]>`select current_database() as name`
  const name = `${database?.name}_login`
  if (Buffer.byteLength(name) > NAME_MAX_BYTES) {
    throw new StartFailure(
      'database_refused',
      `The name of the database ${database?.name} is too long: 57 bytes at most.`,
    )
  }
  const password = key.toString('base64url')
  const verifier = scramVerifier(password, key.subarray(16))
  await explained(() =>
    owner.begin(async (transaction) => {
      await transaction`select pg_advisory_xact_lock(${ROLES_LOCK})`
      const [existing] = await transaction`select from pg_roles where rolname = ${name}`
      const verb = existing === undefined ? 'create' : 'alter'
      const role = quoted(name)
      await transaction.unsafe(`${verb} role ${role} login password '${verifier}'`)
      await transaction.unsafe(`grant ${APP_ROLE} to ${role}`)
    }),
  )
  return withLogin(ownerUrl, `${encodeURIComponent(name)}:${encodeURIComponent(password)}`)
}

/** Refuses a ready-made login that could not work, or that would make the database's own guards idle. */
export async function checkAppLogin(app: Sql): Promise<void> {
  const [login] = await app<{ member: boolean; superuser: boolean }[]>`
    select rolsuper as superuser,
           exists (select from pg_auth_members
                   where member = pg_roles.oid and roleid = (select oid from pg_roles where rolname = ${APP_ROLE})) as member
    from pg_roles where rolname = current_user`
  if (login?.superuser !== false) {
    throw new StartFailure(
      'database_refused',
      'The login of DATABASE_APP_URL is a superuser: choose an ordinary one.',
    )
  }
  if (!login.member) {
    throw new StartFailure(
      'database_refused',
      `The login of DATABASE_APP_URL is not a member of the role ${APP_ROLE}: run "grant ${APP_ROLE} to" that login.`,
    )
  }
}

const INSUFFICIENT_PRIVILEGE = '42501'

async function explained(work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if ((error as { code?: string }).code !== INSUFFICIENT_PRIVILEGE) throw error
    throw new StartFailure(
      'database_refused',
      `The login of DATABASE_URL may not make roles: give it CREATEROLE, or make the role ${APP_ROLE} and a login that is its member and set DATABASE_APP_URL.`,
    )
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

const LOGIN = /^(postgres(?:ql)?:\/\/)(?:([^@/?]*)@)?/

/** The same address with another login, as it stands in an address; several hosts stay as they are. */
export function withLogin(url: string, login: string): string {
  return url.replace(LOGIN, (_start, scheme) => `${scheme}${login}@`)
}

/** The login and password of an address, as they stand there. */
export function loginOf(url: string): string {
  return LOGIN.exec(url)?.[2] ?? ''
}
