-- Recipe steps that this site does not carry out, one row per thing in them, so that an export gives them back. Ids keep their order.
create table kept_steps (
  id integer primary key autoincrement,
  step text not null collate nocase,
  item text not null,
  document text not null,
  unique (step, item)
);
