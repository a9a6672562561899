import { createTransport } from 'nodemailer'
import type { Database } from '../db/database.ts'
import { isMailTemplate, type MailData, type MailTemplate, renderMail, USEFUL_MS } from './templates.tsx'

/** The way out for mail. */
export interface Postman {
  /** Rejects with what the mail server, or the way to it, said. */
  send(letter: Letter): Promise<void>
}

export interface Letter {
  readonly id: string
  readonly to: string
  readonly subject: string
  readonly text: string
  readonly html: string
}

const CONNECT_TIMEOUT_MS = 10_000
const SILENCE_TIMEOUT_MS = 20_000

/** Who claims a mail has this long to send it; afterwards it is due again, for its process may have died. */
const CLAIM_MS = 5 * 60_000
const BATCH = 20
const BACK_OFF_MINUTES = [1, 5, 15, 60, 180, 360, 720, 1440]

/** Sends by SMTP (`smtp://` or `smtps://`). The id of the mail is its Message-ID: a second copy is known as one. */
export function smtpPostman(url: string, from: string): Postman {
  const transport = createTransport({
    url,
    connectionTimeout: CONNECT_TIMEOUT_MS,
    greetingTimeout: CONNECT_TIMEOUT_MS,
    socketTimeout: SILENCE_TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  } as Parameters<typeof createTransport>[0])
  const domain = from.split('@').at(-1)?.replace(/>.*$/, '')
  return {
    async send({ id, to, subject, text, html }) {
      const messageId = `<${id}@${domain}>`
      // As an object: an address that was typed is never read as several.
      await transport.sendMail({ from, to: { name: '', address: to }, subject, text, html, messageId })
    },
  }
}

/**
 * Sends what is due at `now` and returns how many went out. Several processes at once send each mail once; one that
 * dies between sending and noting it sends that mail again (docs/decisions/0009-mail.md).
 */
export async function sendDueMail(db: Database, postman: Postman, now: Date): Promise<number> {
  let sent = 0
  for (const mail of await claim(db, now)) {
    const failure = await sendOne(postman, mail)
    if (failure === undefined) {
      await settle(db, mail.id, { sent_at: now, last_error: null })
      sent++
    } else if (failure.isFinal || mail.tries > BACK_OFF_MINUTES.length) {
      await settle(db, mail.id, { gave_up_at: now, last_error: failure.name })
    } else {
      const waitMs = (BACK_OFF_MINUTES[mail.tries - 1] ?? 1) * 60_000
      await db.shared
        .updateTable('mail')
        .set({ due_at: new Date(now.getTime() + waitMs), last_error: failure.name })
        .where('id', '=', mail.id)
        .execute()
    }
  }
  return sent
}

/** Erases mail that waited for longer than it is of use, whether or not there is a way out; returns how many. */
export async function giveUpOldMail(db: Database, now: Date): Promise<number> {
  let count = 0
  for (const [template, usefulMs] of Object.entries(USEFUL_MS)) {
    const { numUpdatedRows } = await db.shared
      .updateTable('mail')
      .set({ gave_up_at: now, to_address: null, data: null, last_error: 'too_late' })
      .where('template', '=', template)
      .where('sent_at', 'is', null)
      .where('gave_up_at', 'is', null)
      .where('created_at', '<=', new Date(now.getTime() - usefulMs))
      .executeTakeFirstOrThrow()
    count += Number(numUpdatedRows)
  }
  return count
}

type Claimed = Awaited<ReturnType<typeof claim>>[number]

/** Nobody else takes these while they are being sent; no connection is held meanwhile. */
async function claim(db: Database, now: Date) {
  return await db.shared
    .updateTable('mail')
    .set((eb) => ({ due_at: new Date(now.getTime() + CLAIM_MS), tries: eb('tries', '+', 1) }))
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('mail')
        .select('id')
        .where('sent_at', 'is', null)
        .where('gave_up_at', 'is', null)
        .where('due_at', '<=', now)
        .orderBy('due_at')
        .limit(BATCH)
        .forUpdate()
        .skipLocked(),
    )
    .returning(['id', 'template', 'lang', 'to_address', 'data', 'tries'])
    .execute()
}

interface Failure {
  /** Never the words of the server: they may hold the address. */
  readonly name: string
  readonly isFinal: boolean
}

async function sendOne(postman: Postman, mail: Claimed): Promise<Failure | undefined> {
  const { id, template, lang, to_address: to, data } = mail
  if (!isMailTemplate(template)) return { name: 'template_unknown', isFinal: true }
  if (to === null || data === null) return { name: 'erased', isFinal: true }
  try {
    await postman.send({ id, to, ...renderMail(template, lang, data as unknown as MailData[MailTemplate]) })
    return undefined
  } catch (error) {
    const { responseCode, code } = error as { responseCode?: number; code?: string }
    // 5xx to the recipient is the server's last word (RFC 5321); to a login it is a setting that can be mended.
    const isFinal = code === 'EENVELOPE' && (responseCode ?? 0) >= 500
    return { name: responseCode ? `smtp_${responseCode}` : (code ?? 'failed'), isFinal }
  }
}

async function settle(
  db: Database,
  id: string,
  outcome: { sent_at?: Date; gave_up_at?: Date; last_error: string | null },
): Promise<void> {
  await db.shared
    .updateTable('mail')
    .set({ ...outcome, to_address: null, data: null })
    .where('id', '=', id)
    .execute()
}
