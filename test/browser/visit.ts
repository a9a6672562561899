import type { Browser, BrowserContext, ConsoleMessage, Page } from 'playwright-core'
import { expect } from 'vitest'
import type { Lang } from '../../src/domain/lang.ts'
import { translator } from '../../src/i18n/translator.ts'
import type { RunningApp } from '../support/running-app.ts'

export type Translate = ReturnType<typeof translator>

/** Somebody's browser: a session of its own, watched for whatever a page may not do. */
export interface Visit {
  readonly page: Page
  readonly context: BrowserContext
  readonly lang: Lang
  readonly hasScripts: boolean
  readonly t: Translate
  /** Opens an address of the installation and answers its HTTP status. */
  open(path: string): Promise<number>
  /** What went wrong so far: errors on the console, refused content, requests to other places. */
  readonly faults: readonly string[]
  /** Takes back the faults that a test made itself. */
  forget(own: RegExp): void
  /** Ends the session; throws when anything went wrong in it. */
  end(): Promise<void>
}

export interface VisitOptions {
  readonly lang?: Lang
  readonly hasScripts?: boolean
  readonly width?: number
  readonly height?: number
  readonly scheme?: 'light' | 'dark'
}

const PHONE_WIDTH = 360
const PHONE_HEIGHT = 740
const TIMEOUT_MS = 8000
const LOCALES: Record<Lang, string> = { ar: 'ar-MA', fr: 'fr-FR', en: 'en-GB', es: 'es-ES' }

export async function startVisit(
  browser: Browser,
  app: RunningApp,
  options: VisitOptions = {},
): Promise<Visit> {
  const { lang = 'ar', hasScripts = true, width = PHONE_WIDTH, height = PHONE_HEIGHT } = options
  const context = await browser.newContext({
    baseURL: app.origin,
    locale: LOCALES[lang],
    javaScriptEnabled: hasScripts,
    viewport: { width, height },
    colorScheme: options.scheme ?? 'light',
    // Every click waits until nothing moves any more.
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  })
  context.setDefaultTimeout(TIMEOUT_MS)
  const faults = watch(context, app.origin)
  const page = await context.newPage()
  return {
    page,
    context,
    lang,
    hasScripts,
    t: translator(lang),
    faults,
    async open(path) {
      const response = await page.goto(path)
      return response?.status() ?? 0
    },
    forget(own) {
      faults.splice(0, faults.length, ...faults.filter((fault) => !own.test(fault)))
    },
    async end() {
      await context.close()
      expect(faults).toEqual([])
    },
  }
}

/** The faults of every page of a session, as they happen. */
function watch(context: BrowserContext, origin: string): string[] {
  const faults: string[] = []
  const refusedPages = new Set<string>()
  context.on('request', (request) => {
    const url = request.url()
    if (!url.startsWith(`${origin}/`) && !url.startsWith('data:')) faults.push(`asks another place: ${url}`)
  })
  context.on('response', (response) => {
    const url = response.url()
    if (response.status() < 400) return
    // A page that says what is wrong has such a status; a part of a page never has.
    if (response.request().isNavigationRequest()) refusedPages.add(url)
    else faults.push(`${response.status()} for ${url}`)
  })
  context.on('console', (message) => {
    if (isFault(message) && !isOfRefusedPage(message, refusedPages)) faults.push(message.text())
  })
  context.on('weberror', (error) => faults.push(String(error.error())))
  return faults
}

function isFault(message: ConsoleMessage): boolean {
  return message.type() === 'error' || message.type() === 'warning'
}

function isOfRefusedPage(message: ConsoleMessage, refusedPages: ReadonlySet<string>): boolean {
  return message.text().startsWith('Failed to load resource') && refusedPages.has(message.location().url)
}
