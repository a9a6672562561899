import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'
import { build } from '../../scripts/build.mjs'
import { startTestServer, type TestServer } from './test-server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where workers ask for what the whole run shares. */
    sharedUrl: string
  }
}

/**
 * Builds what the tests run, and offers the workers one PostgreSQL for the whole run: it is started when the
 * first of them asks, so that a run of pure tests does not pay for it.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  // A test that needs what is built says why there is none; the others need not wait for it to be right.
  const built = build().then(
    () => undefined,
    (error: unknown) => String(error),
  )
  let server: Promise<TestServer> | undefined
  const answer = async (path: string | undefined) => {
    if (path === '/built') return { failure: await built }
    server ??= startTestServer()
    const { adminUrl, template } = await server
    return { adminUrl, template }
  }
  await built.then((failure) => failure && console.error(`The build failed: ${failure}`))
  const shared = createServer(async (request, response) => {
    const reply = await answer(request.url).catch((error: unknown) => ({ failure: String(error) }))
    response.end(JSON.stringify(reply))
  })
  project.provide('sharedUrl', await listen(shared))
  return async () => {
    shared.closeAllConnections()
    shared.close()
    await (await server)?.stop()
  }
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
