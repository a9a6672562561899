import type { Lang } from '../domain/lang.ts'
import { contactKind } from './contact.ts'
import { type SentForm, wholeNumber } from './sent-form.ts'
import type { WishError } from './take-order.ts'

/** What a contributor typed, to be shown again as it was. */
export interface GiveValues {
  readonly quantity: string
  readonly method: string
  readonly name: string
  readonly hideName: boolean
  readonly contact: string
  readonly word: string
  readonly consent: boolean
}

export function giveValues(form: SentForm): GiveValues {
  return {
    quantity: form.shown('quantity'),
    method: form.shown('method'),
    name: form.shown('name'),
    hideName: form.shown('hide_name') !== '',
    contact: form.shown('contact'),
    word: form.shown('word'),
    consent: form.shown('consent') === 'yes',
  }
}

/** The form as the body that the API takes. A checkbox that is not there is not ticked; an unreadable field is null. */
export function giveBody(form: SentForm, lang: Lang): Record<string, unknown> {
  const contact = form.value('contact')
  const body: Record<string, unknown> = {
    id: form.value('id'),
    quantity: wholeNumber(form.value('quantity')),
    method: form.value('method'),
    name: form.value('name'),
    anonymous: ticked(form.value('hide_name')),
    word: form.value('word'),
    ambassador: form.value('ambassador') === '' ? undefined : form.value('ambassador'),
    consent: ticked(form.value('consent')),
    lang,
  }
  if (contact === null) body.email = null
  else if (contact !== undefined) body[contactKind(contact)] = contact
  // A field without a value is an absent one.
  for (const name of Object.keys(body)) if (body[name] === undefined) delete body[name]
  return body
}

/** The field of the form that a rule's error belongs to; '' is the form as a whole. */
export function fieldOf({ field }: WishError): string {
  return FIELDS[field] ?? ''
}

const FIELDS: Readonly<Record<string, string>> = {
  quantity: 'quantity',
  method: 'method',
  name: 'name',
  anonymous: 'hide_name',
  email: 'contact',
  phone: 'contact',
  contact: 'contact',
  word: 'word',
  consent: 'consent',
}

function ticked(value: string | null | undefined): true | undefined | null {
  if (value === undefined || value === null) return value
  return value === 'yes' ? true : null
}
