import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import {
  type Given,
  giveCoupons,
  type OutboxStore,
  type Phone,
  type PhoneBlock,
  phoneAfter,
  phoneWithBlock,
} from '../../../src/browser/app/outbox.ts'
import {
  answered,
  type ContributorDetails,
  type OutboxEntry,
  unsentOf,
} from '../../../src/browser/app/outbox-entries.ts'
import { startUploader, type Uploader } from '../../../src/browser/app/uploader.ts'
import { newIdAt } from '../../../src/domain/id.ts'
import type { SeededRandom } from '../../support/random.ts'
import type { Network } from './network.ts'
import type { Timeline } from './timeline.ts'

/** What a browser keeps when its pages are killed. */
export interface Storage {
  phone: Phone | undefined
  entries: OutboxEntry[]
  /** The tab that uploads, as Web Locks know it. */
  uploading: Tab | undefined
}

/** The guards that the negative controls take away. */
export interface Guards {
  /** Whether the transaction compares before it keeps a record. */
  readonly comparesBeforeKeeping: boolean
  /** Whether `append` answers only once the transaction is complete. */
  readonly answersWhenComplete: boolean
}

/** One open page of the app; it can be killed at any step. */
export interface Tab {
  isAlive: boolean
  /** Steps of storage until it dies. */
  fuse: number | undefined
  readonly uploader: Uploader
  give(block: string, quantity: number, contributor: ContributorDetails): Promise<Given>
  kill(): void
}

export interface PhoneParts {
  readonly timeline: Timeline
  readonly dice: SeededRandom
  readonly network: Network
  readonly guards: Guards
  readonly key: KeyObject
  /** How far the phone's clock is off. */
  readonly skewMs: number
  readonly storage: Storage
}

/** Longer than anything that comes between a tick and the death of its page. */
const LAZY_DISK_MS = 500

export function newKey(): { key: KeyObject; publicKey: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return {
    key: privateKey,
    publicKey: publicKey.export({ type: 'spki', format: 'der' }).toString('base64url'),
  }
}

export function openTab(parts: PhoneParts): Tab {
  const { timeline, dice, network, skewMs, storage, key } = parts
  const now = () => new Date(timeline.nowMs() + skewMs)
  const store = storeOf(parts, () => tab)
  const needs = {
    store,
    now,
    newId: () => newIdAt(new Date(Math.max(0, now().getTime())), () => dice.below(2 ** 32)),
    sha256: async (bytes: Uint8Array) => createHash('sha256').update(bytes).digest(),
    sign: async (text: string) =>
      sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url'),
  }
  const uploader = startUploader({
    store,
    send: async (batch) => {
      const { answers } = (await network.post('/api/v1/app/sales', batch)) as {
        answers: { id: string; answer: string }[]
      }
      return new Map(answers.map(({ id, answer }) => [id, answer]))
    },
    async alone(work) {
      if (storage.uploading) return false
      storage.uploading = tab
      await work().finally(() => {
        if (storage.uploading === tab) storage.uploading = undefined
      })
      return true
    },
    later: (ms, call) => timeline.at(timeline.nowMs() + ms, () => tab.isAlive && call()),
    random: () => dice.below(1000) / 1000,
    changed: () => {},
  })
  const tab: Tab = {
    isAlive: true,
    fuse: undefined,
    uploader,
    give: (block, quantity, contributor) => giveCoupons(needs, { block, wanted: { quantity }, contributor }),
    kill() {
      tab.isAlive = false
      uploader.stop()
      if (storage.uploading === tab) storage.uploading = undefined
    },
  }
  return tab
}

function storeOf({ storage, guards, timeline }: PhoneParts, tabOf: () => Tab): OutboxStore {
  /** A moment at which the page may die; what a dead page waits for never comes. */
  const step = async (): Promise<void> => {
    const tab = tabOf()
    if (tab.fuse !== undefined && tab.fuse-- <= 0) tab.kill()
    if (!tab.isAlive) return new Promise(() => {})
  }
  const read = async <Result>(look: () => Result): Promise<Result> => {
    await step()
    return look()
  }
  const change = async <Result>(work: () => Result): Promise<Result> => {
    await step()
    const result = work()
    await step()
    return result
  }
  return {
    phone: () => read(() => storage.phone),
    entries: () => read(() => [...storage.entries]),
    append: (entry, given) =>
      change(() => {
        const { phone } = storage
        if (!phone) return false
        const before = guards.comparesBeforeKeeping ? given.before : phone.chain
        const after = phoneAfter(phone, { ...given, before })
        if (!after && guards.comparesBeforeKeeping) return false
        const keep = () => {
          storage.phone = after ?? { ...phone, chain: given.after }
          storage.entries.push(entry)
        }
        if (guards.answersWhenComplete) keep()
        else timeline.at(timeline.nowMs() + LAZY_DISK_MS, () => tabOf().isAlive && keep())
        return true
      }),
    answer: (answers) =>
      change(() => {
        storage.entries = storage.entries.map((entry) => {
          const answer = answers.get(entry.id)
          return answer ? answered(entry, answer) : entry
        })
      }),
    addBlock: (block: PhoneBlock) =>
      change(() => {
        if (storage.phone) storage.phone = phoneWithBlock(storage.phone, block)
      }),
  }
}

/** What waits on this phone. */
export function waitingOn(storage: Storage): OutboxEntry[] {
  return unsentOf(storage.entries)
}
