import { setImmediate as turn } from 'node:timers/promises'
import type { Progress } from '../db/progress.ts'
import type { Watch } from '../kept/watch.ts'
import { liveProgress } from './live-message.ts'

export interface LiveHubOptions {
  readonly watch: Pick<Watch, 'follow'>
  /** Reads the truth of a campaign. */
  readonly read: (collectiveId: string, campaignId: string) => Promise<Progress>
  readonly heartbeatMs?: number
  readonly maxViewers?: number
}

/** Where a viewer's messages go: Node's own connection, without anything of ours around it. */
export interface Outgoing {
  write(message: Uint8Array): boolean
  end(): unknown
  destroy(): unknown
  once(event: 'close', listener: () => void): unknown
  readonly destroyed: boolean
  /** Bytes that the viewer has not taken yet. */
  readonly writableLength: number
}

/** Every viewer of every campaign of this process. */
export interface LiveHub {
  /**
   * Sends a campaign's progress as server-sent events: the present state at once, unless `after` is its position
   * already, then each change. `open` is called before the first message, and gives a connection that was never
   * given before. Throws when the truth cannot be read.
   */
  follow(wish: {
    readonly collectiveId: string
    readonly campaignId: string
    readonly after?: string | undefined
    readonly open: () => Outgoing
  }): Promise<{ readonly ok: true } | { readonly ok: false; readonly status: 'too_many_viewers' | 'closing' }>
  readonly viewers: number
  /** Ends every stream; no new one is opened. */
  close(): Promise<void>
}

const HEARTBEAT_MS = 20_000
const MAX_VIEWERS = 20_000
/** Each message is the whole truth: who has this much waiting reads too slowly, and comes back to the newest. */
const MAX_WAITING_BYTES = 16 * 1024
/** Viewers told in one go, so that others are served in between: about 3 ms. */
const TOLD_AT_A_TIME = 250
const HELLO = Buffer.from('retry: 3000\n\n')
const HEARTBEAT = Buffer.from(':\n\n')

interface Room {
  readonly collectiveId: string
  readonly campaignId: string
  readonly viewers: Set<Outgoing>
  /** Those who wait for the first look. */
  arriving: number
  latest: Latest | undefined
  /** The look under way; who comes meanwhile waits for it. */
  looking: Promise<Latest> | undefined
  isStale: boolean
  unfollow(): void
}

interface Latest {
  readonly position: string
  readonly message: Buffer
}

/** Opens the hub: it looks at a campaign when the watch says that it has moved, so at most four times a second. */
export function openLiveHub(options: LiveHubOptions): LiveHub {
  const { watch, read, heartbeatMs = HEARTBEAT_MS, maxViewers = MAX_VIEWERS } = options
  const rooms = new Map<string, Room>()
  let viewers = 0
  let isClosing = false

  function roomOf(collectiveId: string, campaignId: string): Room {
    const known = rooms.get(campaignId)
    if (known) return known
    const unfollow = watch.follow({ collectiveId, campaign: campaignId }, () => changed(room))
    const empty = { viewers: new Set<Outgoing>(), arriving: 0, latest: undefined, looking: undefined }
    const room: Room = { collectiveId, campaignId, ...empty, isStale: false, unfollow }
    rooms.set(campaignId, room)
    return room
  }

  /** Reads and tells everybody; a change that comes meanwhile is looked at right after. */
  function look(room: Room): Promise<Latest> {
    room.looking ??= readLatest(room).finally(() => {
      room.looking = undefined
      if (room.isStale) changed(room)
    })
    return room.looking
  }

  async function readLatest(room: Room): Promise<Latest> {
    room.isStale = false
    const progress = await read(room.collectiveId, room.campaignId)
    const { position } = progress
    if (room.latest?.position === position) return room.latest
    const data = JSON.stringify(liveProgress(progress))
    const latest = { position, message: Buffer.from(`id: ${position}\ndata: ${data}\n\n`) }
    // Who is here already is told; who comes from now on begins with it.
    const present = [...room.viewers]
    room.latest = latest
    await tell(present, latest.message)
    return latest
  }

  function changed(room: Room): void {
    room.isStale = true
    // A look that fails leaves the room stale: the next heartbeat looks again.
    if (!room.looking && rooms.get(room.campaignId) === room) look(room).catch(() => (room.isStale = true))
  }

  function enter(room: Room, viewer: Outgoing, after: string | undefined): void {
    if (isClosing) viewer.end()
    // Whoever has gone while the truth was read will not say so again.
    if (isClosing || viewer.destroyed) {
      viewers -= 1
      return
    }
    room.viewers.add(viewer)
    viewer.once('close', () => leave(room, viewer))
    viewer.write(HELLO)
    if (room.latest && room.latest.position !== after) viewer.write(room.latest.message)
  }

  function leave(room: Room, viewer: Outgoing): void {
    if (!room.viewers.delete(viewer)) return
    viewers -= 1
    closeWhenEmpty(room)
  }

  function closeWhenEmpty(room: Room): void {
    if (room.viewers.size + room.arriving > 0) return
    room.unfollow()
    if (rooms.get(room.campaignId) === room) rooms.delete(room.campaignId)
  }

  async function beat(): Promise<void> {
    for (const room of rooms.values()) {
      if (room.isStale) changed(room)
      await tell([...room.viewers], HEARTBEAT)
    }
  }

  const heart = setInterval(beat, heartbeatMs).unref()

  return {
    async follow({ collectiveId, campaignId, after, open }) {
      if (isClosing) return { ok: false, status: 'closing' }
      if (viewers >= maxViewers) return { ok: false, status: 'too_many_viewers' }
      // Counted before anything is awaited, so that a rush does not pass the limit.
      viewers += 1
      const room = roomOf(collectiveId, campaignId)
      room.arriving += 1
      try {
        if (!room.latest) await look(room)
        enter(room, open(), after)
      } catch (error) {
        viewers -= 1
        throw error
      } finally {
        room.arriving -= 1
        closeWhenEmpty(room)
      }
      return { ok: true }
    },
    get viewers() {
      return viewers
    },
    async close() {
      isClosing = true
      clearInterval(heart)
      for (const room of rooms.values()) {
        room.unfollow()
        const present = [...room.viewers]
        room.viewers.clear()
        for (const viewer of present) viewer.end()
      }
      rooms.clear()
      viewers = 0
    },
  }
}

/** Writes to each, some at a time; who does not read is cut off and comes back by himself. */
async function tell(viewers: readonly Outgoing[], message: Buffer): Promise<void> {
  for (const [index, viewer] of viewers.entries()) {
    if (index % TOLD_AT_A_TIME === TOLD_AT_A_TIME - 1) await turn()
    if (viewer.writableLength > MAX_WAITING_BYTES) viewer.destroy()
    else viewer.write(message)
  }
}
