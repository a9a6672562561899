import { request } from 'node:http'
import type { BareAnswer } from './bare-process.ts'

/** One answer as it came over the wire. */
export interface Captured {
  readonly status: number
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly rawHeaders: readonly string[]
  readonly body: Buffer
}

export interface Ask {
  readonly path: string
  readonly method?: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Asks once and keeps every byte, compressed as it came. */
export function capture(port: number, { path, method = 'GET', headers = {}, body }: Ask): Promise<Captured> {
  return new Promise((resolve, reject) => {
    const options = { host: '127.0.0.1', port, path, method, headers, agent: false }
    const sent = request(options, (answer) => {
      const chunks: Buffer[] = []
      answer.on('data', (chunk: Buffer) => void chunks.push(chunk))
      answer.on('end', () => {
        const { statusCode: status = 0, headers, rawHeaders } = answer
        resolve({ status, headers, rawHeaders, body: Buffer.concat(chunks) })
      })
    })
    sent.once('error', reject)
    sent.end(body)
  })
}

/** The same answer for a bare server. Node writes the headers of the connection and the date itself. */
export function bareAnswer(answer: Captured, notModified?: Captured): BareAnswer {
  const { etag } = answer.headers
  return {
    status: answer.status,
    headers: ownHeaders(answer),
    bodyBase64: answer.body.toString('base64'),
    etag: typeof etag === 'string' ? etag : undefined,
    notModifiedHeaders: notModified && ownHeaders(notModified),
  }
}

const NODES_OWN = /^(date|connection|keep-alive|transfer-encoding|content-length)$/i

function ownHeaders({ rawHeaders, body, status }: Captured): string[] {
  const kept = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 && !NODES_OWN.test(name) ? [name, rawHeaders[index + 1]!] : [],
  )
  return status === 304 ? kept : [...kept, 'Content-Length', String(body.length)]
}
