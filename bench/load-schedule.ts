/** When requests should be sent; times as `performance.now()` gives them. */
export interface Schedule {
  /** The time at which the next request that is due should have been sent; undefined when none is due. */
  next(now: number): number | undefined
  /** No further request will ever be due. */
  isOver(now: number): boolean
}

/** Each free connection asks again at once, until the end. */
export function eager(endAt: number): Schedule {
  return { next: (now) => (now < endAt ? now : undefined), isOver: (now) => now >= endAt }
}

/** So many a second from now on, whether or not the ones before are answered; what is late is made up for. */
export function steady(perSecond: number, firstAt: number, endAt: number): Schedule {
  const betweenMs = 1000 / perSecond
  let sent = 0
  const nextAt = () => firstAt + sent * betweenMs
  return {
    next(now) {
      const at = nextAt()
      if (at > now || at >= endAt) return undefined
      sent += 1
      return at
    },
    isOver: () => nextAt() >= endAt,
  }
}
