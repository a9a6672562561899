import { DEFAULT_LANG, type Lang } from '../domain/lang.ts'
import type { PeopleServices } from './services.ts'

/**
 * An address that signs the person with this email in, once, within ten minutes; undefined when nobody has
 * this email. It opens a page with a button, because messengers look at links before people do.
 */
export async function createSignInLink(
  services: Pick<PeopleServices, 'signIn' | 'publicUrl'>,
  email: string,
  lang: Lang = DEFAULT_LANG,
): Promise<string | undefined> {
  const token = await services.signIn.makeToken(email)
  return token && `${services.publicUrl}/${lang}/sign-in?${new URLSearchParams({ token })}`
}
