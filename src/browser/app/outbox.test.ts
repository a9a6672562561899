import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Phone, phoneAfter, phoneWithBlock } from './outbox.ts'
import { answered, type OutboxEntry, summaryOf, unsentOf } from './outbox-entries.ts'
import { SEND_TIMEOUT_MS, startUploader, type UploaderNeeds } from './uploader.ts'

const BLOCK = { id: 'b', campaign: 'c', priceMinor: '25000', currency: 'MAD', left: [5, 6, 7] } as const
const PHONE: Phone = {
  collective: 'k',
  ambassador: 'a',
  device: 'd',
  chain: { sequence: 0, hash: '' },
  blocks: [BLOCK],
}
const CONTRIBUTOR = { name: 'Nadia', anonymous: false, email: '', phone: '', lang: 'ar', word: '' } as const

function entry(sequence: number, more: Partial<OutboxEntry> = {}): OutboxEntry {
  const texts = { payload: `payload ${sequence}`, hash: `hash ${sequence}`, signature: 'signature' }
  const rest = { contributor: CONTRIBUTOR, keptAtMs: sequence * 1000, answer: null }
  return { id: `record ${sequence}`, sequence, ...texts, ...rest, ...more }
}

test('a step moves chain and numbers together, and only from where it began', () => {
  const step = { block: 'b', numbers: [5], before: PHONE.chain, after: { sequence: 1, hash: 'h' } }
  const after = phoneAfter(PHONE, step)
  expect(after).toEqual({ ...PHONE, chain: step.after, blocks: [{ ...BLOCK, left: [6, 7] }] })
  expect(phoneAfter(after!, step)).toBeUndefined()
  expect(phoneAfter(after!, { ...step, before: step.after })).toBeUndefined()
  expect(phoneAfter(PHONE, { ...step, block: 'other' })).toBeUndefined()
})

test('a block whose answer comes twice is there once, with what was given from it', () => {
  const given = { ...PHONE, blocks: [{ ...BLOCK, left: [7] }] }
  expect(phoneWithBlock(given, BLOCK)).toBe(given)
  expect(phoneWithBlock(given, { ...BLOCK, id: 'b2' }).blocks).toHaveLength(2)
})

test('what waits is told with its age, never below zero, and a conflict stays to be seen', () => {
  const entries = [entry(2), entry(1), entry(3, { answer: 'stored' }), entry(4, { answer: 'number_void' })]
  expect(unsentOf(entries).map(({ sequence }) => sequence)).toEqual([1, 2])
  expect(summaryOf(entries, new Date(61_000))).toMatchObject({ unsent: 2, oldestMs: 60_000 })
  expect(summaryOf(entries, new Date(0)).oldestMs).toBe(0)
  expect(summaryOf(entries, new Date(0)).conflicts.map(({ id }) => id)).toEqual(['record 4'])
})

test('the details of a contributor leave the phone with their record, and only then', () => {
  expect(answered(entry(1), 'stored').contributor).toBeNull()
  expect(answered(entry(1), 'number_taken').contributor).toBeNull()
  expect(answered(entry(1), 'signature_wrong').contributor).toEqual(CONTRIBUTOR)
  expect(answered(entry(1, { answer: 'stored' }), 'chain_gap').answer).toBe('stored')
})

/** An uploader over a list; `pauses` are the waits it asked for, `tick` lets the last one end. */
function uploaderOf(entries: OutboxEntry[], more: Partial<UploaderNeeds> = {}) {
  const pauses: { ms: number; call: () => void }[] = []
  const store: UploaderNeeds['store'] = {
    phone: async () => PHONE,
    entries: async () => entries,
    append: async () => false,
    addBlock: async () => {},
    async answer(answers) {
      entries.splice(
        0,
        entries.length,
        ...entries.map((one) => {
          const answer = answers.get(one.id)
          return answer ? answered(one, answer) : one
        }),
      )
    },
  }
  const uploader = startUploader({
    store,
    send: async ({ sales }) => new Map(sales.map(({ id }) => [id, 'stored'])),
    alone: async (work) => {
      await work()
      return true
    },
    later: (ms, call) => {
      pauses.push({ ms, call })
      return () => {}
    },
    random: () => 1,
    changed: () => {},
    ...more,
  })
  const settled = () => new Promise<void>((resolve) => setImmediate(resolve))
  return { uploader, pauses, settled }
}

test('everything goes in batches of fifty, in order, and nothing is asked for afterwards', async () => {
  const batches: string[][] = []
  const entries = Array.from({ length: 120 }, (_, at) => entry(120 - at))
  const send: UploaderNeeds['send'] = async ({ sales }) => {
    batches.push(sales.map(({ id }) => id))
    return new Map(sales.map(({ id }) => [id, 'stored']))
  }
  const { uploader, pauses, settled } = uploaderOf(entries, { send })
  uploader.wake()
  await settled()
  expect(batches.map(({ length }) => length)).toEqual([50, 50, 20])
  expect(batches.flat()).toEqual(Array.from({ length: 120 }, (_, at) => `record ${at + 1}`))
  expect(pauses).toEqual([])
})

test('without an answer it waits longer each time, never so long that a minute passes without a try', async () => {
  const send = async () => {
    throw new Error('no network')
  }
  const { uploader, pauses, settled } = uploaderOf([entry(1)], { send })
  uploader.wake()
  for (let tries = 0; tries < 12; tries += 1) {
    await settled()
    pauses.at(-1)?.call()
  }
  await settled()
  expect(pauses.slice(0, 3).map(({ ms }) => ms)).toEqual([1000, 2000, 4000])
  expect(Math.max(...pauses.map(({ ms }) => ms)) + SEND_TIMEOUT_MS).toBeLessThan(60_000)
  uploader.stop()
  const before = pauses.length
  uploader.wake()
  await settled()
  expect(pauses).toHaveLength(before)
})

test('an answer for some is kept, and an answer that it does not know changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 5 }), async (known) => {
      const entries = Array.from({ length: 5 }, (_, at) => entry(at + 1))
      let tries = 0
      const send: UploaderNeeds['send'] = async ({ sales }) => {
        const good = tries++ === 0 ? known : 0
        return new Map(sales.map(({ id }, at) => [id, at < good ? 'stored' : 'something new']))
      }
      const { uploader, pauses, settled } = uploaderOf(entries, { send })
      uploader.wake()
      await settled()
      expect(unsentOf(entries)).toHaveLength(5 - known)
      expect(pauses).toHaveLength(known === 5 ? 0 : 1)
    }),
  )
})

test('while another tab uploads this one waits', async () => {
  const entries = [entry(1)]
  const { uploader, pauses, settled } = uploaderOf(entries, { alone: async () => false })
  uploader.wake()
  await settled()
  expect(unsentOf(entries)).toHaveLength(1)
  expect(pauses).toHaveLength(1)
})
