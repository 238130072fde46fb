-- Every node builds an index of its own.
alter table index_rebuilds add column node text not null default '';
