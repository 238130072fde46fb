-- Whom to tell what happens to content. The secret is protected with the site's keys; events and types are parted by spaces, no type means every type.
create table webhooks (
  webhook_id text primary key,
  address text not null,
  secret text not null,
  events text not null,
  content_types text not null,
  tells_all integer not null,
  is_paused integer not null,
  failures integer not null,
  created_utc text not null,
  created_by text not null
);

-- What is to be told, written with the change itself. It is sent until it was taken or a day has passed.
create table webhook_deliveries (
  delivery_id text primary key,
  webhook_id text not null references webhooks (webhook_id),
  event text not null,
  title text not null,
  body text not null,
  state text not null,
  attempts integer not null,
  created_utc text not null,
  due_utc text not null,
  status integer,
  answer text,
  answered_utc text
);
create index webhook_deliveries_due on webhook_deliveries (state, due_utc);
create index webhook_deliveries_by_webhook on webhook_deliveries (webhook_id, created_utc);

-- Items that anonymous readers see: whoever was told of one is told when it goes.
create table webhook_items (content_item_id text primary key);
insert into webhook_items (content_item_id) select content_item_id from content_viewers where viewer = 'public';
