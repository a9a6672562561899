-- Who may act for a collective, how they sign in, and the one-time link that sets an installation up.
-- person, session, verification, sign_in_method and sign_in_rate are written by the sign-in library, which
-- is told these names (docs/decisions/0004-sign-in.md). They belong to the installation: one person may be
-- an organiser of several collectives.

create table person (
  id uuid primary key,
  name text not null check (length(name) between 1 and 200),
  -- Lower case: one person has one address.
  email text not null unique check (email = lower(email)),
  email_verified boolean not null default false,
  image text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create table session (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  -- Worth nothing without the signature that the cookie carries.
  token text not null unique,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create index session_of_person on session (person_id);

-- A promise to check once: a sign-in link waits here as the hash of its token.
create table verification (
  id uuid primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create index verification_of_identifier on verification (identifier);

-- Further ways for a person to sign in; a link by itself needs none.
create table sign_in_method (
  id uuid primary key,
  person_id uuid not null references person on delete cascade,
  account_id text not null,
  provider_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null,
  updated_at timestamptz not null
);

create index sign_in_method_of_person on sign_in_method (person_id);

create table sign_in_rate (
  id uuid primary key,
  key text not null unique,
  count integer not null,
  last_request_ms bigint not null
);

create table organiser (
  collective_id uuid not null references collective,
  person_id uuid not null references person,
  since timestamptz not null,
  primary key (collective_id, person_id)
);

create index organiser_of_person on organiser (person_id);

-- Only the newest unused link is valid. The token itself is known to whoever reads the start of the log.
create table setup_link (
  token_hash text primary key,
  created_at timestamptz not null,
  used_at timestamptz
);

grant select, insert, update, delete on session, verification, sign_in_rate to twiza_app;
grant select, insert, update on person to twiza_app;
grant select on sign_in_method to twiza_app;
grant select, insert on organiser to twiza_app;
grant select, insert, update (used_at) on setup_link to twiza_app;
