create table recording_index (
  content_item_id text primary key,
  session_id text not null unique
);
