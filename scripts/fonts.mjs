// The fonts browsers get: Readex Pro (SIL Open Font License 1.1), one weight, cut into what Arabic pages and
// Latin pages need. Long text is in the reader's own fonts, so that a first view stays light.
import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import subsetFont from 'subset-font'

const SOURCE = '@expo-google-fonts/readex-pro/600SemiBold/ReadexPro_600SemiBold.ttf'

const DIGITS = '0123456789'
const MARKS = ' .,:/%+-–—()«»·!…\u00a0\u202f'
const ARABIC_LETTERS = 'ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهويى'
// Darija writes these too.
const MOROCCAN_LETTERS = 'پچڤڭگژڨ'
const ARABIC_MARKS = '،؛؟ـًٌٍَُِّْٰٱ'
const ASCII = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('')
const LATIN_LETTERS = 'ÀÂÆÇÉÈÊËÎÏÔÙÛÜŸŒàâæçéèêëîïôùûüÿœÁÍÓÚÑáíóúñ'
const LATIN_MARKS = '¿¡«»“”‘’–—…·€£°ªº×→←\u00a0\u202f'

const FONTS = {
  'readex-arabic.woff2': ARABIC_LETTERS + MOROCCAN_LETTERS + ARABIC_MARKS + DIGITS + MARKS,
  'readex-latin.woff2': ASCII + LATIN_LETTERS + LATIN_MARKS,
}

/** Writes the fonts into a folder. Answers their logical names and the files' own, which hold a content hash. */
export async function buildFonts(folder) {
  await mkdir(folder, { recursive: true })
  const source = await readFile(createRequire(import.meta.url).resolve(SOURCE))
  const made = {}
  for (const [name, text] of Object.entries(FONTS)) {
    const font = await subsetFont(source, text, { targetFormat: 'woff2', preserveNameIds: [0, 13, 14] })
    const hash = createHash('sha256').update(font).digest('hex').slice(0, 8)
    made[name] = name.replace('.woff2', `-${hash}.woff2`)
    await writeFile(join(folder, made[name]), font)
  }
  return made
}
