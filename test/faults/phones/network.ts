import { SEND_TIMEOUT_MS } from '../../../src/browser/app/uploader.ts'
import type { SeededRandom } from '../../support/random.ts'
import type { Timeline } from './timeline.ts'

/** How bad the network is: each part in per cent. */
export interface Weather {
  loss: number
  repeats: number
  /** The longest way to the server or back. */
  slowestMs: number
}

export type Post = (path: string, body: unknown) => Promise<Response>

/** Answers of a server behind a network that loses, repeats and delays; each phone has its own. */
export interface Network {
  isOnline: boolean
  /** Rejects when no answer came in time. */
  post(path: string, body: unknown): Promise<unknown>
}

const LATEST_REPEAT_MS = 2 * 86_400_000

export function createNetwork(
  timeline: Timeline,
  dice: SeededRandom,
  weather: Weather,
  server: Post,
  counts: { lost: number; repeated: number },
): Network {
  const happens = (percent: number) => dice.below(100) < percent
  const after = (maxMs: number) => timeline.nowMs() + 20 + dice.below(Math.max(1, maxMs))
  const deliver = async (path: string, body: unknown) => {
    const response = await timeline.real(server(path, body))
    const text = await timeline.real(response.text())
    if (!response.ok) throw new Error(`${response.status} ${text}`)
    return JSON.parse(text) as unknown
  }
  const network: Network = {
    isOnline: true,
    post(path, body) {
      if (!network.isOnline) return Promise.reject(new Error('no network'))
      const sent: unknown = JSON.parse(JSON.stringify(body))
      return new Promise((resolve, reject) => {
        timeline.at(timeline.nowMs() + SEND_TIMEOUT_MS, () => reject(new Error('no answer in time')))
        if (happens(weather.repeats)) {
          counts.repeated += 1
          timeline.at(after(LATEST_REPEAT_MS), () => void deliver(path, sent).catch(() => {}))
        }
        if (happens(weather.loss)) {
          counts.lost += 1
          return
        }
        timeline.at(after(weather.slowestMs), () => {
          deliver(path, sent).then((answer) => {
            if (happens(weather.loss)) counts.lost += 1
            else timeline.at(after(weather.slowestMs), () => resolve(answer))
          }, reject)
        })
      })
    },
  }
  return network
}
