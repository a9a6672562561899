/** The environment of PostgreSQL's own programs: nothing of the operator's `PG…` variables, messages in English. */
export function postgresEnvironment(): Record<string, string | undefined> {
  const kept = Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG|TWIZA_|DATABASE_)/.test(name))
  return { ...Object.fromEntries(kept), LC_ALL: 'C' }
}
