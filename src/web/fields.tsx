import type { ComponentChildren } from 'preact'
import { describe, Field, type FieldProps, FieldWords, fieldId, Optional } from './field.tsx'

export type TextFieldProps = FieldProps & {
  value?: string
  type?: 'text' | 'email' | 'tel' | 'url' | 'date' | 'password' | 'search'
  autocomplete?: string
  inputmode?: 'text' | 'email' | 'tel' | 'numeric' | 'decimal' | 'url' | 'search'
  /** Phones, addresses and references are `ltr` in every language; a name follows what is typed. */
  dir?: 'auto' | 'ltr'
  maxLength?: number
  /** Width in characters, where the expected length helps. */
  size?: number
}

const LEFT_TO_RIGHT = ['email', 'tel', 'url', 'date', 'password']

export function TextField(props: TextFieldProps) {
  const { value, type = 'text', autocomplete, inputmode, maxLength, size } = props
  return (
    <Field {...props}>
      <input
        {...describe(props)}
        class={size ? 'input input-sized' : 'input'}
        type={type as 'text'}
        value={value}
        autocomplete={autocomplete as never}
        inputmode={inputmode}
        dir={props.dir ?? (LEFT_TO_RIGHT.includes(type) ? 'ltr' : 'auto')}
        maxLength={maxLength}
        size={size}
      />
    </Field>
  )
}

export type TextAreaProps = FieldProps & { value?: string; rows?: number; maxLength?: number }

export function TextArea(props: TextAreaProps) {
  const { value, rows = 3, maxLength } = props
  return (
    <Field {...props}>
      <textarea {...describe(props)} class="input" rows={rows} maxLength={maxLength} dir="auto">
        {value}
      </textarea>
    </Field>
  )
}

export type Choice = { value: string; label: string; hint?: ComponentChildren }

export type SelectFieldProps = FieldProps & {
  choices: readonly Choice[]
  value?: string
  autocomplete?: string
}

export function SelectField(props: SelectFieldProps) {
  const { choices, value, autocomplete } = props
  return (
    <Field {...props}>
      <select {...describe(props)} class="input" autocomplete={autocomplete as never}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value} selected={choice.value === value}>
            {choice.label}
          </option>
        ))}
      </select>
    </Field>
  )
}

export type NumberStepperProps = FieldProps & { value: number | string; min: number; max: number }

/**
 * A number field; with a script (`data-stepper`) two buttons beside it, hidden until then. It is a text to the
 * browser: a number field of HTML drops Arabic digits, and what cannot be read, before anybody can answer.
 */
export function NumberStepper(props: NumberStepperProps) {
  const { t, value, min, max } = props
  return (
    <Field {...props}>
      <div class="stepper" data-stepper data-min={min} data-max={max}>
        <button class="stepper-button" type="button" hidden data-step="-1" aria-label={t('common.less')}>
          −
        </button>
        <input
          {...describe(props)}
          class="input stepper-input"
          type="text"
          inputmode="numeric"
          dir="ltr"
          value={value}
        />
        <button class="stepper-button" type="button" hidden data-step="1" aria-label={t('common.more')}>
          +
        </button>
      </div>
    </Field>
  )
}

export type RadioCardsProps = FieldProps & { choices: readonly Choice[]; value?: string }

/** One of a few choices, each a large card. Nothing is chosen unless `value` says so. */
export function RadioCards(props: RadioCardsProps) {
  const { name, label, choices, value, error } = props
  const { required, 'aria-describedby': describedBy } = describe(props)
  return (
    <fieldset class={error ? 'field field-wrong' : 'field'} aria-describedby={describedBy}>
      <legend class="field-label">
        {label}
        <Optional {...props} />
      </legend>
      <FieldWords {...props} />
      <div class="radio-cards">
        {choices.map((choice, index) => (
          <label key={choice.value} class="radio-card">
            <input
              type="radio"
              id={index === 0 ? fieldId(name) : undefined}
              name={name}
              value={choice.value}
              checked={choice.value === value}
              required={required}
            />
            <span>
              <b>{choice.label}</b>
              {choice.hint && <span class="radio-hint">{choice.hint}</span>}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}

export type CheckboxProps = FieldProps & { checked?: boolean; value?: string }

/** A wish or a consent. Never ticked beforehand: `checked` is what the reader sent. */
export function Checkbox(props: CheckboxProps) {
  const { name, label, checked, value = 'on', error } = props
  return (
    <div class={error ? 'field field-wrong' : 'field'}>
      <FieldWords {...props} />
      <label class="check" for={fieldId(name)}>
        <input {...describe(props)} type="checkbox" value={value} checked={checked} />
        <span>{label}</span>
      </label>
    </div>
  )
}
