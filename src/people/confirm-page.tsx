import type { ComponentChildren } from 'preact'
import { Button } from '../web/button.tsx'
import { Notice } from '../web/surfaces.tsx'
import type { Place } from './place.ts'

export interface ConfirmPageProps {
  readonly place: Place
  /** Where the form goes: the address of this page. */
  readonly action: string
  readonly title: string
  readonly sentence: string
  /** What it is about, line by line. */
  readonly facts: readonly (readonly [label: string, value: ComponentChildren])[]
  readonly hidden?: Readonly<Record<string, string>>
  readonly button: string
  /** Why it was not done, when it was tried. */
  readonly refusal?: string
}

/** A plain confirmation before something that cannot be undone. */
export function ConfirmPage(props: ConfirmPageProps) {
  const { place, action, title, sentence, facts, hidden = {}, button, refusal } = props
  return (
    <div class="confirm">
      <h1>{title}</h1>
      {refusal && (
        <Notice tone="problem" live>
          <p>{refusal}</p>
        </Notice>
      )}
      <dl class="confirm-facts">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p>{sentence}</p>
      <form class="confirm-form" method="post" action={action}>
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <Button>{button}</Button>
        <a class="button button-plain" href={place.path}>
          {place.t('common.cancel')}
        </a>
      </form>
    </div>
  )
}
