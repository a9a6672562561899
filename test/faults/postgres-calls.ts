import type { ProxiedConnection } from '../support/tcp-proxy.ts'

const STATEMENTS = 'statements that call it'

/**
 * Recognises, in what a client of PostgreSQL sends, that a function is called: either its text comes with the call,
 * or it came before under a name, which the call repeats. Messages: chapter 54.7 of PostgreSQL's manual.
 */
export function callsFunction(name: string) {
  return (chunk: Buffer, { notes }: ProxiedConnection): boolean => {
    const known = (notes.get(STATEMENTS) as Set<string> | undefined) ?? new Set<string>()
    notes.set(STATEMENTS, known)
    let isCall = false
    for (let at = 0; at + 5 <= chunk.length; at += 1 + chunk.readUInt32BE(at + 1)) {
      const type = String.fromCharCode(chunk[at]!)
      const [first = '', second = ''] = chunk.toString('latin1', at + 5).split('\0', 2)
      if (type === 'P' && second.includes(name)) known.add(first)
      else if (type === 'P') known.delete(first)
      if (type === 'B' && known.has(second)) isCall = true
      // The first message of a connection has no type; nothing is called before the second one.
      if (type === '\0') break
    }
    return isCall
  }
}

/** Whether an answer of PostgreSQL ends with "ready": then what was called is committed or rolled back. */
export function isComplete(chunk: Buffer): boolean {
  return chunk.subarray(-6, -1).toString('latin1') === 'Z\0\0\0\x05'
}
