const MAX_FRAMES = 8

/**
 * What the operator may read of an error. Its message and the database's detail stay out: both can quote what a
 * person typed. Where it happened says enough.
 */
export function errorFacts(error: unknown): Record<string, unknown> {
  const { name, stack, code, constraint_name, table_name } = (error ?? {}) as Partial<Error> & {
    code?: string
    constraint_name?: string
    table_name?: string
  }
  const frames = (stack ?? '').match(/(?<=\()[^()\s]+:\d+:\d+(?=\))|(?<=at )\/?\S+:\d+:\d+$/gm) ?? []
  const at = frames.slice(0, MAX_FRAMES).map(withoutFolders)
  return { error: name, code, constraint: constraint_name, table: table_name, at }
}

function withoutFolders(frame: string): string {
  return frame.replace(/^.*\/(?=(?:src|dist|node_modules)\/)/, '')
}
