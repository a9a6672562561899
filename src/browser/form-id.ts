import { freshId } from './fresh-id.ts'

const RANDOM_BYTES = 10

/**
 * Gives the form of a page that is the same for everybody the id of what it asks for, so that the same form sent
 * twice is once. The id stays with this place in the tab's history: whoever comes back after sending (also to a
 * page that was loaded anew, also in a copy of the tab) sends the same id, marked by `again`. The server then asks
 * whether one more is meant; nobody else can know whether the first arrived.
 */
export function nameForms(page: Document): void {
  const field = page.querySelector<HTMLInputElement>('[data-fresh-id]')
  const form = field?.form
  if (!form) return
  const again = form.elements.namedItem('again') as HTMLInputElement
  const sent: unknown = history.state?.sent
  if (typeof sent === 'string') again.value = '1'
  field.value =
    typeof sent === 'string'
      ? sent
      : freshId(Date.now(), crypto.getRandomValues(new Uint8Array(RANDOM_BYTES)))
  form.addEventListener('submit', () => {
    history.replaceState({ ...history.state, sent: field.value }, '')
    // A second press while the first is on its way is no coming back: the fields are read after this event.
    setTimeout(() => {
      again.value = ''
    })
  })
  // The page as it was left, out of the browser's memory.
  addEventListener('pageshow', (event) => {
    if (event.persisted && history.state?.sent) again.value = '1'
  })
}
