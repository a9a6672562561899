import type { ComponentChildren } from 'preact'
import { starOutline } from './house-outline.ts'

export type StatePicture = 'soon' | 'done' | 'closed' | 'lost'

export type StatePageProps = {
  /** `soon` not yet open, `done` full or already paid, `closed` over or expired, `lost` unknown or failed. */
  picture: StatePicture
  title: string
  sentence: ComponentChildren
  /** What to do next: buttons, links, a form. */
  children?: ComponentChildren
}

/** A page for a state in which the wished action is not possible: a picture, a sentence, what to do next. */
export function StatePage({ picture, title, sentence, children }: StatePageProps) {
  return (
    <div class="state-page">
      <StateDrawing picture={picture} />
      <h1>{title}</h1>
      <p class="state-sentence">{sentence}</p>
      {children && <div class="state-next">{children}</div>}
    </div>
  )
}

const ARCH = 'M50 190V100A56 56 0 1 1 150 100V190Z'

/** The house's door: with the sun behind it, lit, shut, or a wall without one. */
function StateDrawing({ picture }: { picture: StatePicture }) {
  const open = picture === 'soon' || picture === 'done'
  return (
    <svg
      class={`state-drawing state-${picture}`}
      viewBox="0 0 200 200"
      width="160"
      height="160"
      aria-hidden="true"
    >
      <path class="state-ground" d="M10 190H190" />
      <path class="state-arch" d={ARCH} />
      {open && <path class="state-star" d={starOutline(100, picture === 'soon' ? 150 : 100, 34)} />}
      {picture === 'closed' && <path class="state-joint" d="M100 20V190M88 122v12M112 122v12" />}
      {picture === 'lost' && (
        <path class="state-joint" d="M74 70h52M62 96h30M108 96h30M74 122h52M60 148h36M108 148h34" />
      )}
    </svg>
  )
}
