-- Reminders of clocks are of more kinds than the two of orders: whatever names a clock is found by it.
drop index notifications.messages_clock;
create index messages_clock on notifications.messages ((data->>'clock')) where data ? 'clock';
