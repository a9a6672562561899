import type { ComponentChildren } from 'preact'
import type { BrickState } from '../domain/coupon.ts'
import type { Lang } from '../domain/lang.ts'
import type { T } from '../i18n/translator.ts'
import { LinkButton } from './button.tsx'
import { House, HouseScale } from './house.tsx'
import { ProgressLine } from './layers.tsx'

export type CampaignHeroProps = {
  t: T
  lang: Lang
  /** Name of the dream, and the language it is written in. */
  title: string
  titleLang?: string
  /** One sentence under the name. */
  lead?: string
  /** Who offered it. */
  invitedBy?: string
  states: readonly BrickState[]
  own?: readonly number[]
  given: number
  goal: number
  day?: number
  days?: number
  /** Left out when nothing can be given: `instead` stands there. */
  giveHref?: string
  /** What one coupon is worth, ready to read. */
  price?: ComponentChildren
  instead?: ComponentChildren
}

/** The first screen of a campaign: the dream, the house, where it stands, the one button, who offered it. */
export function CampaignHero(props: CampaignHeroProps) {
  const { t, lang, title, titleLang, lead, invitedBy, states, own, given, goal, day, days } = props
  const { giveHref, price, instead } = props
  return (
    <section class="hero" aria-labelledby="hero-title">
      <div class="hero-words">
        {invitedBy && <p class="hero-invitation">{t('common.invitation', { name: invitedBy })}</p>}
        <h1 id="hero-title" lang={titleLang} dir={titleLang ? 'auto' : undefined}>
          {title}
        </h1>
        {lead && <p class="hero-lead">{lead}</p>}
      </div>
      <div class="hero-house">
        <House t={t} states={states} own={own} goal={goal} />
        <HouseScale t={t} goal={goal} />
      </div>
      <div class="hero-progress">
        <ProgressLine t={t} lang={lang} given={given} goal={goal} day={day} days={days} />
        {giveHref && (
          <p class="hero-give">
            <LinkButton href={giveHref}>{t('common.give')}</LinkButton>
            {price && (
              <span class="hero-price">
                {t('common.coupon.price')} {price}
              </span>
            )}
          </p>
        )}
        {instead}
      </div>
    </section>
  )
}

/** The one button, at the foot of a phone's screen wherever the reader is. The last thing in the page's main part. */
export function GiveBar({ t, href, price }: { t: T; href: string; price?: ComponentChildren }) {
  return (
    <div class="give-bar">
      <LinkButton href={href}>
        {t('common.give')}
        {price && <span class="give-price"> · {price}</span>}
      </LinkButton>
    </div>
  )
}
