import type { Database } from '../db/database.ts'
import { type Collective, listCampaigns, listCollectives } from '../db/directory.ts'
import { campaignPath, collectivePath } from '../domain/address.ts'
import { DEFAULT_LANG, LANGS, type Lang } from '../domain/lang.ts'
import { isPublic } from './find-public.ts'

/** What search engines may look at: orders hold people's data behind their keys, the rest is not for them. */
export function robotsText(publicUrl: string): string {
  return [
    'User-agent: *',
    'Disallow: /orders/',
    'Disallow: /api/v1/',
    'Disallow: /*/*/*/give',
    `Sitemap: ${publicUrl}/sitemap.xml`,
    '',
  ].join('\n')
}

/** Every public page in every language of its collective, each with its other languages (sitemaps.org, hreflang). */
export async function sitemap(db: Database, publicUrl: string, now: Date): Promise<string> {
  const entries: string[] = []
  for (const collective of await listCollectives(db)) {
    entries.push(...entriesOf(publicUrl, collective, (lang) => collectivePath(lang, collective)))
    for (const campaign of await listCampaigns(db, collective)) {
      if (!isPublic(campaign, now)) continue
      entries.push(...entriesOf(publicUrl, collective, (lang) => campaignPath(lang, campaign)))
    }
  }
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">',
    ...entries,
    '</urlset>',
    '',
  ].join('\n')
}

// Slugs are letters, digits and dashes, so that nothing here needs escaping but the installation's own origin.
function entriesOf(publicUrl: string, collective: Collective, pathIn: (lang: Lang) => string): string[] {
  const langs = LANGS.filter((lang) => collective.langs.includes(lang))
  const standing = langs.includes(DEFAULT_LANG) ? DEFAULT_LANG : langs[0]
  const link = (hreflang: string, lang: Lang) =>
    `<xhtml:link rel="alternate" hreflang="${hreflang}" href="${publicUrl}${pathIn(lang)}"/>`
  const links = [...langs.map((lang) => link(lang, lang)), ...(standing ? [link('x-default', standing)] : [])]
  return langs.map((lang) => `<url><loc>${publicUrl}${pathIn(lang)}</loc>${links.join('')}</url>`)
}
