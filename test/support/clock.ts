/** The time of a test world: it stands still until a test moves it. */
export interface TestClock {
  now(): Date
  set(instant: Date): void
  advance(duration: { days?: number; hours?: number; minutes?: number; seconds?: number; ms?: number }): void
}

export function createClock(start: Date): TestClock {
  let atMs = start.getTime()
  return {
    now: () => new Date(atMs),
    set(instant) {
      atMs = instant.getTime()
    },
    advance({ days = 0, hours = 0, minutes = 0, seconds = 0, ms = 0 }) {
      atMs += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + ms
    },
  }
}
