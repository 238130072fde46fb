-- As the file beside it, with the database's clock under the name that SQLite gives it.
create function unixepoch() returns bigint language sql volatile as $$ select floor(extract(epoch from clock_timestamp()))::bigint $$;

create table nodes (
  node text collate "C" primary key,
  name text collate "C" not null,
  seen_at bigint not null
);
create table leases (
  name text collate "C" primary key,
  holder text collate "C" not null,
  epoch bigint not null,
  ends_at bigint not null
);
create table job_requests (job text collate "C" primary key);

create table site_changes (number bigint not null);
insert into site_changes (number) values (0);
create function count_site_change() returns trigger language plpgsql as $$
begin
  update site_changes set number = number + 1;
  return null;
end $$;
create trigger site_settings_changed after insert or update or delete on site_settings for each row execute function count_site_change();
create trigger content_type_definitions_changed after insert or update or delete on content_type_definitions for each row execute function count_site_change();
create trigger content_part_definitions_changed after insert or update or delete on content_part_definitions for each row execute function count_site_change();
