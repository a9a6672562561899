import { readFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runTwiza, type TwizaProcess, temporaryFolder } from '../../test/support/twiza-process.ts'
import { freePort } from '../listen.ts'

const FIRST_START_MS = 90_000

let folder: Awaited<ReturnType<typeof temporaryFolder>>
let dataDir: string

beforeAll(async () => {
  folder = await temporaryFolder()
  dataDir = join(folder.path, 'demo')
})

afterAll(async () => {
  // A test that failed may have left its demo running.
  for (const { signal, ended } of started) {
    signal('SIGTERM')
    await ended
  }
  await folder?.remove()
})

const started: TwizaProcess[] = []

async function demo(...words: string[]): Promise<TwizaProcess> {
  const twiza = await runTwiza(['demo', ...words], { DATA_DIR: dataDir })
  started.push(twiza)
  return twiza
}

test(
  'from an empty folder to every page it names; then again, beside a replay, without seeding',
  async () => {
    const port = await freePort('127.0.0.1')
    const first = await demo('--port', String(port))
    await first.said(/Ctrl-C stops the demo/)
    first.signalGroup('SIGINT')
    const { output, exitCode } = await first.ended
    expect(exitCode).toBe(0)
    expect(output.match(/http:\S+/g)).toHaveLength(8)
    const { seededOn } = JSON.parse(await readFile(join(dataDir, 'demo.json'), 'utf8'))
    expect(seededOn).toMatch(/^\d{4}-\d{2}-\d{2}$/)

    const again = await demo('--port', String(port))
    const welcome = await again.said(/([\s\S]*)Ctrl-C stops the demo/)
    expect(welcome).not.toContain('Inventing')
    for (const address of welcome.match(/http:\S+/g) ?? []) {
      expect([address, (await fetch(address)).status]).toEqual([address, 200])
    }
    const live = await fetch(`http://localhost:${port}/api/v1/campaigns/bab-w-sarjem/dar-hiba`)
    expect(await live.json()).toMatchObject({ status: 'live', given: 612, reserved: 37, banked: 431, day: 9 })

    const replay = await (await demo('--port', String(port), '--replay', '--replay-seconds', '2')).ended
    expect(replay).toMatchObject({ exitCode: 0, errors: '' })
    expect(replay.output).toMatch(/Sold out: 1000 of 1000 coupons on day 10 of 21\.\n.*no violation/)
    again.signal('SIGTERM')
    expect(await again.ended).toMatchObject({ exitCode: 0, errors: '' })
  },
  FIRST_START_MS,
)

test(
  'a taken port is one sentence that names the option',
  async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const { exitCode, errors } = await (await demo('--port', String(port))).ended
    expect(exitCode).toBe(1)
    expect(errors).toBe(
      `The port ${port} is taken: stop what uses it, or choose another with npm run demo -- --port ${port + 1}.\n`,
    )
    other.close()
  },
  FIRST_START_MS,
)

test('an option that is not there is one sentence; help is a list', async () => {
  const { exitCode, errors } = await (await demo('--rplay')).ended
  expect([exitCode, errors]).toEqual([1, 'The demo has no option --rplay; did you mean --replay?\n'])
  const help = await (await demo('--help')).ended
  expect(help.exitCode).toBe(0)
  for (const option of ['--port N', '--reset', '--replay', '--replay-seconds N']) {
    expect(help.output).toContain(option)
  }
})
