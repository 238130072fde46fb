-- A version that readers have seen is kept, whatever the retention of drafts says.
alter table content_items add column was_published bigint not null default 0;
update content_items set was_published = 1 where published = 1;
create index content_items_old_drafts on content_items (modified_utc) where latest = 0 and published = 0 and was_published = 0;

-- What is due at a time: the documents are the truth, so that imports and merges need not tell anybody.
create index content_items_publish_later on content_items (json_extract(document, '$.PublishLaterPart.ScheduledPublishUtc'))
  where latest = 1 and published = 0 and json_extract(document, '$.PublishLaterPart.ScheduledPublishUtc') is not null;
create index content_items_archive_later on content_items (json_extract(document, '$.ArchiveLaterPart.ScheduledArchiveUtc'))
  where published = 1 and json_extract(document, '$.ArchiveLaterPart.ScheduledArchiveUtc') is not null;

-- Items that were removed and can be restored for a while: the version that comes back, and who took it away.
create table removed_items (
  content_item_id text collate "C" primary key,
  content_item_version_id text collate "C" not null,
  content_type text collate "C" not null,
  display_text text collate "C" not null,
  owner text collate "C",
  was_published bigint not null,
  removed_utc text collate "C" not null,
  removed_by text collate "C" not null
);
create index removed_items_by_time on removed_items (removed_utc);

-- Before and after, by field; values are cut at a bound. See AuditChanges.
alter table audit_events add column changes text collate "C" not null default '';
create index audit_events_by_actor on audit_events (actor, id);
create index audit_events_by_action on audit_events (action, id);

-- Nothing that goes through SQL changes or deletes a line; who adds one under a number that is taken is refused by the key.
create function refuse_change_of_audit() returns trigger language plpgsql as $$
begin
  raise exception 'the audit trail cannot be changed';
end $$;
create trigger audit_events_are_never_changed before update or delete on audit_events for each row execute function refuse_change_of_audit();
create trigger audit_events_are_never_emptied before truncate on audit_events for each statement execute function refuse_change_of_audit();
