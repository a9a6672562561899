/** A sentence that leaves the page: the marks that isolate names in ours would show as boxes in some apps. */
export function plainText(text: string): string {
  return text.replace(/[\u2066-\u2069]/g, '')
}
