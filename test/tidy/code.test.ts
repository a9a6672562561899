import { expect, test } from 'vitest'
import { sources } from './sources.ts'

const MAX_FILE_LINES = 300
const own = sources(
  ['src', 'test', 'seeds', 'scripts', 'bench'],
  ['.ts', '.tsx', '.mjs', '.cjs', '.css', '.sql'],
)
const code = own.filter((source) => source.path.startsWith('src/') && !/\.test\.tsx?$/.test(source.path))

test(`no file is longer than ${MAX_FILE_LINES} lines`, () => {
  const long = own
    .filter((source) => source.text.split('\n').length > MAX_FILE_LINES + 1)
    .map(({ path }) => path)
  expect(long).toEqual([])
})

/** A call that has a better one here: what is searched, where it may stand, and what to write instead. */
const BANNED: readonly { call: RegExp; except: RegExp; instead: string }[] = [
  {
    call: /\bDate\.now\(|\bnew Date\(\)/,
    except: /^src\/(cli|main|services|browser|db\/(embedded|orphan))/,
    instead: 'the clock that is passed in',
  },
  { call: /\bMath\.random\(/, except: /^$/, instead: 'the random bytes that are passed in' },
  { call: /\bconsole\./, except: /^src\/(cli\/|main\.ts|log\.ts)/, instead: 'src/log.ts or src/cli/' },
  { call: /dangerouslySetInnerHTML/, except: /^src\/web\/raw-html\.tsx$/, instead: 'src/web/raw-html.tsx' },
  {
    call: /\bparseFloat\(|\.toFixed\(/,
    except: /^src\/(cli\/progress|domain\/money|domain\/house|web\/|browser\/)/,
    instead: 'domain/money.ts',
  },
  {
    call: /\blocalStorage\b|\bsessionStorage\b/,
    except: /^$/,
    instead: 'nothing: no data of people stays in a browser',
  },
  {
    call: /\sstyle=[{"]/,
    except: /^$/,
    instead: 'a class: the content security policy refuses inline style',
  },
  {
    call: /\bat time zone\b|current_date|\bnow\(\)(?!\))/i,
    except: /\.tsx?$|schema-migration/,
    instead: 'days and instants from Node',
  },
]

test.each(BANNED)('$call stands only where it belongs; elsewhere: $instead', ({ call, except }) => {
  const wrong = code
    .filter(({ path }) => !except.test(path))
    .filter(({ text }) => call.test(withoutComments(text)))
    .map(({ path }) => path)
  expect(wrong).toEqual([])
})

test('no test sleeps, skips itself or runs alone', () => {
  const banned =
    /\b(?:test|it|describe)\.(?:skip|only|todo)\b|\bsetTimeout\(\s*(?:resolve|done)\b|waitForTimeout\(/
  const wrong = own.filter(
    ({ path, text }) =>
      /\.test\.tsx?$/.test(path) &&
      path !== 'test/tidy/code.test.ts' &&
      banned.test(text) &&
      !text.includes('useFakeTimers'),
  )
  expect(wrong.map(({ path }) => path)).toEqual([])
})

test('no mark of unfinished work is left', () => {
  const mark = new RegExp(['TO', 'DO|FIX', 'ME|XX', 'X|HA', 'CK'].join(''))
  expect(own.filter(({ text }) => mark.test(text)).map(({ path }) => path)).toEqual([])
})

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)(\/\/|--).*$/gm, '')
}
