import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'

interface Profile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: CallFrame }[]
  readonly samples: readonly number[]
  /** Microseconds before each sample. */
  readonly timeDeltas: readonly number[]
}

interface CallFrame {
  readonly functionName: string
  readonly url: string
  readonly lineNumber: number
}

const SHOWN = 25
const SAMPLE_EACH_US = 500

/** Collects garbage in a process, then says how much memory it holds, in bytes. */
export async function memoryOf(inspectorUrl: string): Promise<number> {
  return await inspecting(inspectorUrl, async (call) => {
    await call('HeapProfiler.collectGarbage')
    const { result } = await call<{ result: { value: number } }>('Runtime.evaluate', {
      expression: 'process.memoryUsage.rss()',
    })
    return result.value
  })
}

/** Profiles a process while some work is done; the file opens in the tools of any Chromium. */
export async function profiling<T>(inspectorUrl: string, file: string, work: () => Promise<T>): Promise<T> {
  return await inspecting(inspectorUrl, async (call) => {
    await call('Profiler.enable')
    await call('Profiler.setSamplingInterval', { interval: SAMPLE_EACH_US })
    await call('Profiler.start')
    const done = await work()
    const { profile } = await call<{ profile: Profile }>('Profiler.stop')
    await writeFile(file, JSON.stringify(profile))
    console.log(`  ${file}: share of the time in each function itself`)
    for (const line of busiest(profile)) console.log(`  ${line}`)
    return done
  })
}

function busiest({ nodes, samples, timeDeltas }: Profile): string[] {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, nameOf(callFrame)]))
  const times = new Map<string, number>()
  let total = 0
  samples.forEach((id, index) => {
    const name = frames.get(id) ?? ''
    const time = timeDeltas[index] ?? 0
    total += time
    times.set(name, (times.get(name) ?? 0) + time)
  })
  return [...times]
    .sort(([, one], [, other]) => other - one)
    .slice(0, SHOWN)
    .map(([name, time]) => `${((100 * time) / total).toFixed(1).padStart(5)} %  ${name}`)
}

function nameOf({ functionName, url, lineNumber }: CallFrame): string {
  const place = url === '' ? '' : ` ${url.startsWith('node:') ? url : basename(url)}:${lineNumber + 1}`
  return `${functionName || '(anonymous)'}${place}`
}

type Call = <Result>(method: string, params?: object) => Promise<Result>

async function inspecting<T>(url: string, work: (call: Call) => Promise<T>): Promise<T> {
  const socket = new WebSocket(url)
  await new Promise((resolve, reject) => {
    socket.onopen = resolve
    socket.onerror = reject
  })
  const waiting = new Map<number, (result: never) => void>()
  socket.onmessage = ({ data }) => {
    const { id, result } = JSON.parse(data)
    waiting.get(id)?.(result as never)
  }
  let calls = 0
  const call: Call = (method, params = {}) =>
    new Promise((resolve) => {
      calls += 1
      waiting.set(calls, resolve)
      socket.send(JSON.stringify({ id: calls, method, params }))
    })
  try {
    return await work(call)
  } finally {
    socket.close()
  }
}
