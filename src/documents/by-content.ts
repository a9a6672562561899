import { createHash } from 'node:crypto'

/**
 * Keeps the last documents by what is in them: who asks for the same again gets the same bytes, and who asks while
 * it is being made waits for that one. One that could not be made is forgotten.
 */
export function openByContent(maxDocuments: number) {
  const kept = new Map<string, Promise<Buffer>>()
  return (name: string, content: unknown, make: () => Promise<Buffer>): Promise<Buffer> => {
    const key = createHash('sha256')
      .update(JSON.stringify([name, content], asText))
      .digest('base64url')
    const made = kept.get(key) ?? make()
    // Again at the end: the one used longest ago is the first to go.
    kept.delete(key)
    kept.set(key, made)
    made.catch(() => kept.delete(key))
    const [oldest] = kept.keys()
    if (oldest !== undefined && kept.size > maxDocuments) kept.delete(oldest)
    return made
  }
}

function asText(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value
}
