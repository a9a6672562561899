import { Hono } from 'hono'
import { DEFAULT_LANG, direction } from '../domain/lang.ts'
import { translator } from '../i18n/translator.ts'
import { isMailTemplate, type MailData, type MailTemplate, renderMail } from '../mail/templates.tsx'
import { preferredLang } from '../web/accept-language.ts'
import { EmptyState } from '../web/surfaces.tsx'
import { clientAddress, isLoopback } from './client-address.ts'
import { showLost, showPage, twizaSite } from './page.tsx'
import type { PeopleServices } from './services.ts'

const MAX_MAILS = 50

/** The mail that waits, in a demonstration: for the machine that it runs on, and nobody else. */
export function mailboxRoutes(services: PeopleServices): Hono {
  const app = new Hono()
  app.get('/mailbox', async (c) => {
    const lang = preferredLang(c.req.header('Accept-Language'), DEFAULT_LANG)
    if (!services.mailbox || !isLoopback(clientAddress(c))) return showLost(c, services, lang)
    const t = translator(lang)
    const mails = await waitingMail(services)
    const title = t('people.mailbox.title')
    return showPage(c, services, {
      lang,
      title,
      site: twizaSite(lang),
      body: (
        <>
          <h1>{title}</h1>
          <p>{t('people.mailbox.sentence')}</p>
          {mails.length === 0 && <EmptyState title={t('people.mailbox.empty')} />}
          {mails.map((mail) => (
            <article key={mail.id} class="card" lang={mail.lang} dir={direction(mail.lang)}>
              <h2>{mail.subject}</h2>
              <p dir="ltr">{mail.to}</p>
              {mail.text.split('\n\n').map((line) => (
                <p key={line}>{line.startsWith(services.publicUrl) ? <a href={line}>{line}</a> : line}</p>
              ))}
            </article>
          ))}
        </>
      ),
    })
  })
  return app
}

async function waitingMail({ db }: PeopleServices) {
  const rows = await db.shared
    .selectFrom('mail')
    .select(['id', 'template', 'lang', 'to_address', 'data'])
    .where('data', 'is not', null)
    .orderBy('created_at', 'desc')
    .limit(MAX_MAILS)
    .execute()
  return rows.flatMap(({ id, template, lang, to_address: to, data }) => {
    if (!isMailTemplate(template) || to === null || data === null) return []
    return [{ id, lang, to, ...renderMail(template, lang, data as unknown as MailData[MailTemplate]) }]
  })
}
