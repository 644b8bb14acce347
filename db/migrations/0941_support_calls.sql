-- messaging: calls for the support by time, so that how soon it answered is read from what was said and from nothing else (F184).
create index messages_calls on messaging.messages (at) where kind = 'call';
