import { Kysely } from 'kysely'
import { PostgresJSDialect } from 'kysely-postgres-js'
import type { Sql } from 'postgres'
import type { SharedTables, TenantTables } from './tables.ts'
import { Tenant } from './tenant.ts'

/** What the application holds of the database. */
export interface Database {
  /** Tables without a tenant: the collectives themselves. */
  readonly shared: Kysely<SharedTables>
  /** The database as one collective sees it. */
  of(collectiveId: string): Tenant
  /** All or nothing, across tables with and without a tenant. Inside one already, the work joins it. */
  transaction<Result>(work: (inside: Database) => Promise<Result>): Promise<Result>
}

/** Wraps an open pool of connections; the caller ends the pool. */
export function openDatabase(connection: Sql): Database {
  const kysely = new Kysely<SharedTables & TenantTables>({
    dialect: new PostgresJSDialect({ postgres: connection }),
  })
  return handleOf(kysely)
}

function handleOf(kysely: Kysely<SharedTables & TenantTables>): Database {
  const database: Database = {
    shared: kysely as unknown as Kysely<SharedTables>,
    of: (collectiveId) => new Tenant(collectiveId, kysely as unknown as Kysely<TenantTables>),
    transaction: (work) =>
      kysely.isTransaction
        ? work(database)
        : kysely.transaction().execute((transaction) => work(handleOf(transaction))),
  }
  return database
}
