import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanText } from './text.ts'

const seeded = { seed: 21, numRuns: 1000 }

describe('a name', () => {
  test.each([
    ['Amina', 'Amina'],
    ['  Amina   El\tFassi \n', 'Amina El Fassi'],
    ['Ame\u0301lie', 'Am\u00e9lie'],
    ['أمينة الفاسي', 'أمينة الفاسي'],
    ['ⵜⵡⵉⵣⴰ', 'ⵜⵡⵉⵣⴰ'],
    ['می\u200cخواهم', 'می\u200cخواهم'],
    ['👩\u200d👧', '👩\u200d👧'],
    ['أمينة\u200f 21', 'أمينة\u200f 21'],
    ['Ami\u0007na\u001b[31m', 'Amina[31m'],
    ['\u202eanimA', 'animA'],
    ['Amina\u2069\u2069', 'Amina'],
    ['Amina\u2028Fassi', 'Amina Fassi'],
    ['\ufeffAmina\u200b', 'Amina'],
    ['<b>Amina</b> __proto__', '<b>Amina</b> __proto__'],
  ])('%j becomes %j', (text, clean) => {
    expect(cleanText(text, 60)).toEqual({ ok: true, text: clean })
  })

  test.each(['', '   ', '\n\t', '\u200b\u200d', '\u202e\u202c', '\u0301'])('%j is empty', (text) => {
    expect(cleanText(text, 60)).toEqual({ ok: false, status: 'empty' })
  })

  test.each(['Amina\u0000', 'Amina\ud800', '\udc00Amina'])(
    '%j is refused for its control characters',
    (text) => {
      expect(cleanText(text, 60)).toEqual({ ok: false, status: 'has_control_characters' })
    },
  )
})

test.each(['\u3164', '\u115f', '\u1160', '\uffa0', '\u2800'])('%j shows nothing, alone or many', (filler) => {
  expect(cleanText(filler, 60)).toEqual({ ok: false, status: 'empty' })
  expect(cleanText(` ${filler}${filler} ${filler}\n`, 60, { lines: true })).toEqual({
    ok: false,
    status: 'empty',
  })
  expect(cleanText(`a${filler}`, 60).ok).toBe(true)
})

describe('the length', () => {
  test('it is counted in characters of the cleaned text, an emoji or a composed letter as one', () => {
    expect(cleanText('😀'.repeat(140), 140).ok).toBe(true)
    expect(cleanText('e\u0301'.repeat(140), 140).ok).toBe(true)
    expect(cleanText(` ${'a'.repeat(140)}  `, 140).ok).toBe(true)
    expect(cleanText('😀'.repeat(141), 140)).toEqual({ ok: false, status: 'too_long' })
  })

  test('ten megabytes are refused without being worked on', () => {
    expect(cleanText('a'.repeat(10_000_000), 140)).toEqual({ ok: false, status: 'too_long' })
  })
})

describe('a text of several lines', () => {
  test('line breaks stay, as one kind, with at most one empty line in a row', () => {
    expect(cleanText(' One \r\ntwo\r\r\r\rthree\u2028four ', 60, { lines: true })).toEqual({
      ok: true,
      text: 'One\ntwo\n\nthree\nfour',
    })
  })

  test('without the option it becomes one line', () => {
    expect(cleanText('One\r\n\r\ntwo', 60)).toEqual({ ok: true, text: 'One two' })
  })
})

test('what was cleaned is well formed, without controls, and stays as it is', () => {
  const piece = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.constantFrom(
      '\n',
      '\r\n',
      ' ',
      '\t',
      '\u0301',
      'e',
      '\u200d',
      '\u202e',
      '\u2028',
      '\u0085',
      '\u00ad',
      'ا',
      '\u0654',
    ),
  )
  const anyText = fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(''))
  fc.assert(
    fc.property(anyText, fc.boolean(), (text, lines) => {
      const cleaned = cleanText(text, 500, { lines })
      if (!cleaned.ok) return
      expect(cleaned.text.isWellFormed()).toBe(true)
      expect(cleaned.text).toBe(cleaned.text.normalize('NFC').trim())
      const oneLine = lines ? cleaned.text.replaceAll('\n', '') : cleaned.text
      expect(oneLine).not.toMatch(/\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u)
      expect(cleanText(cleaned.text, 500, { lines })).toEqual(cleaned)
    }),
    seeded,
  )
})
