import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, fstatSync, openSync, rmSync, writeSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A small disk of its own, which only programs that are started with `prefix` see. */
export interface SmallDisk {
  /** Where it is, for those programs. */
  readonly path: string
  /** The same folder, for everybody else. */
  readonly outside: string
  /** Words to put before a command, so that it sees the disk. */
  readonly prefix: readonly string[]
  /** Takes what is left of it, to the last byte. */
  fill(): void
  /** Gives back what `fill` took. */
  free(): void
  remove(): Promise<void>
}

const CHUNK = Buffer.alloc(1024 * 1024)

/**
 * Makes a disk in memory, in a mount namespace of its own: it needs Linux, and root or user namespaces.
 * @throws when the system has neither, with what it said
 */
export async function smallDisk(megabytes: number): Promise<SmallDisk> {
  const path = await mkdtemp(join(tmpdir(), 'twiza-disk-'))
  const isRoot = process.geteuid?.() === 0
  const script = `mount -t tmpfs -o size=${megabytes}m,mode=755 twiza "${path}" && echo mounted && exec sleep infinity`
  const apart = ['unshare', isRoot ? '-m' : '-Urm', 'sh', '-c', script]
  const holder = spawn(apart[0]!, apart.slice(1), { stdio: ['ignore', 'pipe', 'pipe'] })
  const said = await Promise.race([
    once(holder.stdout, 'data').then(String),
    once(holder, 'error').then(String),
    once(holder, 'exit').then(() => String(holder.stderr.read() ?? '')),
  ])
  if (!said.startsWith('mounted')) {
    throw new Error(
      `A small disk needs Linux with root or user namespaces (unshare, mount, nsenter): ${said}`,
    )
  }
  const namespaces = isRoot ? ['-m'] : ['-U', '-m', '--preserve-credentials']
  const outside = `/proc/${holder.pid}/root${path}`
  const filler = join(outside, 'filler')
  return {
    path,
    outside,
    prefix: ['nsenter', '--target', String(holder.pid), ...namespaces, '--'],
    fill: () => fillUp(filler),
    free: () => rmSync(filler, { force: true }),
    async remove() {
      const ended = once(holder, 'exit')
      holder.kill('SIGKILL')
      await ended
      await rm(path, { recursive: true })
    },
  }
}

function fillUp(file: string): void {
  const opened = openSync(file, 'a')
  try {
    // Smaller and smaller pieces: the last one that does not fit is a single byte.
    for (let size = CHUNK.length; size >= 1; ) {
      const before = fstatSync(opened).size
      try {
        writeSync(opened, CHUNK, 0, size)
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
      }
      if (fstatSync(opened).size < before + size) size = Math.floor(size / 2)
    }
  } finally {
    closeSync(opened)
  }
}
