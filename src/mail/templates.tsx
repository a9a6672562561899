import { direction, type Lang } from '../domain/lang.ts'
import { translator } from '../i18n/translator.ts'
import { renderPage } from '../web/render.ts'

/** What each kind of mail is told. Absolute addresses; texts in the mail's language. */
export interface MailData {
  readonly sign_in: { readonly link: string; readonly code: string }
  readonly invitation: {
    readonly role: 'organiser' | 'treasurer' | 'reviewer' | 'ambassador'
    readonly collective: string
    readonly inviter: string
    readonly link: string
  }
}

export type MailTemplate = keyof MailData

/** A mail as it goes out. */
export interface RenderedMail {
  readonly subject: string
  readonly text: string
  readonly html: string
}

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS

/** For how long a mail is of use: later it is not sent any more, and what it says is erased. */
export const USEFUL_MS: Readonly<Record<MailTemplate, number>> = {
  sign_in: 10 * MINUTE_MS,
  invitation: 14 * DAY_MS,
}

export function isMailTemplate(name: string): name is MailTemplate {
  return Object.hasOwn(USEFUL_MS, name)
}

/** The words of a mail, as plain text and as plain HTML; a link and a code stand on lines of their own. */
export function renderMail<Name extends MailTemplate>(
  template: Name,
  lang: Lang,
  data: MailData[Name],
): RenderedMail {
  const { subject, lines } = WORDS[template](lang, data as never)
  const t = translator(lang)
  const all: Line[] = [{ text: t('mail.hello') }, ...lines, { text: t('mail.signature') }]
  const text = `${all.map((line) => line.text).join('\n\n')}\n`
  return { subject, text, html: renderPage(<MailPage lang={lang} subject={subject} lines={all} />) }
}

interface Line {
  readonly text: string
  readonly look?: 'link' | 'code'
}

type Words<Name extends MailTemplate> = (
  lang: Lang,
  data: MailData[Name],
) => { subject: string; lines: readonly Line[] }

const WORDS: { readonly [Name in MailTemplate]: Words<Name> } = {
  sign_in(lang, { link, code }) {
    const t = translator(lang)
    return {
      subject: t('mail.sign_in.subject'),
      lines: [
        { text: t('mail.sign_in.link') },
        { text: link, look: 'link' },
        { text: t('mail.sign_in.code') },
        { text: code, look: 'code' },
        { text: t('mail.sign_in.not_you') },
      ],
    }
  },
  invitation(lang, { role, collective, inviter, link }) {
    const t = translator(lang)
    return {
      subject: t('mail.invitation.subject', { collective }),
      lines: [
        { text: t(`mail.invitation.${role}`, { collective, inviter }) },
        { text: t('mail.invitation.link') },
        { text: link, look: 'link' },
        { text: t('mail.invitation.not_you') },
      ],
    }
  },
}

/** Without style or picture: it reads in any program, and nobody is told that it was opened. */
function MailPage({ lang, subject, lines }: { lang: Lang; subject: string; lines: readonly Line[] }) {
  return (
    <html lang={lang} dir={direction(lang)}>
      <head>
        <meta charset="utf-8" />
        <title>{subject}</title>
      </head>
      <body dir={direction(lang)}>
        {lines.map((line) => (
          <p key={line.text}>{lineContent(line)}</p>
        ))}
      </body>
    </html>
  )
}

function lineContent({ text, look }: Line) {
  if (look === 'link') {
    return (
      <a href={text} dir="ltr">
        {text}
      </a>
    )
  }
  return look === 'code' ? (
    <big>
      <b dir="ltr">{text}</b>
    </big>
  ) : (
    text
  )
}
