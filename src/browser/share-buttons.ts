const DONE_MS = 2000

/** Brings buttons to life that need a script, and are hidden without: `data-copy` copies a text, `data-share` shares an address. */
export function enliveShareButtons(page: Document): void {
  for (const button of page.querySelectorAll<HTMLButtonElement>('button[data-copy]')) {
    if (!navigator.clipboard) continue
    button.hidden = false
    button.addEventListener('click', () => copy(button))
  }
  for (const button of page.querySelectorAll<HTMLButtonElement>('button[data-share]')) {
    if (!navigator.share) continue
    button.hidden = false
    // Who closes the sheet has decided not to share: no fault.
    button.addEventListener('click', () => {
      navigator.share({ title: page.title, url: button.dataset.share }).catch(() => undefined)
    })
  }
}

async function copy(button: HTMLButtonElement): Promise<void> {
  const label = button.textContent
  await navigator.clipboard.writeText(button.dataset.copy ?? '')
  button.textContent = button.dataset.copied ?? label
  setTimeout(() => {
    button.textContent = label
  }, DONE_MS)
}
