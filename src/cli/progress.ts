const SILENT_MS = 1_000
const BAR_CHARACTERS = 30
const PLAIN_PERCENT = 10

/** Where progress is shown. */
export interface Output {
  readonly isTTY?: boolean
  write(text: string): unknown
}

/** Does one step; when it takes longer than a second, says what it is, and at the end how long it took. */
export async function step<T>(
  label: string,
  work: () => Promise<T>,
  output: Output = process.stdout,
): Promise<T> {
  const startedAt = performance.now()
  let shown = false
  const timer = setTimeout(() => {
    shown = true
    output.write(`${label} ...\n`)
  }, SILENT_MS)
  try {
    const result = await work()
    if (shown) output.write(`${label}: done in ${seconds(performance.now() - startedAt)} s\n`)
    return result
  } finally {
    clearTimeout(timer)
  }
}

export interface ProgressBar {
  /** Shows how much of the total is done now. */
  show(done: number, note?: string): void
  /** Leaves the last state on the screen and ends the line. */
  end(): void
}

/** A bar that moves in a terminal; elsewhere one plain line each ten per cent. `total` is above 0. */
export function progressBar(label: string, total: number, output: Output = process.stdout): ProgressBar {
  return output.isTTY ? movingBar(label, total, output) : plainBar(label, total, output)
}

function movingBar(label: string, total: number, output: Output): ProgressBar {
  return {
    show(done, note = '') {
      const full = Math.round((Math.min(done, total) / total) * BAR_CHARACTERS)
      const bar = '█'.repeat(full) + '░'.repeat(BAR_CHARACTERS - full)
      output.write(`\r${label} ${bar} ${done} of ${total} ${note}\u001b[K`)
    },
    end: () => output.write('\n'),
  }
}

function plainBar(label: string, total: number, output: Output): ProgressBar {
  let saidPercent = 0
  return {
    show(done, note = '') {
      const percent = Math.floor(((done / total) * 100) / PLAIN_PERCENT) * PLAIN_PERCENT
      if (percent <= saidPercent) return
      saidPercent = percent
      output.write(`${label}: ${done} of ${total} ${note}`.trimEnd().concat('\n'))
    },
    end: () => undefined,
  }
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1)
}
