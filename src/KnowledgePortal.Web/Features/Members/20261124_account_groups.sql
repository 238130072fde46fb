-- What somebody belongs to, as view groups name it: community:<content item id>, agency:<term id>.
create table account_groups (
  account_id text not null references accounts (account_id),
  view_group text not null,
  primary key (account_id, view_group)
);
create index account_groups_by_group on account_groups (view_group);
