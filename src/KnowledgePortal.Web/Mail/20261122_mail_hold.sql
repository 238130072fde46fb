-- A row while mail waits for an administrator: after a restore nobody knows which of the waiting mails have been sent already.
create table mail_hold (
  id integer primary key,
  held_utc text not null,
  reason text not null
);
