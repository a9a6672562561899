import type { Campaign } from '../db/directory.ts'
import { campaignPath } from '../domain/address.ts'
import { direction, type Lang, type LocalizedText } from '../domain/lang.ts'
import { plainText } from '../i18n/plain-text.ts'
import { translator } from '../i18n/translator.ts'
import type { AmbassadorPlace } from '../people/place.ts'
import { CopyButton, CopyText } from '../web/copy-text.tsx'
import { LANG_NAMES } from '../web/layout.tsx'
import { Notice, Section } from '../web/surfaces.tsx'
import { titleIn } from './own-campaign.ts'
import { isOffering } from './own-shell.tsx'

/** What the server makes for an ambassador to share, by its name in the address of their public page. */
const KIT = ['status.png', 'card.png', 'card-square.png', 'poster.pdf', 'table-card.pdf'] as const

export interface ShareContents {
  readonly campaign: Campaign
  readonly titles: LocalizedText
}

type Props = { place: AmbassadorPlace; contents: ShareContents }

/** The personal link, a text for each language, and pictures to send or to print. */
export function SharePage({ place, contents }: Props) {
  const { t, lang, collective, services } = place
  if (!isOffering(place)) {
    return (
      <Notice>
        <p>{t('ambassador.share_not_yet')}</p>
      </Notice>
    )
  }
  const link = services.publicUrl + personalPath(place, contents, lang)
  return (
    <>
      <Section id="link" title={t('ambassador.share_link')}>
        <p class="own-link">
          <CopyText t={t} value={link} />
        </p>
      </Section>
      <Section id="texts" title={t('ambassador.share_texts')}>
        <ul class="own-texts">
          {collective.langs.map((one) => (
            <Message key={one} place={place} contents={contents} lang={one} />
          ))}
        </ul>
      </Section>
      <Section id="kit" title={t('ambassador.share_kit')}>
        <ul class="own-kit">
          {KIT.map((file) => (
            <li key={file}>
              <a href={`${personalPath(place, contents, lang)}/${file}`}>
                {t(`ambassador.kit_${file.replace(/\W/g, '_')}`)}
              </a>
            </li>
          ))}
        </ul>
      </Section>
    </>
  )
}

function Message({ place, contents, lang }: Props & { lang: Lang }) {
  const { t, services } = place
  const message = shareMessage(
    services.publicUrl + personalPath(place, contents, lang),
    titleIn(contents.titles, lang, contents.campaign),
    lang,
  )
  return (
    <li class="card card-quiet">
      <h3>{LANG_NAMES[lang]}</h3>
      <blockquote lang={lang} dir={direction(lang)}>
        {message}
      </blockquote>
      <p class="desk-row">
        <a
          class="button button-whatsapp"
          href={`https://wa.me/?text=${encodeURIComponent(message)}`}
          rel="noopener"
        >
          {t('common.share.whatsapp')}
          <span class="unseen"> — {LANG_NAMES[lang]}</span>
        </a>
        <CopyButton t={t} value={message} label={t('ambassador.copy_text')} />
      </p>
    </li>
  )
}

/** What is sent to somebody who is invited to give, in their language. */
export function shareMessage(link: string, dream: string, lang: Lang): string {
  return `${plainText(translator(lang)('ambassador.share_message', { dream }))}\n${link}`
}

function personalPath(place: AmbassadorPlace, { campaign }: ShareContents, lang: Lang): string {
  return campaignPath(lang, campaign, place.ambassador)
}
