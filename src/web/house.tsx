import { render } from 'preact-render-to-string'
import type { BrickState } from '../domain/coupon.ts'
import { brickCount, brickOf, brickSize, bricksPath, HOUSE, housePaths, OPENINGS } from '../domain/house.ts'
import type { Lang } from '../domain/lang.ts'
import type { T } from '../i18n/translator.ts'
import { barsOutline, doorOutline, starOutline, wallsOutline, windowsOutline } from './house-outline.ts'

/** From the ground of the drawing to its glaze: the order in which the paths are painted. */
export const BRICK_STATES: readonly BrickState[] = ['available', 'void', 'promised', 'given', 'banked']

// A path needs data even when no brick is in its state.
const NOTHING = 'M0 0'

export type HouseProps = {
  t: T
  /** `states[i]` is the state of coupon i + 1. */
  states: readonly BrickState[]
  /** Coupons of the campaign, when `states` holds one for each brick of a larger house. */
  goal?: number
  /** Coupon numbers (from 1) that glow: the reader's own. */
  own?: readonly number[]
  /** In words, instead of the counted sentence. */
  title?: string
  /** Distinguishes several houses on one page. */
  id?: string
  /** The language of a drawing that is a document of its own. */
  alone?: Lang
}

/**
 * The house of bricks: one accessible drawing, one path for each state. Paths carry
 * `data-state`, the drawing `data-goal`, so that a script can redraw them live.
 * Colours are both attributes (alone, as a picture) and classes (in a page, where the styles win).
 */
export function House({ t, states, own = [], title, id = 'house', alone, goal = states.length }: HouseProps) {
  const count = brickCount(states.length)
  const { row, mortar } = brickSize(count)
  const paths = housePaths(states)
  const complete = states.length > 0 && !states.some((state) => state === 'available' || state === 'promised')
  return (
    <svg
      class={complete ? 'house house-complete' : 'house'}
      viewBox={`${HOUSE.left} ${HOUSE.top} ${HOUSE.width} ${HOUSE.height}`}
      width={HOUSE.width}
      height={HOUSE.height}
      role="img"
      aria-labelledby={`${id}-title`}
      data-goal={goal}
      {...(alone ? { xmlns: 'http://www.w3.org/2000/svg', lang: alone } : {})}
    >
      <title id={`${id}-title`}>{title ?? houseSentence(t, states, goal)}</title>
      <Paints id={id} row={row} />
      <path class="house-sun" fill="#eda928" d={starOutline(960, 250, 88)} />
      <WashingLine />
      <path class="house-wall" fill="#e3cfb0" d={wallsOutline} />
      <g clip-path={`url(#${id}-walls)`} fill="none" stroke-width={round(row - mortar)}>
        {BRICK_STATES.map((state) => (
          <path
            key={state}
            class={`brick brick-${state}`}
            data-state={state}
            stroke={strokes(id)[state]}
            d={paths[state] ?? NOTHING}
          />
        ))}
      </g>
      <Openings complete={complete} />
      {own.length > 0 && (
        <path
          class="brick brick-own"
          fill="none"
          stroke="#f6bd3a"
          stroke-width={round(row - mortar)}
          d={bricksPath([...new Set(own.map((coupon) => brickOf(coupon, goal)))].sort(byNumber), count)}
        />
      )}
    </svg>
  )
}

/** The drawing alone, as an SVG document: share picture, poster, `/house.svg`. */
export function houseSvg({ lang, ...props }: HouseProps & { lang: Lang }): string {
  return render(<House {...props} alone={lang} />)
}

/** Under the house of a campaign with more coupons than bricks: that a brick stands for several. */
export function HouseScale({ t, goal }: { t: T; goal: number }) {
  if (brickCount(goal) === goal) return null
  return <p class="house-scale">{houseScale(t, goal)}</p>
}

function houseScale(t: T, goal: number): string {
  return t('common.house.scale', { bricks: brickCount(goal), goal })
}

/** How many bricks are in each state, in words, for who does not see the drawing. */
export function houseSentence(t: T, states: readonly BrickState[], goal = states.length): string {
  const number = (...wanted: BrickState[]) => states.filter((state) => wanted.includes(state)).length
  const counted = {
    given: number('given', 'banked'),
    banked: number('banked'),
    promised: number('promised'),
    available: number('available'),
  }
  if (goal === states.length) return t('common.house.sentence', { goal, ...counted })
  return `${houseScale(t, goal)} ${t('common.house.bricks', counted)}`
}

/** On the terrace, because people live here. */
function WashingLine() {
  return (
    <g>
      <path
        class="house-rope"
        fill="none"
        stroke="#8a6a47"
        stroke-width="6"
        d="M820 560V400M1100 560V400M820 410Q960 440 1100 410"
      />
      <path class="house-cloth-1" fill="#3d3ac9" d="M862 419l58 6-4 78h-50Z" />
      <path class="house-cloth-2" fill="#eda928" d="M938 426h34l-2 54h-30Z" />
      <path class="house-cloth-3" fill="#c4633c" d="M990 425l64-8v82h-60Z" />
    </g>
  )
}

function Paints({ id, row }: { id: string; row: number }) {
  const height = round(row)
  return (
    <defs>
      <clipPath id={`${id}-walls`}>
        <path d={wallsOutline} />
      </clipPath>
      <linearGradient
        id={`${id}-given`}
        gradientUnits="userSpaceOnUse"
        x1="0"
        y1="150"
        x2="0"
        y2={HOUSE.ground}
      >
        <stop class="paint-given-high" offset="0" stop-color="#d9784c" />
        <stop class="paint-given-low" offset="1" stop-color="#b9522f" />
      </linearGradient>
      <pattern
        id={`${id}-promised`}
        patternUnits="userSpaceOnUse"
        width="12"
        height="12"
        patternTransform="rotate(45)"
      >
        <rect class="paint-empty" width="12" height="12" fill="#fffaf0" />
        <rect class="paint-hatch" width="5" height="12" fill="#c4633c" />
      </pattern>
      <pattern
        id={`${id}-banked`}
        patternUnits="userSpaceOnUse"
        y={HOUSE.ground % row}
        width="90"
        height={height}
      >
        <rect class="paint-banked" width="90" height={height} fill="#1f7a57" />
        <rect class="paint-glaze" width="90" height={round(row * 0.38)} fill="#3fa27b" />
      </pattern>
    </defs>
  )
}

function Openings({ complete }: { complete: boolean }) {
  return (
    <g class="house-openings" stroke="#fffaf0" stroke-width="14" stroke-linejoin="round">
      <path class="house-window" fill={complete ? '#f6bd3a' : '#2f3f8f'} d={windowsOutline} />
      <path class="house-door" fill="#3d3ac9" d={doorOutline} />
      <path class="house-bars" fill="none" stroke-width="5" d={barsOutline} />
      <path class="house-star" fill="#f6bd3a" stroke="none" d={starOutline(OPENINGS[0][0], 655, 34)} />
      <path
        class="house-ground"
        fill="none"
        stroke="#8a6a47"
        stroke-width="8"
        d={`M${HOUSE.left} ${HOUSE.ground + 4}h${HOUSE.width}`}
      />
    </g>
  )
}

function strokes(id: string): Record<BrickState, string> {
  return {
    available: '#fffaf0',
    void: '#cbb999',
    promised: `url(#${id}-promised)`,
    given: `url(#${id}-given)`,
    banked: `url(#${id}-banked)`,
  }
}

function byNumber(one: number, other: number): number {
  return one - other
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
