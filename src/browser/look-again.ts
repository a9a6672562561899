const SECOND_MS = 1000

/**
 * Looks again by itself where something is awaited: the address in `data-refresh`, after `data-refresh-seconds`.
 * The server leaves the address away once it has been looked at often enough.
 */
export function lookAgain(page: Document): void {
  const element = page.querySelector<HTMLElement>('[data-refresh]')
  if (!element) return
  const { refresh = '', refreshSeconds } = element.dataset
  setTimeout(() => location.replace(refresh), Number(refreshSeconds) * SECOND_MS)
}
