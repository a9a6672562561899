import { render } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { translator } from '../i18n/translator.ts'
import { ErrorSummary } from './error-summary.tsx'
import { Checkbox, NumberStepper, RadioCards, SelectField, TextArea, TextField } from './fields.tsx'

const t = translator('en')

test('a field is tied to its label, its hint and its error', () => {
  const field = render(
    <TextField t={t} name="name" label="Name" hint="As it will be shown" error="Please say a name." />,
  )
  expect(field).toContain('<label class="field-label" for="field-name">')
  expect(field).toContain('aria-describedby="field-name-hint field-name-error" aria-invalid="true"')
  expect(field).toContain('id="field-name-error"')
})

test('a field without hint or error claims neither', () => {
  const field = render(<TextField t={t} name="name" label="Name" />)
  expect(field).not.toContain('aria-')
  expect(field).toContain('required')
})

test('an optional field says so and may stay empty', () => {
  const field = render(<TextField t={t} name="name" label="Name" optional />)
  expect(field).toContain('(optional)')
  expect(field).not.toContain('required')
})

test('phones and addresses are written left to right in every language, names as they come', () => {
  expect(render(<TextField t={t} name="phone" type="tel" label="Phone" />)).toContain('dir="ltr"')
  expect(render(<TextField t={t} name="name" label="Name" />)).toContain('dir="auto"')
})

test('what was typed comes back, as text', () => {
  expect(render(<TextField t={t} name="name" label="Name" value={'"><script>'} />)).not.toContain('<script>')
  expect(render(<TextArea t={t} name="word" label="Word" value="<b>" />)).toContain('&lt;b>')
  const choices = [
    { value: 'ar', label: 'العربية' },
    { value: 'fr', label: 'Français' },
  ]
  expect(render(<SelectField t={t} name="lang" label="Language" choices={choices} value="fr" />)).toMatch(
    /<option (selected value="fr"|value="fr" selected)>/,
  )
})

test('the stepper is a plain field for digits until a script shows its buttons', () => {
  const stepper = render(<NumberStepper t={t} name="quantity" label="How many" value={1} min={1} max={50} />)
  expect(stepper).toContain('inputmode="numeric"')
  expect(stepper.match(/<button[^>]* hidden/g)).toHaveLength(2)
})

test('nothing is chosen or ticked beforehand', () => {
  const choices = [
    { value: 'card', label: 'Card' },
    { value: 'transfer', label: 'Transfer' },
  ]
  expect(render(<RadioCards t={t} name="method" label="How" choices={choices} />)).not.toContain('checked')
  expect(render(<Checkbox t={t} name="consent" label="I agree" />)).not.toContain('checked')
})

test('the summary leads to each wrong field, and is nothing without errors', () => {
  const summary = render(
    <ErrorSummary t={t} errors={{ name: 'Please say a name.', email: undefined, '': 'Try again.' }} />,
  )
  expect(summary).toContain('<a href="#field-name">Please say a name.</a>')
  expect(summary).toContain('2 things to correct')
  expect(render(<ErrorSummary t={t} errors={{ name: undefined }} />)).toBe('')
})
