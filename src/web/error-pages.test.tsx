import { render } from 'preact-render-to-string'
import { expect, test } from 'vitest'
import { translator } from '../i18n/translator.ts'
import { unbuiltAssets } from './assets.ts'
import { type ErrorKind, ErrorPage } from './error-pages.tsx'

const t = translator('en')

function shown(kind: ErrorKind, retryPath?: string): string {
  return render(
    <ErrorPage
      kind={kind}
      lang="en"
      assets={unbuiltAssets}
      origin="https://twiza.example"
      retryPath={retryPath}
    />,
  )
}

test.each(['overloaded', 'unavailable'] as const)(
  '%s: a reader gets a button, a sender the way back',
  (kind) => {
    expect(shown(kind, '/en/casa')).toContain('href="/en/casa"')
    expect(shown(kind, '/en/casa')).not.toContain(t('error.go_back'))
    expect(shown(kind)).toContain(t('error.go_back'))
  },
)

test('what cannot pass sends nobody back', () => {
  expect(shown('not_found')).not.toContain(t('error.go_back'))
})
