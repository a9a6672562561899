-- Who appeals, who collects, and for which home.
-- Every tenant table starts its keys with collective_id: tenants stay apart by construction, and a
-- large installation can spread over a Citus cluster by that column without another schema.
-- Local days arrive from the application as dates. They are never computed here: a database server's
-- own time-zone data can be older than the newest change of law (Morocco, 20 September 2026).

create table collective (
  id uuid primary key,
  -- Short public number, the first part of an order's key: it finds the tenant without a cross-tenant query.
  number integer generated always as identity unique,
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) between 2 and 60),
  name jsonb not null check (jsonb_typeof(name) = 'object'),
  city jsonb not null check (jsonb_typeof(city) = 'object'),
  time_zone text not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  langs text[] not null check (cardinality(langs) >= 1),
  created_at timestamptz not null
);

create table association (
  collective_id uuid not null references collective,
  id uuid not null,
  legal_name jsonb not null check (jsonb_typeof(legal_name) = 'object'),
  account_number text not null,
  bank_name text,
  authorisation_number text not null,
  authority text,
  authorised_from date not null,
  authorised_until date not null,
  created_at timestamptz not null,
  primary key (collective_id, id),
  check (authorised_until >= authorised_from)
);

create table campaign (
  collective_id uuid not null references collective,
  id uuid not null,
  association_id uuid not null,
  slug text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) between 2 and 60),
  price_minor bigint not null check (price_minor between 1 and 9007199254740991),
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  goal integer not null check (goal between 1 and 1000000),
  first_day date not null,
  last_day date not null check (last_day >= first_day),
  created_at timestamptz not null,
  scheduled_at timestamptz,
  closed_at timestamptz,
  delivered_at timestamptz,
  -- Counters of its coupons, written only by the trigger on coupon.
  available integer not null default 0 check (available >= 0),
  allotted integer not null default 0 check (allotted >= 0),
  reserved integer not null default 0 check (reserved >= 0),
  sold integer not null default 0 check (sold >= 0),
  void integer not null default 0 check (void >= 0),
  banked integer not null default 0 check (banked between 0 and sold),
  -- Position of its last event: what a live page has seen.
  position bigint not null default 0,
  primary key (collective_id, id),
  unique (collective_id, slug),
  unique (collective_id, id, goal),
  unique (collective_id, id, currency),
  unique (collective_id, id, price_minor, currency),
  foreign key (collective_id, association_id) references association,
  check (delivered_at is null or closed_at is not null),
  -- All coupons together stay within what every reader of JSON takes exactly (2^53 - 1).
  check (price_minor::numeric * goal <= 9007199254740991),
  check (closed_at is null or scheduled_at is not null),
  -- Coupons are conserved in every snapshot.
  constraint coupons_conserved check (
    available + allotted + reserved + sold + void = goal
    or scheduled_at is null and available + allotted + reserved + sold + void = 0
  )
);

create function campaign_stays_fixed() returns trigger language plpgsql as $$
begin
  if old.scheduled_at is not null and
     (new.price_minor, new.currency, new.goal, new.scheduled_at, new.association_id)
       is distinct from (old.price_minor, old.currency, old.goal, old.scheduled_at, old.association_id) then
    raise exception 'campaign_fixed: price, goal and association of a scheduled campaign never change'
      using errcode = 'check_violation';
  end if;
  return new;
end $$;

create trigger campaign_stays_fixed before update on campaign
  for each row execute function campaign_stays_fixed();

-- The story of a campaign, one row for each language it is told in.
create table dream (
  collective_id uuid not null,
  campaign_id uuid not null,
  lang text not null,
  title text not null,
  summary text not null,
  story text not null,
  primary key (collective_id, campaign_id, lang),
  foreign key (collective_id, campaign_id) references campaign
);

create table ambassador (
  collective_id uuid not null references collective,
  id uuid not null,
  slug text not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and length(slug) between 2 and 60),
  name text not null,
  first_words jsonb not null default '{}' check (jsonb_typeof(first_words) = 'object'),
  phone text,
  email text,
  invited_by uuid,
  proposed_at timestamptz not null,
  accepted_at timestamptz,
  ended_at timestamptz,
  primary key (collective_id, id),
  unique (collective_id, slug),
  foreign key (collective_id, invited_by) references ambassador
);

-- A piece of news of a campaign.
create table "update" (
  collective_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  title jsonb not null check (jsonb_typeof(title) = 'object'),
  body jsonb not null check (jsonb_typeof(body) = 'object'),
  published_at timestamptz not null,
  primary key (collective_id, id),
  foreign key (collective_id, campaign_id) references campaign
);

create index update_newest on "update" (collective_id, campaign_id, published_at desc);

-- The wish of a visitor to be told of the next dream.
create table wish (
  collective_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  email text,
  phone text,
  lang text not null,
  created_at timestamptz not null,
  primary key (collective_id, id),
  foreign key (collective_id, campaign_id) references campaign,
  check (email is not null or phone is not null)
);

-- One row for each fact that happened. No personal data: what is public follows from here.
create table event (
  collective_id uuid not null references collective,
  id uuid not null,
  campaign_id uuid,
  position bigint,
  kind text not null,
  at timestamptz not null,
  actor text not null,
  order_id uuid,
  data jsonb not null default '{}',
  primary key (collective_id, id),
  unique (collective_id, campaign_id, position),
  foreign key (collective_id, campaign_id) references campaign
);

create function event_takes_position() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  if new.campaign_id is not null then
    update campaign set position = position + 1
      where collective_id = new.collective_id and id = new.campaign_id
      returning position into new.position;
    perform pg_notify('campaign_changed', new.collective_id || ':' || new.campaign_id);
  end if;
  return new;
end $$;

create trigger event_takes_position before insert on event
  for each row execute function event_takes_position();

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '%_immutable: rows of % are never changed or deleted', tg_table_name, tg_table_name
    using errcode = 'check_violation';
end $$;

create trigger event_is_immutable before update or delete or truncate on event
  for each statement execute function refuse_change();

revoke execute on function campaign_stays_fixed, event_takes_position from public;
grant select, insert on collective, association, dream, ambassador, "update", wish, event to twiza_app;
grant update on association, dream, ambassador, "update" to twiza_app;
grant update (name, city, langs) on collective to twiza_app;
grant delete on wish to twiza_app;
-- Counters and position are not for the application to write.
grant select,
  insert (collective_id, id, association_id, slug, price_minor, currency, goal, first_day, last_day, created_at),
  update (slug, price_minor, currency, goal, first_day, last_day, closed_at, delivered_at)
  on campaign to twiza_app;
