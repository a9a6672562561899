// Builds dist/: the commands in one file, what browsers get under names made of their content, and the
// files read at run time. Does nothing while no source has changed.
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const sources = [
  'src',
  'seeds',
  'scripts/build.mjs',
  'scripts/fonts.mjs',
  'package-lock.json',
  'tsconfig.json',
]
const dist = join(root, 'dist')
const assets = join(dist, 'assets')
// What the fonts are made of: the recipe and the version of the package that holds them.
const fontSources = ['scripts/fonts.mjs', 'node_modules/@expo-google-fonts/readex-pro/package.json']
const stampFile = join(dist, 'build.json')
// Open pages ask for the old names for a while after an update.
const OLD_ASSETS_MS = 24 * 60 * 60 * 1000
const BROWSER_TARGET = ['es2020', 'chrome87', 'firefox78', 'safari14.1']

/** Builds what has changed. Answers whether it built anything. */
export async function build() {
  const fingerprint = await fingerprintOf(sources)
  if ((await readJson(stampFile))?.fingerprint === fingerprint) return false

  await mkdir(assets, { recursive: true })
  const fonts = await ensureFonts()
  const esbuild = await import('esbuild')
  const [, bundled] = await Promise.all([bundleCommands(esbuild), bundleAssets(esbuild, fonts), copyFiles()])
  // Its helper process would live as long as ours.
  await esbuild.stop()
  const manifest = { ...bundled, ...fonts }
  await writeWhole(join(assets, 'manifest.json'), JSON.stringify(manifest, null, 2))
  await removeOldAssets(manifest)
  await writeWhole(stampFile, JSON.stringify({ fingerprint }))
  return true
}

async function bundleCommands(esbuild) {
  await writeOutputs(esbuild, {
    entryPoints: [
      { in: join(root, 'src/cli/twiza.ts'), out: 'twiza' },
      // A thread of its own, so a file of its own.
      { in: join(root, 'src/documents/typst-worker.ts'), out: 'typst-worker' },
    ],
    outdir: dist,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    packages: 'external',
    sourcemap: true,
  })
}

/** Logical name ("main.css", "live.js") to address. */
async function bundleAssets(esbuild, fonts) {
  const browser = join(root, 'src/browser')
  const names = existsSync(browser) ? await readdir(browser) : []
  const entryPoints = names
    .filter((name) => name.endsWith('.entry.ts') || name.endsWith('.entry.tsx'))
    .map((name) => ({ in: join(browser, name), out: name.replace(/\.entry\.tsx?$/, '') }))
  // Working screens have a sheet of their own, so that public pages do not carry it.
  for (const name of ['main', 'desk']) {
    const sheet = join(browser, `styles/${name}.css`)
    if (existsSync(sheet)) entryPoints.push({ in: sheet, out: name })
  }
  if (entryPoints.length === 0) return {}
  const written = await writeOutputs(esbuild, {
    entryPoints,
    outdir: assets,
    entryNames: '[name]-[hash]',
    platform: 'browser',
    target: BROWSER_TARGET,
    format: 'esm',
    minify: true,
    legalComments: 'none',
    plugins: [fontAddresses(fonts)],
  })
  return Object.fromEntries(
    written.map((path) => {
      const [, name, extension] = /^(.*)-[A-Z0-9]{8}(\.\w+)$/.exec(basename(path))
      return [`${name}${extension}`, `/assets/${basename(path)}`]
    }),
  )
}

/** In CSS, url("…/NAME.woff2") means the font of that logical name, whatever folder it says. */
function fontAddresses(fonts) {
  return {
    name: 'font-addresses',
    setup({ onResolve }) {
      onResolve({ filter: /\.woff2$/ }, ({ path }) => {
        const address = fonts[basename(path)]
        if (address !== undefined) return { path: address, external: true }
        return {
          errors: [{ text: `No font ${basename(path)}; there are: ${Object.keys(fonts).join(', ')}` }],
        }
      })
    },
  }
}

async function writeOutputs(esbuild, options) {
  const { outputFiles } = await esbuild.build({
    bundle: true,
    write: false,
    logLevel: 'silent',
    absWorkingDir: root,
    ...options,
  })
  for (const { path, contents } of outputFiles) await writeWhole(path, contents)
  return outputFiles.map(({ path }) => path)
}

/** Making fonts takes seconds, so they are kept until their own inputs change. */
async function ensureFonts() {
  const cacheFile = join(dist, 'fonts.json')
  const fingerprint = await contentHash(fontSources)
  const cache = await readJson(cacheFile)
  const isWhole = cache && Object.values(cache.fonts).every((address) => existsSync(join(dist, address)))
  if (cache?.fingerprint === fingerprint && isWhole) return cache.fonts
  const { buildFonts } = await import('./fonts.mjs')
  const made = await buildFonts(assets)
  const fonts = Object.fromEntries(
    Object.entries(made).map(([name, file]) => [name, `/assets/${basename(file)}`]),
  )
  await writeWhole(cacheFile, JSON.stringify({ fingerprint, fonts }))
  return fonts
}

async function copyFiles() {
  await copyFolder(join(root, 'src/i18n/catalogues'), join(dist, 'catalogues'))
  await copyFolder(join(root, 'src/db/migrations'), join(dist, 'migrations'))
  await copyFolder(join(root, 'src/documents/templates'), join(dist, 'templates'))
}

/** Makes one folder equal to another, file by file, so that a reader never misses one. */
async function copyFolder(from, to) {
  const names = await filesIn(from)
  for (const name of names) await writeWhole(join(to, name), await readFile(join(from, name)))
  const gone = (await filesIn(to)).filter((name) => !names.includes(name) && !name.endsWith('.new'))
  for (const name of gone) await rm(join(to, name), { force: true })
}

async function filesIn(folder) {
  if (!existsSync(folder)) return []
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
}

async function removeOldAssets(manifest) {
  const current = new Set(['manifest.json', ...Object.values(manifest).map((address) => basename(address))])
  for (const name of await readdir(assets)) {
    const path = join(assets, name)
    if (!current.has(name) && Date.now() - (await stat(path)).mtimeMs > OLD_ASSETS_MS) await rm(path)
  }
}

/** Other processes may read while this one builds: a file is never seen half written. */
async function writeWhole(path, content) {
  const draft = `${path}.${process.pid}.new`
  await mkdir(dirname(path), { recursive: true })
  await writeFile(draft, content)
  await rename(draft, path)
}

/** Of names, sizes and times: fast enough for every start. */
async function fingerprintOf(paths) {
  const hash = createHash('sha256')
  for (const path of paths) await addToHash(hash, join(root, path))
  return hash.digest('hex')
}

async function addToHash(hash, path) {
  const facts = await stat(path).catch(() => undefined)
  if (facts === undefined) return
  if (facts.isDirectory()) {
    for (const name of (await readdir(path)).sort()) await addToHash(hash, join(path, name))
  } else if (!/\.test\.tsx?$/.test(path)) {
    hash.update(`${relative(root, path)} ${facts.size} ${facts.mtimeMs}\n`)
  }
}

async function contentHash(paths) {
  const hash = createHash('sha256')
  for (const path of paths) hash.update(await readFile(join(root, path)))
  return hash.digest('hex')
}

async function readJson(path) {
  return await readFile(path, 'utf8').then(JSON.parse, () => undefined)
}
