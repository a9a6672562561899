import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { getRequestListener } from '@hono/node-server'
import { type Admission, kindOfRequest, openAdmission } from './admission.ts'
import type { App } from './app.tsx'
import { writeRefusals } from './front-refusal.tsx'
import type { Assets } from './web/assets.ts'
import { bringsBody, openBodyRoom } from './whole-body.ts'

/** What the front needs from the composition root. */
export interface FrontServices {
  readonly assets: Assets
  readonly publicUrl: string
  readonly gatherer: { expectedWaitMs(): number }
  /** Pages that are there already. `answer` says whether it has answered, or will. */
  readonly kept?: {
    answer(incoming: IncomingMessage, outgoing: ServerResponse): boolean
    /** Whether the page of this address is kept, if only in an older version. */
    has(url: string): boolean
  }
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
  const bodies = openBodyRoom()
  const answer = getRequestListener((request, bindings) => app.fetch(request, bindings))
  return (incoming, outgoing) => {
    const kind = kindOfRequest(incoming.method ?? 'GET', incoming.url ?? '/')
    // Costs no more than a refusal.
    if (kind === 'public' && services.kept?.answer(incoming, outgoing)) return
    // In work from when all was heard until the answer is made, not until it is read: who speaks or reads slowly
    // holds up nobody. Who left while waiting is not worth the work.
    const begin = async () => outgoing.destroyed || answer(incoming, outgoing)
    // Made anew once for all who ask, so it needs no place: the page that everybody wants is never refused.
    if (kind === 'public' && incoming.method === 'GET' && services.kept?.has(incoming.url ?? '')) {
      void begin()
      return
    }
    const enter = () => {
      if (!admission.admit(kind, begin)) refuse(incoming, outgoing)
    }
    if (kind === 'reserved' || !bringsBody(incoming)) enter()
    else if (!bodies.receive(incoming, enter)) refuse(incoming, outgoing)
  }
}
