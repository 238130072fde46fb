-- One row per published article. An imported one keeps the id of its source, by which a second import knows it again.
create table article_index (
  content_item_id text primary key,
  path text not null,
  title text not null,
  summary text not null,
  published_on text,
  agency text not null,
  source_id text,
  source_url text,
  content_hash text,
  duplicate_of text
);
create unique index article_index_by_source on article_index (source_id) where source_id is not null;
create index article_index_by_hash on article_index (content_hash) where content_hash is not null;
create index article_index_by_url on article_index (source_url) where source_url is not null;
create index article_index_by_date on article_index (published_on);
