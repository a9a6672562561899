import { StartFailure } from '../domain/start-failure.ts'
import type { Sql } from './connect.ts'

/** The column whose value decides on which machine a tenant's rows are. */
export const DISTRIBUTION_COLUMN = 'collective_id'
/** Holds a tenant's id, and is read by the person's: who acts for which collectives. */
const SHARED_ALTHOUGH_OF_TENANT = ['member']
/** Only the owner reads and writes it, on the coordinator. */
const LOCAL = ['schema_migration']
/** Citus 12 is the first that takes an identity of type integer (its pull request 7008), which `collective` has. */
const OLDEST_CITUS = 12

/** One statement of a distribution, and whether it was carried out earlier. */
export interface DistributionStep {
  readonly statement: string
  readonly isDone: boolean
}

/** What the catalogue says of a table of ours. */
interface TableFacts {
  readonly name: string
  readonly isOfTenant: boolean
  /** The tables that its foreign keys lead to, itself not among them. */
  readonly references: readonly string[]
  readonly triggers: readonly string[]
  readonly isPlaced: boolean
}

/**
 * Everything that turns this database into one spread over a Citus cluster, in an order that Citus takes: a table
 * comes after those it refers to. Copying the rows that are there must not fire triggers, so they rest meanwhile.
 * @throws StartFailure when the extension is not there, or the login does not own the tables
 */
export async function planDistribution(owner: Sql): Promise<DistributionStep[]> {
  await refuseWithoutCitus(owner)
  const tables = inOrder(await readTables(owner))
  const shared = tables.filter((table) => !table.isOfTenant)
  const tenant = tables.filter(({ isOfTenant }) => isOfTenant)
  const [first] = tenant
  if (!first) throw new Error('there are tables of tenants')
  const [{ database = '' } = {}] = await owner<{ database: string }[]>`
    select quote_ident(current_database()) as database`
  return [
    // Ours change rows of the same tenant only, which are on the same machine.
    { statement: `alter database ${database} set citus.enable_unsafe_triggers to on`, isDone: false },
    { statement: 'set citus.enable_unsafe_triggers to on', isDone: false },
    ...shared.flatMap(referenceSteps),
    ...tenant.flatMap((table) => tenantSteps(table, first.name)),
    ...(await functionSteps(owner, first.name)),
  ]
}

/** The copies of a shared table are on every machine: a trigger on it would fire on each of them. */
function referenceSteps({ name, triggers, isPlaced }: TableFacts): DistributionStep[] {
  return [
    ...triggers.map((trigger) => `alter table "${name}" disable trigger "${trigger}"`),
    `select create_reference_table('public."${name}"')`,
  ].map((statement) => ({ statement, isDone: isPlaced }))
}

function tenantSteps({ name, triggers, isPlaced }: TableFacts, first: string): DistributionStep[] {
  const group = name === first ? 'none' : `public."${first}"`
  const create = `select create_distributed_table('public."${name}"', '${DISTRIBUTION_COLUMN}', colocate_with => '${group}')`
  const rest = triggers.length > 0 ? [`alter table "${name}" disable trigger user`] : []
  const wake = triggers.length > 0 ? [`alter table "${name}" enable trigger user`] : []
  return [
    ...[...rest, create].map((statement) => ({ statement, isDone: isPlaced })),
    // Also after a run that was broken off between the two.
    ...wake.map((statement) => ({ statement, isDone: false })),
  ]
}

/** A function that is told the tenant runs where the tenant's rows are: one round trip instead of many. */
async function functionSteps(owner: Sql, first: string): Promise<DistributionStep[]> {
  const functions = await owner<{ signature: string; is_placed: boolean }[]>`
    select p.oid::regprocedure::text as signature,
      exists (select from pg_dist_object d where d.classid = 'pg_proc'::regclass and d.objid = p.oid
              and d.distribution_argument_index is not null) as is_placed
    from pg_proc p where p.pronamespace = 'public'::regnamespace and p.proargnames[1] = 'p_collective'
      and not exists (select from pg_depend d where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e')
    order by 1`
  return functions.map(({ signature, is_placed }) => ({
    statement: `select create_distributed_function('${signature}', 'p_collective', colocate_with => 'public."${first}"')`,
    isDone: is_placed,
  }))
}

async function refuseWithoutCitus(owner: Sql): Promise<void> {
  const [found] = await owner<{ here: string | null; available: string | null; owns: boolean }[]>`
    select (select extversion from pg_extension where extname = 'citus') as here,
      (select default_version from pg_available_extensions where name = 'citus') as available,
      (select bool_and(pg_has_role(relowner, 'usage')) from pg_class
        where relkind = 'r' and relnamespace = 'public'::regnamespace) as owns`
  const refuse = (sentence: string) => new StartFailure('no_citus', sentence)
  if (!found?.here && !found?.available) {
    throw refuse('This PostgreSQL has no extension citus: see "Citus" in docs/OPERATING.md.')
  }
  if (!found.here) {
    throw refuse(
      'The extension citus is not in this database: run "create extension citus" on every machine.',
    )
  }
  if (Number.parseInt(found.here, 10) < OLDEST_CITUS) {
    throw refuse(`Citus ${found.here} is too old: ${OLDEST_CITUS} or newer is needed.`)
  }
  if (!found.owns)
    throw refuse('The login of DATABASE_URL does not own the tables: use the one that made them.')
}

async function readTables(owner: Sql): Promise<TableFacts[]> {
  const rows = await owner<
    { name: string; has_tenant: boolean; references: string[]; triggers: string[]; is_placed: boolean }[]
  >`
    select c.relname as name,
      exists (select from pg_index i join pg_attribute a on a.attrelid = c.oid and a.attnum = any (i.indkey)
        where i.indrelid = c.oid and i.indisprimary and a.attname = ${DISTRIBUTION_COLUMN}) as has_tenant,
      array(select distinct f.relname::text from pg_constraint k join pg_class f on f.oid = k.confrelid
        where k.conrelid = c.oid and k.contype = 'f' and f.oid <> c.oid order by 1) as references,
      array(select t.tgname::text from pg_trigger t
        where t.tgrelid = c.oid and not t.tgisinternal order by 1) as triggers,
      exists (select from pg_dist_partition d where d.logicalrelid = c.oid) as is_placed
    from pg_class c
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname <> all (${LOCAL})
      and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')
    order by 1`
  return rows.map(({ has_tenant, is_placed, ...row }) => ({
    ...row,
    isOfTenant: has_tenant && !SHARED_ALTHOUGH_OF_TENANT.includes(row.name),
    isPlaced: is_placed,
  }))
}

/** Each table after those that it refers to; else as they come. */
function inOrder(tables: readonly TableFacts[]): TableFacts[] {
  const placed = new Set<TableFacts>()
  const place = (table: TableFacts) => {
    if (placed.has(table)) return
    for (const name of table.references) {
      const referred = tables.find((other) => other.name === name)
      if (referred) place(referred)
    }
    placed.add(table)
  }
  for (const table of tables) place(table)
  return [...placed]
}
