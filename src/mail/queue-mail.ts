import type { Database } from '../db/database.ts'
import { newId } from '../domain/id.ts'
import type { Lang } from '../domain/lang.ts'
import type { MailData, MailTemplate } from './templates.tsx'

/** A mail that is to go out: its kind, to whom, and what it is told. */
export type NewMail = {
  [Name in MailTemplate]: {
    readonly template: Name
    readonly lang: Lang
    /** As `normaliseEmail` gives it. */
    readonly to: string
    readonly data: MailData[Name]
  }
}[MailTemplate]

/** Writes a mail down in the transaction of what it tells: it goes out after the commit, or not at all. */
export async function queueMail(db: Database, mail: NewMail, now: Date): Promise<void> {
  await db.shared
    .insertInto('mail')
    .values({
      id: newId(),
      template: mail.template,
      lang: mail.lang,
      to_address: mail.to,
      data: JSON.stringify(mail.data),
      created_at: now,
      due_at: now,
    })
    .execute()
}
