/** Says one line to the operator: on the stream of errors, so that what a command prints stays clean. */
export function log(line: string): void {
  console.error(line)
}
