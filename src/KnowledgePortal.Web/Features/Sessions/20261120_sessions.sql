-- One row per published session. The community's name stands here too, because a session is cited by it; the Communities feature keeps it true.
create table session_index (
  content_item_id text primary key,
  path text not null,
  title text not null,
  one_line text not null,
  kind text not null,
  community_id text not null,
  community_title text not null default '',
  community_short_name text not null default '',
  community_path text not null default '',
  series_no integer,
  fiscal_year integer not null,
  award_year integer,
  held_on text not null,
  start_time text,
  end_time text,
  host_term_id text,
  venue_district text,
  venue_province_term_id text,
  takeaway_count integer not null,
  attendance_count integer,
  attendance_qualifier text not null,
  record_state text not null,
  next_session_id text,
  recording_seconds integer
);
create index session_index_by_date on session_index (held_on);
create index session_index_by_community on session_index (community_id, fiscal_year, series_no);
create unique index session_index_by_number on session_index (community_id, fiscal_year, series_no) where series_no is not null;
