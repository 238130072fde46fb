-- One row per version of a content item. At most one row of an item is latest, at most one is published; both may be the same row.
create table content_items (
  id integer primary key autoincrement,
  content_item_id text not null,
  content_item_version_id text not null unique,
  content_type text not null,
  display_text text not null,
  latest integer not null,
  published integer not null,
  created_utc text,
  modified_utc text,
  published_utc text,
  owner text,
  author text,
  document text not null
);
create unique index content_items_latest on content_items (content_item_id) where latest = 1;
create unique index content_items_published on content_items (content_item_id) where published = 1;
create index content_items_by_type on content_items (content_type, published_utc) where published = 1;

create table content_type_definitions (name text primary key, document text not null);
create table content_part_definitions (name text primary key, document text not null);

-- Site settings, roles and every recipe step that is kept as data: one row per section, JSON as the recipe gave it.
create table site_settings (name text primary key, document text not null);

-- Published addresses, without a leading slash.
create table autoroute_index (
  path text primary key,
  content_item_id text not null,
  content_type text not null
);
create index autoroute_index_by_item on autoroute_index (content_item_id);

-- Terms of published taxonomies, and which published item carries which.
create table term_index (
  term_id text primary key,
  taxonomy_item_id text not null,
  taxonomy text not null,
  slug text not null,
  path text not null,
  title text not null,
  parent_term_id text,
  position integer not null,
  document text not null
);
create unique index term_index_by_slug on term_index (taxonomy, slug);
create table content_terms (
  content_item_id text not null,
  content_type text not null,
  field text not null,
  term_id text not null,
  primary key (content_item_id, field, term_id)
);
create index content_terms_by_term on content_terms (term_id, content_type);

-- What search indexes have to catch up with. Only the last task of an item is kept, under a new, higher id: a reader with a cursor misses nothing.
create table indexing_tasks (
  id integer primary key autoincrement,
  content_item_id text not null unique,
  kind text not null,
  created_utc text not null
);

-- Who changed what; written with the change, never updated or deleted by the application.
create table audit_events (
  id integer primary key autoincrement,
  at_utc text not null,
  actor text not null,
  action text not null,
  subject_kind text not null,
  subject_id text not null,
  subject_title text not null,
  detail text not null
);
create index audit_events_by_subject on audit_events (subject_id);

-- What happened that readers care about: digests and dashboards read it. Imports write nothing here: what is imported is not new.
create table activity_events (
  id integer primary key autoincrement,
  at_utc text not null,
  kind text not null,
  content_item_id text not null,
  content_type text not null
);
create index activity_events_by_time on activity_events (at_utc);
