import { resolve } from 'node:path'
import { z } from 'zod'
import { normaliseEmail } from './domain/email.ts'
import { nearestName } from './domain/nearest-name.ts'
import { StartFailure } from './domain/start-failure.ts'
import { SETTINGS, type SettingName } from './settings.ts'

export const SECRET_MIN_CHARACTERS = 32

/** What the operator decided, checked and frozen. Read once, by the composition root. */
export interface Config {
  /** Undefined: the embedded PostgreSQL in `dataDir`. */
  readonly databaseUrl: string | undefined
  readonly databaseAppUrl: string | undefined
  /** A standby of `databaseUrl` to read public pages from. */
  readonly databaseReadUrl: string | undefined
  /** An absolute path. */
  readonly dataDir: string
  /** 0: any free port. */
  readonly port: number
  readonly host: string
  /** An origin without a slash at its end; undefined: `http://localhost:` and the port. */
  readonly publicUrl: string | undefined
  /** Undefined only with the embedded database: see `loadSecret`. */
  readonly secret: string | undefined
  readonly cardProvider: 'none' | 'sandbox'
  readonly cardMinutes: number
  readonly transferDays: number
  /** Both or neither. */
  readonly smtpUrl: string | undefined
  readonly mailFrom: string | undefined
}

/** The settings of whoever serves; the owner's way into the database is not among them. */
export type ServedConfig = Pick<
  Config,
  'host' | 'cardProvider' | 'cardMinutes' | 'transferDays' | 'smtpUrl' | 'mailFrom'
>

const checks = {
  DATABASE_URL: postgresUrl().optional(),
  DATABASE_APP_URL: postgresUrl().optional(),
  DATABASE_READ_URL: postgresUrl()
    .refine((url) => !hasSeveralHosts(url), 'must name one host')
    .optional(),
  DATA_DIR: z.string().default('data'),
  PORT: whole(0, 65_535).default(3000),
  HOST: z.string().regex(/^\S+$/, 'must be an address such as 127.0.0.1').default('127.0.0.1'),
  PUBLIC_URL: origin().optional(),
  TWIZA_SECRET: z.string().optional(),
  TWIZA_CARD_PROVIDER: z.enum(['none', 'sandbox'], 'must be none or sandbox').default('none'),
  TWIZA_CARD_MINUTES: whole(1, 1440).default(15),
  TWIZA_TRANSFER_DAYS: whole(1, 30).default(5),
  TWIZA_SMTP_URL: z
    .string()
    .regex(/^smtps?:\/\/[^\s/]+/, 'must look like smtps://login:password@host:465')
    .optional(),
  TWIZA_MAIL_FROM: mailAddress().optional(),
} satisfies Record<SettingName, z.ZodType>

/**
 * Reads the settings out of an environment; empty means not set.
 * @throws StartFailure naming the first setting that is unknown or wrong, never its value.
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  refuseUnknownSettings(environment)
  const given = SETTINGS.map(({ name }) => [name, environment[name]?.trim() || undefined] as const)
  const parsed = z.object(checks).safeParse(Object.fromEntries(given))
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new StartFailure('setting_invalid', `The setting ${String(issue?.path[0])} ${issue?.message}.`)
  }
  const values = parsed.data
  refuseWeakSecret(values.TWIZA_SECRET, values.DATABASE_URL !== undefined)
  for (const name of ['DATABASE_APP_URL', 'DATABASE_READ_URL'] as const) {
    if (values[name] !== undefined && values.DATABASE_URL === undefined) {
      throw new StartFailure('setting_invalid', `The setting ${name} needs DATABASE_URL as well.`)
    }
  }
  if ((values.TWIZA_SMTP_URL === undefined) !== (values.TWIZA_MAIL_FROM === undefined)) {
    throw new StartFailure('setting_invalid', 'TWIZA_SMTP_URL and TWIZA_MAIL_FROM need each other.')
  }
  return Object.freeze({
    databaseUrl: values.DATABASE_URL,
    databaseAppUrl: values.DATABASE_APP_URL,
    databaseReadUrl: values.DATABASE_READ_URL,
    dataDir: resolve(values.DATA_DIR),
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.PUBLIC_URL,
    secret: values.TWIZA_SECRET,
    cardProvider: values.TWIZA_CARD_PROVIDER,
    cardMinutes: values.TWIZA_CARD_MINUTES,
    transferDays: values.TWIZA_TRANSFER_DAYS,
    smtpUrl: values.TWIZA_SMTP_URL,
    mailFrom: values.TWIZA_MAIL_FROM,
  })
}

function refuseUnknownSettings(environment: Record<string, string | undefined>): void {
  const known: string[] = SETTINGS.map(({ name }) => name)
  const unknown = Object.keys(environment).find((name) => name.startsWith('TWIZA_') && !known.includes(name))
  if (unknown === undefined) return
  const meant = nearestName(unknown, known)
  throw new StartFailure('setting_unknown', `There is no setting ${unknown}; did you mean ${meant}?`)
}

function refuseWeakSecret(secret: string | undefined, needed: boolean): void {
  if (secret === undefined && needed) {
    throw new StartFailure(
      'secret_missing',
      `The setting TWIZA_SECRET is needed with DATABASE_URL: at least ${SECRET_MIN_CHARACTERS} characters that nobody can guess.`,
    )
  }
  if (secret !== undefined && [...secret].length < SECRET_MIN_CHARACTERS) {
    throw new StartFailure(
      'secret_too_short',
      `The setting TWIZA_SECRET is too short: it needs at least ${SECRET_MIN_CHARACTERS} characters.`,
    )
  }
}

function whole(least: number, most: number) {
  const message = `must be a whole number from ${least} to ${most}`
  return z
    .string()
    .regex(/^\d{1,6}$/, message)
    .transform(Number)
    .refine((value) => value >= least && value <= most, message)
}

function mailAddress() {
  const message = 'must be a mail address like twiza@example.org'
  return z.string().refine((text) => normaliseEmail(text).ok, message)
}

function postgresUrl() {
  return z
    .string()
    .regex(/^postgres(ql)?:\/\/\S+$/, 'must look like postgres://login:password@host:5432/database')
}

function hasSeveralHosts(url: string): boolean {
  return /^\w+:\/\/(?:[^@/?]*@)?[^/?]*,/.test(url)
}

function origin() {
  return z.string().transform((text, context) => {
    const url = URL.parse(text)
    const plain = url !== null && url.href === `${url.origin}/` && /^https?:$/.test(url.protocol)
    if (!plain) {
      context.addIssue('must be an address like https://twiza.example.org, without a path')
      return z.NEVER
    }
    return url.origin
  })
}
