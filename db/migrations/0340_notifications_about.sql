-- notifications: what was told about a case, for the page that shows whom it reached and who has read it (F136).
create index messages_case on notifications.messages ((data->>'case'), id) where data ? 'case';
