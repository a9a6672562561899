import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { type Admission, kindOfRequest, openAdmission } from './admission.ts'
import type { App } from './app.tsx'
import { writeRefusals } from './front-refusal.tsx'
import type { Assets } from './web/assets.ts'

/** What the front needs from the composition root. */
export interface FrontServices {
  readonly assets: Assets
  readonly publicUrl: string
  readonly gatherer: { expectedWaitMs(): number }
  /** Pages that are there already. `answer` says whether it has answered, or will. */
  readonly kept?: { answer(incoming: IncomingMessage, outgoing: ServerResponse): boolean }
}

/**
 * What every request of a process meets first: a page that is kept already, else the question whether there is time
 * for it, else the application. `admission` is a parameter so that tests can let everybody in.
 */
export function openFront(
  app: Pick<App, 'fetch'>,
  services: FrontServices,
  admission: Admission = openAdmission(() => services.gatherer.expectedWaitMs()),
): RequestListener {
  const refuse = writeRefusals(services)
  const answer = getRequestListener((request, bindings) => app.fetch(request, bindings))
  return (incoming, outgoing) => {
    const kind = kindOfRequest(incoming.method ?? 'GET', incoming.url ?? '/')
    // Costs no more than a refusal.
    if (kind === 'public' && services.kept?.answer(incoming, outgoing)) return
    // In work until the answer is made, not until it is read: a slow reader holds up nobody. Who left while waiting
    // is not worth the work.
    const begin = async () => outgoing.destroyed || answer(incoming, outgoing)
    if (!admission.admit(kind, begin)) refuse(incoming, outgoing)
  }
}
