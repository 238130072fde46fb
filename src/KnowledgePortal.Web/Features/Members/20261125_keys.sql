-- The keys that cookies and forms are protected with: every node reads what another one has sealed.
create table protection_keys (
  name text primary key,
  document text not null
);
