/** One command of `npm run twiza`. */
export interface Command {
  /** One line for the list of commands. */
  readonly summary: string
  /** What it says of itself on `--help`, where the summary is not all. */
  readonly help?: string
  /** Does it and answers the exit code. */
  run(words: readonly string[], environment: Record<string, string | undefined>): Promise<number>
}
