-- merchants: shops of the platform itself carry the mark 自营, so that a buyer knows with whom the contract is (F061).
alter table merchants.shops add column self_run boolean not null default false;
