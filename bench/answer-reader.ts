/** As much of an answer of HTTP/1.1 as a load needs. */
export interface HttpAnswer {
  readonly status: number
  body(): string
}

const BLANK_LINE = '\r\n\r\n'
const STATUS_AT = 9
const LAST_CHUNK = '0\r\n\r\n'

/**
 * Takes what comes in on one connection, piece by piece, and gives the answer when it is whole. One request at a
 * time: what comes belongs to one answer.
 */
export function answerReader(): (chunk: Buffer) => HttpAnswer | undefined {
  let before: Buffer | undefined
  return (chunk) => {
    const bytes = before ? Buffer.concat([before, chunk]) : chunk
    before = bytes
    const headEnd = bytes.indexOf(BLANK_LINE)
    if (headEnd < 0) return undefined
    const head = bytes.toString('latin1', 0, headEnd)
    const status = Number(head.slice(STATUS_AT, STATUS_AT + 3))
    const bodyAt = headEnd + BLANK_LINE.length
    if (!isWhole(head, status, bytes, bodyAt)) return undefined
    before = undefined
    return { status, body: () => bytes.toString('latin1', bodyAt) }
  }
}

function isWhole(head: string, status: number, bytes: Buffer, bodyAt: number): boolean {
  if (status === 304 || status === 204) return true
  const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1]
  if (length !== undefined) return bytes.length >= bodyAt + Number(length)
  return bytes.toString('latin1', bytes.length - LAST_CHUNK.length) === LAST_CHUNK
}
