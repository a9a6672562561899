import type { T } from '../i18n/translator.ts'
import { fieldId } from './field.tsx'

/** What was wrong in a form, by field name. A sentence under `''` concerns the whole form. */
export type FieldErrors = Readonly<Record<string, string | undefined>>

/** All errors of a refused form, each leading to its field. Renders nothing when there is none. */
export function ErrorSummary({ t, errors }: { t: T; errors: FieldErrors }) {
  const entries = Object.entries(errors).filter(([, sentence]) => sentence !== undefined)
  if (entries.length === 0) return null
  return (
    <div class="notice notice-problem error-summary" role="alert" tabIndex={-1} data-focus>
      <h2>{t('common.errors', { n: entries.length })}</h2>
      <ul>
        {entries.map(([name, sentence]) => (
          <li key={name}>{name === '' ? sentence : <a href={`#${fieldId(name)}`}>{sentence}</a>}</li>
        ))}
      </ul>
    </div>
  )
}
