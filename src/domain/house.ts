import type { BrickState } from './coupon.ts'

/** One brick as a thick horizontal stroke: from `x` to `x + width`, on the middle line `y`, in drawing units. */
export type Brick = { x: number; y: number; width: number }

/** The drawing in units: what of it is shown, and the line of the ground. */
export const HOUSE = { left: 30, top: 130, width: 1140, height: 745, ground: 860, maxBricks: 1000 } as const

/** Walls as [left, right, roof, distance between merlons]; everything stands on the ground. */
export const WALLS = [
  [60, 780, 335, 110],
  [780, 1140, 560, 100],
  [90, 360, 200, 105],
] as const

/** Horseshoe openings as [middle, half width, sill, spring of the arch]; the first is the door. */
export const OPENINGS = [
  [225, 85, 860, 685],
  [555, 60, 745, 655],
  [225, 50, 500, 435],
  [420, 50, 500, 435],
  [615, 50, 500, 435],
  [225, 30, 300, 262],
  [960, 60, 745, 655],
] as const

/** A merlon: three steps, each one `step` high and 2 * `step` narrower than the one below. */
export const MERLON = { width: 60, step: 15 } as const

/** How much wider than its opening the circle of a horseshoe arch is. */
export const ARCH = 1.12

const TOP = 155
const RIGHT = 1140
const SAMPLE = 5
const BRICK_SHAPE = 2
const WALL_AREA = 450_000

/**
 * The number of bricks drawn for a goal: one a coupon up to 1000, then 1000 that stand for goal / 1000 coupons each.
 */
export function brickCount(goal: number): number {
  return Math.min(goal, HOUSE.maxBricks)
}

/** Which brick (from 0) stands for a coupon number (from 1) of a campaign with this goal. */
export function brickOf(coupon: number, goal: number): number {
  return Math.floor(((coupon - 1) * brickCount(goal)) / goal)
}

/** Height of a brick's row in units: its stroke is this minus the mortar. */
export function brickSize(count: number): { row: number; mortar: number } {
  const ideal = Math.sqrt(WALL_AREA / (BRICK_SHAPE * count))
  const row = (HOUSE.ground - TOP) / Math.min(count, Math.round((HOUSE.ground - TOP) / ideal))
  return { row, mortar: Math.min(10, Math.max(3, Math.round(row * 0.2))) }
}

/**
 * Where each of `count` (1..1000) bricks lies, from the ground up and from left to right.
 * The walls are always full: bricks of a row share its length, so their width varies a little from row to row.
 */
export function brickPositions(count: number): Brick[] {
  const { row, mortar } = brickSize(count)
  const wanted = Math.sqrt((WALL_AREA * BRICK_SHAPE) / count)
  let pieces: Piece[] = []
  for (let width = wanted; pieces.length === 0 || pieces.length > count; width *= 1.3) {
    pieces = wallPieces(row, width * 0.6)
  }
  const spare = (piece: Piece) => Math.max(1e-3, piece.end - piece.start - wanted)
  const total = pieces.reduce((sum, piece) => sum + spare(piece), 0)
  const bricks: Brick[] = []
  let share = 0
  for (const piece of pieces) {
    const before = Math.round(share)
    share += (spare(piece) * (count - pieces.length)) / total
    layPiece(bricks, piece, 1 + Math.round(share) - before, mortar)
  }
  return bricks
}

/**
 * One path (`d`) for each state that occurs. `states[i]` is the state of coupon i + 1;
 * beyond 1000 coupons a brick shows the state of the coupon in the middle of those it stands for.
 */
export function housePaths(states: readonly BrickState[]): Partial<Record<BrickState, string>> {
  const goal = states.length
  const count = brickCount(goal)
  const pens: Partial<Record<BrickState, Pen>> = {}
  brickPositions(count).forEach((brick, index) => {
    const state = states[Math.floor(((index + 0.5) * goal) / count)]!
    pens[state] = drawBrick(pens[state], brick)
  })
  const paths: Partial<Record<BrickState, string>> = {}
  for (const state in pens) paths[state as BrickState] = pens[state as BrickState]!.path
  return paths
}

/** One path through some bricks (indexes from 0) of a house of `count`, for instance a contributor's own. */
export function bricksPath(indexes: readonly number[], count: number): string {
  const bricks = brickPositions(count)
  return (
    indexes.reduce<Pen | undefined>((pen, index) => drawBrick(pen, bricks[index]!), undefined)?.path ?? ''
  )
}

/** The brick (from 0) under a point of the drawing, or undefined beside the walls. */
export function brickAt(x: number, y: number, count: number): number | undefined {
  const { row, mortar } = brickSize(count)
  const index = brickPositions(count).findIndex(
    (brick) =>
      Math.abs(y - brick.y) <= row / 2 && x >= brick.x - mortar && x <= brick.x + brick.width + mortar,
  )
  return index < 0 ? undefined : index
}

type Piece = { start: number; end: number; y: number; odd: boolean }
type Pen = { path: string; x: number; y: number }

/** Stretches of wall between openings, row by row; openings narrower than `bridge` are built across. */
function wallPieces(row: number, bridge: number): Piece[] {
  const pieces: Piece[] = []
  const rows = Math.round((HOUSE.ground - TOP) / row)
  for (let index = 0; index < rows; index++) {
    const y = HOUSE.ground - (index + 0.5) * row
    let last: Piece | undefined
    for (let x = 0; x < RIGHT; x += SAMPLE) {
      if (![-0.35, 0, 0.35].some((part) => isWall(x + SAMPLE / 2, y + part * row))) continue
      if (last && x - last.end < bridge) last.end = x + SAMPLE
      else {
        last = { start: x, end: x + SAMPLE, y: Math.round(y), odd: index % 2 > 0 }
        pieces.push(last)
      }
    }
  }
  return pieces
}

function isWall(x: number, y: number): boolean {
  return (
    WALLS.some(([left, right, roof, pitch]) => {
      if (x < left || x > right) return false
      const level = Math.floor((roof - y) / MERLON.step)
      const fromMiddle = Math.abs(((x - left) % pitch) - MERLON.width / 2)
      return level < 0 || (level < 3 && fromMiddle < MERLON.width / 2 - level * 10)
    }) && !OPENINGS.some((opening) => Math.abs(x - opening[0]) < halfWidth(opening, y))
  )
}

function halfWidth([, half, sill, spring]: readonly [number, number, number, number], y: number): number {
  if (y > sill) return 0
  if (y > spring) return half
  const radius = half * ARCH
  const middle = spring - Math.sqrt(radius ** 2 - half ** 2)
  return Math.sqrt(Math.max(0, radius ** 2 - (y - middle) ** 2))
}

/** Every other row begins and ends with half a brick, as masons do. */
function layPiece(bricks: Brick[], { start, end, y, odd }: Piece, count: number, mortar: number): void {
  const shifted = odd && count > 2 ? 1 : 0
  const width = (end - start) / (count - shifted)
  const joint = (index: number) =>
    Math.round(Math.min(end, Math.max(start, start + (index - shifted / 2) * width)))
  for (let index = 0; index < count; index++) {
    bricks.push({ x: joint(index), y, width: joint(index + 1) - joint(index) - mortar })
  }
}

function drawBrick(pen: Pen | undefined, { x, y, width }: Brick): Pen {
  const down = y - (pen?.y ?? 0)
  const path = `${pen?.path ?? ''}m${x - (pen?.x ?? 0)}${down < 0 ? '' : ' '}${down}h${width}`
  return { path, x: x + width, y }
}
