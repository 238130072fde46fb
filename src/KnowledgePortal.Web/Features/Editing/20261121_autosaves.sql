-- What somebody has typed and not saved yet; gone when he saves. Nobody else sees it, and no version of the item is made of it.
create table autosaves (
  user_name text not null,
  content_item_id text not null,
  content_type text not null,
  saved_utc text not null,
  boxes text not null,
  primary key (user_name, content_item_id)
);

-- The items of a list, drafts included.
create index content_items_by_list on content_items (json_extract(document, '$.ContainedPart.ListContentItemId')) where latest = 1;
