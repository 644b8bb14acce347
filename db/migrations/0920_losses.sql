-- One loss for each unit that was bought belongs to the order: whoever gives money back for it, a cancellation, a late delivery, a case, its
-- channel, adds to the same row under the order's lock, and the check of the table is the last word.
alter table aftersales.losses set schema orders;
