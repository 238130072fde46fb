-- Which viewers may see a published item; see ViewerTokens. A viewer's name never names an item, so that one set of names filters every list.
create table content_viewers (
  content_item_id text not null,
  viewer text not null,
  primary key (content_item_id, viewer)
);
insert into content_viewers (content_item_id, viewer)
  select content_item_id, '*' from content_items where published = 1
  union all select content_item_id, content_type || '/*' from content_items where published = 1
  union all select content_item_id, 'own:' || owner from content_items where published = 1 and owner is not null and owner <> ''
  union all select content_item_id, content_type || '/own:' || owner from content_items where published = 1 and owner is not null and owner <> ''
  union all select content_item_id, 'public' from content_items where published = 1 and json_extract(document, '$.ViewGroupsPart') is null
  union all select content_item_id, content_type || '/public' from content_items where published = 1 and json_extract(document, '$.ViewGroupsPart') is null;

-- The groups of items that are not simply public or that lie in another: their own, and those that are left inside their container. Groups are
-- parted by line feeds; no group at all is nobody. A row outlives a withdrawal, so that what lies in a withdrawn item stays as hidden as it was.
create table view_groups (
  content_item_id text primary key,
  container_item_id text,
  own text not null,
  effective text not null
);
create index view_groups_by_container on view_groups (container_item_id);
insert into view_groups (content_item_id, container_item_id, own, effective)
  select content_item_id, list_content_item_id, 'public', 'public' from contained_index;
