-- Who asked for mail. The key is the address as mail systems compare it.
create table subscribers (
  id integer primary key autoincrement,
  address_key text not null unique,
  address text not null,
  created_utc text not null
);

-- What somebody asked for: topics and provinces (term ids, sorted, a space between) and a search (its parameters), none of them means everything, at a frequency. Nothing is sent before
-- confirmed_utc. last_event_id is the newest activity event that the subscription has been told of, or that was there before it: by number, not by
-- time, so that neither a late run nor a wrong clock loses or repeats anything. last_run_id is the run that has looked at it.
create table subscriptions (
  id integer primary key autoincrement,
  subscriber_id integer not null references subscribers (id),
  frequency text not null,
  term_ids text not null,
  search text not null default '',
  token text not null unique,
  confirmation_hash text unique,
  confirmation_expires_utc text,
  created_utc text not null,
  confirmed_utc text,
  unsubscribed_utc text,
  last_event_id integer not null,
  last_run_id integer not null default 0
);
create unique index subscriptions_active on subscriptions (subscriber_id, frequency, term_ids, search) where confirmed_utc is not null and unsubscribed_utc is null;
create index subscriptions_by_run on subscriptions (frequency, last_run_id);

-- Addresses that a server has refused for good. Only digests look here: account mail goes on.
create table suppressions (
  address_key text primary key,
  at_utc text not null,
  reason text not null
);

-- One row per frequency and Thai day: open (being written), built (every mail is in digest_deliveries) or skipped (a newer one took its place).
create table digest_runs (
  id integer primary key autoincrement,
  run_date text not null,
  frequency text not null,
  state text not null,
  until_event_id integer not null,
  created_utc text not null,
  unique (run_date, frequency)
);

-- One mail. run_id is null for a confirmation mail. state: queued, deferred and uncertain wait for next_at (null: final); claimed is with a sender;
-- data_sent is with a server that has not answered; sent, failed, suppressed and skipped are final. The content is frozen when the mail is written, so that
-- what is sent again is the same mail, and is dropped when the state is final.
create table digest_deliveries (
  id integer primary key autoincrement,
  run_id integer references digest_runs (id),
  subscription_id integer not null references subscriptions (id),
  state text not null,
  next_at text,
  claimed_by text,
  lease_until text,
  epoch integer not null default 0,
  attempts integer not null default 0,
  uncertain_count integer not null default 0,
  after_event_id integer not null,
  message_id text not null,
  sender text not null,
  recipient text not null,
  content blob,
  last_reply text not null default '',
  created_utc text not null,
  updated_utc text not null,
  unique (run_id, subscription_id)
);
create index digest_deliveries_due on digest_deliveries (next_at) where next_at is not null;
create index digest_deliveries_claimed on digest_deliveries (claimed_by) where claimed_by is not null;
create index digest_deliveries_by_subscription on digest_deliveries (subscription_id);
