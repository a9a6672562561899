/**
 * Whether an error says that the database cannot answer now, and may answer later: it is away, starts, stops,
 * is full or was too slow. Codes of postgres.js and of PostgreSQL (appendix A of its manual).
 */
export function isUnavailable(error: unknown): boolean {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' && (AWAY.has(code) || isInTheWay(error) || /^(?:08|53|57P)/.test(code))
}

/** Whether two changes were in each other's way (serialisation, deadlock): the same again succeeds. */
export function isInTheWay(error: unknown): boolean {
  return ['40001', '40P01'].includes((error as { code?: string } | null)?.code ?? '')
}

const AWAY: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'CONNECT_TIMEOUT',
  'CONNECTION_CLOSED',
  'CONNECTION_DESTROYED',
  'CONNECTION_ENDED',
  'NO_PRIMARY',
  // A server that was the primary until a moment ago.
  '25006',
  // Cancelled for taking too long, or for waiting too long for a lock.
  '57014',
  '55P03',
])
