-- Double entry. A transfer moves an amount between two accounts of one campaign and one currency;
-- the composite foreign keys make any other transfer impossible, and a single row with two sides
-- cannot be unbalanced. Nothing here is ever changed or deleted: a correction is a new transfer.

create table account (
  collective_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  kind text not null
    check (kind in ('bank', 'card', 'cash', 'fund', 'overflow', 'home', 'fees', 'refunds_due', 'suspense')),
  -- The provider of a card account, the ambassador of a cash account, else empty.
  holder text not null default '',
  currency text not null,
  -- Totals written only by the trigger on transfer.
  debits_minor bigint not null default 0 check (debits_minor between 0 and 9007199254740991),
  credits_minor bigint not null default 0 check (credits_minor between 0 and 9007199254740991),
  primary key (collective_id, id),
  unique (collective_id, campaign_id, kind, holder),
  unique (collective_id, id, campaign_id, currency),
  foreign key (collective_id, campaign_id, currency) references campaign (collective_id, id, currency),
  check ((kind in ('card', 'cash')) = (holder <> '')),
  -- No place gives away more than came into it, and no debt is paid beyond what is owed. Only money of which
  -- nobody knows yet what it is for may stand on either side.
  constraint account_never_overdrawn check (case
    when kind in ('bank', 'card', 'cash', 'home', 'fees') then debits_minor >= credits_minor
    when kind in ('fund', 'overflow', 'refunds_due') then credits_minor >= debits_minor
    else true
  end)
);

create function account_stays_fixed() returns trigger language plpgsql as $$
begin
  if (new.collective_id, new.id, new.campaign_id, new.kind, new.holder, new.currency)
     is distinct from (old.collective_id, old.id, old.campaign_id, old.kind, old.holder, old.currency) then
    raise exception 'account_fixed: an account never changes' using errcode = 'check_violation';
  end if;
  return new;
end $$;

create trigger account_stays_fixed before update on account
  for each row execute function account_stays_fixed();
create trigger account_is_never_deleted before delete or truncate on account
  for each statement execute function refuse_change();

create table payment (
  collective_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  provider text not null,
  attempt integer not null check (attempt between 1 and 100),
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  status text not null check (status in ('started', 'declined', 'paid')),
  created_at timestamptz not null,
  ended_at timestamptz,
  primary key (collective_id, id),
  unique (collective_id, order_id, attempt),
  foreign key (collective_id, order_id) references "order",
  check ((status = 'started') = (ended_at is null))
);

create function payment_moves_forward() returns trigger language plpgsql as $$
begin
  if (new.collective_id, new.id, new.order_id, new.provider, new.attempt, new.amount_minor, new.currency, new.created_at)
     is distinct from
     (old.collective_id, old.id, old.order_id, old.provider, old.attempt, old.amount_minor, old.currency, old.created_at) then
    raise exception 'payment_fixed: what a payment is for never changes' using errcode = 'check_violation';
  end if;
  if old.status <> new.status and (old.status || ' ' || new.status) not in
     ('started declined', 'started paid', 'declined paid') then
    raise exception 'payment_state: % never follows %', new.status, old.status using errcode = 'check_violation';
  end if;
  return new;
end $$;

create trigger payment_moves_forward before update on payment
  for each row execute function payment_moves_forward();

-- What a provider told us, by its own id of the message: remembered for ever, so that twice is once.
create table provider_event (
  collective_id uuid not null,
  provider text not null,
  event_id text not null check (length(event_id) between 1 and 200),
  payment_id uuid not null,
  outcome text not null,
  received_at timestamptz not null,
  primary key (collective_id, provider, event_id),
  foreign key (collective_id, payment_id) references payment
);

create trigger provider_event_is_immutable before update or delete or truncate on provider_event
  for each statement execute function refuse_change();

create table refund (
  collective_id uuid not null,
  id uuid not null,
  payment_id uuid not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  reason text not null,
  created_at timestamptz not null,
  done_at timestamptz,
  done_by text,
  primary key (collective_id, id),
  unique (collective_id, payment_id),
  foreign key (collective_id, payment_id) references payment,
  check ((done_at is null) = (done_by is null))
);

create table transfer (
  collective_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  debit_account_id uuid not null,
  credit_account_id uuid not null,
  amount_minor bigint not null check (amount_minor between 1 and 9007199254740991),
  currency text not null,
  kind text not null check (kind in
    ('given', 'settled', 'fee', 'refund_due', 'refunded', 'spent', 'overflow', 'suspense', 'correction')),
  order_id uuid,
  payment_id uuid,
  reverses_id uuid,
  -- The local day it belongs to, and the instant it was written.
  day date not null,
  posted_at timestamptz not null,
  posted_by text not null,
  primary key (collective_id, id),
  -- A transfer is reversed at most once, by its exact mirror.
  unique (collective_id, reverses_id),
  unique (collective_id, id, campaign_id, amount_minor, currency, debit_account_id, credit_account_id),
  check (debit_account_id <> credit_account_id),
  check ((kind = 'correction') = (reverses_id is not null)),
  foreign key (collective_id, debit_account_id, campaign_id, currency)
    references account (collective_id, id, campaign_id, currency),
  foreign key (collective_id, credit_account_id, campaign_id, currency)
    references account (collective_id, id, campaign_id, currency),
  foreign key (collective_id, campaign_id, order_id) references "order" (collective_id, campaign_id, id),
  foreign key (collective_id, payment_id) references payment,
  foreign key (collective_id, reverses_id, campaign_id, amount_minor, currency, credit_account_id, debit_account_id)
    references transfer (collective_id, id, campaign_id, amount_minor, currency, debit_account_id, credit_account_id)
);

create index transfer_of_debit on transfer (collective_id, debit_account_id, posted_at);
create index transfer_of_credit on transfer (collective_id, credit_account_id, posted_at);
create unique index transfer_once_per_payment on transfer (collective_id, payment_id, kind)
  where payment_id is not null;

create function transfer_moves_balances() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
begin
  update account set debits_minor = debits_minor + new.amount_minor
    where collective_id = new.collective_id and id = new.debit_account_id;
  update account set credits_minor = credits_minor + new.amount_minor
    where collective_id = new.collective_id and id = new.credit_account_id;
  return null;
end $$;

create trigger transfer_moves_balances after insert on transfer
  for each row execute function transfer_moves_balances();
create trigger transfer_is_immutable before update or delete or truncate on transfer
  for each statement execute function refuse_change();

create table spending (
  collective_id uuid not null,
  id uuid not null,
  campaign_id uuid not null,
  transfer_id uuid not null,
  purpose jsonb not null check (jsonb_typeof(purpose) = 'object'),
  spent_on date not null,
  primary key (collective_id, id),
  foreign key (collective_id, campaign_id) references campaign,
  foreign key (collective_id, transfer_id) references transfer
);

-- The sandbox's own books: it stands in for a hosted card page, so it keeps its records apart.
create table sandbox_session (
  collective_id uuid not null,
  payment_id uuid not null,
  amount_minor bigint not null,
  currency text not null,
  return_url text not null,
  lang text not null,
  status text not null check (status in ('open', 'paid', 'declined', 'abandoned')),
  primary key (collective_id, payment_id),
  foreign key (collective_id, payment_id) references payment
);

create table sandbox_callback (
  collective_id uuid not null,
  id uuid not null,
  payment_id uuid not null,
  body text not null,
  -- Signed when it is sent, as real providers do; a forged one gets a wrong signature, for trying that out.
  forged boolean not null default false,
  due_at timestamptz not null,
  sent_at timestamptz,
  tries integer not null default 0,
  primary key (collective_id, id),
  foreign key (collective_id, payment_id) references payment
);

create index sandbox_callback_due on sandbox_callback (due_at) where sent_at is null;

grant select, insert (collective_id, id, campaign_id, kind, holder, currency) on account to twiza_app;
grant select, insert on transfer, provider_event, spending to twiza_app;
grant select, insert, update (status, ended_at) on payment to twiza_app;
grant select, insert, update (done_at, done_by) on refund to twiza_app;
grant select, insert, update (status) on sandbox_session to twiza_app;
grant select, insert, update (due_at, sent_at, tries) on sandbox_callback to twiza_app;
-- Whoever may execute a trigger function may hang it on a table of its own, even a temporary one, and so reach
-- the counters with its owner's rights: nobody may. Firing needs no such right.
revoke execute on function refuse_change, account_stays_fixed, payment_moves_forward, transfer_moves_balances
  from public;
