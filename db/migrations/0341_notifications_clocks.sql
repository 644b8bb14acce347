-- notifications: which clock a reminder was about, so that it is sent once, and the page of clocks shows whom it reached (F136).
create index messages_clock on notifications.messages ((data->>'clock')) where kind in ('deadline.near', 'shop.deadline_near');
