import { ORGANISER, type RunningApp } from '../support/running-app.ts'
import type { Visit } from './visit.ts'

/** Signs the organiser in by a one-time link, and waits for the desk. */
export async function signIn(visit: Visit, app: RunningApp): Promise<void> {
  await visit.open(await app.signInAddress(ORGANISER.email, visit.lang))
  await visit.page.getByRole('button', { name: visit.t('organiser.sign_in') }).click()
  await visit.page.waitForURL(/\/desk/)
}

/** Waits until the desk says that this was done. */
export async function isDone(visit: Visit, what: string): Promise<void> {
  await visit.page
    .getByRole('status')
    .getByText(visit.t(`organiser.done.${what}`))
    .waitFor()
}
