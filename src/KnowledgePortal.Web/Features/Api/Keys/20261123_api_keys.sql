-- Keys with which programs act as an account. What a program sends is kept as its SHA-256 only. No scope means nothing; no type means every type.
create table api_keys (
  key_id text primary key,
  account_id text not null references accounts (account_id),
  name text not null,
  key_hash text not null unique,
  hint text not null,
  scopes text not null,
  content_types text not null,
  created_utc text not null,
  expires_utc text,
  used_utc text,
  revoked_utc text,
  revoked_by text
);
create index api_keys_by_account on api_keys (account_id, created_utc);
