import { starOutline } from './house-outline.ts'

/** The eight-fold star as a small mark. Decoration only: it says nothing to who does not see it. */
export function ZelligeStar({ size = 24 }: { size?: number }) {
  return (
    <svg class="zellige-star" viewBox="0 0 48 48" width={size} height={size} aria-hidden="true">
      <path fill="currentColor" d={starOutline(24, 24, 23)} />
      <path class="zellige-heart" fill="none" stroke-width="2.5" d={starOutline(24, 24, 12)} />
    </svg>
  )
}
