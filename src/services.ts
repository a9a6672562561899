import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type App, type AppServices, createApp } from './app.tsx'
import { openLiveHub } from './campaigns/live-hub.ts'
import type { ServedConfig } from './config.ts'
import { isCouponCode } from './custody/coupon-code.ts'
import type { Sql } from './db/connect.ts'
import { type Database, openDatabase } from './db/database.ts'
import { readProgress } from './db/progress.ts'
import type { StartedDatabase } from './db/start-database.ts'
import { errorFacts } from './error-facts.ts'
import { type Clock, startClock, type TimedWork } from './jobs/clock.ts'
import { expireDueReservations } from './jobs/expire-reservations.ts'
import { openKept } from './kept/kept.ts'
import { log } from './log.ts'
import { giveUpOldMail, sendDueMail, smtpPostman } from './mail/send-mail.ts'
import { cancelOrder } from './orders/cancel-order.ts'
import { openGatherer } from './orders/gather-orders.ts'
import { createGiveForm, createWishForm } from './orders/routes.tsx'
import { receiveTransfer } from './payments/receive-transfer.ts'
import { createSandbox, type Deliver } from './payments/sandbox/sandbox.ts'
import { sendCallbacks } from './payments/sandbox/send-callbacks.ts'
import { settlePayout } from './payments/settle-payout.ts'
import { signInWith } from './people/auth.ts'
import { forgetSignInRequests } from './people/sign-in-request.ts'
import { derivedKey } from './secret.ts'
import { readAssets } from './web/assets.ts'

/** The application at work: it answers, and does what time alone calls for. */
export interface Composed {
  readonly app: App
  readonly services: AppServices
  /** Ends the streams and the work of the clock; requests in flight go on. */
  close(): Promise<void>
}

export interface Composition {
  readonly config: Omit<ServedConfig, 'host'>
  readonly secret: string
  readonly database: Pick<StartedDatabase, 'sql'>
  /** Connections that public requests never take. */
  readonly reservedSql: Sql
  readonly watchSql: Sql
  /** A standby to read public pages from. */
  readonly readSql: Sql | undefined
  readonly publicUrl: string
}

/** Puts the application together from the settings and an open database. */
export function composeApp(composition: Composition): Composed {
  const db = openDatabase(composition.database.sql)
  // The sandbox plays another company: its callbacks come in by the same door as anybody's.
  const services: AppServices = makeServices(composition, db, async (request) => app.fetch(request))
  const app = createApp(services)
  // Of its own: a mail server that is slow must not hold up reservations.
  const clocks = [
    clockOf(services, worksOf(services)),
    clockOf(services, mailWorks(services, composition.config)),
  ]
  const close = async () => {
    await Promise.all(clocks.map((clock) => clock.stop()))
    await services.liveHub.close()
    services.kept.close()
  }
  return { app, services, close }
}

function makeServices(
  { config, secret, database, reservedSql, watchSql, readSql, publicUrl }: Composition,
  db: Database,
  deliver: Deliver,
): AppServices {
  const sandbox =
    config.cardProvider === 'sandbox' ? createSandbox({ publicUrl, secret, deliver }) : undefined
  const assetsFolder = builtAssets()
  const now = () => new Date()
  const reservedDb = openDatabase(reservedSql)
  const replica = readSql && openDatabase(readSql)
  const kept = openKept({ db, watchDb: openDatabase(watchSql), now, ...(replica && { replica }) })
  // Of ten connections six, of the three of one among many processes two: the others are for pages.
  const maxCalls = Math.ceil(0.6 * database.sql.options.max)
  const couponKey = derivedKey(secret, 'coupon codes')
  const orders = {
    db,
    now,
    gatherer: openGatherer({ db, now, maxCalls }),
    random: (count: number) => randomBytes(count),
    publicUrl,
    card: sandbox,
    cardMinutes: config.cardMinutes,
    transferDays: config.transferDays,
  }
  return {
    ...orders,
    reservedDb,
    sandbox,
    trial: config.cardProvider === 'sandbox',
    assets: readAssets(`${assetsFolder}/manifest.json`),
    assetsFolder,
    kept,
    liveHub: openLiveHub({ watch: kept.watch, read: (id, campaign) => readProgress(db.of(id), campaign) }),
    giveForm: createGiveForm(orders),
    wishForm: createWishForm(),
    isCouponCode: (campaignId, number, code) => isCouponCode(couponKey, campaignId, number, code),
    mailbox: showsMailbox(config, publicUrl),
    codeKey: derivedKey(secret, 'sign-in codes'),
    signIn: signInWith({ db: reservedDb, key: derivedKey(secret, 'sign-in'), publicUrl }),
    receiveTransfer,
    cancelOrder,
    settlePayout,
    log,
  }
}

/** Waiting mail signs people in: it is shown only by a trial that is reached under this machine's own name. */
function showsMailbox({ cardProvider, smtpUrl }: Composition['config'], publicUrl: string): boolean {
  const isHere = /^(localhost|127\.0\.0\.1|\[::1\])$/.test(new URL(publicUrl).hostname)
  return cardProvider === 'sandbox' && smtpUrl === undefined && isHere
}

/** Beside the built command; from the sources, where the build puts them. */
function builtAssets(): string {
  const beside = fileURLToPath(new URL('./assets', import.meta.url))
  return existsSync(beside) ? beside : fileURLToPath(new URL('../dist/assets', import.meta.url))
}

function worksOf(services: AppServices): TimedWork[] {
  const { db, now, publicUrl, sandbox } = services
  return [
    { name: 'expire reservations', run: () => expireDueReservations(db, now()) },
    ...(sandbox
      ? [{ name: 'send callbacks', run: () => sendCallbacks({ db, now, publicUrl, sandbox }) }]
      : []),
  ]
}

function mailWorks(services: AppServices, config: Pick<ServedConfig, 'smtpUrl' | 'mailFrom'>): TimedWork[] {
  const { now } = services
  const db = services.reservedDb ?? services.db
  const { smtpUrl, mailFrom } = config
  const postman = smtpUrl && mailFrom ? smtpPostman(smtpUrl, mailFrom) : undefined
  return [
    { name: 'give up old mail', run: () => giveUpOldMail(db, now()) },
    { name: 'forget sign-in requests', run: () => forgetSignInRequests(db, now()) },
    ...(postman ? [{ name: 'send mail', run: () => sendDueMail(db, postman, now()) }] : []),
  ]
}

function clockOf({ log }: AppServices, works: readonly TimedWork[]): Clock {
  // While the database is away every second would say the same.
  const failing = new Set<string>()
  const run = async ({ name, run }: TimedWork) => {
    await run()
    failing.delete(name)
  }
  return startClock({
    works: works.map((work) => ({ name: work.name, run: () => run(work) })),
    report(work, error) {
      if (failing.has(work)) return
      failing.add(work)
      log(JSON.stringify({ level: 'error', work, ...errorFacts(error) }))
    },
  })
}
