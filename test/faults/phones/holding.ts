import { createHash, type KeyObject, sign } from 'node:crypto'
import { type Giving, type OutboxNeeds, type Phone, phoneAfter } from '../../../src/browser/app/outbox.ts'
import type { OutboxEntry } from '../../../src/browser/app/outbox-entries.ts'
import { newId } from '../../../src/domain/id.ts'
import type { World } from '../../support/world.ts'
import type { Village, Villager } from './village.ts'

/** A phone in somebody's hands, with what its storage holds. */
export interface Holding {
  readonly phone: Phone
  readonly needs: OutboxNeeds
  readonly giving: Giving
  entries(): readonly OutboxEntry[]
  /** The same outbox and key on a second phone. */
  copy(): Holding
  /** A changed app that gives numbers outside of its block. */
  pretendMoreNumbers(numbers: readonly number[]): void
}

export async function holdPhone(
  world: World,
  village: Village,
  who: Villager,
  size: number,
): Promise<Holding> {
  const enrolled = await village.enrol(who, size)
  if (!enrolled) throw new Error('the numbers were free')
  return holdingOf(world, enrolled.phone, enrolled.key, [])
}

function holdingOf(world: World, start: Phone, key: KeyObject, before: readonly OutboxEntry[]): Holding {
  let phone = start
  const entries = [...before]
  const [block] = start.blocks
  if (!block) throw new Error('a phone that is enrolled has a block')
  const never = async () => {
    throw new Error('this storage is only given from')
  }
  const needs: OutboxNeeds = {
    store: {
      phone: async () => phone,
      entries: async () => entries,
      append: async (entry, step) => {
        const after = phoneAfter(phone, step)
        if (!after) return false
        phone = after
        entries.push(entry)
        return true
      },
      answer: never,
      addBlock: never,
    },
    sha256: async (bytes) => createHash('sha256').update(bytes).digest(),
    sign: async (text) =>
      sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }).toString('base64url'),
    now: world.clock.now,
    newId,
  }
  const contributor = { name: 'Nadia', anonymous: false, email: '', phone: '', lang: 'ar', word: '' } as const
  return {
    phone: start,
    needs,
    giving: { block: block.id, wanted: { quantity: 1 }, contributor },
    entries: () => entries,
    copy: () => holdingOf(world, phone, key, entries),
    pretendMoreNumbers(numbers) {
      phone = { ...phone, blocks: phone.blocks.map((one) => ({ ...one, left: [...numbers] })) }
    },
  }
}

/** Sends all that the phone ever gave; its answers in the same order. */
export async function sendAll(village: Village, { phone, entries }: Holding): Promise<string[]> {
  const sales = entries().map(({ id, payload, signature, contributor }) => ({
    id,
    payload,
    signature,
    contributor,
  }))
  if (sales.length === 0) return []
  const body = { collectiveId: phone.collective, deviceId: phone.device, sales }
  const response = await village.post('/api/v1/app/sales', body)
  if (response.status !== 200) throw new Error(await response.text())
  const { answers } = (await response.json()) as { answers: { answer: string }[] }
  return answers.map(({ answer }) => answer)
}
