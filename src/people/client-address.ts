import type { Context } from 'hono'

interface NodeBindings {
  readonly incoming?: { readonly socket?: { readonly remoteAddress?: string } }
}

const LOOPBACK = /^(?:127\.|::1$|::ffff:127\.)/

/**
 * The address of whoever asks, for limits of tries. A proxy on the same machine is believed about the last
 * address that reached it; a header from anywhere else could be invented.
 */
export function clientAddress(c: Context): string {
  const peer = (c.env as NodeBindings | undefined)?.incoming?.socket?.remoteAddress ?? '127.0.0.1'
  if (!LOOPBACK.test(peer)) return peer
  const forwarded = c.req.header('X-Forwarded-For')?.split(',').at(-1)?.trim()
  return forwarded || peer
}

/** Whether this is the machine itself. */
export function isLoopback(address: string): boolean {
  return LOOPBACK.test(address)
}
