-- Which published item lies in which list.
create table contained_index (
  content_item_id text primary key,
  list_content_item_id text not null,
  position integer not null,
  published_utc text not null
);
create index contained_index_by_list on contained_index (list_content_item_id, position, published_utc desc, content_item_id);
