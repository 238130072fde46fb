create table community_index (
  content_item_id text primary key,
  path text not null,
  title text not null,
  short_name text not null,
  summary text not null,
  agency_term_id text
);
