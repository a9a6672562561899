/** The most processes of one start: beyond it one machine has no cores, and PostgreSQL no connections. */
const MOST_PROCESSES = 64

/** What `start` says of itself on `--help`. */
export const START_HELP = `npm start                      serve the installation that the settings describe
npm start -- --processes 4     in four processes, for a machine with several cores

  --processes N   how many processes (1 to ${MOST_PROCESSES})
  --help          this text

The settings are variables of the environment; docs/OPERATING.md lists them.`

export type StartOptionsRead =
  | { readonly ok: true; readonly processes: number }
  | { readonly ok: false; readonly sentence: string }

/** Reads the words after `start`. `--processes N` and `--processes=N` are the same; without it, one process. */
export function readStartOptions(words: readonly string[]): StartOptionsRead {
  if (words.length === 0) return { ok: true, processes: 1 }
  const [name = '', ...values] = words.flatMap((word) => {
    const at = word.startsWith('--processes=') ? word.indexOf('=') : word.length
    return at === word.length ? [word] : [word.slice(0, at), word.slice(at + 1)]
  })
  if (name !== '--processes') {
    return { ok: false, sentence: `start has no option ${name}: there is only --processes N.` }
  }
  const [value = '', other] = values
  if (other !== undefined) {
    const sentence =
      other === name
        ? 'Give --processes only once.'
        : `start has no option ${other}: there is only --processes N.`
    return { ok: false, sentence }
  }
  const isWhole = /^\d{1,6}$/.test(value) && Number(value) >= 1 && Number(value) <= MOST_PROCESSES
  if (isWhole) return { ok: true, processes: Number(value) }
  return { ok: false, sentence: `--processes needs a whole number from 1 to ${MOST_PROCESSES}.` }
}
