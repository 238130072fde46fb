-- A session is named and numbered by its community, and stands below its address: it is seen by those who see the community.
insert into view_groups (content_item_id, container_item_id, own, effective)
  select content_item_id, community_id, 'public', 'public' from session_index where community_id <> '';
