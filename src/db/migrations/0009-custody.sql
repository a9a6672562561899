-- Numbers in the custody of ambassadors: phones and blocks of coupons. Every step is a dated row that names both sides.

-- The most cash an ambassador may hold before giving more coupons for cash; ten coupons of the campaign when null.
alter table collective add column cash_limit_minor bigint
  check (cash_limit_minor between 0 and 9007199254740991);

-- A phone that gives coupons with no network. It signs each record with a key that cannot leave it, and each record
-- carries the hash of the one before.
create table device (
  collective_id uuid not null,
  id uuid not null,
  ambassador_id uuid not null,
  name text not null check (length(name) between 1 and 60),
  -- P-256, SPKI in base64url.
  public_key text not null check (length(public_key) <= 200),
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  last_sequence integer not null default 0 check (last_sequence >= 0),
  last_hash text not null default '',
  revoked_at timestamptz,
  revoked_by text,
  -- Two phones speak with its voice, or its chain is broken: a person has to look at what comes from it.
  quarantined_at timestamptz,
  primary key (collective_id, id),
  unique (collective_id, id, ambassador_id),
  foreign key (collective_id, ambassador_id) references ambassador,
  check ((revoked_at is null) = (revoked_by is null))
);

create index device_of_ambassador on device (collective_id, ambassador_id);

create function device_moves_forward() returns trigger language plpgsql as $$
begin
  if (new.collective_id, new.id, new.ambassador_id, new.public_key, new.created_at)
     is distinct from (old.collective_id, old.id, old.ambassador_id, old.public_key, old.created_at)
     or old.revoked_at is not null and (new.revoked_at, new.revoked_by) is distinct from (old.revoked_at, old.revoked_by)
     or old.quarantined_at is not null and new.quarantined_at is distinct from old.quarantined_at
     or new.last_sequence < old.last_sequence then
    raise exception 'device_fixed: a device is never given away, and what ended never begins again'
      using errcode = 'check_violation';
  end if;
  return new;
end $$;

create trigger device_moves_forward before update on device
  for each row execute function device_moves_forward();

-- A contiguous range of numbers in the custody of one ambassador: a printed booklet, or a phone's reserve.
create table block (
  collective_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  ambassador_id uuid not null,
  kind text not null check (kind in ('booklet', 'phone')),
  device_id uuid,
  first integer not null check (first >= 1),
  last integer not null,
  status text not null check (status in ('allotted', 'accepted', 'returned', 'lost', 'closed')),
  created_at timestamptz not null,
  primary key (collective_id, id),
  unique (collective_id, campaign_id, id),
  foreign key (collective_id, campaign_id) references campaign,
  foreign key (collective_id, ambassador_id) references ambassador,
  foreign key (collective_id, device_id, ambassador_id) references device (collective_id, id, ambassador_id),
  check (last between first and first + 99),
  check ((kind = 'phone') = (device_id is not null))
);

create index block_of_ambassador on block (collective_id, ambassador_id, created_at);
create index block_of_campaign on block (collective_id, campaign_id, first);

create function block_moves_forward() returns trigger language plpgsql as $$
begin
  if (new.collective_id, new.id, new.campaign_id, new.ambassador_id, new.kind, new.device_id, new.first, new.last, new.created_at)
     is distinct from
     (old.collective_id, old.id, old.campaign_id, old.ambassador_id, old.kind, old.device_id, old.first, old.last, old.created_at) then
    raise exception 'block_fixed: the numbers and the holder of a block never change' using errcode = 'check_violation';
  end if;
  if old.status <> new.status and (old.status || ' ' || new.status) not in
     ('allotted accepted', 'allotted returned', 'allotted lost', 'accepted returned', 'accepted lost', 'accepted closed',
      'returned closed', 'lost closed') then
    raise exception 'block_state: % never follows %', new.status, old.status using errcode = 'check_violation';
  end if;
  return new;
end $$;

create trigger block_moves_forward before update on block
  for each row execute function block_moves_forward();

create table block_step (
  collective_id uuid not null,
  id uuid not null,
  block_id uuid not null,
  kind text not null check (kind in ('allotted', 'accepted', 'printed', 'returned', 'lost', 'closed')),
  at timestamptz not null,
  -- Who did it, and who stood on the other side: `user:ID` or `ambassador:ID`.
  actor text not null,
  with_whom text not null,
  -- The numbers that went back or were lost.
  numbers integer[] not null default '{}',
  primary key (collective_id, id),
  foreign key (collective_id, block_id) references block
);

create index block_step_of on block_step (collective_id, block_id, at);
create trigger block_step_is_immutable before update or delete or truncate on block_step
  for each statement execute function refuse_change();

-- Given for cash, by an ambassador.
alter table "order" drop constraint order_method_check;
alter table "order"
  add constraint order_method_check check (method in ('card', 'transfer', 'cash')),
  add constraint order_cash_by_ambassador check (method <> 'cash' or ambassador_id is not null);

alter table coupon
  add column block_id uuid,
  -- Its money came as cash into the hands of an ambassador.
  add column cash boolean not null default false,
  add foreign key (collective_id, campaign_id, block_id) references block (collective_id, campaign_id, id),
  add constraint coupon_in_block check ((state <> 'allotted' or block_id is not null)
    and (state <> 'available' or block_id is null)),
  add constraint coupon_cash_given check (not cash or state in ('sold', 'void'));

create index coupon_of_block on coupon (collective_id, block_id, number) where block_id is not null;

alter table campaign add column in_hand integer not null default 0;
alter table campaign add constraint campaign_in_hand check (in_hand between 0 and sold - banked);

create or replace function coupon_keeps_owner() returns trigger language plpgsql as $$
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
     or old.banked_on is not null and new.banked_on is distinct from old.banked_on
     or old.state in ('sold', 'void') and new.cash is distinct from old.cash then
    raise exception 'coupon_fixed: the day of a coupon never changes' using errcode = 'check_violation';
  end if;
  if new.block_id is distinct from old.block_id and new.state <> 'available' then
    if (old.state, new.state) is distinct from ('available'::text, 'allotted'::text) then
      raise exception 'coupon_custody: coupon % stays in its block', old.number using errcode = 'check_violation';
    end if;
    perform from block b where b.collective_id = new.collective_id and b.id = new.block_id
      and new.number between b.first and b.last;
    if not found then
      raise exception 'coupon_custody: the number % is not one of the block', old.number using errcode = 'check_violation';
    end if;
  end if;
  return new;
end $$;

drop trigger coupon_keeps_owner on coupon;
create trigger coupon_keeps_owner before update on coupon for each row
  when ((new.collective_id, new.campaign_id, new.number, new.goal, 'available', 'reserved', old.given_on, old.banked_on,
         old.block_id, old.cash)
    is distinct from
    (old.collective_id, old.campaign_id, old.number, old.goal, old.state, new.state, new.given_on, new.banked_on,
     new.block_id, new.cash))
  execute function coupon_keeps_owner();

create or replace function coupon_counts_updated() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  update campaign c set
    available = c.available + d.available, allotted = c.allotted + d.allotted, reserved = c.reserved + d.reserved,
    sold = c.sold + d.sold, void = c.void + d.void, banked = c.banked + d.banked, in_hand = c.in_hand + d.in_hand,
    next_number = least(c.next_number, d.lowest_freed)
  from (
    select collective_id, campaign_id,
      coalesce(sum(sign) filter (where state = 'available'), 0) as available,
      coalesce(sum(sign) filter (where state = 'allotted'), 0) as allotted,
      coalesce(sum(sign) filter (where state = 'reserved'), 0) as reserved,
      coalesce(sum(sign) filter (where state = 'sold'), 0) as sold,
      coalesce(sum(sign) filter (where state = 'void'), 0) as void,
      coalesce(sum(sign) filter (where state = 'sold' and banked_on is not null), 0) as banked,
      coalesce(sum(sign) filter (where state = 'sold' and cash and banked_on is null), 0) as in_hand,
      min(number) filter (where state = 'available' and sign = 1) as lowest_freed
    from (
      select collective_id, campaign_id, number, state, banked_on, cash, 1 as sign from after_change
      union all
      select collective_id, campaign_id, number, state, banked_on, cash, -1 from before_change
    ) both_sides
    group by collective_id, campaign_id
  ) d
  where c.collective_id = d.collective_id and c.id = d.campaign_id;
  return null;
end $$;

revoke execute on function device_moves_forward, block_moves_forward, coupon_keeps_owner, coupon_counts_updated from public;
grant update (cash_limit_minor) on collective to twiza_app;
grant select, insert, update (name, last_seen_at, last_sequence, last_hash, revoked_at, revoked_by, quarantined_at)
  on device to twiza_app;
grant select, insert, update (status) on block to twiza_app;
grant select, insert on block_step to twiza_app;
grant update (block_id, cash) on coupon to twiza_app;
