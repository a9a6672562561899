import type { Campaign } from '../db/directory.ts'
import { campaignPath } from '../domain/address.ts'
import { plainText } from '../i18n/plain-text.ts'
import { translator } from '../i18n/translator.ts'
import type { AmbassadorPlace } from '../people/place.ts'
import type { Contributor } from './my-people.ts'
import { ownPath } from './own-shell.tsx'

/** Stands for a moment, until WhatsApp opens; and stays where it does not. */
export function ThanksPage(props: { place: AmbassadorPlace; campaign: Campaign; whatsapp: string }) {
  const { place, campaign, whatsapp } = props
  const { t } = place
  return (
    <>
      <p>{t('ambassador.thanks_kept')}</p>
      <p class="desk-row">
        <a class="button button-whatsapp" href={whatsapp} rel="noopener">
          {t('ambassador.thanks_open')}
        </a>
        <a class="button button-plain" href={ownPath(place, 'people', campaign)}>
          {t('ambassador.page_people')}
        </a>
      </p>
    </>
  )
}

/** Opens WhatsApp with a thank-you in the contributor's language, their numbers and where anybody can check one. */
export function thanksAddress(
  { services }: AmbassadorPlace,
  campaign: Campaign,
  { name, lang, numbers }: Contributor,
): string {
  const t = translator(lang)
  const [first = 1] = numbers
  const params = { numbers: numbers.join(', '), n: numbers.length }
  const words =
    name === null
      ? t('ambassador.thanks_message', params)
      : t('ambassador.thanks_message_name', { ...params, name })
  const proof = `${services.publicUrl}${campaignPath(lang, campaign)}/coupons/${first}`
  return `https://wa.me/?text=${encodeURIComponent(`${plainText(words)}\n${proof}`)}`
}
