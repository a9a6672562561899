import type { Sql } from '../../src/db/connect.ts'

/**
 * Plants functions and tables with the names and arguments of Citus, and an entry in the list of extensions. They
 * move nothing: they record what they are asked, and refuse what Citus' manual says it refuses.
 */
export async function plantCitusStub(owner: Sql): Promise<void> {
  await owner.unsafe(STUB)
}

/** What was asked of the stub, in this order. */
export async function askedOfCitus(owner: Sql): Promise<string[]> {
  const rows = await owner<{ asked: string }[]>`select asked from citus_asked order by number`
  return rows.map(({ asked }) => asked)
}

// From the manual: "Creating and Modifying Distributed Objects", "SQL Support and Workarounds" (docs.citusdata.com).
const STUB = `
set allow_system_table_mods = on;
insert into pg_extension (oid, extname, extowner, extnamespace, extrelocatable, extversion)
  select 987654, 'citus', 10, 'pg_catalog'::regnamespace, false, '13.0-1';
create schema citus_stub;
create table citus_stub.citus_asked (number integer generated always as identity, asked text not null);
create table citus_stub.pg_dist_partition (logicalrelid regclass, partmethod "char", colocated_with text);
create table citus_stub.pg_dist_object (classid oid, objid oid, distribution_argument_index integer);

create function citus_stub.refuse_triggers(t regclass) returns void language plpgsql as $$
begin
  if current_setting('citus.enable_unsafe_triggers', true) is distinct from 'on'
     and exists (select from pg_trigger where tgrelid = t and not tgisinternal) then
    raise exception 'cannot distribute % because it has triggers', t;
  end if;
  if exists (select from pg_trigger where tgrelid = t and not tgisinternal and tgenabled <> 'D') then
    raise exception 'copying the rows of % would fire its triggers', t;
  end if;
  if exists (select from pg_dist_partition where logicalrelid = t) then
    raise exception '% is already distributed', t;
  end if;
end $$;

create function citus_stub.create_reference_table(table_name regclass) returns void language plpgsql as $$
begin
  perform refuse_triggers(table_name);
  if exists (select from pg_constraint k where k.conrelid = table_name and k.contype = 'f' and k.confrelid <> table_name
      and not exists (select from pg_dist_partition d where d.logicalrelid = k.confrelid and d.partmethod = 'n')) then
    raise exception 'a foreign key of the reference table % leads to a table that is none', table_name;
  end if;
  insert into pg_dist_partition values (table_name, 'n', null);
  insert into citus_asked (asked) values ('reference ' || table_name);
end $$;

create function citus_stub.create_distributed_table(table_name regclass, distribution_column text,
  distribution_type text default 'hash', colocate_with text default 'default', shard_count integer default null)
returns void language plpgsql as $$
declare
  the_column smallint := (select attnum from pg_attribute where attrelid = table_name and attname = distribution_column);
begin
  perform refuse_triggers(table_name);
  if colocate_with <> 'none' and not exists (
      select from pg_dist_partition where logicalrelid = colocate_with::regclass and partmethod = 'h') then
    raise exception '% cannot be together with %, which is not distributed', table_name, colocate_with;
  end if;
  if exists (select from pg_index where indrelid = table_name and indisunique and the_column <> all (indkey)) then
    raise exception 'a unique index of % lacks the column', table_name;
  end if;
  if exists (
      select from pg_constraint k left join pg_dist_partition d on d.logicalrelid = k.confrelid
      where k.conrelid = table_name and k.contype = 'f' and k.confrelid <> table_name
        and (d.partmethod is null or d.partmethod = 'h' and the_column <> all (k.conkey))) then
    raise exception 'a foreign key of % leads to a table that is not together with it', table_name;
  end if;
  insert into pg_dist_partition values (table_name, 'h', colocate_with);
  insert into citus_asked (asked) values ('distributed ' || table_name || ' by ' || distribution_column);
end $$;

create function citus_stub.create_distributed_function(function_name regprocedure, distribution_arg_name text default null,
  colocate_with text default 'default', force_delegation boolean default null)
returns void language plpgsql as $$
begin
  if not exists (select from pg_dist_partition where logicalrelid = colocate_with::regclass and partmethod = 'h')
     or not exists (select from pg_proc where oid = function_name and proargtypes[0] = 'uuid'::regtype
       and proargnames[1] = distribution_arg_name) then
    raise exception '% cannot be distributed', function_name;
  end if;
  insert into pg_dist_object values ('pg_proc'::regclass, function_name, 0);
  insert into citus_asked (asked) values ('function ' || function_name);
end $$;

do $$ begin
  execute format('alter database %I set search_path = "$user", public, citus_stub', current_database());
end $$;
set search_path = "$user", public, citus_stub;
`
