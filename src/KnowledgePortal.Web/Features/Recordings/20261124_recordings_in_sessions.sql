-- A recording is seen by those who see its session.
insert into view_groups (content_item_id, container_item_id, own, effective) select content_item_id, session_id, 'public', 'public' from recording_index;
