import { expect, test } from 'vitest'
import { readStartOptions } from './start-options.ts'

test('one process unless more are asked for', () => {
  expect(readStartOptions([])).toEqual({ ok: true, processes: 1 })
  expect(readStartOptions(['--processes', '4'])).toEqual({ ok: true, processes: 4 })
  expect(readStartOptions(['--processes=64'])).toEqual({ ok: true, processes: 64 })
})

test.each(['0', '-1', 'two', '1e9', '65', '1.5', '', ' 2', '١', '99999999999999999999'])(
  '--processes %o is no number of processes',
  (value) => {
    const sentence = '--processes needs a whole number from 1 to 64.'
    expect(readStartOptions(['--processes', value])).toEqual({ ok: false, sentence })
    expect(readStartOptions([`--processes=${value}`])).toEqual({ ok: false, sentence })
    expect(readStartOptions(['--processes'])).toEqual({ ok: false, sentence })
  },
)

test('what is said twice or is not known is refused by name', () => {
  expect(readStartOptions(['--processes', '2', '--processes', '4'])).toEqual({
    ok: false,
    sentence: 'Give --processes only once.',
  })
  expect(readStartOptions(['--processes=2', '--processes=2'])).toMatchObject({
    sentence: 'Give --processes only once.',
  })
  for (const words of [['--proceses', '2'], ['2'], ['-p', '2']]) {
    expect(readStartOptions(words)).toEqual({
      ok: false,
      sentence: `start has no option ${words[0]}: there is only --processes N.`,
    })
  }
})
