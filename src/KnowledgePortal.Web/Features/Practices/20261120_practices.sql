-- Best practices and knowledge programmes: one row each while published.
create table practice_index (
  content_item_id text primary key,
  content_type text not null,
  path text not null,
  title text not null,
  one_line text not null,
  kind text,
  province_term_id text,
  agency_term_id text,
  award_term_id text,
  award_year integer,
  trust_level text,
  result_indicator text,
  result_before text,
  result_after text,
  result_unit text,
  told_in text,
  published_utc text
);
create index practice_index_by_session on practice_index (told_in);
