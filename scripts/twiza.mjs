// Runs a command of Twiza on Node 24, after a build when the sources are newer than what was built.
// The command runs in this very process, so that the signals npm passes on reach it.
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const RUN_TIME_MAJOR = 24
const SILENT_MS = 1_000

if (Number.parseInt(process.versions.node, 10) < RUN_TIME_MAJOR) runOnOwnNode()
else await run()

async function run() {
  const { build } = await import('./build.mjs')
  const timer = setTimeout(() => console.log('Building ...'), SILENT_MS)
  await build()
  clearTimeout(timer)
  await import('../dist/twiza.js')
}

function runOnOwnNode() {
  const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.once('error', () => {
    console.error('Node 24 is not installed yet: run npm ci.')
    process.exit(1)
  })
  child.once('exit', (code, signal) => {
    if (signal === null) process.exit(code)
    process.removeAllListeners(signal)
    process.kill(process.pid, signal)
  })
}
