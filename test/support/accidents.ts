import type { World } from './world.ts'

/** What may go wrong in the tables behind the back of every trigger, and how they come to be as they were. */
export interface Accidents {
  happen(...statements: string[]): Promise<void>
  undo(): Promise<void>
}

/** Keeps the tables as they are now. The database's own refusal of an overdrawn account is taken away. */
export async function keepTables({ ownerSql }: World, tables: readonly string[]): Promise<Accidents> {
  const happen = async (...statements: string[]) => {
    await ownerSql.begin(async (transaction) => {
      await transaction.unsafe('set local session_replication_role = replica')
      for (const statement of statements) await transaction.unsafe(statement)
    })
  }
  await happen(
    ...tables.map((table) => `create table ${keepOf(table)} as table ${table}`),
    // What the database itself refuses can still be found in one that lost its constraint.
    'alter table account drop constraint account_never_overdrawn',
  )
  const undo = () =>
    happen(
      ...tables.flatMap((table) => [`delete from ${table}`, `insert into ${table} table ${keepOf(table)}`]),
    )
  return { happen, undo }
}

function keepOf(table: string): string {
  return `kept_${table.replaceAll('"', '')}`
}
