import type { Progress } from '../db/progress.ts'
import type { LiveProgress } from '../domain/live-progress.ts'

/** Progress as the live stream tells it. */
export function liveProgress({ position, counts, bricks }: Progress): LiveProgress {
  return {
    position: Number(position),
    available: counts.available,
    reserved: counts.reserved,
    given: counts.sold,
    banked: counts.banked,
    goal: counts.goal,
    bricks,
  }
}
