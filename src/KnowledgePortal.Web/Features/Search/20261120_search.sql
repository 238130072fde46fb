-- How far each process's index has come, so that an operator verb knows when a running site has caught up. The generation rises when
-- somebody asks for the index to be built again.
create table search_cursors (
  node text primary key,
  generation integer not null,
  cursor integer not null,
  updated_utc text not null
);
