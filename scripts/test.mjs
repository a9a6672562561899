// What `npm test` runs: types, lint, unused code, the parts' audit, then every test. Each step runs even when
// one before it failed, so that one run shows all there is to mend; the last line counts tests and steps.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const bin = (name) => join(root, 'node_modules', '.bin', name)
const folder = mkdtempSync(join(tmpdir(), 'twiza-test-'))
const report = join(folder, 'report.json')

const STEPS = [
  ['types', bin('tsc'), ['--noEmit']],
  ['lint', bin('biome'), ['check', '--error-on-warnings']],
  ['unused code', bin('knip'), []],
  ['audit of the parts', process.execPath, [join(root, 'scripts', 'audit.mjs')]],
  ['tests', bin('vitest'), ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`]],
]

let passed = 0
let failed = 0
for (const [name, command, words] of STEPS) {
  const startedAt = performance.now()
  const extra = name === 'tests' ? process.argv.slice(2) : []
  const { status } = spawnSync(command, [...words, ...extra], { cwd: root, stdio: 'inherit' })
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  console.log(`${status === 0 ? 'passed' : 'FAILED'}: ${name} (${seconds} s)`)
  if (name === 'tests') count()
  else if (status === 0) passed += 1
  if (status !== 0 && (name !== 'tests' || failed === 0)) failed += 1
}
rmSync(folder, { recursive: true })
console.log(`${passed} passed, ${failed} failed`)
process.exitCode = failed === 0 ? 0 : 1

function count() {
  try {
    const { numPassedTests, numFailedTests, numFailedTestSuites } = JSON.parse(readFileSync(report, 'utf8'))
    passed += numPassedTests
    failed += Math.max(numFailedTests, numFailedTestSuites > 0 ? 1 : 0)
  } catch {
    failed += 1
  }
}
