import { expect, test } from 'vitest'
import { startClock, type Timer } from './clock.ts'

/** A timer whose time comes when the test says so. */
function handTimer() {
  let waiting: (() => void) | undefined
  const timer: Timer = {
    after(_delayMs, callback) {
      waiting = callback
      return () => {
        waiting = undefined
      }
    },
  }
  const tick = async () => {
    const callback = waiting
    waiting = undefined
    callback?.()
    await new Promise(setImmediate)
  }
  return { timer, tick, isWaiting: () => waiting !== undefined }
}

const silent = () => undefined

test('each tick does every work once, one after the other', async () => {
  const { timer, tick } = handTimer()
  const done: string[] = []
  const works = ['first', 'second'].map((name) => ({ name, run: async () => done.push(name) }))
  startClock({ works, timer, report: silent })
  expect(done).toEqual([])
  await tick()
  await tick()
  expect(done).toEqual(['first', 'second', 'first', 'second'])
})

test('a work that fails is reported, and the clock goes on', async () => {
  const { timer, tick } = handTimer()
  const failures: unknown[] = []
  const works = [
    {
      name: 'failing',
      run: async () => {
        throw new Error('the database is away')
      },
    },
  ]
  startClock({ works, timer, report: (name, error) => failures.push([name, (error as Error).message]) })
  await tick()
  await tick()
  expect(failures).toEqual([
    ['failing', 'the database is away'],
    ['failing', 'the database is away'],
  ])
})

test('a round never begins before the last one is over', async () => {
  const { timer, tick, isWaiting } = handTimer()
  let finish = silent as () => void
  const works = [{ name: 'slow', run: () => new Promise<void>((resolve) => (finish = resolve)) }]
  startClock({ works, timer, report: silent })
  await tick()
  expect(isWaiting()).toBe(false)
  finish()
  await new Promise(setImmediate)
  expect(isWaiting()).toBe(true)
})

test('stopping waits for the work under way and begins nothing more', async () => {
  const { timer, tick, isWaiting } = handTimer()
  const done: string[] = []
  let finish = silent as () => void
  const works = [
    {
      name: 'slow',
      run: () => new Promise<void>((resolve) => (finish = resolve)).then(() => done.push('slow')),
    },
    { name: 'next', run: async () => done.push('next') },
  ]
  const clock = startClock({ works, timer, report: silent })
  await tick()
  const stopped = clock.stop().then(() => done.push('stopped'))
  finish()
  await stopped
  expect(done).toEqual(['slow', 'stopped'])
  expect(isWaiting()).toBe(false)
})
