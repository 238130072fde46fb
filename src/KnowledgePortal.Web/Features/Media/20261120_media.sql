-- What people have uploaded. The key is the folder of the file and its renditions, or the path of a file that lies alone.
create table media_files (
  media_key text primary key,
  media_path text not null,
  file_name text not null,
  content_type text not null,
  length integer not null,
  sha256 text not null,
  uploaded_utc text not null,
  uploaded_by text not null
);

-- Which items use which media. A row stays when its item is withdrawn: a file that only withdrawn items and drafts use is not for readers.
create table media_usage (
  media_key text not null,
  content_item_id text not null,
  published integer not null,
  primary key (media_key, content_item_id)
);
create index media_usage_by_item on media_usage (content_item_id);
