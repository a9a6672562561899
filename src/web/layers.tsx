import { formatNumber } from '../domain/digits.ts'
import type { Lang } from '../domain/lang.ts'
import type { Layers } from '../domain/layers.ts'
import type { T } from '../i18n/translator.ts'

const LAYERS = ['banked', 'inHand', 'onItsWay', 'promised'] as const

export type LayersBarProps = { t: T; lang: Lang; goal: number; layers: Layers }

/**
 * Progress in layers, never as one number: a bar in the colours of the bricks and its legend in words.
 * `data-layer` and `data-count` mark what a script may update.
 */
export function LayersBar({ t, lang, goal, layers }: LayersBarProps) {
  const shown = LAYERS.filter((layer) => layer !== 'inHand' || layers.inHand > 0)
  let start = 0
  return (
    <div class="layers" data-layers>
      <svg class="layers-bar" width="100%" height="20" aria-hidden="true">
        <defs>
          <pattern
            id="layer-hatch"
            patternUnits="userSpaceOnUse"
            width="6"
            height="6"
            patternTransform="rotate(45)"
          >
            <rect class="paint-empty" width="6" height="6" />
            <rect class="paint-hatch" width="2.5" height="6" />
          </pattern>
        </defs>
        {shown.map((layer) => {
          const from = start
          start += layers[layer]
          return (
            <rect
              key={layer}
              class={`layer-part layer-${layer}`}
              data-layer={layer}
              x={percent(from, goal)}
              width={percent(layers[layer], goal)}
              height="20"
            />
          )
        })}
      </svg>
      <dl class="layers-legend">
        {shown.map((layer) => (
          <div key={layer} class="layers-row">
            <dt>
              <span class={`swatch swatch-${layer}`} />
              {t(`common.layer.${layer}`)}
            </dt>
            <dd>
              <b data-count={layer}>{formatNumber(layers[layer], lang)}</b>
              <span class="layers-hint">{t(`common.layer.${layer}.hint`)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

export type ProgressLineProps = {
  t: T
  lang: Lang
  given: number
  goal: number
  /** Day n of the campaign; left out before the first and after the last. */
  day?: number
  days?: number
}

/** "612 of 1000 · day 9 of 21". `data-count="given"` marks what a script may update. */
export function ProgressLine({ t, lang, given, goal, day, days }: ProgressLineProps) {
  return (
    <p class="progress">
      <strong class="progress-given" data-count="given">
        {formatNumber(given, lang)}
      </strong>{' '}
      <span class="progress-rest">
        <span>{t('common.progress.of', { n: goal })}</span>
        {day !== undefined && days !== undefined && (
          <>
            <span class="progress-dot"> · </span>
            <span>{t('common.progress.day', { day, days })}</span>
          </>
        )}
      </span>
    </p>
  )
}

function percent(part: number, whole: number): string {
  return `${Math.round((part / whole) * 10_000) / 100}%`
}
