// A `node:http` server that does the least a server can: reads what is sent, answers bytes made beforehand. What it
// serves in a second is the most that Node serves on this machine.
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A ready answer of one address; `etag` makes the same address answer 304 to who has it already. */
export interface BareAnswer {
  readonly status: number
  /** Names and values in turn, as `writeHead` takes them. */
  readonly headers: readonly string[]
  readonly bodyBase64: string
  readonly etag?: string | undefined
  readonly notModifiedHeaders?: readonly string[] | undefined
}

process.once('message', (answers: Record<string, BareAnswer>) => {
  const ready = new Map(
    Object.entries(answers).map(([path, answer]) => [
      path,
      { ...answer, body: Buffer.from(answer.bodyBase64, 'base64') },
    ]),
  )
  const server = createServer((request, response) => {
    const answer = ready.get(request.url ?? '')
    if (!answer) response.writeHead(404).end()
    else if (request.method === 'POST') {
      readJson(request).then((sent) => {
        const status = sent.quantity === 1 ? answer.status : 422
        response.writeHead(status, answer.headers as string[]).end(answer.body)
      })
    } else if (answer.etag !== undefined && request.headers['if-none-match'] === answer.etag) {
      response.writeHead(304, answer.notModifiedHeaders as string[]).end()
    } else response.writeHead(answer.status, answer.headers as string[]).end(answer.body)
  })
  server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port))
})

function readJson(request: IncomingMessage): Promise<{ readonly quantity?: unknown }> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => void chunks.push(chunk))
    request.on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString())))
  })
}

process.once('disconnect', () => process.exit())
