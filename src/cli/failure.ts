import { StartFailure } from '../domain/start-failure.ts'

/** Tells the operator why a command ended: one sentence when it was foreseen, the whole trace when it is a bug. */
export function explain(error: unknown): string {
  if (error instanceof StartFailure) return error.message
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `Twiza met a bug and stopped. Please report what follows.\n${trace}`
}
