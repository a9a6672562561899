// The audit of the parts that works without any service: every dependency pinned exactly, every package of the
// lock file with its hash and a licence that may stand beside MIT, and no install script that was not allowed.
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const LICENCES =
  /^\(?(MIT|MIT-0|ISC|0BSD|Apache-2\.0|BSD-2-Clause|BSD-3-Clause|BlueOak-1\.0\.0|CC0-1\.0|CC-BY-4\.0|MPL-2\.0|Unlicense|OFL-1\.1|PostgreSQL|Python-2\.0|LGPL-3\.0-or-later)\b/

const manifest = readJson('package.json')
const lock = readJson('package-lock.json')
const packages = Object.entries(lock.packages).filter(([path]) => path !== '')

const violations = [
  ...notPinned({ ...manifest.dependencies, ...manifest.devDependencies }),
  ...packages.filter(([, one]) => !one.integrity).map(([path]) => `${path} has no hash in the lock file`),
  ...packages
    .filter(([path, one]) => one.hasInstallScript && !manifest.allowScripts[nameOf(path)] && !one.optional)
    .map(([path]) => `${path} has an install script that is not allowed`),
  ...packages.flatMap(([path, one]) => wrongLicence(path, one)),
]
for (const violation of violations) console.error(violation)
console.log(
  `${packages.length} packages audited: ${violations.length === 0 ? 'no violation' : `${violations.length} violations`}`,
)
process.exitCode = violations.length === 0 ? 0 : 1

function notPinned(dependencies) {
  return Object.entries(dependencies)
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version))
    .map(([name, version]) => `${name} is not pinned exactly: ${version}`)
}

function wrongLicence(path, one) {
  const file = join(root, path, 'package.json')
  const licence =
    one.license ?? (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).license : undefined)
  if (licence === undefined && one.optional) return []
  return LICENCES.test(licence ?? '') ? [] : [`${path} has the licence ${licence}`]
}

function nameOf(path) {
  return path.split('node_modules/').at(-1)
}

function readJson(name) {
  return JSON.parse(readFileSync(join(root, name), 'utf8'))
}
