import type { Lang } from '../domain/lang.ts'
import type { T } from '../i18n/translator.ts'
import type { Form } from '../people/form.ts'
import type { FieldErrors } from '../web/error-summary.tsx'
import { TextArea, TextField } from '../web/fields.tsx'
import { LANG_NAMES } from '../web/layout.tsx'

/** What every part of a form gets: the words, what was typed, what is wrong. */
export interface FormPart {
  readonly t: T
  readonly lang: Lang
  readonly form: Form
  readonly errors: FieldErrors
}

export interface LocalizedFieldProps extends FormPart {
  readonly name: string
  readonly label: string
  readonly hint?: string
  /** The main language first: its field is the one that is needed. */
  readonly langs: readonly Lang[]
  readonly maxLength: number
  /** More than one line of text. */
  readonly rows?: number
  /** Also the main language may stay empty. */
  readonly optional?: boolean
  /** Say the language in the label even where there is only one. */
  readonly named?: boolean
}

/** One field for each language, named `NAME_LANG`. The style sheet hides those of languages not chosen. */
export function LocalizedField(props: LocalizedFieldProps) {
  const { t, form, errors, name, label, hint, langs, maxLength, rows, optional, named } = props
  return (
    <>
      {langs.map((lang, index) => {
        const field = `${name}_${lang}`
        const shared = {
          t,
          name: field,
          label: named || langs.length > 1 ? `${label} — ${LANG_NAMES[lang]}` : label,
          hint: index === 0 ? hint : undefined,
          error: errors[field],
          value: form.shown(field),
          optional: optional || index > 0,
          maxLength,
        }
        return (
          <div key={lang} class={`told told-${lang}`}>
            {rows ? <TextArea {...shared} rows={rows} /> : <TextField {...shared} />}
          </div>
        )
      })}
    </>
  )
}
