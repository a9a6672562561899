import type { T } from '../i18n/translator.ts'
import { CopyButton } from './copy-text.tsx'

export type ShareLinksProps = {
  t: T
  /** Absolute address of the shared page. */
  url: string
  /** What the message says before the address. */
  text: string
}

/** WhatsApp first, then Facebook, then copying, which needs a script (`data-copy`) and is hidden without it. */
export function ShareLinks({ t, url, text }: ShareLinksProps) {
  const message = encodeURIComponent(`${text}\n${url}`)
  return (
    <ul class="share">
      <li>
        <a class="button button-whatsapp" href={`https://wa.me/?text=${message}`} rel="noopener">
          {t('common.share.whatsapp')}
        </a>
      </li>
      <li>
        <a
          class="button button-quiet"
          href={`https://www.facebook.com/sharer/sharer.php?u=${encodeURIComponent(url)}`}
          rel="noopener"
        >
          {t('common.share.facebook')}
        </a>
      </li>
      <li>
        <CopyButton t={t} value={url} label={t('common.share.copy')} />
      </li>
    </ul>
  )
}
