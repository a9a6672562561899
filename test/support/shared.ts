import { inject } from 'vitest'

interface SharedServer {
  readonly adminUrl: string
  readonly template: string
}

/** The PostgreSQL of this test run, started by the first who asks. */
export async function sharedServer(): Promise<SharedServer> {
  return (await ask('/database')) as SharedServer
}

/** Waits until dist/ holds what the sources say; throws the reason when they cannot be built. */
export async function ensureBuilt(): Promise<void> {
  await ask('/built')
}

async function ask(path: string): Promise<unknown> {
  const reply = (await (await fetch(inject('sharedUrl') + path)).json()) as { failure?: string }
  if (reply.failure !== undefined) throw new Error(reply.failure)
  return reply
}
