import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Passages, startTcpProxy, type TcpProxy } from './tcp-proxy.ts'

let server: Server
let received: Buffer[]
let proxy: TcpProxy
const clients: Socket[] = []

beforeEach(async () => {
  received = []
  server = createServer((socket) => {
    socket.on('error', () => socket.destroy())
    socket.on('data', (chunk) => {
      received.push(chunk)
      socket.write(`answer to ${chunk}`)
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  proxy = await startTcpProxy({ host: '127.0.0.1', port: portOf(server) })
})

afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy()
  await proxy.close()
  server.close()
})

function portOf(one: Server): number {
  return (one.address() as AddressInfo).port
}

async function client(): Promise<Socket> {
  const socket = connect(proxy.port, '127.0.0.1')
  clients.push(socket)
  await once(socket, 'connect')
  return socket
}

async function reset(socket: Socket): Promise<string | undefined> {
  const [error] = (await once(socket, 'error').catch((thrown: unknown) => [thrown])) as [
    NodeJS.ErrnoException,
  ]
  return error.code
}

function passages(next: Passages): void {
  proxy.passages = next
}

test('bytes pass both ways, whole and in order', async () => {
  const socket = await client()
  socket.write('a')
  expect(String((await once(socket, 'data'))[0])).toBe('answer to a')
  const many = Buffer.alloc(4_000_000, 7)
  const echoed = { bytes: 0 }
  socket.on('data', (chunk) => {
    echoed.bytes += chunk.length
  })
  socket.write(many)
  await expect.poll(() => Buffer.concat(received).length, { timeout: 5000 }).toBe(many.length + 1)
  expect(echoed.bytes).toBeGreaterThan(0)
})

test('a cut loses the piece and both ends see it', async () => {
  passages({ toServer: (chunk) => (String(chunk) === 'b' ? 'cut' : 'pass') })
  const socket = await client()
  socket.write('a')
  await once(socket, 'data')
  socket.write('b')
  expect(await reset(socket)).toBe('ECONNRESET')
  expect(received.map(String)).toEqual(['a'])
  expect(proxy.broken).toEqual({ cut: 1, swallowed: 0 })
  await expect.poll(() => proxy.open).toBe(0)
})

test('a swallowed answer never arrives, though the server gave it and the connection is open', async () => {
  passages({ toClient: (_chunk, { passed }) => (passed.toClient > 0 ? 'swallow' : 'pass') })
  const socket = await client()
  const heard: string[] = []
  socket.on('data', (chunk) => heard.push(String(chunk)))
  socket.write('a')
  await expect.poll(() => heard).toEqual(['answer to a'])
  socket.write('b')
  await expect.poll(() => received.map(String)).toEqual(['a', 'b'])
  await expect.poll(() => proxy.broken.swallowed).toBe(1)
  // Nothing passes any more, not even another order.
  socket.write('c')
  const other = await client()
  other.write('d')
  await once(other, 'data')
  expect(received.map(String)).toEqual(['a', 'b', 'd'])
  expect(heard).toEqual(['answer to a'])
  expect(socket.destroyed).toBe(false)
})

test('every open connection can be cut, and new ones go where they are pointed to', async () => {
  const [one, two] = [await client(), await client()]
  const both = Promise.all([reset(one), reset(two)])
  await expect.poll(() => proxy.open).toBe(2)
  proxy.cutAll()
  expect(await both).toEqual(['ECONNRESET', 'ECONNRESET'])

  const other = createServer((socket) => socket.on('error', () => undefined).end('the other server'))
  other.listen(0, '127.0.0.1')
  await once(other, 'listening')
  proxy.pointTo(portOf(other))
  expect(String((await once(await client(), 'data'))[0])).toBe('the other server')

  const gone = portOf(other)
  other.close()
  await once(other, 'close')
  proxy.pointTo(gone)
  expect(await reset(await client())).toBe('ECONNRESET')
})
