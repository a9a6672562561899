/** Builds into dist/ what has changed since the last time. Answers whether it built anything. */
export function build(): Promise<boolean>
