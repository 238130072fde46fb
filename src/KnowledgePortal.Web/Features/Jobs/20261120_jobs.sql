-- What recurring jobs did, for the administrator's page. Rows older than a week are dropped.
create table job_runs (
  id integer primary key autoincrement,
  job text not null,
  started_utc text not null,
  ended_utc text not null,
  outcome text not null,
  is_failure integer not null
);
create index job_runs_by_job on job_runs (job, id);
