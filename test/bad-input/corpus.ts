/** A value that no field expects, by a name that a failing test can print. */
export interface BadValue {
  readonly name: string
  /** As it stands in a JSON text: some of these are no JavaScript value at all. */
  readonly json: string
}

const HUGE_CHARACTERS = 10 * 1024 * 1024
const DEEP = 1000

const value = (name: string, of: unknown): BadValue => ({ name, json: JSON.stringify(of) })

/** Values for every field of everything that is sent: numbers, kinds, texts. */
export const BAD_VALUES: readonly BadValue[] = [
  value('zero', 0),
  { name: 'minus zero', json: '-0' },
  value('minus one', -1),
  value('a fraction', 1.5),
  { name: '1e21', json: '1e21' },
  { name: '1e400, beyond every number', json: '1e400' },
  { name: 'NaN', json: 'NaN' },
  { name: 'Infinity', json: 'Infinity' },
  value('a number as text', '1'),
  { name: '2^53', json: '9007199254740992' },
  { name: '2^63', json: '9223372036854775808' },
  value('null', null),
  value('true', true),
  value('false', false),
  value('an empty list', []),
  value('a list of texts', ['a', 'b']),
  value('an empty object', {}),
  { name: 'an object that names __proto__', json: '{"__proto__":{"consent":true}}' },
  { name: 'a list nested 1000 deep', json: '['.repeat(DEEP) + ']'.repeat(DEEP) },
  { name: 'an object nested 1000 deep', json: `${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}` },
]

/** Texts for every field, and for every part of an address. */
export const BAD_TEXTS: readonly { readonly name: string; readonly text: string }[] = [
  { name: 'nothing', text: '' },
  { name: 'spaces', text: ' \t\n\u00a0\u200b' },
  { name: '__proto__', text: '__proto__' },
  { name: 'constructor', text: 'constructor' },
  { name: 'a high surrogate alone', text: 'a\ud800b' },
  { name: 'a low surrogate alone', text: '\udc00' },
  { name: 'composed (NFC)', text: 'caf\u00e9' },
  { name: 'decomposed (NFD)', text: 'cafe\u0301' },
  { name: 'right-to-left override', text: 'abc\u202etxt.exe' },
  { name: 'isolates that never end', text: '\u2066\u2067\u2068' },
  { name: 'NUL', text: 'a\0b' },
  { name: 'control characters', text: '\u0001\u0007\u001b[31m\u007f' },
  { name: 'a byte order mark', text: '\ufeffa' },
  { name: 'many marks on one letter', text: `a${'\u0301'.repeat(500)}` },
  { name: 'SQL', text: `'; drop table "order"; --` },
  { name: 'HTML', text: '<script>alert(1)</script><!--' },
  { name: 'a template', text: ['$', '{7*7}{{7*7}}'].join('') },
  { name: 'a path', text: '../../../etc/passwd' },
  { name: 'a formula', text: '=cmd|/c calc!A1' },
  { name: 'line breaks', text: 'a\r\nSet-Cookie: b=c\r\n\r\n' },
  { name: 'emoji of several parts', text: '👩‍👩‍👧‍👦🇲🇦' },
  { name: 'a text of 5,000 letters', text: 'ل'.repeat(5000) },
]

/** For one request only: it is larger than anything that is read. */
export const HUGE_TEXT = { name: '10 MB of text', text: 'x'.repeat(HUGE_CHARACTERS) }

/** Whole bodies that are no order, given one that is. */
export function badBodies(
  good: Readonly<Record<string, unknown>>,
): { name: string; body: string | Uint8Array }[] {
  const text = JSON.stringify(good)
  return [
    { name: 'nothing', body: '' },
    { name: 'a text', body: '"a"' },
    { name: 'a number', body: '1' },
    { name: 'null', body: 'null' },
    { name: 'a list', body: `[${text}]` },
    { name: 'half of it', body: text.slice(0, -2) },
    { name: 'something after it', body: `${text}}` },
    { name: 'single quotes', body: text.replaceAll('"', "'") },
    { name: 'a comma too many', body: `${text.slice(0, -1)},}` },
    { name: 'a comment', body: `/* a */${text}` },
    { name: 'a form', body: 'id=1&quantity=1' },
    { name: 'XML', body: '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>' },
    { name: 'a key twice', body: `${text.slice(0, -1)},"quantity":50}` },
    { name: 'a key twice, once escaped', body: `${text.slice(0, -1)},"quantit\\u0079":50}` },
    { name: '__proto__ as a key', body: `${text.slice(0, -1)},"__proto__":{"quantity":50}}` },
    { name: 'an unknown field', body: `${text.slice(0, -1)},"price":1}` },
    { name: 'an unknown field without a name', body: `${text.slice(0, -1)},"":1}` },
    { name: 'a lone surrogate as a key', body: `${text.slice(0, -1)},"\\ud800":1}` },
    { name: 'lists nested 1000 deep', body: '['.repeat(DEEP) + ']'.repeat(DEEP) },
    { name: 'objects nested 1000 deep', body: `${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}` },
    { name: 'bytes that are not UTF-8', body: Uint8Array.of(0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d) },
    { name: 'UTF-16', body: new Uint8Array(Buffer.from(text, 'utf16le')) },
    { name: 'NUL', body: '\0' },
  ]
}
