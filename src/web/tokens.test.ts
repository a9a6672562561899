import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { THEME_COLOR } from './layout.tsx'

const css = readFileSync(new URL('../browser/styles/tokens.css', import.meta.url), 'utf8')
const [lightText, darkText] = css.split('@media (prefers-color-scheme: dark)') as [string, string]
const light = colours(lightText)
const dark = new Map([...light, ...colours(darkText)])

/** Text on its ground: WCAG 2.2 AA asks 4.5. */
const TEXT: readonly (readonly [string, string])[] = [
  ...['ground', 'surface', 'sunken'].flatMap((ground) =>
    ['ink', 'ink-soft', 'link', 'terracotta'].map((text) => [text, ground] as const),
  ),
  ['on-action', 'action'],
  ['on-action', 'action-strong'],
  ['on-action', 'whatsapp'],
  ['problem', 'ground'],
  ['problem', 'surface'],
  ['problem', 'problem-ground'],
  ['ink', 'problem-ground'],
  ['ink', 'warning-ground'],
  ['ink', 'good-ground'],
  ['banked', 'ground'],
  ['banked', 'surface'],
]

/** Edges of controls and what a drawing must tell apart: WCAG 2.2 AA asks 3. */
const EDGES: readonly (readonly [string, string])[] = [
  ['field-line', 'surface'],
  ['field-line', 'ground'],
  ['focus', 'ground'],
  ['focus', 'surface'],
  ['action', 'ground'],
  ['brick-given', 'brick-empty'],
  ['brick-banked', 'brick-empty'],
]

for (const [mode, tokens] of [
  ['light', light],
  ['dark', dark],
] as const) {
  test.each(TEXT)(`${mode}: text %s is readable on %s`, (text, ground) => {
    expect(contrast(tokens.get(text)!, tokens.get(ground)!)).toBeGreaterThanOrEqual(4.5)
  })
  test.each(EDGES)(`${mode}: %s stands out from %s`, (edge, ground) => {
    expect(contrast(tokens.get(edge)!, tokens.get(ground)!)).toBeGreaterThanOrEqual(3)
  })
}

test("the browser's own bar has the colour of the page", () => {
  expect(THEME_COLOR).toEqual({ light: light.get('ground'), dark: dark.get('ground') })
})

function colours(text: string): Map<string, string> {
  return new Map([...text.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name!, value!]))
}

/** WCAG 2.2, "contrast ratio" and "relative luminance". */
function contrast(one: string, other: string): number {
  const [brighter, darker] = [luminance(one), luminance(other)].sort((a, b) => b - a) as [number, number]
  return (brighter + 0.05) / (darker + 0.05)
}

function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
