import type { Page, Request } from 'playwright-core'

const KB = 1024

/** The budgets of every public page: bytes of bodies as they come over the network. */
export const FIRST_VIEW_BYTES = 60 * KB
export const SCRIPT_BYTES = 5 * KB
export const HOUSE_BYTES = 6 * KB

const COUNTED = ['document', 'stylesheet', 'script', 'font', 'image'] as const

export type Weight = Readonly<Record<(typeof COUNTED)[number] | 'total', number>>

/** Counts from now on what a page asks for; the answer tells the sum, once the page and its fonts are there. */
export function weigh(page: Page): () => Promise<Weight> {
  const requests: Request[] = []
  page.on('requestfinished', (request) => requests.push(request))
  return async () => {
    await page.waitForLoadState('load')
    await page.evaluate(() => document.fonts.ready)
    const weight = { document: 0, stylesheet: 0, script: 0, font: 0, image: 0, total: 0 }
    for (const request of requests) {
      const kind = COUNTED.find((counted) => counted === request.resourceType())
      if (!kind) continue
      const { responseBodySize } = await request.sizes()
      weight[kind] += responseBodySize
      weight.total += responseBodySize
    }
    return weight
  }
}
