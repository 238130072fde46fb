-- How far each process's index has come, so that an operator verb knows when a running site has caught up. The generation rises when
-- somebody asks for the index to be built again.
create table search_cursors (
  node text primary key,
  generation integer not null,
  cursor integer not null,
  updated_utc text not null
);

-- What was searched, counted by Thai day; nothing about who searched. See AskedQueries for what is never counted and for how long the rest is kept.
create table asked_queries (
  day text not null,
  query text not null,
  is_empty integer not null,
  times integer not null,
  primary key (day, query, is_empty)
);
