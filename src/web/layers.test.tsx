import { render } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { translator } from '../i18n/translator.ts'
import { LayersBar, ProgressLine } from './layers.tsx'

test('large numbers are grouped, as the script that keeps them true writes them', () => {
  const t = translator('en')
  const line = render(<ProgressLine t={t} lang="en" given={612_345} goal={1_000_000} />)
  expect(line).toContain('>612,345<')
  const layers = { given: 612_345, banked: 431_000, inHand: 0, onItsWay: 181_345, promised: 9999 }
  const bar = render(<LayersBar t={t} lang="en" goal={1_000_000} layers={layers} />)
  expect(bar).toContain('<b data-count="banked">431,000</b>')
  expect(bar).toContain('<b data-count="promised">9999</b>')
})
