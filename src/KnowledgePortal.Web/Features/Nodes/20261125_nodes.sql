-- Processes that serve this site, each with the seconds since 1970 at which it was last seen; every time here is of the database's clock.
create table nodes (
  node text primary key,
  name text not null,
  seen_at integer not null
);

-- Who does what only one may do at a time. The epoch rises with every change of hands: who comes back from a long absence knows by it that he is late.
create table leases (
  name text primary key,
  holder text not null,
  epoch integer not null,
  ends_at integer not null
);

-- Jobs that somebody wants now, asked for on a node that does not run them.
create table job_requests (job text primary key);

-- Rises when settings, roles or definitions change, so that every node knows that what it keeps of them is old.
create table site_changes (number integer not null);
insert into site_changes (number) values (0);
create trigger site_settings_added after insert on site_settings begin update site_changes set number = number + 1; end;
create trigger site_settings_changed after update on site_settings begin update site_changes set number = number + 1; end;
create trigger site_settings_removed after delete on site_settings begin update site_changes set number = number + 1; end;
create trigger content_type_definitions_added after insert on content_type_definitions begin update site_changes set number = number + 1; end;
create trigger content_type_definitions_changed after update on content_type_definitions begin update site_changes set number = number + 1; end;
create trigger content_type_definitions_removed after delete on content_type_definitions begin update site_changes set number = number + 1; end;
create trigger content_part_definitions_added after insert on content_part_definitions begin update site_changes set number = number + 1; end;
create trigger content_part_definitions_changed after update on content_part_definitions begin update site_changes set number = number + 1; end;
create trigger content_part_definitions_removed after delete on content_part_definitions begin update site_changes set number = number + 1; end;
