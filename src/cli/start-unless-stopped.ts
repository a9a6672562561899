import { StartFailure } from '../domain/start-failure.ts'
import type { StopSignals } from './signals.ts'

/**
 * What was started, or undefined when the operator stopped it meanwhile, which is no failure. The first signal
 * lets the start be undone in order; a later one calls `leave`, which ends the process at once.
 */
export async function startUnlessStopped<T>(
  signals: Pick<StopSignals, 'hurry'>,
  starting: Promise<T>,
  leave: () => void = () => process.exit(1),
): Promise<T | undefined> {
  signals.hurry.addEventListener('abort', leave)
  try {
    return await starting
  } catch (error) {
    if (!(error instanceof StartFailure && error.code === 'stopped')) throw error
    console.log(error.message)
    return undefined
  } finally {
    signals.hurry.removeEventListener('abort', leave)
  }
}
