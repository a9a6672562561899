// What the first view of the demo's public pages weighs, and when it first paints on a slow phone (CPU 4 times
// slower, 300 ms latency, 50 KB/s), as a table for docs/FIGURES.md. With `npm run demo` running:
//   node bench/page-weights.mjs http://localhost:3000

import { FIRST_VIEW_BYTES, SCRIPT_BYTES, weigh } from '../test/browser/weight.ts'
import { launchChromium } from '../test/support/chromium.ts'

const origin = process.argv[2] ?? 'http://localhost:3000'
const CAMPAIGN = 'bab-w-sarjem/dar-hiba'
const PLACES = ['ar', 'fr', 'en', 'es'].flatMap((lang) => [
  `/${lang}/bab-w-sarjem`,
  `/${lang}/${CAMPAIGN}`,
  `/${lang}/${CAMPAIGN}/amina`,
  `/${lang}/${CAMPAIGN}/give`,
])

const browser = await launchChromium()
const share = (bytes, limit) => (bytes / limit).toFixed(2)
console.log(
  '| page | HTML | CSS | script | fonts | total (bytes) | of 60 KB | script of 5 KB | first paint of 1.5 s |',
)
console.log('|---|---|---|---|---|---|---|---|---|')
for (const place of PLACES) {
  const context = await browser.newContext({ viewport: { width: 360, height: 740 } })
  const page = await context.newPage()
  const weight = weigh(page)
  await slowDown(context, page)
  await page.goto(origin + place)
  const { document, stylesheet, script, font, total } = await weight()
  const cells = [
    document,
    stylesheet,
    script,
    font,
    total,
    share(total, FIRST_VIEW_BYTES),
    share(script, SCRIPT_BYTES),
    share(await firstPaintMs(page), 1500),
  ]
  console.log(`| \`${place}\` | ${cells.join(' | ')} |`)
  await context.close()
}
await browser.close()

async function slowDown(context, page) {
  const session = await context.newCDPSession(page)
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  const downloadThroughput = 50 * 1024
  const conditions = {
    offline: false,
    latency: 300,
    downloadThroughput,
    uploadThroughput: downloadThroughput,
  }
  await session.send('Network.emulateNetworkConditions', conditions)
}

/** Waits for it: a busy machine may paint after everything has arrived. */
function firstPaintMs(page) {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        const observer = new PerformanceObserver((list) => {
          const [paint] = list.getEntriesByName('first-contentful-paint')
          if (paint) resolve(paint.startTime)
        })
        observer.observe({ type: 'paint', buffered: true })
      }),
  )
}
