// How long a thousand printed coupons take and weigh, and whether a phone reads every one of them: each sheet is drawn
// as a picture and each QR decoded and compared. Answers 1 when a limit is passed or a code is wrong.
//   node bench/documents.mjs

import { bookletPdf } from '../src/documents/booklet.ts'
import { bookletData, qrsOfSheet } from '../test/support/booklets.ts'
import { readPdf } from '../test/support/read-pdf.ts'

const COUPONS = 1000
const SIZE = 10
const LIMIT_SECONDS = 20
const LIMIT_BYTES = 5_000_000

const data = bookletData(COUPONS, SIZE)
const start = performance.now()
const bytes = await bookletPdf(data)
const seconds = (performance.now() - start) / 1000
console.log(
  `${COUPONS} coupons: ${seconds.toFixed(1)} s of ${LIMIT_SECONDS}, ${bytes.length} bytes of ${LIMIT_BYTES}`,
)

const pdf = await readPdf(bytes)
const expected = new Set(data.coupons.map(({ address }) => address))
const unread = []
for (let page = 1; page <= pdf.pages; page++) {
  // Each booklet begins with its cover.
  if ((page - 1) % (1 + SIZE / 5) === 0) continue
  const found = await qrsOfSheet(pdf, page, 'rtl')
  for (const [row, address] of found.entries()) {
    if (address === undefined || !expected.delete(address)) unread.push(`page ${page}, coupon ${row + 1}`)
  }
}
await pdf.close()
console.log(`${COUPONS - expected.size} of ${COUPONS} codes read and right on ${pdf.pages} pages`)
if (unread.length > 0) console.log(`not: ${unread.join('; ')}`)
const holds = seconds <= LIMIT_SECONDS && bytes.length <= LIMIT_BYTES && expected.size === 0
process.exitCode = holds ? 0 : 1
