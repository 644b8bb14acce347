-- notifications: the message centre. What was said to somebody stays said: no grant to delete, and only read_at may change.
create schema notifications;
grant usage on schema notifications to mengyue_app;

create table notifications.messages (
  user_id uuid not null,
  id uuid not null,
  kind text not null,
  data jsonb not null,
  at timestamptz not null,
  read_at timestamptz,
  primary key (user_id, id)
);
create index messages_unread on notifications.messages (user_id) where read_at is null;
grant select, insert, update (read_at) on notifications.messages to mengyue_app;
