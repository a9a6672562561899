import type { ComponentChildren } from 'preact'
import type { Campaign } from '../db/directory.ts'
import { inLang, LANGS, type Lang } from '../domain/lang.ts'
import type { T } from '../i18n/translator.ts'
import { Layout } from '../web/layout.tsx'
import { Notice } from '../web/surfaces.tsx'
import type { OrderPageServices } from './services.ts'

export interface ShellProps {
  readonly services: OrderPageServices
  readonly t: T
  readonly lang: Lang
  /** Absent on a page that may not tell whose it is. */
  readonly campaign?: Campaign
  readonly title: string
  readonly path: string
  /** What a browser's own share button passes on: never an address with a key. */
  readonly canonical?: string
  readonly alternates?: Record<Lang, string>
  /** Id of the form that changing the language takes along. */
  readonly languageForm?: string
  readonly noindex?: boolean
  readonly head?: ComponentChildren
  readonly children: ComponentChildren
}

/** The document around every page of this feature: whose it is, who collects, whether money moves. */
export function Shell(props: ShellProps) {
  const { services, t, lang, campaign, alternates, children, ...rest } = props
  const { collective, association } = campaign ?? {}
  return (
    <Layout
      {...rest}
      t={t}
      lang={lang}
      alternates={alternates && ofCollective(alternates, collective?.langs ?? LANGS)}
      assets={services.assets}
      origin={services.publicUrl}
      site={
        collective
          ? { name: inLang(collective.name, lang), href: `/${lang}/${collective.slug}` }
          : { name: 'Twiza', href: `/${lang}` }
      }
      scripts={['page.js']}
      banner={services.trial && <Notice tone="warning">{t('common.trial')}</Notice>}
      footer={
        association && (
          <p>
            <bdi>{inLang(association.legalName, lang)}</bdi> · {t('common.association.authorisation')}{' '}
            <bdi dir="ltr">{association.authorisationNumber}</bdi>
          </p>
        )
      }
      width="reading"
    >
      {children}
    </Layout>
  )
}

function ofCollective(
  alternates: Record<Lang, string>,
  langs: readonly Lang[],
): Partial<Record<Lang, string>> {
  return Object.fromEntries(langs.map((lang) => [lang, alternates[lang]]))
}
