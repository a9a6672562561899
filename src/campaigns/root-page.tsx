import type { Collective } from '../db/directory.ts'
import { collectivePath } from '../domain/address.ts'
import { inLang, type Lang } from '../domain/lang.ts'
import { translator } from '../i18n/translator.ts'
import { StatePage } from '../web/state-page.tsx'
import { PageFrame, type PageFrameProps } from './page-frame.tsx'

type Props = { services: PageFrameProps['services']; lang: Lang }

/** The collectives of the installation; before the first one, a calm word. */
export function RootPage({ services, lang, collectives }: Props & { collectives: readonly Collective[] }) {
  const t = translator(lang)
  return (
    <PageFrame
      services={services}
      lang={lang}
      pathIn={(other) => `/${other}`}
      title={t('campaign.root_title')}
      description={t('campaign.root_description')}
    >
      {collectives.length === 0 ? (
        <StatePage picture="soon" title={t('campaign.empty_title')} sentence={t('campaign.empty_text')} />
      ) : (
        <>
          <div class="home-head">
            <h1>{t('campaign.root_title')}</h1>
            <p class="home-lead">{t('campaign.root_lead')}</p>
          </div>
          <ul class="dreams">
            {collectives.map((collective) => (
              <li class="card dream" key={collective.slug}>
                <h2>
                  <a href={collectivePath(lang, collective)}>{inLang(collective.name, lang)}</a>
                </h2>
                <p class="dream-facts">{inLang(collective.city, lang)}</p>
              </li>
            ))}
          </ul>
        </>
      )}
    </PageFrame>
  )
}
