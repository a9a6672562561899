import { existsSync } from 'node:fs'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

/**
 * Starts the Chromium that comes inside an npm package, with the system libraries that come with it, so that
 * a machine with npm alone can run the browser tests.
 */
export async function launchChromium(): Promise<Browser> {
  const folder = await unpackedChromium()
  return chromium.launch({
    executablePath: join(folder, 'chromium'),
    args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'],
    env: {
      ...process.env,
      LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
      FONTCONFIG_FILE: join(folder, 'fonts.conf'),
    },
  })
}

/** Unpacks once per version: several processes may come at the same time, the first to finish gives its folder. */
async function unpackedChromium(): Promise<string> {
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium')
  const packageFolder = dirname(dirname(entry))
  const { version } = createRequire(import.meta.url)(join(packageFolder, 'package.json')) as {
    version: string
  }
  const folder = join(tmpdir(), `twiza-chromium-${version}`)
  if (existsSync(folder)) return folder
  const fresh = await mkdtemp(`${folder}-`)
  await unpackInto(fresh, join(packageFolder, 'bin'))
  await writeFile(
    join(fresh, 'fonts.conf'),
    fontsConfiguration([join(folder, 'fonts'), readexFolder()], folder),
  )
  try {
    await rename(fresh, folder)
  } catch {
    await rm(fresh, { recursive: true })
  }
  return folder
}

async function unpackInto(folder: string, packed: string): Promise<void> {
  const before = process.env.TMPDIR
  process.env.TMPDIR = folder
  try {
    const { inflate } = await import('@sparticuz/chromium')
    for (const name of ['chromium.br', 'fonts.tar.br', 'al2023.tar.br']) await inflate(join(packed, name))
  } finally {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}

/** Text in the system's font must show on a machine that has none: Open Sans comes along, Readex Pro has Arabic. */
function readexFolder(): string {
  return dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/readex-pro/package.json'))
}

function fontsConfiguration(folders: readonly string[], cacheFolder: string): string {
  const lines = [...folders, '/usr/share/fonts'].map((folder) => `<dir>${folder}</dir>`)
  return `<?xml version="1.0"?><fontconfig>${lines.join('')}<cachedir>${cacheFolder}/cache</cachedir></fontconfig>`
}
