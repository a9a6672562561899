-- A coupon is one numbered unit of a campaign; an order is one contributor's wish for some of them.

create table "order" (
  collective_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  quantity integer not null check (quantity between 1 and 50),
  price_minor bigint not null,
  currency text not null,
  amount_minor bigint not null,
  method text not null check (method in ('card', 'transfer')),
  status text not null check (status in ('reserved', 'paid', 'expired', 'cancelled', 'refunded')),
  key text not null,
  reference text,
  name text,
  anonymous boolean not null,
  email text,
  phone text,
  lang text not null,
  word text check (length(word) <= 140),
  word_allowed_at timestamptz,
  word_hidden_at timestamptz,
  ambassador_id uuid,
  consent_at timestamptz not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  paid_at timestamptz,
  ended_at timestamptz,
  primary key (collective_id, id),
  unique (collective_id, campaign_id, id),
  unique (collective_id, reference),
  foreign key (collective_id, campaign_id, price_minor, currency)
    references campaign (collective_id, id, price_minor, currency),
  foreign key (collective_id, ambassador_id) references ambassador,
  check (amount_minor = price_minor * quantity),
  check ((method = 'transfer') = (reference is not null)),
  check (status not in ('paid', 'refunded') or paid_at is not null),
  check (status not in ('expired', 'cancelled', 'refunded') or ended_at is not null)
);

create index order_expiring on "order" (expires_at) where status = 'reserved';
create index order_of_campaign on "order" (collective_id, campaign_id, created_at desc);
create index order_words on "order" (collective_id, campaign_id, created_at desc) where word is not null;

-- Which state follows which. A paid order never falls back; late money may still revive an expired one.
create function order_moves_forward() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if new.status <> 'reserved' then
      raise exception 'order_state: an order begins as reserved, not as %', new.status using errcode = 'check_violation';
    end if;
    return new;
  end if;
  if (new.collective_id, new.id, new.campaign_id, new.quantity, new.price_minor, new.currency, new.amount_minor, new.method, new.key,
      new.reference, new.consent_at, new.created_at, new.ambassador_id)
     is distinct from
     (old.collective_id, old.id, old.campaign_id, old.quantity, old.price_minor, old.currency, old.amount_minor, old.method, old.key,
      old.reference, old.consent_at, old.created_at, old.ambassador_id) then
    raise exception 'order_fixed: what an order asked for never changes' using errcode = 'check_violation';
  end if;
  if old.status <> new.status and (old.status || ' ' || new.status) not in
     ('reserved paid', 'reserved expired', 'reserved cancelled', 'expired paid', 'paid refunded') then
    raise exception 'order_state: % never follows %', new.status, old.status using errcode = 'check_violation';
  end if;
  return new;
end $$;

create trigger order_moves_forward before insert or update on "order"
  for each row execute function order_moves_forward();

create table coupon (
  collective_id uuid not null,
  campaign_id uuid not null,
  number integer not null check (number >= 1),
  goal integer not null,
  state text not null default 'available'
    check (state in ('available', 'allotted', 'reserved', 'sold', 'void')),
  order_id uuid,
  given_on date,
  banked_on date,
  primary key (collective_id, campaign_id, number),
  foreign key (collective_id, campaign_id, goal) references campaign (collective_id, id, goal),
  foreign key (collective_id, campaign_id, order_id) references "order" (collective_id, campaign_id, id),
  check (number <= goal),
  check (state not in ('reserved', 'sold') or order_id is not null),
  check (state not in ('available', 'allotted') or order_id is null),
  check (state <> 'sold' or given_on is not null),
  check (given_on is null or state in ('sold', 'void')),
  check (banked_on is null or given_on is not null)
);

create index coupon_available on coupon (collective_id, campaign_id, number) where state = 'available';
create index coupon_of_order on coupon (collective_id, order_id) where order_id is not null;

-- One owner, ever: a sold coupon keeps its order for good; it can only become void.
create function coupon_keeps_owner() returns trigger language plpgsql as $$
begin
  if (new.collective_id, new.campaign_id, new.number, new.goal)
     is distinct from (old.collective_id, old.campaign_id, old.number, old.goal) then
    raise exception 'coupon_fixed: the number of a coupon never changes' using errcode = 'check_violation';
  end if;
  if old.state <> new.state and (old.state || ' ' || new.state) not in
     ('available reserved', 'available allotted', 'available void', 'allotted available', 'allotted reserved',
      'allotted void', 'reserved available', 'reserved sold', 'sold void') then
    raise exception 'coupon_state: % never follows %', new.state, old.state using errcode = 'check_violation';
  end if;
  if old.order_id is not null and new.state <> 'available' and new.order_id is distinct from old.order_id then
    raise exception 'coupon_owner: coupon % has an owner already', old.number using errcode = 'check_violation';
  end if;
  if old.given_on is not null and new.given_on is distinct from old.given_on
     or old.banked_on is not null and new.banked_on is distinct from old.banked_on then
    raise exception 'coupon_fixed: the day of a coupon never changes' using errcode = 'check_violation';
  end if;
  return new;
end $$;

create trigger coupon_keeps_owner before update on coupon
  for each row execute function coupon_keeps_owner();

create function coupon_counts_inserted() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  update campaign c set
    available = c.available + d.available, allotted = c.allotted + d.allotted, reserved = c.reserved + d.reserved,
    sold = c.sold + d.sold, void = c.void + d.void
  from (
    select collective_id, campaign_id,
      count(*) filter (where state = 'available') as available, count(*) filter (where state = 'allotted') as allotted,
      count(*) filter (where state = 'reserved') as reserved, count(*) filter (where state = 'sold') as sold,
      count(*) filter (where state = 'void') as void
    from changed group by collective_id, campaign_id
  ) d
  where c.collective_id = d.collective_id and c.id = d.campaign_id;
  return null;
end $$;

create trigger coupon_counts_inserted after insert on coupon
  referencing new table as changed for each statement execute function coupon_counts_inserted();

create function coupon_counts_updated() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  update campaign c set
    available = c.available + d.available, allotted = c.allotted + d.allotted, reserved = c.reserved + d.reserved,
    sold = c.sold + d.sold, void = c.void + d.void, banked = c.banked + d.banked
  from (
    select collective_id, campaign_id,
      coalesce(sum(sign) filter (where state = 'available'), 0) as available,
      coalesce(sum(sign) filter (where state = 'allotted'), 0) as allotted,
      coalesce(sum(sign) filter (where state = 'reserved'), 0) as reserved,
      coalesce(sum(sign) filter (where state = 'sold'), 0) as sold,
      coalesce(sum(sign) filter (where state = 'void'), 0) as void,
      coalesce(sum(sign) filter (where state = 'sold' and banked_on is not null), 0) as banked
    from (
      select collective_id, campaign_id, state, banked_on, 1 as sign from after_change
      union all
      select collective_id, campaign_id, state, banked_on, -1 from before_change
    ) both_sides
    group by collective_id, campaign_id
  ) d
  where c.collective_id = d.collective_id and c.id = d.campaign_id;
  return null;
end $$;

create trigger coupon_counts_updated after update on coupon
  referencing old table as before_change new table as after_change
  for each statement execute function coupon_counts_updated();

create trigger coupon_is_never_deleted before delete or truncate on coupon
  for each statement execute function refuse_change();

-- How many coupons each ambassador's people gave, by campaign.
create table ambassador_tally (
  collective_id uuid not null,
  campaign_id uuid not null,
  ambassador_id uuid not null,
  given integer not null check (given >= 0),
  primary key (collective_id, campaign_id, ambassador_id),
  foreign key (collective_id, campaign_id) references campaign,
  foreign key (collective_id, ambassador_id) references ambassador
);

create function order_tallies_ambassador() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  if new.ambassador_id is not null and (new.status = 'paid') <> (old.status = 'paid') then
    insert into ambassador_tally as t (collective_id, campaign_id, ambassador_id, given)
      values (new.collective_id, new.campaign_id, new.ambassador_id, new.quantity)
      on conflict (collective_id, campaign_id, ambassador_id)
      do update set given = t.given + case when new.status = 'paid' then new.quantity else -new.quantity end;
  end if;
  return null;
end $$;

create trigger order_tallies_ambassador after update on "order"
  for each row execute function order_tallies_ambassador();

-- Scheduling brings the numbers 1..goal into being. The application's role may not insert coupons itself.
create function schedule_campaign(p_collective uuid, p_campaign uuid, p_now timestamptz) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare the_goal integer;
begin
  select goal into the_goal from campaign
    where collective_id = p_collective and id = p_campaign and scheduled_at is null for update;
  if not found then return false; end if;
  insert into coupon (collective_id, campaign_id, number, goal)
    select p_collective, p_campaign, n, the_goal from generate_series(1, the_goal) n;
  update campaign set scheduled_at = p_now where collective_id = p_collective and id = p_campaign;
  return true;
end $$;

revoke execute on function schedule_campaign from public;
grant execute on function schedule_campaign to twiza_app;
revoke execute on function order_moves_forward, coupon_keeps_owner, coupon_counts_inserted, coupon_counts_updated,
  order_tallies_ambassador from public;
grant select, insert,
  update (status, name, anonymous, email, phone, lang, word, word_allowed_at, word_hidden_at, expires_at, paid_at, ended_at)
  on "order" to twiza_app;
grant select, update (state, order_id, given_on, banked_on) on coupon to twiza_app;
grant select on ambassador_tally to twiza_app;
