-- What the public sees of a collective is described by its revision and the positions of its campaigns: whoever
-- keeps a page compares these numbers and reads again when one has moved. Nothing is announced any more: every
-- commit with a notification takes one lock of the whole database, so that durable commits would queue up one
-- behind another, and a lost connection loses what was said (docs/decisions/0006-versions-instead-of-notify.md).

create table collective_revision (
  collective_id uuid primary key references collective,
  revision bigint not null check (revision >= 1)
);

insert into collective_revision (collective_id, revision) select id, 1 from collective;

-- The argument names the column that holds the collective's id.
create function collective_is_revised() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
declare changed jsonb := to_jsonb(coalesce(new, old));
begin
  insert into collective_revision as r (collective_id, revision) values ((changed ->> tg_argv[0])::uuid, 1)
    on conflict (collective_id) do update set revision = r.revision + 1;
  return null;
end $$;

-- Deferred, so that the row of the revision is the last lock of a transaction, whatever it did before: two
-- changes of one collective can never wait for each other in a circle.
create constraint trigger collective_is_revised after insert or update on collective
  deferrable initially deferred for each row execute function collective_is_revised('id');
create constraint trigger collective_is_revised after insert or update or delete on association
  deferrable initially deferred for each row execute function collective_is_revised('collective_id');
-- Counters and position move with every order; the position tells of them by itself.
create constraint trigger collective_is_revised after insert or delete or update of association_id, slug, price_minor,
    currency, goal, first_day, last_day, scheduled_at, closed_at, delivered_at on campaign
  deferrable initially deferred for each row execute function collective_is_revised('collective_id');
create constraint trigger collective_is_revised after insert or update or delete on dream
  deferrable initially deferred for each row execute function collective_is_revised('collective_id');
create constraint trigger collective_is_revised after insert or update or delete on ambassador
  deferrable initially deferred for each row execute function collective_is_revised('collective_id');
create constraint trigger collective_is_revised after insert or update or delete on "update"
  deferrable initially deferred for each row execute function collective_is_revised('collective_id');
create constraint trigger collective_is_revised after insert or update or delete on spending
  deferrable initially deferred for each row execute function collective_is_revised('collective_id');
-- A spending that is put right is shown no more.
create constraint trigger collective_is_revised after insert on transfer
  deferrable initially deferred for each row when (new.reverses_id is not null)
  execute function collective_is_revised('collective_id');
create constraint trigger collective_is_revised after update of word, lang, word_allowed_at, word_hidden_at on "order"
  deferrable initially deferred for each row execute function collective_is_revised('collective_id');

create or replace function event_takes_position() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  if new.campaign_id is not null then
    update campaign set position = position + 1
      where collective_id = new.collective_id and id = new.campaign_id
      returning position into new.position;
  end if;
  return new;
end $$;

-- What a page shows of very many rows is found by an index that holds little else.
create index order_words_shown on "order" (collective_id, campaign_id, created_at desc)
  where word_allowed_at is not null and word_hidden_at is null;
create index order_words_waiting on "order" (collective_id, created_at)
  where word is not null and word_allowed_at is null and word_hidden_at is null;
create index order_words_allowed on "order" (collective_id, word_allowed_at) where word_allowed_at is not null;
create index ambassador_accepted on ambassador (collective_id, accepted_at);
create index spending_of_campaign on spending (collective_id, campaign_id, spent_on);
drop index order_words;

revoke execute on function collective_is_revised, event_takes_position from public;
grant select on collective_revision to twiza_app;
