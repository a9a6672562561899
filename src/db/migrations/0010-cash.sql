-- What ambassadors gave for cash, and how the cash comes to the association: each side says what it did.

-- What an ambassador says was given for cash, kept whatever becomes of it. A coupon that is given takes the sale's id as
-- its order's. What the phone signed (`payload`) holds no personal data.
create table sale (
  collective_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  ambassador_id uuid not null,
  block_id uuid,
  device_id uuid,
  sequence integer check (sequence >= 1),
  numbers integer[] not null check (cardinality(numbers) between 1 and 50),
  amount_minor bigint not null check (amount_minor between 1 and 9007199254740991),
  currency text not null,
  -- By the phone's clock, which may be wrong; `received_at` is the server's.
  given_at timestamptz not null,
  received_at timestamptz not null,
  payload text check (length(payload) <= 2000),
  payload_hash text not null,
  signature text check (length(signature) <= 200),
  outcome text not null check (outcome in ('stored', 'number_not_in_block', 'number_taken', 'number_void',
    'campaign_closed', 'device_revoked', 'chain_gap', 'exists_with_different_content')),
  -- The sale with the same id and other content that came first.
  repeats_id uuid,
  order_id uuid,
  -- The contributor of a sale that has no order yet; taken away once it has one, or was settled otherwise.
  contributor jsonb,
  -- Whether its cash stands in the books: not while nobody knows whether the phone was still its owner's.
  is_posted boolean not null,
  banked_on date,
  resolved_at timestamptz,
  resolved_by text,
  resolution text check (resolution in ('numbers_given', 'given_back', 'accepted', 'refused')),
  primary key (collective_id, id),
  unique (collective_id, payload_hash),
  foreign key (collective_id, campaign_id, currency) references campaign (collective_id, id, currency),
  foreign key (collective_id, ambassador_id) references ambassador,
  foreign key (collective_id, campaign_id, block_id) references block (collective_id, campaign_id, id),
  foreign key (collective_id, device_id, ambassador_id) references device (collective_id, id, ambassador_id),
  foreign key (collective_id, campaign_id, order_id) references "order" (collective_id, campaign_id, id),
  foreign key (collective_id, repeats_id) references sale,
  check ((device_id is null) = (payload is null) and (device_id is null) = (signature is null)
    and (device_id is null) = (sequence is null)),
  check ((outcome = 'exists_with_different_content') = (repeats_id is not null)),
  check (outcome <> 'stored' or order_id is not null and is_posted),
  check (order_id is null or is_posted),
  check (banked_on is null or is_posted),
  check ((resolved_at is null) = (resolved_by is null) and (resolved_at is null) = (resolution is null)),
  check (resolved_at is null or outcome <> 'stored')
);

create unique index sale_of_order on sale (collective_id, order_id) where order_id is not null;
create index sale_in_hand on sale (collective_id, campaign_id, ambassador_id, given_at) where banked_on is null;
create index sale_of_ambassador on sale (collective_id, ambassador_id, given_at desc);
create index sale_conflict on sale (collective_id, received_at) where outcome <> 'stored' and resolved_at is null;

create function sale_moves_forward() returns trigger language plpgsql as $$
begin
  if old.order_id is not null and new.order_id is distinct from old.order_id
     or old.is_posted and not new.is_posted
     or old.banked_on is not null and new.banked_on is distinct from old.banked_on
     or old.resolved_at is not null and
        (new.resolved_at, new.resolved_by, new.resolution) is distinct from (old.resolved_at, old.resolved_by, old.resolution) then
    raise exception 'sale_fixed: what was decided of a sale never changes' using errcode = 'check_violation';
  end if;
  return new;
end $$;

create trigger sale_moves_forward before update on sale
  for each row execute function sale_moves_forward();
create trigger sale_is_never_deleted before delete or truncate on sale
  for each statement execute function refuse_change();

-- An order given for cash has its money once.
create unique index transfer_once_per_cash_order on transfer (collective_id, order_id)
  where kind = 'given' and payment_id is null and order_id is not null;

-- Cash that an ambassador hands over: said by one side, confirmed by the other, never by one person on both.
create table remittance (
  collective_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  ambassador_id uuid not null,
  amount_minor bigint not null check (amount_minor between 1 and 9007199254740991),
  currency text not null,
  way text not null check (way in ('hand', 'deposit', 'transfer')),
  note text check (length(note) <= 280),
  declared_as text not null check (declared_as in ('ambassador', 'treasurer')),
  declared_by uuid not null references person,
  declared_at timestamptz not null,
  status text not null check (status in ('declared', 'disputed', 'confirmed', 'withdrawn')),
  decided_by uuid references person,
  decided_at timestamptz,
  -- What the other side counted, and why it is another amount.
  counted_minor bigint check (counted_minor between 0 and 9007199254740991),
  reason text check (length(reason) <= 280),
  primary key (collective_id, id),
  foreign key (collective_id, campaign_id, currency) references campaign (collective_id, id, currency),
  foreign key (collective_id, ambassador_id) references ambassador,
  constraint remittance_two_people check (status not in ('confirmed', 'disputed') or decided_by <> declared_by),
  check ((status = 'declared') = (decided_at is null) and (decided_at is null) = (decided_by is null)),
  check ((status in ('confirmed', 'disputed')) = (counted_minor is not null)),
  check (counted_minor is null or counted_minor = amount_minor or reason is not null)
);

create index remittance_of_ambassador on remittance (collective_id, ambassador_id, declared_at desc);
create index remittance_open on remittance (collective_id, declared_at) where status in ('declared', 'disputed');

create function remittance_moves_forward() returns trigger language plpgsql as $$
begin
  if (new.collective_id, new.id, new.campaign_id, new.ambassador_id, new.amount_minor, new.currency, new.way, new.note,
      new.declared_as, new.declared_by, new.declared_at)
     is distinct from
     (old.collective_id, old.id, old.campaign_id, old.ambassador_id, old.amount_minor, old.currency, old.way, old.note,
      old.declared_as, old.declared_by, old.declared_at) then
    raise exception 'remittance_fixed: what was declared never changes' using errcode = 'check_violation';
  end if;
  if (old.status || ' ' || new.status) not in
     ('declared confirmed', 'declared disputed', 'declared withdrawn', 'disputed confirmed', 'disputed withdrawn') then
    raise exception 'remittance_state: % never follows %', new.status, old.status using errcode = 'check_violation';
  end if;
  return new;
end $$;

create trigger remittance_moves_forward before update on remittance
  for each row execute function remittance_moves_forward();
create trigger remittance_is_never_deleted before delete or truncate on remittance
  for each statement execute function refuse_change();

-- Whose cash a remittance brings. A sale waits in one remittance at a time.
create table remittance_sale (
  collective_id uuid not null,
  remittance_id uuid not null,
  sale_id uuid not null,
  is_open boolean not null default true,
  primary key (collective_id, remittance_id, sale_id),
  foreign key (collective_id, remittance_id) references remittance,
  foreign key (collective_id, sale_id) references sale
);

create unique index remittance_sale_once on remittance_sale (collective_id, sale_id) where is_open;

-- Less or more than the coupons say, on a line of its own.
create table remittance_line (
  collective_id uuid not null,
  id uuid not null,
  remittance_id uuid not null,
  kind text not null check (kind in ('short', 'surplus')),
  amount_minor bigint not null check (amount_minor between 1 and 9007199254740991),
  reason text not null check (length(reason) between 1 and 280),
  primary key (collective_id, id),
  foreign key (collective_id, remittance_id) references remittance
);

create trigger remittance_line_is_immutable before update or delete or truncate on remittance_line
  for each statement execute function refuse_change();

-- The picture of a bank's slip, made small and clean of whatever else the file held.
create table remittance_slip (
  collective_id uuid not null,
  remittance_id uuid not null,
  image bytea not null check (octet_length(image) <= 1048576),
  primary key (collective_id, remittance_id),
  foreign key (collective_id, remittance_id) references remittance
);

-- Who was thanked by the ambassador through whom they gave.
create table thanks (
  collective_id uuid not null,
  order_id uuid not null,
  ambassador_id uuid not null,
  thanked_at timestamptz not null,
  primary key (collective_id, order_id),
  foreign key (collective_id, order_id) references "order",
  foreign key (collective_id, ambassador_id) references ambassador
);

create index order_of_ambassador on "order" (collective_id, ambassador_id, created_at desc) where ambassador_id is not null;
grant select, insert on thanks to twiza_app;

revoke execute on function sale_moves_forward, remittance_moves_forward from public;
grant select, insert, update (order_id, contributor, is_posted, banked_on, resolved_at, resolved_by, resolution)
  on sale to twiza_app;
grant select, insert, update (status, decided_by, decided_at, counted_minor, reason) on remittance to twiza_app;
grant select, insert, update (is_open) on remittance_sale to twiza_app;
grant select, insert on remittance_line, remittance_slip to twiza_app;
