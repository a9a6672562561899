export type CleanedText =
  | { ok: true; text: string }
  | { ok: false; status: 'has_control_characters' | 'too_long' | 'empty' }

// Most of what a person pastes shrinks when cleaned; beyond this the work itself would be the attack.
const MAX_RAW_FACTOR = 8
const MAX_RAW_EXTRA = 1000

/**
 * A text typed by a person, made safe to keep and to show: NFC, trimmed, spaces joined, control characters
 * and the direction characters that could reach beyond the text removed. Marks that shape Arabic, Persian
 * and emoji (ZWJ, ZWNJ, LRM, RLM) stay. With `lines` line breaks stay as `\n`, at most one empty line in
 * a row; else they become spaces. `maxCharacters` counts code points, as PostgreSQL's char_length does.
 * NUL and lone surrogates are refused: no keyboard makes them. Nothing visible is `empty`.
 */
export function cleanText(
  text: string,
  maxCharacters: number,
  options: { lines?: boolean } = {},
): CleanedText {
  if (text.length > maxCharacters * MAX_RAW_FACTOR + MAX_RAW_EXTRA) return { ok: false, status: 'too_long' }
  if (text.includes('\0') || !text.isWellFormed()) return { ok: false, status: 'has_control_characters' }
  const visible = text.replace(BREAKS, '\n').replace(REMOVED, '').normalize('NFC')
  const clean = options.lines ? joinSpaces(visible) : visible.replace(/\s+/g, ' ').trim()
  if (!VISIBLE.test(clean)) return { ok: false, status: 'empty' }
  if ([...clean].length > maxCharacters) return { ok: false, status: 'too_long' }
  return { ok: true, text: clean }
}

const BREAKS = /\r\n|[\r\v\f\u0085\u2028\u2029]/g

// Controls but tab and line feed, soft hyphen, invisible fillers, direction overrides, embeddings, isolates.
const REMOVED =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is searched
  /[\u0001-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u180e\u200b\u2060-\u2064\u2066-\u206f\u202a-\u202e\ufeff\ufff9-\ufffb]/g

// Fillers that are letters or symbols by their class but show nothing (Hangul fillers, the empty Braille cell) do not count.
const VISIBLE = /[[\p{L}\p{N}\p{P}\p{S}]--[\p{Default_Ignorable_Code_Point}\u2800]]/v

function joinSpaces(text: string): string {
  return text
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
