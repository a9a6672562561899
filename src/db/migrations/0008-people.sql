-- Who acts for a collective and in which role, how they come in, how they sign in, and the mail that goes out.

create table member (
  collective_id uuid not null references collective,
  person_id uuid not null references person,
  role text not null check (role in ('organiser', 'treasurer', 'reviewer')),
  since timestamptz not null,
  ended_at timestamptz,
  primary key (collective_id, person_id, role)
);

create index member_of_person on member (person_id) where ended_at is null;

insert into member (collective_id, person_id, role, since)
  select collective_id, person_id, 'organiser', since from organiser;
drop table organiser;

-- Who looks after the installation itself. Whoever sets it up is the first.
create table administrator (
  person_id uuid primary key references person,
  since timestamptz not null
);

insert into administrator (person_id, since)
  select person_id, since from member where role = 'organiser' order by since, person_id limit 1;

alter table person add column lang text not null default 'fr' check (lang in ('ar', 'fr', 'en', 'es'));

-- When the person proved in this session that the passkey is theirs: asked of who handles money or the installation.
alter table session add column passkey_at timestamptz;

-- A key that never leaves somebody's phone or token; here is the half that may be known.
create table passkey (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  name text,
  public_key text not null,
  credential_id text not null unique,
  counter bigint not null,
  device_type text not null,
  backed_up boolean not null,
  transports text,
  aaguid text,
  created_at timestamptz not null
);

create index passkey_of_person on passkey (person_id);

-- Somebody asked to sign in: the link works in the browser that asked, the code is typed there.
create table sign_in_request (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  browser_hash text not null,
  link_hash text not null unique,
  code_hash text not null,
  tries integer not null default 0 check (tries between 0 and 5),
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz
);

create index sign_in_request_ended on sign_in_request (expires_at);

alter table ambassador
  add column person_id uuid references person,
  add column lang text not null default 'fr' check (lang in ('ar', 'fr', 'en', 'es')),
  add column paused_at timestamptz,
  add column thanked_at timestamptz,
  -- They let the organisers show them on the wall of ambassadors.
  add column on_wall boolean not null default true,
  add constraint ambassador_not_invited_by_self check (invited_by <> id);

create unique index ambassador_of_person on ambassador (collective_id, person_id) where person_id is not null;
create index ambassador_of_anyone on ambassador (person_id) where person_id is not null;
create index ambassador_invited on ambassador (collective_id, invited_by) where invited_by is not null;

-- Nobody is invited, directly or not, by themselves: the tree stays a tree, because it never changes.
create function ambassador_keeps_inviter() returns trigger language plpgsql as $$
begin
  if new.invited_by is distinct from old.invited_by
     or old.person_id is not null and new.person_id is distinct from old.person_id then
    raise exception 'ambassador_fixed: who invited an ambassador, and who they are, never changes'
      using errcode = 'check_violation';
  end if;
  return new;
end $$;

create trigger ambassador_keeps_inviter before update on ambassador
  for each row execute function ambassador_keeps_inviter();

-- What happened to an ambassador, step by step: one dated row each, with who did it.
create table ambassador_step (
  collective_id uuid not null,
  id uuid not null,
  ambassador_id uuid not null,
  kind text not null check (kind in
    ('proposed', 'invited', 'joined', 'accepted', 'declined', 'charter_accepted', 'paused', 'resumed', 'thanked', 'ended')),
  at timestamptz not null,
  actor text not null,
  primary key (collective_id, id),
  foreign key (collective_id, ambassador_id) references ambassador
);

create index ambassador_step_of on ambassador_step (collective_id, ambassador_id, at);
create trigger ambassador_step_is_immutable before update or delete or truncate on ambassador_step
  for each statement execute function refuse_change();

insert into ambassador_step (collective_id, id, ambassador_id, kind, at, actor)
  select collective_id, gen_random_uuid(), id, 'proposed', proposed_at, 'contributor' from ambassador
  union all
  select collective_id, gen_random_uuid(), id, 'accepted', accepted_at, 'organiser' from ambassador
    where accepted_at is not null
  union all
  select collective_id, gen_random_uuid(), id, case when accepted_at is null then 'declined' else 'ended' end, ended_at,
    'organiser' from ambassador where ended_at is not null;

-- What ambassadors promise. Version 0 is the text that comes with Twiza; a collective may write its own.
create table charter (
  collective_id uuid not null references collective,
  version integer not null check (version >= 1),
  texts jsonb not null check (jsonb_typeof(texts) = 'object'),
  published_at timestamptz not null,
  published_by uuid not null references person,
  primary key (collective_id, version)
);

create trigger charter_is_immutable before update or delete or truncate on charter
  for each statement execute function refuse_change();

create table charter_acceptance (
  collective_id uuid not null,
  ambassador_id uuid not null,
  version integer not null check (version >= 0),
  lang text not null,
  -- SHA-256 of the text that was shown, so that it can be told later which one it was.
  text_hash text not null,
  accepted_at timestamptz not null,
  primary key (collective_id, ambassador_id, version),
  foreign key (collective_id, ambassador_id) references ambassador
);

create trigger charter_acceptance_is_immutable before update or delete or truncate on charter_acceptance
  for each statement execute function refuse_change();

-- What an ambassador sets out to do for one campaign, and says of its dream.
create table pledge (
  collective_id uuid not null,
  campaign_id uuid not null,
  ambassador_id uuid not null,
  goal integer check (goal between 1 and 1000),
  words jsonb not null default '{}' check (jsonb_typeof(words) = 'object'),
  changed_at timestamptz not null,
  primary key (collective_id, campaign_id, ambassador_id),
  foreign key (collective_id, campaign_id) references campaign,
  foreign key (collective_id, ambassador_id) references ambassador
);

-- An open door for one person. The token is known to whoever holds the link; here is its hash.
create table invitation (
  collective_id uuid not null references collective,
  id uuid not null,
  role text not null check (role in ('organiser', 'treasurer', 'reviewer', 'ambassador')),
  token_hash text not null,
  name text check (length(name) between 1 and 60),
  email text,
  phone text,
  lang text not null check (lang in ('ar', 'fr', 'en', 'es')),
  invited_by_person uuid not null references person,
  -- The ambassador who invites, or who is invited to a place that is there already.
  invited_by uuid,
  ambassador_id uuid,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  taken_at timestamptz,
  taken_by uuid references person,
  revoked_at timestamptz,
  primary key (collective_id, id),
  unique (collective_id, token_hash),
  foreign key (collective_id, invited_by) references ambassador (collective_id, id),
  foreign key (collective_id, ambassador_id) references ambassador (collective_id, id),
  check ((taken_at is null) = (taken_by is null)),
  check (invited_by is null or role = 'ambassador'),
  check (taken_at is null or revoked_at is null)
);

create index invitation_open on invitation (collective_id, created_at desc) where taken_at is null and revoked_at is null;

-- Mail that is to go out: written in the transaction of what it tells, sent after its commit, forgotten once sent.
create table mail (
  id uuid primary key,
  template text not null,
  lang text not null,
  -- Who gets it and what it says; taken away once it is sent or given up.
  to_address text,
  data jsonb,
  created_at timestamptz not null,
  due_at timestamptz not null,
  tries integer not null default 0,
  sent_at timestamptz,
  gave_up_at timestamptz,
  last_error text,
  check ((sent_at is null and gave_up_at is null) = (to_address is not null and data is not null))
);

create index mail_due on mail (due_at) where sent_at is null and gave_up_at is null;

create constraint trigger collective_is_revised after insert or update or delete on pledge
  deferrable initially deferred for each row execute function collective_is_revised('collective_id');

revoke execute on function ambassador_keeps_inviter from public;
grant select, insert, update (ended_at) on member to twiza_app;
grant select, insert on administrator to twiza_app;
grant select, insert, update, delete on passkey to twiza_app;
grant select, insert, update (tries, used_at), delete on sign_in_request to twiza_app;
grant select, insert on ambassador_step, charter, charter_acceptance to twiza_app;
grant select, insert, update (goal, words, changed_at) on pledge to twiza_app;
grant select, insert, update (taken_at, taken_by, revoked_at, ambassador_id) on invitation to twiza_app;
grant select, insert, update (to_address, data, due_at, tries, sent_at, gave_up_at, last_error) on mail to twiza_app;
