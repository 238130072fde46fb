-- People who may sign in. The user name is the e-mail address in lower case; who has no password has not accepted the invitation yet.
create table accounts (
  account_id text primary key,
  user_name text not null unique,
  display_name text not null,
  password_hash text,
  is_enabled integer not null,
  created_utc text not null,
  signed_in_utc text
);
create table account_roles (
  account_id text not null references accounts (account_id),
  role text not null,
  primary key (account_id, role)
);

-- What is in a cookie or a link is kept as its SHA-256 only: a copy of this database opens no account.
create table account_sessions (
  key_hash text primary key,
  account_id text not null references accounts (account_id),
  started_utc text not null,
  seen_utc text not null,
  browser text not null
);
create index account_sessions_by_account on account_sessions (account_id);
create table account_tokens (
  token_hash text primary key,
  account_id text not null references accounts (account_id),
  purpose text not null,
  expires_utc text not null
);
create index account_tokens_by_account on account_tokens (account_id);

-- Tries within the window of their limit; older rows are removed by the next try. The subject is a hash of an address.
create table attempts (
  id integer primary key,
  kind text not null,
  subject text not null,
  at_utc text not null
);
create index attempts_by_subject on attempts (kind, subject, at_utc);
