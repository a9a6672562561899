import { expect, test } from 'vitest'
import { startUnlessStopped } from './start-unless-stopped.ts'

test('a later signal leaves at once while the start hangs, and no more once it is over', async () => {
  let left = 0
  const hurry = new AbortController()
  const hanging = Promise.withResolvers<string>()
  const started = startUnlessStopped({ hurry: hurry.signal }, hanging.promise, () => {
    left += 1
  })
  hurry.abort()
  expect(left).toBe(1)
  hanging.resolve('started')
  expect(await started).toBe('started')

  const later = new AbortController()
  const leave = () => {
    left += 1
  }
  expect(await startUnlessStopped({ hurry: later.signal }, Promise.resolve('ready'), leave)).toBe('ready')
  later.abort()
  expect(left).toBe(1)
})
