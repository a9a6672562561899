import { setTimeout as pause } from 'node:timers/promises'
import type { Database } from '../db/database.ts'
import { type Progress, readProgress } from '../db/progress.ts'
import { liveProgress } from './live-message.ts'
import { type LiveViewer, openViewer } from './live-viewer.ts'

export interface LiveHubOptions {
  /** Least time between two looks at one campaign, whatever happens: four a second by default. */
  readonly pauseMs?: number
  readonly heartbeatMs?: number
  readonly maxViewers?: number
  /** How the truth is read; a parameter so that tests can count. */
  readonly read?: (collectiveId: string, campaignId: string) => Promise<Progress>
}

/** Every viewer of every campaign of this process, on one LISTEN. */
export interface LiveHub {
  /**
   * A stream of server-sent events with the campaign's progress: the present state at once, unless `after` is
   * its position already, then each change. At most one query and four messages a second a campaign.
   */
  follow(
    collectiveId: string,
    campaignId: string,
    after?: string,
  ):
    | { readonly ok: true; readonly stream: ReadableStream<Uint8Array> }
    | { readonly ok: false; readonly status: 'too_many_viewers' | 'closing' }
  readonly viewers: number
  /** Ends every stream; no new one is opened. */
  close(): Promise<void>
}

const CHANNEL = 'campaign_changed'
const PAUSE_MS = 250
const HEARTBEAT_MS = 20_000
const MAX_VIEWERS = 5000
const HELLO = new TextEncoder().encode('retry: 3000\n\n')

interface Room {
  readonly collectiveId: string
  readonly campaignId: string
  /** Each viewer with the position it has seen. */
  readonly seen: Map<LiveViewer, string | undefined>
  latest: { readonly position: string; readonly message: Uint8Array } | undefined
  isStale: boolean
  isLooking: boolean
}

/** Opens the hub; it listens from the first viewer on and again whenever the connection was lost. */
export function openLiveHub(db: Database, options: LiveHubOptions = {}): LiveHub {
  const { pauseMs = PAUSE_MS, heartbeatMs = HEARTBEAT_MS, maxViewers = MAX_VIEWERS } = options
  const read = options.read ?? ((collectiveId, campaignId) => readProgress(db.of(collectiveId), campaignId))
  const rooms = new Map<string, Room>()
  const closing = new AbortController()
  let viewers = 0
  let listening: Promise<{ unlisten(): Promise<void> }> | undefined

  function listen(): void {
    listening ??= db.connection.listen(
      CHANNEL,
      (key) => look(rooms.get(key)),
      // Whatever was said while the connection was away is made up for.
      () => rooms.forEach(look),
    )
    listening.catch(() => {
      listening = undefined
    })
  }

  function leave(room: Room, viewer: LiveViewer): void {
    if (!room.seen.delete(viewer)) return
    viewers -= 1
    if (room.seen.size === 0) rooms.delete(keyOf(room))
  }

  async function look(room: Room | undefined): Promise<void> {
    if (!room) return
    room.isStale = true
    if (room.isLooking) return
    room.isLooking = true
    while (room.isStale && room.seen.size > 0 && !closing.signal.aborted) {
      room.isStale = false
      await read(room.collectiveId, room.campaignId).then(
        (progress) => publish(room, progress),
        // The next heartbeat looks again.
        () => undefined,
      )
      await pause(pauseMs, undefined, { ref: false })
    }
    room.isLooking = false
  }

  function beat(): void {
    if (viewers > 0) listen()
    for (const room of rooms.values()) {
      for (const viewer of [...room.seen.keys()]) {
        if (viewer.beat()) continue
        leave(room, viewer)
        viewer.drop()
      }
      // A lost notification costs at most one heartbeat.
      look(room)
    }
  }

  const heart = setInterval(beat, heartbeatMs).unref()

  return {
    follow(collectiveId, campaignId, after) {
      if (closing.signal.aborted) return { ok: false, status: 'closing' }
      if (viewers >= maxViewers) return { ok: false, status: 'too_many_viewers' }
      listen()
      const key = keyOf({ collectiveId, campaignId })
      const room = rooms.get(key) ?? emptyRoom(collectiveId, campaignId)
      rooms.set(key, room)
      const viewer = openViewer((gone) => leave(room, gone))
      room.seen.set(viewer, after)
      viewers += 1
      viewer.send(HELLO)
      if (room.latest) show(room, viewer)
      else look(room)
      return { ok: true, stream: viewer.stream }
    },
    get viewers() {
      return viewers
    },
    async close() {
      if (closing.signal.aborted) return
      closing.abort()
      clearInterval(heart)
      for (const room of rooms.values()) for (const viewer of room.seen.keys()) viewer.close()
      rooms.clear()
      viewers = 0
      const open = await listening?.catch(() => undefined)
      await open?.unlisten().catch(() => undefined)
    },
  }
}

function emptyRoom(collectiveId: string, campaignId: string): Room {
  return { collectiveId, campaignId, seen: new Map(), latest: undefined, isStale: false, isLooking: false }
}

function keyOf({ collectiveId, campaignId }: Pick<Room, 'collectiveId' | 'campaignId'>): string {
  return `${collectiveId}:${campaignId}`
}

function publish(room: Room, progress: Progress): void {
  const data = JSON.stringify(liveProgress(progress))
  const message = new TextEncoder().encode(`id: ${progress.position}\ndata: ${data}\n\n`)
  room.latest = { position: progress.position, message }
  for (const viewer of room.seen.keys()) show(room, viewer)
}

function show(room: Room, viewer: LiveViewer): void {
  const { latest } = room
  if (!latest || room.seen.get(viewer) === latest.position) return
  room.seen.set(viewer, latest.position)
  viewer.send(latest.message)
}
