-- The dashboard shows what was changed last.
create index content_items_by_change on content_items (modified_utc) where latest = 1;
