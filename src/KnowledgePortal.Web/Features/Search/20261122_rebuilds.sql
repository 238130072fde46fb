-- When and why the index was built from nothing, for the administrator's page. A row without an end is a build that goes on.
create table index_rebuilds (
  id integer primary key autoincrement,
  started_utc text not null,
  ended_utc text,
  reason text not null,
  documents integer
);
