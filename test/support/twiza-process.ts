import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureBuilt } from './shared.ts'

const BUILT = fileURLToPath(new URL('../../dist/twiza.js', import.meta.url))

/** A command of Twiza running as a process of its own, in a process group of its own. */
export interface TwizaProcess {
  readonly pid: number
  /** The first match in what it has written, as soon as there is one; fails when it ends without. */
  said(pattern: RegExp): Promise<string>
  readonly ended: Promise<{ exitCode: number | null; output: string; errors: string }>
  signal(name: NodeJS.Signals): void
  /** Sends the signal to the whole group, as a terminal does for Ctrl-C. */
  signalGroup(name: NodeJS.Signals): void
}

/** Runs the built command with these settings and no others; `prefix` are words of a command that runs it. */
export async function runTwiza(
  words: string[],
  settings: Record<string, string>,
  prefix: readonly string[] = [],
): Promise<TwizaProcess> {
  await ensureBuilt()
  const [command = '', ...rest] = [...prefix, process.execPath, BUILT, ...words]
  const child = spawn(command, rest, {
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...settings },
    detached: true,
  })
  const { pid } = child
  if (pid === undefined) throw new Error('the process did not start')
  const texts = collect(child)
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve)).then((exitCode) => ({
    exitCode,
    ...texts,
  }))
  const said = (pattern: RegExp) =>
    new Promise<string>((resolve, reject) => {
      const look = () => {
        const match = pattern.exec(texts.output + texts.errors)
        if (match !== null) resolve(match[1] ?? match[0])
      }
      look()
      child.stdout.on('data', look)
      child.stderr.on('data', look)
      ended.then(({ output, errors }) =>
        reject(new Error(`It ended without ${pattern}:\n${output}${errors}`)),
      )
    })
  return {
    pid,
    said,
    ended,
    signal: (name) => void child.kill(name),
    signalGroup: (name) => void process.kill(-pid, name),
  }
}

/** A folder for one test; whoever asks removes it. */
export async function temporaryFolder(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'twiza-folder-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

function collect(child: ChildProcessWithoutNullStreams): { output: string; errors: string } {
  const texts = { output: '', errors: '' }
  child.stdout.on('data', (chunk) => {
    texts.output += chunk
  })
  child.stderr.on('data', (chunk) => {
    texts.errors += chunk
  })
  return texts
}
