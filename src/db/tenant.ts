import {
  type Insertable,
  type InsertQueryBuilder,
  type InsertResult,
  type Kysely,
  type RawBuilder,
  type SelectQueryBuilder,
  sql,
  type UpdateQueryBuilder,
  type UpdateResult,
} from 'kysely'
import type { TenantTables } from './tables.ts'

type TableName = keyof TenantTables & string

/**
 * The database as one collective sees it. Every query made here already carries the collective's id, and
 * the tables of a tenant cannot be reached otherwise: forgetting the tenant does not compile.
 */
export class Tenant {
  constructor(
    readonly collectiveId: string,
    private readonly kysely: Kysely<TenantTables>,
  ) {}

  selectFrom<T extends TableName>(table: T): SelectQueryBuilder<TenantTables, T, object> {
    const query = this.kysely.selectFrom(table as never) as SelectQueryBuilder<TenantTables, T, object>
    return query.where(this.#own(table))
  }

  insertInto<T extends TableName>(
    table: T,
    row:
      | Omit<Insertable<TenantTables[T]>, 'collective_id'>
      | Omit<Insertable<TenantTables[T]>, 'collective_id'>[],
  ): InsertQueryBuilder<TenantTables, T, InsertResult> {
    const rows = (Array.isArray(row) ? row : [row]).map((one) => ({
      ...one,
      collective_id: this.collectiveId,
    }))
    return this.kysely.insertInto(table).values(rows as never)
  }

  updateTable<T extends TableName>(table: T): UpdateQueryBuilder<TenantTables, T, T, UpdateResult> {
    const query = this.kysely.updateTable(table as never) as unknown as UpdateQueryBuilder<
      TenantTables,
      T,
      T,
      UpdateResult
    >
    return query.where(this.#own(table))
  }

  /** One row of a function or a query written in SQL; the text must name `collectiveId` itself. */
  async one<Row>(query: RawBuilder<Row>): Promise<Row> {
    const { rows } = await query.execute(this.kysely)
    const [row] = rows
    if (row === undefined) throw new Error('a query that always answers gave no row')
    return row
  }

  /** Every row of a query written in SQL; the text must name `collectiveId` itself. */
  async all<Row>(query: RawBuilder<Row>): Promise<Row[]> {
    return (await query.execute(this.kysely)).rows
  }

  /** Reads one moment of the database, however long it takes, and changes nothing. */
  snapshot<Result>(read: (tenant: Tenant) => Promise<Result>): Promise<Result> {
    return this.kysely
      .transaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute((transaction) => read(new Tenant(this.collectiveId, transaction)))
  }

  /** All or nothing. Inside one already, the work joins it. */
  transaction<Result>(work: (tenant: Tenant) => Promise<Result>): Promise<Result> {
    if (this.kysely.isTransaction) return work(this)
    return this.kysely
      .transaction()
      .execute((transaction) => work(new Tenant(this.collectiveId, transaction)))
  }

  #own(table: string): RawBuilder<boolean> {
    return sql<boolean>`${sql.ref(`${table}.collective_id`)} = ${this.collectiveId}`
  }
}
