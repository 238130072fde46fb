-- Former addresses, each with the item that had it: where that item is now is asked when somebody comes, so that there are no chains.
create table autoroute_redirects (
  path text primary key,
  content_item_id text not null
);
create index autoroute_redirects_by_item on autoroute_redirects (content_item_id);

-- Names of published items, for handles such as alias:main-menu.
create table alias_index (
  alias text primary key,
  content_item_id text not null
);
create index alias_index_by_item on alias_index (content_item_id);

-- All versions of an item, oldest first.
create index content_items_by_item on content_items (content_item_id, id);

-- Other names and abbreviations of a term, one a line.
alter table term_index add column aliases text not null default '';
