import AxeBuilder from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { direction, LANGS } from '../../src/domain/lang.ts'
import type { Place } from './place.ts'
import type { Visit } from './visit.ts'

const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
/** What can change with the width and the colours; all else is the same text. */
const RULES_OF_LOOKS = ['color-contrast', 'link-in-text-block', 'scrollable-region-focusable', 'target-size']
const MIN_TARGET_PX = 44
const NARROW_PX = 320
const WIDE_PX = 1280

/** Everything that holds for every page of the product. */
export async function checkPage(visit: Visit, place: Place): Promise<void> {
  await checkHead(visit, place)
  if (place.says) await visit.page.getByText(visit.t(place.says)).first().waitFor()
  await visit.page.setViewportSize({ width: NARROW_PX, height: 640 })
  expect(await cutOff(visit.page)).toEqual([])
  expect(await smallTargets(visit.page)).toEqual([])
  expect(await axeViolations(visit.page)).toEqual([])
  await visit.page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' })
  await visit.page.setViewportSize({ width: WIDE_PX, height: 800 })
  expect(await cutOff(visit.page)).toEqual([])
  expect(await axeViolations(visit.page, (axe) => axe.withRules(RULES_OF_LOOKS))).toEqual([])
}

async function checkHead({ page, lang }: Visit, { isPublic = false }: Place): Promise<void> {
  const head = await page.evaluate(() => {
    const all = (selector: string, attribute: string) =>
      [...document.querySelectorAll(selector)].map((element) => element.getAttribute(attribute))
    return {
      lang: document.documentElement.lang,
      dir: document.documentElement.dir,
      hasTitle: document.title.trim() !== '',
      headings: document.querySelectorAll('h1').length,
      viewport: all('meta[name=viewport]', 'content'),
      description: all('meta[name=description]', 'content').map((text) => (text ?? '').trim() !== ''),
      robots: all('meta[name=robots]', 'content'),
      canonical: all('link[rel=canonical]', 'href').length,
      alternates: all('link[rel=alternate]', 'hreflang').sort(),
    }
  })
  expect(head).toMatchObject({
    lang,
    dir: direction(lang),
    hasTitle: true,
    headings: 1,
    viewport: ['width=device-width, initial-scale=1'],
    canonical: 1,
    robots: isPublic ? [] : ['noindex'],
  })
  if (!isPublic) return
  expect(head.description).toEqual([true])
  expect(head.alternates).toEqual([...LANGS, 'x-default'].sort())
}

/** What is wider than the screen, or cut by the box that it stands in. */
export async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const name = (element: Element) => `${element.tagName} ${element.outerHTML.slice(0, 160)}`
    const width = document.documentElement.clientWidth
    const wrong: string[] = []
    if (document.documentElement.scrollWidth > width) {
      wrong.push(`the page is ${document.documentElement.scrollWidth} wide`)
    }
    const scrolls = (element: Element | null): boolean =>
      element !== null &&
      (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement))
    for (const element of document.body.querySelectorAll<HTMLElement>('*')) {
      if (element.closest('svg, .unseen, .skip') || !element.checkVisibility()) continue
      if (scrolls(element)) continue
      const { overflowX, overflowY, display } = getComputedStyle(element)
      const box = element.getBoundingClientRect()
      if (box.width === 0 || box.height === 0) continue
      if (box.right > width + 1 || box.left < -1) wrong.push(`beside the screen: ${name(element)}`)
      const isControl = /^(INPUT|SELECT|TEXTAREA|OPTION)$/.test(element.tagName)
      const isCutWide = overflowX === 'hidden' && element.scrollWidth > element.clientWidth + 1
      const isCutHigh = overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 1
      if (display !== 'inline' && !isControl && (isCutWide || isCutHigh)) wrong.push(`cut: ${name(element)}`)
    }
    return wrong
  })
}

/** Buttons, links and fields of forms that a thumb would miss. */
export async function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate((least) => {
    const wrong: string[] = []
    const targets =
      '.button, form button, form select, form input:not([type=hidden]), form textarea, form summary, summary'
    for (const element of document.querySelectorAll<HTMLElement>(targets)) {
      if (!element.checkVisibility() || element.closest('.unseen')) continue
      // A box or a dot is pressed by its label.
      const isBox = element.matches('[type=checkbox], [type=radio]')
      const target = isBox ? (element.closest('label') ?? element) : element
      const { height } = target.getBoundingClientRect()
      if (height > 0 && height < least - 0.5) wrong.push(`${height} px: ${element.outerHTML.slice(0, 160)}`)
    }
    return wrong
  }, MIN_TARGET_PX)
}

export async function axeViolations(
  page: Page,
  choose: (axe: AxeBuilder) => AxeBuilder = (axe) => axe.withTags(AXE_TAGS),
): Promise<string[]> {
  const { violations } = await choose(new AxeBuilder({ page })).setLegacyMode(true).analyze()
  return violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary?.slice(0, 300) ?? ''}`),
  )
}
