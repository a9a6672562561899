-- Orders of one campaign that wait at the same time are placed together: one lock, one commit, one answer each.
-- `place_order` of 0004 gives way to `place_orders`; one wish alone is a list of one.

-- No coupon below this number is available: the search for free numbers begins here, so that it does not wade
-- through all that were taken before. Written only by `place_orders` and by the trigger on coupon.
alter table campaign add column next_number integer not null default 1 check (next_number >= 1);
-- The row changes with every batch: room on its page keeps the old versions short-lived.
alter table campaign set (fillfactor = 25);

-- The numbers that an order was given first: it gets them again if its money comes late and they are still free.
alter table "order" add column first_numbers integer[] not null default '{}';

-- On a young installation, before the first statistics, the planner looks an order up by whatever small index
-- begins with its tenant, and then reads all orders of a campaign to find one: no such index is left. What the
-- desk asks for has its own, which a look-up by id cannot use.
drop index order_of_campaign;
create index order_transfers on "order" (collective_id, status, expires_at) where method = 'transfer';
alter table "order" drop constraint order_collective_id_reference_key;
create unique index order_reference on "order" (collective_id, reference) where reference is not null;

create or replace function order_moves_forward() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    raise exception 'order_state: an order begins as reserved, not as %', new.status using errcode = 'check_violation';
  end if;
  if (new.collective_id, new.id, new.campaign_id, new.quantity, new.price_minor, new.currency, new.amount_minor, new.method, new.key,
      new.reference, new.consent_at, new.created_at, new.ambassador_id, new.first_numbers)
     is distinct from
     (old.collective_id, old.id, old.campaign_id, old.quantity, old.price_minor, old.currency, old.amount_minor, old.method, old.key,
      old.reference, old.consent_at, old.created_at, old.ambassador_id, old.first_numbers) then
    raise exception 'order_fixed: what an order asked for never changes' using errcode = 'check_violation';
  end if;
  if old.status <> new.status and (old.status || ' ' || new.status) not in
     ('reserved paid', 'reserved expired', 'reserved cancelled', 'expired paid', 'paid refunded') then
    raise exception 'order_state: % never follows %', new.status, old.status using errcode = 'check_violation';
  end if;
  return new;
end $$;

-- Conditions of triggers are looked at without calling their function: the usual row passes by.
drop trigger order_moves_forward on "order";
create trigger order_moves_forward before update on "order"
  for each row execute function order_moves_forward();
create trigger order_begins_reserved before insert on "order"
  for each row when (new.status <> 'reserved') execute function order_moves_forward();
drop trigger coupon_keeps_owner on coupon;
create trigger coupon_keeps_owner before update on coupon for each row
  when ((new.collective_id, new.campaign_id, new.number, new.goal, 'available', 'reserved', old.given_on, old.banked_on)
    is distinct from
    (old.collective_id, old.campaign_id, old.number, old.goal, old.state, new.state, new.given_on, new.banked_on))
  execute function coupon_keeps_owner();

-- Every event of a campaign has its collective by the key of the campaign; only the others look for theirs.
alter table event drop constraint event_collective_id_fkey;
create function event_has_collective() returns trigger language plpgsql as $$
begin
  perform from collective where id = new.collective_id for key share;
  if not found then
    raise exception 'event_collective: there is no collective %', new.collective_id using errcode = 'foreign_key_violation';
  end if;
  return new;
end $$;
create trigger event_has_collective before insert on event
  for each row when (new.campaign_id is null) execute function event_has_collective();

create or replace function coupon_counts_updated() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  update campaign c set
    available = c.available + d.available, allotted = c.allotted + d.allotted, reserved = c.reserved + d.reserved,
    sold = c.sold + d.sold, void = c.void + d.void, banked = c.banked + d.banked,
    next_number = least(c.next_number, d.lowest_freed)
  from (
    select collective_id, campaign_id,
      coalesce(sum(sign) filter (where state = 'available'), 0) as available,
      coalesce(sum(sign) filter (where state = 'allotted'), 0) as allotted,
      coalesce(sum(sign) filter (where state = 'reserved'), 0) as reserved,
      coalesce(sum(sign) filter (where state = 'sold'), 0) as sold,
      coalesce(sum(sign) filter (where state = 'void'), 0) as void,
      coalesce(sum(sign) filter (where state = 'sold' and banked_on is not null), 0) as banked,
      min(number) filter (where state = 'available' and sign = 1) as lowest_freed
    from (
      select collective_id, campaign_id, number, state, banked_on, 1 as sign from after_change
      union all
      select collective_id, campaign_id, number, state, banked_on, -1 from before_change
    ) both_sides
    group by collective_id, campaign_id
  ) d
  where c.collective_id = d.collective_id and c.id = d.campaign_id;
  return null;
end $$;

-- Events written many at a time bring their positions along, counted on under the campaign's lock. Only the
-- functions of the owner may: the application's role cannot write the column.
drop trigger event_takes_position on event;
create trigger event_takes_position before insert on event
  for each row when (new.position is null) execute function event_takes_position();
revoke insert on event from twiza_app;
grant insert (collective_id, id, campaign_id, kind, at, actor, order_id, data) on event to twiza_app;

create or replace function expire_reservations(p_collective uuid, p_campaign uuid, p_now timestamptz) returns integer
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  ended uuid[];
  base bigint;
begin
  select position into base from campaign where collective_id = p_collective and id = p_campaign for update;
  with due as (
    update "order" set status = 'expired', ended_at = p_now
    where collective_id = p_collective and campaign_id = p_campaign and status = 'reserved' and expires_at <= p_now
    returning id
  )
  select array_agg(id) into ended from due;
  if ended is null then return 0; end if;
  update coupon set state = 'available', order_id = null
    where collective_id = p_collective and order_id = any(ended) and state = 'reserved';
  insert into event (collective_id, id, campaign_id, position, kind, at, actor, order_id)
    select p_collective, gen_random_uuid(), p_campaign, base + n, 'order_expired', p_now, 'clock', e
    from unnest(ended) with ordinality as t(e, n);
  update campaign set position = base + cardinality(ended) where collective_id = p_collective and id = p_campaign;
  return cardinality(ended);
end $$;

-- Reserves numbers for an order that has none: its first ones if all of them are free, else the lowest free.
-- The caller holds the campaign's lock. Returns how many it could reserve.
create or replace function reserve_numbers(p_collective uuid, p_campaign uuid, p_order uuid, p_quantity integer)
returns integer language plpgsql as $$
declare
  chosen integer[];
  taken integer;
begin
  select array_agg(k.number) into chosen
    from "order" o join coupon k on k.collective_id = o.collective_id and k.campaign_id = o.campaign_id
      and k.number = any (o.first_numbers) and k.state = 'available'
    where o.collective_id = p_collective and o.id = p_order;
  if cardinality(chosen) is distinct from p_quantity then
    chosen := array(
      select k.number from campaign c join coupon k on k.collective_id = c.collective_id and k.campaign_id = c.id
        and k.number >= c.next_number and k.state = 'available'
      where c.collective_id = p_collective and c.id = p_campaign
      order by k.number limit p_quantity);
  end if;
  update coupon set state = 'reserved', order_id = p_order
    where collective_id = p_collective and campaign_id = p_campaign and number = any (chosen);
  get diagnostics taken = row_count;
  return taken;
end $$;

drop function place_order;

-- Places the wishes of one campaign in the order of the list. No id may stand twice in it. One row a wish, in
-- the same order; outcome, in the order of the checks: exists (with facts), campaign_unknown, campaign_not_live,
-- quantity_invalid, sold_out, only_n_left (with remaining), created (with numbers and the price of one coupon).
-- The settings keep one plan, by the keys, also before the first statistics are gathered.
create function place_orders(p_collective uuid, p_campaign uuid, p_wishes jsonb, p_now timestamptz, p_today date)
returns table (outcome text, remaining integer, numbers integer[], price_minor bigint, facts jsonb)
language plpgsql security definer set search_path = public, pg_temp
set plan_cache_mode = force_generic_plan set enable_seqscan = off set enable_bitmapscan = off
as $$
declare
  c campaign;
  ids uuid[];
  quantities integer[];
  known uuid[];
  is_live boolean;
  free_left integer;
  outcomes text[];
  remainings integer[];
  -- Where the numbers of each wish begin among those that the batch takes; null for who gets none.
  firsts integer[];
  taken integer := 0;
  created integer := 0;
  -- The numbers that the batch takes, ascending, and whose each one is.
  free integer[];
  owners uuid[];
begin
  select array_agg((w->>'id')::uuid order by n), array_agg((w->>'quantity')::integer order by n)
    into ids, quantities from jsonb_array_elements(p_wishes) with ordinality as t(w, n);
  -- Waiters for a row that changes may overtake each other, waiters for this lock do not: a call whose connection
  -- broke while it waited is over before the same ids, sent again, are told that nothing is left.
  perform pg_advisory_xact_lock(hashtextextended(p_campaign::text, 0));
  select * into c from campaign where collective_id = p_collective and id = p_campaign for update;
  -- Under the lock: the same id may have been placed while this call waited for it.
  known := array(select o.id from "order" o where o.collective_id = p_collective and o.id = any (ids));
  -- What is recorded has happened, also by a clock that was set back.
  is_live := c.scheduled_at is not null and c.closed_at is null and p_today between c.first_day and c.last_day;
  if is_live and c.available < (select sum(least(q, 50)) from unnest(quantities) q)
     and expire_reservations(p_collective, p_campaign, p_now) > 0 then
    select * into c from campaign where collective_id = p_collective and id = p_campaign;
  end if;
  free_left := c.available;

  for i in 1 .. coalesce(cardinality(ids), 0) loop
    if ids[i] = any (known) then outcomes[i] := 'exists';
    elsif c.id is null then outcomes[i] := 'campaign_unknown';
    elsif is_live is not true then outcomes[i] := 'campaign_not_live';
    elsif quantities[i] is null or quantities[i] not between 1 and 50 then outcomes[i] := 'quantity_invalid';
    elsif free_left = 0 then outcomes[i] := 'sold_out';
    elsif free_left < quantities[i] then
      outcomes[i] := 'only_n_left';
      remainings[i] := free_left;
    else
      outcomes[i] := 'created';
      firsts[i] := taken + 1;
      taken := taken + quantities[i];
      owners := owners || array_fill(ids[i], array[quantities[i]]);
      free_left := free_left - quantities[i];
      created := created + 1;
    end if;
  end loop;

  if created > 0 then
    free := array(
      select k.number from coupon k where k.collective_id = p_collective and k.campaign_id = p_campaign
        and k.state = 'available' and k.number >= c.next_number order by k.number limit taken);
    if cardinality(free) <> taken then
      raise exception 'coupons_conserved: the counter says % free, the coupons say less', c.available;
    end if;
    with wish as materialized (
      select w.*, free[firsts[w.n] : firsts[w.n] + w.quantity - 1] as own,
        c.position + row_number() over (order by w.n) as position
      from rows from (jsonb_to_recordset(p_wishes) as (
          id uuid, quantity integer, method text, key text, reference text, name text, anonymous boolean, email text,
          phone text, lang text, word text, "ambassadorId" uuid, "expiresAt" timestamptz, "eventId" uuid,
          "paymentId" uuid, provider text)) with ordinality as w(id, quantity, method, key, reference, name,
          anonymous, email, phone, lang, word, ambassador_id, expires_at, event_id, payment_id, provider, n)
      where firsts[w.n] is not null
    ), placed as (
      insert into "order" (collective_id, id, campaign_id, quantity, price_minor, currency, amount_minor, method, status,
          key, reference, name, anonymous, email, phone, lang, word, ambassador_id, consent_at, created_at, expires_at,
          first_numbers)
        select p_collective, id, p_campaign, quantity, c.price_minor, c.currency, c.price_minor * quantity, method,
          'reserved', key, reference, name, anonymous, email, phone, lang, word, ambassador_id, p_now, p_now, expires_at, own
        -- Two campaigns that are asked for the same ids at the same moment wait for each other in one order.
        from wish order by id
    ), asked as (
      insert into payment (collective_id, id, order_id, provider, attempt, amount_minor, currency, status, created_at)
        select p_collective, payment_id, id, provider, 1, c.price_minor * quantity, c.currency, 'started', p_now
        from wish where payment_id is not null
    ), noted as (
      insert into event (collective_id, id, campaign_id, position, kind, at, actor, order_id, data)
        select p_collective, event_id, p_campaign, wish.position, 'order_placed', p_now, 'contributor', id,
          jsonb_build_object('quantity', quantity, 'method', method)
        from wish
    )
    -- An array, not a join: the numbers are found by their key also before the first statistics are gathered.
    update coupon k set state = 'reserved', order_id = owners[width_bucket(k.number, free)]
      where k.collective_id = p_collective and k.campaign_id = p_campaign and k.number = any (free);
    -- After the trigger on coupon has counted: every free number up to the last one taken is taken.
    update campaign set position = position + created, next_number = free[taken] + 1
      where collective_id = p_collective and id = p_campaign;
  end if;

  return query select outcomes[i], remainings[i], free[firsts[i] : firsts[i] + quantities[i] - 1],
      case when outcomes[i] = 'created' then c.price_minor end,
      case when outcomes[i] = 'exists' then order_facts(p_collective, ids[i]) end
    from generate_subscripts(ids, 1) i order by i;
end $$;

revoke execute on function place_orders, event_has_collective from public;
grant execute on function place_orders to twiza_app;
