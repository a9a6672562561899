import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { progressBar, step } from './progress.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

test('a quick step says nothing', async () => {
  const screen = fakeScreen(true)
  expect(await step('Migrating', async () => 7, screen)).toBe(7)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(screen.text()).toBe('')
})

test('a step of more than a second says what it is and how long it took', async () => {
  const screen = fakeScreen(true)
  const work = step('Migrating', () => new Promise((resolve) => setTimeout(resolve, 2_500)), screen)
  await vi.advanceTimersByTimeAsync(1_001)
  expect(screen.text()).toBe('Migrating ...\n')
  await vi.advanceTimersByTimeAsync(2_000)
  await work
  expect(screen.text()).toBe('Migrating ...\nMigrating: done in 2.5 s\n')
})

test('in a terminal the bar moves on one line', () => {
  const screen = fakeScreen(true)
  const bar = progressBar('Replay', 1000, screen)
  bar.show(500, 'day 5')
  bar.end()
  expect(screen.text()).toBe(`\rReplay ${'█'.repeat(15)}${'░'.repeat(15)} 500 of 1000 day 5\u001b[K\n`)
})

test('elsewhere there is a line each ten per cent', () => {
  const screen = fakeScreen(false)
  const bar = progressBar('Replay', 100, screen)
  for (let done = 0; done <= 25; done += 1) bar.show(done)
  bar.end()
  expect(screen.text()).toBe('Replay: 10 of 100\nReplay: 20 of 100\n')
})

function fakeScreen(isTTY: boolean) {
  const written: string[] = []
  return { isTTY, write: (text: string) => written.push(text), text: () => written.join('') }
}
