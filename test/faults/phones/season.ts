import type { Given } from '../../../src/browser/app/outbox.ts'
import { loseBlock } from '../../../src/custody/blocks.ts'
import type { World } from '../../support/world.ts'
import { createNetwork, type Network, type Weather } from './network.ts'
import { type Guards, openTab, type PhoneParts, type Storage, type Tab, waitingOn } from './phone.ts'
import { createTimeline, type Timeline } from './timeline.ts'
import { addVillagers, openVillage, type Village, type Villager } from './village.ts'

const DAY_MS = 86_400_000
const BLOCK_SIZE = 15
const CONTRIBUTOR = { name: 'Nadia', anonymous: false, email: '', phone: '', lang: 'ar', word: '' } as const

/** A record whose green tick was seen. */
export interface Tick {
  readonly id: string
  readonly phone: number
  readonly numbers: readonly number[]
}

/** What 21 days did, for the judge. */
export interface Season {
  readonly ticks: readonly Tick[]
  /** Records that a wiped storage took before any of them had left the phone. */
  readonly gone: ReadonlySet<string>
  /** What still waited 60 s after the network was healed, on any phone. */
  readonly waiting: number
  readonly counts: Readonly<Record<'gives' | 'kills' | 'wipes' | 'upgrades' | 'lost' | 'repeated', number>>
}

interface Holder {
  readonly at: number
  readonly villager: Villager
  readonly network: Network
  readonly skewMs: number
  storage: Storage
  parts: PhoneParts | undefined
  tabs: Tab[]
}

/** Lets phones give coupons for 21 days while everything that can go wrong does, then heals the network. */
export async function runSeason(world: World, phones: number, guards: Guards): Promise<Season> {
  const village = openVillage(world)
  const season = new Course(world, village, guards)
  try {
    return await season.run(phones)
  } finally {
    await village.close()
  }
}

class Course {
  readonly ticks: Tick[] = []
  readonly gone = new Set<string>()
  readonly counts = { gives: 0, kills: 0, wipes: 0, upgrades: 0, lost: 0, repeated: 0 }
  readonly sent = new Set<string>()
  readonly timeline: Timeline
  readonly weather: Weather
  constructor(
    readonly world: World,
    readonly village: Village,
    readonly guards: Guards,
  ) {
    const { clock, dice } = world
    this.timeline = createTimeline(clock.now().getTime(), (ms) => clock.set(new Date(ms)))
    this.weather = { loss: dice.below(31), repeats: dice.below(51), slowestMs: 100 + dice.below(12_000) }
  }

  async run(phones: number): Promise<Season> {
    const { timeline, world, weather } = this
    const endMs = timeline.nowMs() + 21 * DAY_MS
    const villagers = await addVillagers(world, phones)
    const holders = villagers.map((villager, at) => this.#holder(villager, at))
    for (const holder of holders) {
      await this.#enrol(holder)
      this.#liveOn(holder, endMs)
    }
    await timeline.runUntil(endMs)
    for (const tab of holders.flatMap(({ tabs }) => tabs)) tab.fuse = undefined
    for (const holder of holders) if (!holder.tabs.some(({ isAlive }) => isAlive)) this.#open(holder)
    // Healed, and nobody tells the phones: no event, no reload.
    Object.assign(weather, { loss: 0, repeats: 0, slowestMs: 500 })
    for (const { network } of holders) network.isOnline = true
    await timeline.runUntil(endMs + 60_000)
    const waiting = holders.reduce((sum, { storage }) => sum + waitingOn(storage).length, 0)
    // What the network still holds back must not change anything either.
    await timeline.runUntil(endMs + 3 * DAY_MS)
    const { ticks, gone, counts } = this
    return { ticks, gone, waiting, counts }
  }

  #holder(villager: Villager, at: number): Holder {
    const { timeline, world, weather, village, counts, sent } = this
    const { dice } = world
    const post = async (path: string, body: unknown) => {
      if (dice.below(50) === 0) return new Response('busy', { status: 503 })
      for (const { id } of (body as { sales: { id: string }[] }).sales) sent.add(id)
      return village.post(path, body)
    }
    const network = createNetwork(timeline, dice, weather, post, counts)
    const skewMs = (dice.below(61) - 30) * DAY_MS
    const storage: Storage = { phone: undefined, entries: [], uploading: undefined }
    return { at, villager, network, skewMs, storage, parts: undefined, tabs: [] }
  }

  async #enrol(holder: Holder): Promise<void> {
    const { timeline, world, guards } = this
    const enrolled = await timeline.real(this.village.enrol(holder.villager, BLOCK_SIZE))
    holder.storage = { phone: enrolled?.phone, entries: [], uploading: undefined }
    if (!enrolled) return
    const { network, skewMs, storage } = holder
    holder.parts = { timeline, dice: world.dice, network, guards, key: enrolled.key, skewMs, storage }
    this.#open(holder)
  }

  #open(holder: Holder): Tab | undefined {
    if (!holder.parts) return undefined
    const tab = openTab(holder.parts)
    holder.tabs = [...holder.tabs.filter(({ isAlive }) => isAlive), tab]
    tab.uploader.wake()
    return tab
  }

  /** One thing after the other until the end, a few each day. */
  #liveOn(holder: Holder, endMs: number): void {
    const { timeline, world } = this
    const soonMs = timeline.nowMs() + world.dice.below(DAY_MS)
    if (soonMs >= endMs) return
    timeline.at(soonMs, () => {
      this.#something(holder)
      this.#liveOn(holder, endMs)
    })
  }

  #something(holder: Holder): void {
    const chance = this.world.dice.below(100)
    if (chance < 45) this.#give(holder)
    else if (chance < 55) this.#giveInTwoTabs(holder)
    else if (chance < 70) this.#goOffline(holder)
    else if (chance < 78) this.#wakeAll(holder)
    else if (chance < 90) this.#killSoon(holder)
    else if (chance < 94) this.#upgrade(holder)
    else if (chance < 96) this.#wipe(holder)
    else if (chance < 97) this.#loseBlock(holder)
  }

  #give(holder: Holder, tab = this.#someTab(holder)): void {
    const block = holder.storage.phone?.blocks[0]
    if (!tab || !block) return
    this.counts.gives += 1
    tab.give(block.id, 1 + this.world.dice.below(3), CONTRIBUTOR).then((given) => {
      if (given.ok) this.#tick(holder, tab, given)
    })
  }

  /** The moment at which the tick is seen; one page in five dies right then. */
  #tick(holder: Holder, tab: Tab, { entry, record }: Extract<Given, { ok: true }>): void {
    this.ticks.push({ id: entry.id, phone: holder.at, numbers: record.numbers })
    if (this.world.dice.below(5) === 0) this.#kill(tab)
    else tab.uploader.wake()
  }

  #giveInTwoTabs(holder: Holder): void {
    const other = this.#open(holder)
    this.#give(holder)
    this.#give(holder, other)
  }

  #goOffline(holder: Holder): void {
    const { network } = holder
    const { timeline, world } = this
    network.isOnline = false
    const longestMs = world.dice.below(8) === 0 ? 3 * DAY_MS : DAY_MS / 4
    timeline.at(timeline.nowMs() + world.dice.below(longestMs), () => {
      network.isOnline = true
      if (world.dice.below(2)) this.#wakeAll(holder)
    })
  }

  /** The network's event, or the page is looked at. */
  #wakeAll({ tabs }: Holder): void {
    for (const tab of tabs) tab.uploader.wake()
  }

  /** Dies at some step of its storage, while it gives or while it uploads. */
  #killSoon(holder: Holder): void {
    const tab = this.#someTab(holder)
    if (!tab) return
    this.counts.kills += 1
    tab.fuse = this.world.dice.below(9)
    this.#give(holder, tab)
  }

  #kill(tab: Tab): void {
    this.counts.kills += 1
    tab.kill()
  }

  /** A new version of the app opens with what the old one kept. */
  #upgrade(holder: Holder): void {
    this.counts.upgrades += 1
    for (const tab of holder.tabs) tab.kill()
    const { phone, entries } = holder.storage
    Object.assign(holder.storage, JSON.parse(JSON.stringify({ phone, entries })))
    this.#open(holder)
  }

  /** The browser forgets everything: what had not left the phone is gone, and the phone begins anew. */
  #wipe(holder: Holder): void {
    if (!holder.parts) return
    this.counts.wipes += 1
    for (const tab of holder.tabs) tab.kill()
    for (const { id } of waitingOn(holder.storage)) if (!this.sent.has(id)) this.gone.add(id)
    this.#loseBlock(holder)
    holder.parts = undefined
    holder.storage = { phone: undefined, entries: [], uploading: undefined }
    this.timeline.at(this.timeline.nowMs() + DAY_MS / 4, () => void this.#enrol(holder))
  }

  /** Somebody says that it is lost, whether or not it is: a full queue may still come. */
  #loseBlock({ storage, villager }: Holder): void {
    const block = storage.phone?.blocks[0]
    if (!block) return
    const { db, collective, clock } = this.world
    const wish = { blockId: block.id, withWhom: `ambassador:${villager.id}` }
    const act = { now: clock.now(), actor: 'user:treasurer' }
    void this.timeline.real(loseBlock(db.of(collective.id), wish, act))
  }

  /** An open page of the app; opened first when there is none. */
  #someTab(holder: Holder): Tab | undefined {
    const alive = holder.tabs.filter(({ isAlive }) => isAlive)
    return alive.length > 0 ? this.world.dice.pick(alive) : this.#open(holder)
  }
}
