import type { T } from '../i18n/translator.ts'

/** A reference or an account number, left to right, easy to select; with a script a button copies it. */
export function CopyText({ t, value, shown = value }: { t: T; value: string; shown?: string }) {
  return (
    <span class="copy">
      <bdi class="copy-value" dir="ltr">
        {shown}
      </bdi>
      <CopyButton t={t} value={value} label={t('common.copy')} />
    </span>
  )
}

/** Copies `value`; needs a script, and is hidden without it. */
export function CopyButton({ t, value, label }: { t: T; value: string; label: string }) {
  return (
    <button
      class="button button-quiet"
      type="button"
      hidden
      data-copy={value}
      data-copied={t('common.copied')}
    >
      {label}
    </button>
  )
}
