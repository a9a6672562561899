import type { RunningApp } from '../support/running-app.ts'
import type { Scene } from './scene.ts'
import type { Visit } from './visit.ts'

/** One page of the product in one state, and the way there. */
export interface Place {
  readonly name: string
  /** Goes there; a number it answers is the HTTP status. */
  readonly open: (visit: Visit, scene: Scene, app: RunningApp) => Promise<unknown>
  /** The key of a sentence that must stand on the page. */
  readonly says?: string
  /** 200 unless said otherwise. */
  readonly status?: number
  /** Whether search engines may show it. */
  readonly isPublic?: boolean
}
