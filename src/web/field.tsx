import type { ComponentChildren } from 'preact'
import type { T } from '../i18n/translator.ts'

/** What every field has. `error` is a sentence; `hint` says what is expected before anything went wrong. */
export type FieldProps = {
  t: T
  name: string
  label: string
  hint?: string
  error?: string
  /** Marks it "(optional)" and leaves `required` away. */
  optional?: boolean
}

/** The id of a field's control, to which an error summary leads. */
export function fieldId(name: string): string {
  return `field-${name}`
}

/** Attributes that tie a control to its hint and its error. */
export function describe({ name, hint, error, optional }: FieldProps) {
  const ids = [hint && `${fieldId(name)}-hint`, error && `${fieldId(name)}-error`].filter(Boolean)
  return {
    id: fieldId(name),
    name,
    required: !optional,
    'aria-describedby': ids.length > 0 ? ids.join(' ') : undefined,
    'aria-invalid': error ? ('true' as const) : undefined,
  }
}

/** Label, hint and error around one control. */
export function Field(props: FieldProps & { children: ComponentChildren }) {
  return (
    <div class={props.error ? 'field field-wrong' : 'field'}>
      <label class="field-label" for={fieldId(props.name)}>
        {props.label}
        <Optional {...props} />
      </label>
      <FieldWords {...props} />
      {props.children}
    </div>
  )
}

/** The hint and the error of a field, under the ids that `describe` names. */
export function FieldWords({ t, name, hint, error }: FieldProps) {
  return (
    <>
      {hint && (
        <p class="field-hint" id={`${fieldId(name)}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p class="field-error" id={`${fieldId(name)}-error`}>
          <span class="unseen">{t('common.field.error')} </span>
          {error}
        </p>
      )}
    </>
  )
}

export function Optional({ t, optional }: FieldProps) {
  return optional ? <span class="field-optional"> ({t('common.field.optional')})</span> : null
}
