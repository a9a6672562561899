import { expect, test } from 'vitest'
import { readDemoOptions } from './demo-options.ts'

const BARE = { port: undefined, reset: false, replay: false, replaySeconds: 60 }

test.each([
  [[], {}],
  [['--port', '4000'], { port: 4000 }],
  [['--port=4000', '--reset'], { port: 4000, reset: true }],
  [['--replay', '--replay-seconds', '3'], { replay: true, replaySeconds: 3 }],
] as const)('%j is understood', (words, options) => {
  expect(readDemoOptions(words)).toEqual({ ok: true, options: { ...BARE, ...options } })
})

test.each([
  [['--porrt', '4000'], 'The demo has no option --porrt; did you mean --port?'],
  [['--rest'], 'The demo has no option --rest; did you mean --reset?'],
  [['reset'], 'The demo has no option reset; did you mean --reset?'],
  [['--reset=yes'], 'The demo has no option --reset=yes; did you mean --reset?'],
  [['--port'], '--port needs a whole number from 0 to 65535.'],
  [['--port', 'http'], '--port needs a whole number from 0 to 65535.'],
  [['--port', '70000'], '--port needs a whole number from 0 to 65535.'],
  [['--replay-seconds', '0'], '--replay-seconds needs a whole number from 1 to 3600.'],
  [['--toString'], 'The demo has no option --toString; did you mean --port?'],
] as const)('%j is refused by one sentence', (words, sentence) => {
  expect(readDemoOptions(words)).toEqual({ ok: false, sentence })
})
