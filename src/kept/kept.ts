import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Context } from 'hono'
import type { Database } from '../db/database.ts'
import { isFollowing } from '../db/replica.ts'
import { sendKept, writeKept } from './answer.ts'
import { type Directory, openDirectory } from './directory.ts'
import { type Keeper, type KeeperOptions, openKeeper } from './keeper.ts'
import { type KeptPage, packPage, type Rendered } from './page.ts'
import { readingFrom } from './source.ts'
import { readVersions, type Versions } from './versions.ts'
import { openWatch, type Subject, type Watch, type WatchOptions } from './watch.ts'

/** What is kept in memory of what the public sees, true within a second in every process. */
export interface Kept {
  readonly directory: Directory
  readonly watch: Watch
  /** Facts made once for each version; other things than pages. No name begins with a slash. */
  readonly values: Keeper
  /** Answers from memory and at once when it may; false for anything else, which Hono then answers. */
  answer(incoming: IncomingMessage, outgoing: ServerResponse): boolean
  /** Whether the page of this address is kept, if only in an older version. */
  has(url: string): boolean
  /** The page of this request's path, rendered once for each version; undefined when there is none. */
  page(c: Context, subject: Subject, render: Render): Promise<Response | undefined>
  close(): void
}

/** Renders a page from the facts that `from` holds, as they are at `now`. */
export type Render = (
  from: Database,
  now: Date,
) => Promise<(Rendered & { readonly until?: Date }) | undefined>

export interface KeptOptions
  extends Pick<KeeperOptions, 'maxAgeMs' | 'maxBytes'>,
    Pick<WatchOptions, 'pauseMs' | 'idleMs'> {
  readonly db: Database
  /** Where versions are asked for: connections of their own, so that a storm of pages cannot starve what proves them. */
  readonly watchDb?: Database
  /** A copy that follows the database: pages are rendered from it where it has come far enough. */
  readonly replica?: Database
  readonly now: () => Date
  readonly monotonic?: () => number
}

export function openKept(options: KeptOptions): Kept {
  const { db, watchDb = db, replica, monotonic = () => performance.now() } = options
  const watch = openWatch({ ...options, monotonic, read: (ids) => readVersions(watchDb, ids) })
  const copy = replica && { db: replica, read: (ids: readonly string[]) => versionsOfCopy(replica, ids) }
  const keeper = openKeeper({ ...options, watch, monotonic, source: readingFrom(db, copy) })
  return {
    directory: openDirectory(keeper),
    watch,
    values: keeper,
    answer(incoming, outgoing) {
      const { method, url = '' } = incoming
      if (method !== 'GET' && method !== 'HEAD') return false
      const page = keeper.at(pathOf(url)) as KeptPage | undefined
      if (page) writeKept(incoming, outgoing, page)
      return page !== undefined
    },
    has: (url) => keeper.has(pathOf(url)),
    async page(c, subject, render) {
      const page = await keeper.get<KeptPage>(c.req.path, subject, async (from, at) => {
        const rendered = await render(from, at)
        if (!rendered) return undefined
        const value = await packPage(rendered)
        return { value, bytes: value.bytes, until: rendered.until }
      })
      return page && sendKept(c, page)
    },
    close: () => watch.close(),
  }
}

/** None when it was promoted: from then on it goes its own way, whatever its versions say. */
async function versionsOfCopy(replica: Database, ids: readonly string[]): Promise<Map<string, Versions>> {
  return (await isFollowing(replica)) ? await readVersions(replica, ids) : new Map()
}

/** What follows a question mark, such as marks of who shared the address, changes nothing on these pages. */
function pathOf(url: string): string {
  const query = url.indexOf('?')
  return query === -1 ? url : url.slice(0, query)
}
