-- Who paid, where a channel tells it: a blind index of the name that the channel has for them, so that a cap may count by it (F131).
alter table payments.trades add column payer bytea check (octet_length(payer) = 32);
