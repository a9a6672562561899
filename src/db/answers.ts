import postgres from 'postgres'

const ANSWER_TIMEOUT_S = 5
// 57P03: the server is there and still recovers.
const NOT_YET = ['ECONNREFUSED', 'ECONNRESET', 'CONNECTION_CLOSED', 'CONNECT_TIMEOUT', '57P03']

/**
 * Whether a server is there and takes queries at this moment.
 * @throws whatever waiting does not help against, such as a wrong password.
 */
export async function answers(url: string): Promise<boolean> {
  const sql = postgres(url, {
    max: 1,
    connect_timeout: ANSWER_TIMEOUT_S,
    onnotice: () => undefined,
    fetch_types: false,
  })
  try {
    await sql`select 1`
    return true
  } catch (error) {
    if (NOT_YET.includes((error as { code?: string }).code ?? '')) return false
    throw error
  } finally {
    await sql.end({ timeout: 1 })
  }
}
