import { ARCH, HOUSE, MERLON, OPENINGS, WALLS } from '../domain/house.ts'

/** The outer shape of the house as path data: walls with their stepped merlons. Bricks are clipped to it. */
export const wallsOutline = WALLS.map(wallOutline).join('')

/** The windows' shapes as path data. */
export const windowsOutline = OPENINGS.slice(1).map(archOutline).join('')

/** The door's shape as path data. */
export const doorOutline = archOutline(OPENINGS[0])

/** Glazing bars of all windows and the joint of the door's two leaves. */
export const barsOutline = OPENINGS.map(([middle, half, sill, spring], index) => {
  const crown = spring - half * (ARCH + Math.sqrt(ARCH ** 2 - 1))
  const cross = index === 0 ? '' : `M${middle - half} ${spring}h${half * 2}`
  return `M${middle} ${Math.round(crown)}V${sill}${cross}`
}).join('')

/** Path data of an eight-fold star: two squares, one turned by an eighth. `radius` reaches the points. */
export function starOutline(x: number, y: number, radius: number): string {
  const inner = radius * 0.765
  const points = Array.from({ length: 16 }, (_, index) => {
    const reach = index % 2 === 0 ? radius : inner
    const angle = (index * Math.PI) / 8
    return `${round(x + reach * Math.sin(angle))} ${round(y - reach * Math.cos(angle))}`
  })
  return `M${points.join('L')}Z`
}

function wallOutline([left, right, roof, pitch]: (typeof WALLS)[number]): string {
  const { width, step } = MERLON
  const merlon = `v-${step}h10v-${step}h10v-${step}h${width - 40}v${step}h10v${step}h10v${step}`
  const merlons = Math.round((right - left - width) / pitch) + 1
  const line = Array.from({ length: merlons }, () => merlon).join(`h${pitch - width}`)
  return `M${left} ${HOUSE.ground}V${roof}${line}V${HOUSE.ground}Z`
}

function archOutline([middle, half, sill, spring]: (typeof OPENINGS)[number]): string {
  const radius = round(half * ARCH)
  return `M${middle - half} ${sill}V${spring}A${radius} ${radius} 0 1 1 ${middle + half} ${spring}V${sill}Z`
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
