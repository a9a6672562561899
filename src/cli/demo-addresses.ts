import { AMBASSADORS } from '../../seeds/content/ambassadors.ts'
import { COLLECTIVE, ORGANISER } from '../../seeds/content/collective.ts'
import { DAR_HIBA } from '../../seeds/content/dar-hiba.ts'
import { DAR_ILYAS } from '../../seeds/content/dar-ilyas.ts'
import { SIGN_IN_LINK_S } from '../people/auth.ts'

/** What to open in the demonstration, as lines for the terminal. `signInUrl` works once. */
export function demoAddresses(publicUrl: string, signInUrl: string, again: { signIn: string }): string {
  const page = (lang: string, ...parts: string[]) => [publicUrl, lang, COLLECTIVE.slug, ...parts].join('/')
  const rows = [
    ['The campaign in Arabic', page('ar', DAR_HIBA.slug)],
    ['                 French', page('fr', DAR_HIBA.slug)],
    ['                 English', page('en', DAR_HIBA.slug)],
    ['                 Spanish', page('es', DAR_HIBA.slug)],
    [`Offered by ${AMBASSADORS[0]!.name}`, page('ar', DAR_HIBA.slug, AMBASSADORS[0]!.slug)],
    ['A home already given', page('fr', DAR_ILYAS.slug)],
    ['For programs', `${publicUrl}/api`],
    ['The organisers’ desk', signInUrl],
    ['', `(works once, within ${SIGN_IN_LINK_S / 60} minutes; another: ${again.signIn} ${ORGANISER.email})`],
  ] as const
  const width = Math.max(...rows.map(([label]) => label.length)) + 2
  return rows.map(([label, address]) => `  ${label.padEnd(width)}${address}`).join('\n')
}
