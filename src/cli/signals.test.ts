import { expect, test, vi } from 'vitest'
import { listenToSignals } from './signals.ts'

test('one Ctrl-C heard twice is one wish; a later one hurries', () => {
  vi.useFakeTimers()
  const signals = listenToSignals()
  process.emit('SIGINT')
  process.emit('SIGTERM')
  expect(signals.stop.aborted).toBe(true)
  expect(signals.hurry.aborted).toBe(false)
  vi.advanceTimersByTime(1_500)
  process.emit('SIGINT')
  expect(signals.hurry.aborted).toBe(true)
  vi.useRealTimers()
  process.removeAllListeners('SIGINT').removeAllListeners('SIGTERM')
})
