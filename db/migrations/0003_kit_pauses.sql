-- kit: how much of a deadline's time is outages that were declared (rulebook article 6): due_at - paused is when it would end without them.
alter table kit.deadlines add column paused_ms bigint not null default 0 check (paused_ms >= 0);
