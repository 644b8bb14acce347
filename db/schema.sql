-- Printed by bin/schema.ts from the migrations; not to be edited.

create schema aftersales;
create schema app;
create schema catalog;
create schema checkout;
create schema community;
create schema delivery;
create schema evidence;
create schema identity;
create schema inventory;
create schema kit;
create schema ledger;
create schema merchants;
create schema messaging;
create schema notifications;
create schema orders;
create schema payments;
create schema risk;
create schema rules;
create schema supply;

create table aftersales.archives (
  shop_id uuid not null,
  order_id uuid not null,
  number integer not null,
  from_seq integer not null,
  to_seq integer not null,
  root bytea not null,
  seal_seq integer not null,
  at timestamp with time zone not null,
  constraint archives_pkey PRIMARY KEY (shop_id, order_id, number),
  constraint archives_check CHECK (((to_seq >= from_seq) AND (seal_seq = (to_seq + 1)))),
  constraint archives_from_seq_check CHECK ((from_seq > 0)),
  constraint archives_number_check CHECK ((number > 0)),
  constraint archives_root_check CHECK ((octet_length(root) = 32)),
  constraint archives_shop_id_order_id_fkey FOREIGN KEY (shop_id, order_id) REFERENCES orders.orders(shop_id, id)
);

create table aftersales.assignments (
  shop_id uuid not null,
  case_id uuid not null,
  number integer not null,
  tier smallint not null,
  user_id uuid not null,
  at timestamp with time zone not null,
  constraint assignments_pkey PRIMARY KEY (shop_id, case_id, number),
  constraint assignments_tier_check CHECK ((tier = ANY (ARRAY[1, 2, 3])))
);

create table aftersales.ballots (
  shop_id uuid not null,
  case_id uuid not null,
  kind text not null,
  user_id uuid not null,
  commitment bytea,
  choice text,
  nonce text,
  body jsonb,
  at timestamp with time zone not null,
  opened_at timestamp with time zone,
  constraint ballots_pkey PRIMARY KEY (shop_id, case_id, kind, user_id),
  constraint ballots_check CHECK (((commitment IS NOT NULL) OR (choice IS NOT NULL))),
  constraint ballots_check1 CHECK (((choice IS NULL) = (opened_at IS NULL))),
  constraint ballots_commitment_check CHECK ((octet_length(commitment) = 32)),
  constraint ballots_shop_id_case_id_kind_user_id_fkey FOREIGN KEY (shop_id, case_id, kind, user_id) REFERENCES aftersales.seats(shop_id, case_id, kind, user_id)
);

create table aftersales.batch_watches (
  shop_id uuid not null,
  subject_id uuid not null,
  listing_id uuid not null,
  cases integer default 0 not null,
  sold bigint default 0 not null,
  alarmed_at timestamp with time zone,
  suspended boolean default false not null,
  constraint batch_watches_pkey PRIMARY KEY (shop_id, subject_id)
);

create table aftersales.case_group_members (
  shop_id uuid not null,
  group_id uuid not null,
  case_id uuid not null,
  joined_at timestamp with time zone not null,
  left_at timestamp with time zone,
  found_at timestamp with time zone,
  outcome text,
  constraint case_group_members_pkey PRIMARY KEY (shop_id, group_id, case_id),
  constraint case_group_members_check CHECK (((found_at IS NULL) = (outcome IS NULL))),
  constraint case_group_members_check1 CHECK (((left_at IS NULL) OR (found_at IS NULL))),
  constraint case_group_members_outcome_check CHECK ((outcome = ANY (ARRAY['found'::text, 'settled'::text, 'unfit'::text]))),
  constraint case_group_members_shop_id_group_id_fkey FOREIGN KEY (shop_id, group_id) REFERENCES aftersales.case_groups(shop_id, id)
);

create table aftersales.case_group_steps (
  shop_id uuid not null,
  group_id uuid not null,
  step integer not null,
  from_state text not null,
  event text not null,
  to_state text not null,
  by_kind text not null,
  by_id uuid,
  article text not null,
  text text not null,
  at timestamp with time zone not null,
  constraint case_group_steps_pkey PRIMARY KEY (shop_id, group_id, step)
);

create table aftersales.case_group_words (
  shop_id uuid not null,
  group_id uuid not null,
  number integer not null,
  by_id uuid not null,
  text text not null,
  at timestamp with time zone not null,
  constraint case_group_words_pkey PRIMARY KEY (shop_id, group_id, number)
);

create table aftersales.case_groups (
  shop_id uuid not null,
  id uuid not null,
  listing_id uuid not null,
  subject_id uuid not null,
  state text not null,
  steps integer default 1 not null,
  rulebook text not null,
  representative_id uuid not null,
  finding jsonb,
  proposed_by uuid,
  opened_at timestamp with time zone not null,
  decided_at timestamp with time zone,
  constraint case_groups_pkey PRIMARY KEY (shop_id, id)
);

create table aftersales.case_subjects (
  shop_id uuid not null,
  case_id uuid not null,
  listing_id uuid not null,
  subject_id uuid not null,
  at timestamp with time zone not null,
  constraint case_subjects_pkey PRIMARY KEY (shop_id, case_id),
  constraint case_subjects_shop_id_case_id_fkey FOREIGN KEY (shop_id, case_id) REFERENCES aftersales.cases(shop_id, id)
);

create table aftersales.cases (
  shop_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  buyer_id uuid not null,
  line smallint not null,
  places integer[] not null,
  goods text not null,
  reason text not null,
  filed_reason text not null,
  state text not null,
  steps integer default 1 not null,
  rulebook text not null,
  remedy text not null,
  asked_fen bigint not null,
  award_remedy text,
  award_fen bigint,
  liability jsonb,
  answer_hours smallint,
  presumed boolean not null,
  offers integer default 0 not null,
  rounds integer default 0 not null,
  reopened boolean default false not null,
  handler_id uuid,
  senior_id uuid,
  turn text,
  due_at timestamp with time zone,
  since_at timestamp with time zone,
  decide_by timestamp with time zone,
  filed_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  desk_by timestamp with time zone generated always as (
CASE
    WHEN (ended_at IS NOT NULL) THEN NULL::timestamp with time zone
    WHEN (state = 'chaired'::text) THEN due_at
    ELSE decide_by
END) stored,
  holder_id uuid generated always as (
CASE
    WHEN (state = ANY (ARRAY['appealed'::text, 'chaired'::text])) THEN senior_id
    ELSE handler_id
END) stored,
  shop_by timestamp with time zone generated always as (
CASE
    WHEN (ended_at IS NOT NULL) THEN NULL::timestamp with time zone
    WHEN (due_at IS NULL) THEN 'infinity'::timestamp with time zone
    ELSE due_at
END) stored,
  constraint cases_pkey PRIMARY KEY (shop_id, id),
  constraint cases_answer_hours_check CHECK ((answer_hours > 0)),
  constraint cases_asked_fen_check CHECK ((asked_fen >= 0)),
  constraint cases_award_fen_check CHECK ((award_fen >= 0)),
  constraint cases_award_remedy_check CHECK ((award_remedy = ANY (ARRAY['refund'::text, 'reissue'::text, 'perform'::text, 'none'::text]))),
  constraint cases_places_check CHECK ((cardinality(places) > 0)),
  constraint cases_remedy_check CHECK ((remedy = ANY (ARRAY['refund'::text, 'reissue'::text, 'perform'::text]))),
  constraint cases_turn_check CHECK ((turn = ANY (ARRAY['buyer'::text, 'merchant'::text, 'platform'::text]))),
  constraint cases_shop_id_order_id_fkey FOREIGN KEY (shop_id, order_id) REFERENCES orders.orders(shop_id, id)
) with (fillfactor=80);

create table aftersales.channel_refunds (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  channel text not null,
  reference text not null,
  amount_fen bigint not null,
  shares jsonb not null,
  places jsonb not null,
  key uuid not null,
  at timestamp with time zone not null,
  constraint channel_refunds_pkey PRIMARY KEY (shop_id, order_id, line, channel, reference),
  constraint channel_refunds_key_key UNIQUE (key),
  constraint channel_refunds_amount_fen_check CHECK ((amount_fen > 0))
);

create table aftersales.complaint_links (
  channel text not null,
  number text not null,
  shop_id uuid not null,
  order_id uuid not null,
  case_id uuid,
  how text not null,
  about uuid not null,
  noted_fen bigint,
  at timestamp with time zone not null,
  constraint complaint_links_pkey PRIMARY KEY (channel, number),
  constraint complaint_links_about_key UNIQUE (about),
  constraint complaint_links_noted_fen_check CHECK ((noted_fen >= 0))
);

create table aftersales.diagnoses (
  shop_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  line smallint not null,
  place integer not null,
  goods text not null,
  tree integer not null,
  begun_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  case_id uuid,
  constraint diagnoses_pkey PRIMARY KEY (shop_id, id),
  constraint diagnoses_check CHECK (((case_id IS NULL) OR (closed_at IS NOT NULL))),
  constraint diagnoses_place_check CHECK ((place > 0)),
  constraint diagnoses_tree_check CHECK ((tree > 0)),
  constraint diagnoses_shop_id_order_id_fkey FOREIGN KEY (shop_id, order_id) REFERENCES orders.orders(shop_id, id)
);

create table aftersales.diagnosis_answers (
  shop_id uuid not null,
  diagnosis_id uuid not null,
  nth integer not null,
  step text not null,
  answer text not null,
  note text not null,
  at timestamp with time zone not null,
  constraint diagnosis_answers_pkey PRIMARY KEY (shop_id, diagnosis_id, nth),
  constraint diagnosis_answers_nth_check CHECK ((nth > 0))
);

create table aftersales.executions (
  shop_id uuid not null,
  case_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  kind text not null,
  amount_fen bigint not null,
  shares jsonb not null,
  places jsonb not null,
  key uuid not null,
  article text not null,
  paid_first boolean not null,
  at timestamp with time zone not null,
  constraint executions_pkey PRIMARY KEY (shop_id, case_id),
  constraint executions_key_key UNIQUE (key),
  constraint executions_amount_fen_check CHECK ((amount_fen >= 0)),
  constraint executions_kind_check CHECK ((kind = ANY (ARRAY['refund'::text, 'reissue'::text, 'perform'::text, 'none'::text, 'channel'::text])))
);

create table aftersales.exhibit_comments (
  shop_id uuid not null,
  case_id uuid not null,
  exhibit integer not null,
  number integer not null,
  by_kind text not null,
  by_id uuid not null,
  stance text not null,
  text text not null,
  at timestamp with time zone not null,
  constraint exhibit_comments_pkey PRIMARY KEY (shop_id, case_id, exhibit, number),
  constraint exhibit_comments_by_kind_check CHECK ((by_kind = ANY (ARRAY['buyer'::text, 'merchant'::text]))),
  constraint exhibit_comments_stance_check CHECK ((stance = ANY (ARRAY['accepted'::text, 'not_genuine'::text, 'not_lawful'::text, 'not_relevant'::text]))),
  constraint exhibit_comments_shop_id_case_id_exhibit_fkey FOREIGN KEY (shop_id, case_id, exhibit) REFERENCES aftersales.exhibits(shop_id, case_id, number)
);

create table aftersales.exhibit_files (
  shop_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  by_kind text not null,
  by_id uuid not null,
  source text not null,
  name text not null,
  type text not null,
  size_bytes bigint not null,
  width integer,
  height integer,
  original bytea not null,
  view bytea,
  thumb bytea,
  camera jsonb,
  formed_at timestamp with time zone,
  at timestamp with time zone not null,
  constraint exhibit_files_pkey PRIMARY KEY (shop_id, id),
  constraint exhibit_files_by_kind_check CHECK ((by_kind = ANY (ARRAY['buyer'::text, 'merchant'::text]))),
  constraint exhibit_files_check CHECK ((((view IS NULL) = (thumb IS NULL)) AND ((view IS NULL) = (width IS NULL)) AND ((view IS NULL) = (height IS NULL)))),
  constraint exhibit_files_source_check CHECK ((source = ANY (ARRAY['upload'::text, 'recording'::text]))),
  constraint exhibit_files_original_fkey FOREIGN KEY (original) REFERENCES kit.blobs(sha256),
  constraint exhibit_files_shop_id_order_id_fkey FOREIGN KEY (shop_id, order_id) REFERENCES orders.orders(shop_id, id),
  constraint exhibit_files_thumb_fkey FOREIGN KEY (thumb) REFERENCES kit.blobs(sha256),
  constraint exhibit_files_view_fkey FOREIGN KEY (view) REFERENCES kit.blobs(sha256)
);

create table aftersales.exhibit_layers (
  shop_id uuid not null,
  case_id uuid not null,
  exhibit integer not null,
  number integer not null,
  by_id uuid not null,
  step smallint,
  caption text not null,
  areas jsonb not null,
  sha256 bytea not null,
  at timestamp with time zone not null,
  constraint exhibit_layers_pkey PRIMARY KEY (shop_id, case_id, exhibit, number),
  constraint exhibit_layers_step_check CHECK ((step > 0)),
  constraint exhibit_layers_shop_id_case_id_exhibit_fkey FOREIGN KEY (shop_id, case_id, exhibit) REFERENCES aftersales.exhibits(shop_id, case_id, number)
);

create table aftersales.exhibits (
  shop_id uuid not null,
  case_id uuid not null,
  number integer not null,
  by_kind text not null,
  by_id uuid,
  kind text not null,
  caption text not null,
  text text not null,
  sha256 bytea not null,
  formed_at timestamp with time zone,
  at timestamp with time zone not null,
  file_id uuid,
  code text default ''::text not null,
  audience text default 'parties'::text not null,
  redaction_of integer,
  constraint exhibits_pkey PRIMARY KEY (shop_id, case_id, number),
  constraint exhibits_audience_check CHECK ((audience = ANY (ARRAY['parties'::text, 'platform'::text]))),
  constraint exhibits_check CHECK ((redaction_of < number)),
  constraint exhibits_shop_id_case_id_redaction_of_fkey FOREIGN KEY (shop_id, case_id, redaction_of) REFERENCES aftersales.exhibits(shop_id, case_id, number),
  constraint exhibits_shop_id_file_id_fkey FOREIGN KEY (shop_id, file_id) REFERENCES aftersales.exhibit_files(shop_id, id)
);

create table aftersales.external_records (
  shop_id uuid not null,
  order_id uuid not null,
  id uuid not null,
  case_id uuid,
  kind text not null,
  number text not null,
  authority text not null,
  filed_at timestamp with time zone not null,
  accepted_at timestamp with time zone,
  outcome text,
  ended_at timestamp with time zone,
  by_kind text not null,
  by_id uuid not null,
  at timestamp with time zone not null,
  constraint external_records_pkey PRIMARY KEY (shop_id, order_id, id),
  constraint external_records_by_kind_check CHECK ((by_kind = ANY (ARRAY['buyer'::text, 'merchant'::text, 'staff'::text]))),
  constraint external_records_kind_check CHECK ((kind = ANY (ARRAY['12315'::text, 'association'::text, 'court'::text, 'police'::text])))
);

create table aftersales.first_pay_counters (
  kind text not null,
  key text not null,
  constraint first_pay_counters_pkey PRIMARY KEY (kind, key),
  constraint first_pay_counters_kind_check CHECK ((kind = ANY (ARRAY['all'::text, 'device'::text, 'identity'::text, 'instrument'::text])))
);

create table aftersales.first_payments (
  kind text not null,
  key text not null,
  case_id uuid not null,
  shop_id uuid not null,
  trigger text not null,
  amount_fen bigint not null,
  at timestamp with time zone not null,
  constraint first_payments_pkey PRIMARY KEY (kind, key, case_id),
  constraint first_payments_amount_fen_check CHECK ((amount_fen > 0)),
  constraint first_payments_trigger_check CHECK ((trigger = ANY (ARRAY['used_before'::text, 'sold_twice'::text, 'dead_link'::text, 'late'::text, 'unreachable'::text]))),
  constraint first_payments_kind_key_fkey FOREIGN KEY (kind, key) REFERENCES aftersales.first_pay_counters(kind, key)
);

create table aftersales.jurors (
  user_id uuid not null,
  willing boolean not null,
  at timestamp with time zone not null,
  constraint jurors_pkey PRIMARY KEY (user_id)
);

create table aftersales.lawful_looks (
  request_id uuid not null,
  number integer not null,
  what text not null,
  sha256 bytea,
  at timestamp with time zone not null,
  constraint lawful_looks_pkey PRIMARY KEY (request_id, number),
  constraint lawful_looks_request_id_fkey FOREIGN KEY (request_id) REFERENCES aftersales.lawful_requests(id)
);

create table aftersales.lawful_requests (
  id uuid not null,
  authority text not null,
  kind text not null,
  number text not null,
  basis text not null,
  asked text not null,
  document_sha256 bytea not null,
  scope text not null,
  order_id uuid,
  shop_id uuid,
  from_at timestamp with time zone,
  to_at timestamp with time zone,
  due_at timestamp with time zone not null,
  state text not null,
  received_by uuid not null,
  received_at timestamp with time zone not null,
  granted_by uuid,
  granted_at timestamp with time zone,
  code_sha256 bytea,
  open_until timestamp with time zone,
  answer text,
  answered_by uuid,
  answered_at timestamp with time zone,
  constraint lawful_requests_pkey PRIMARY KEY (id),
  constraint lawful_requests_check CHECK (((granted_by IS NULL) OR (granted_by <> received_by))),
  constraint lawful_requests_document_sha256_check CHECK ((octet_length(document_sha256) = 32)),
  constraint lawful_requests_kind_check CHECK ((kind = ANY (ARRAY['court'::text, 'police'::text, 'regulator'::text]))),
  constraint lawful_requests_scope_check CHECK ((scope = ANY (ARRAY['order'::text, 'shop'::text, 'period'::text]))),
  constraint lawful_requests_state_check CHECK ((state = ANY (ARRAY['received'::text, 'granted'::text, 'answered'::text, 'declined'::text])))
);

create table aftersales.objections (
  shop_id uuid not null,
  case_id uuid not null,
  state text not null,
  text text not null,
  by_id uuid not null,
  reasons text,
  decided_by uuid,
  key uuid,
  at timestamp with time zone not null,
  decided_at timestamp with time zone,
  constraint objections_pkey PRIMARY KEY (shop_id, case_id),
  constraint objections_key_key UNIQUE (key),
  constraint objections_state_check CHECK ((state = ANY (ARRAY['open'::text, 'upheld'::text, 'dismissed'::text])))
);

create table aftersales.precedent_articles (
  article text not null,
  number bigint not null,
  constraint precedent_articles_pkey PRIMARY KEY (article, number),
  constraint precedent_articles_number_fkey FOREIGN KEY (number) REFERENCES aftersales.precedents(number)
);

create table aftersales.precedents (
  number bigint generated always as identity not null,
  shop_id uuid not null,
  case_id uuid not null,
  month text not null,
  goods text not null,
  reason text not null,
  presumed boolean not null,
  asked text not null,
  outcome text not null,
  settled_by text not null,
  paid_first boolean not null,
  band text not null,
  took text not null,
  defence text,
  rulebook text not null,
  articles text[] not null,
  exhibits text[] not null,
  liability jsonb not null,
  summary text,
  reviewed_by uuid,
  reviewed_at timestamp with time zone,
  constraint precedents_pkey PRIMARY KEY (number),
  constraint precedents_shop_id_case_id_key UNIQUE (shop_id, case_id),
  constraint precedents_check CHECK ((((summary IS NULL) = (reviewed_by IS NULL)) AND ((summary IS NULL) = (reviewed_at IS NULL)))),
  constraint precedents_month_check CHECK ((month ~ '^\d{4}-\d\d$'::text)),
  constraint precedents_outcome_check CHECK ((outcome = ANY (ARRAY['refund'::text, 'part_refund'::text, 'reissue'::text, 'perform'::text, 'none'::text, 'channel'::text]))),
  constraint precedents_summary_check CHECK (((length(summary) >= 20) AND (length(summary) <= 2000))),
  constraint precedents_shop_id_case_id_fkey FOREIGN KEY (shop_id, case_id) REFERENCES aftersales.cases(shop_id, id)
);

create table aftersales.recording_chunks (
  shop_id uuid not null,
  recording_id uuid not null,
  number integer not null,
  sha256 bytea not null,
  chain bytea not null,
  size_bytes integer not null,
  at timestamp with time zone not null,
  constraint recording_chunks_pkey PRIMARY KEY (shop_id, recording_id, number),
  constraint recording_chunks_number_check CHECK ((number > 0)),
  constraint recording_chunks_sha256_fkey FOREIGN KEY (sha256) REFERENCES kit.blobs(sha256),
  constraint recording_chunks_shop_id_recording_id_fkey FOREIGN KEY (shop_id, recording_id) REFERENCES aftersales.recordings(shop_id, id)
);

create table aftersales.recordings (
  shop_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  by_id uuid not null,
  source text not null,
  chain bytea not null,
  chunks integer not null,
  size_bytes bigint not null,
  started_at timestamp with time zone not null,
  heard_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  ended_by text,
  file_id uuid,
  sha256 bytea,
  constraint recordings_pkey PRIMARY KEY (shop_id, id),
  constraint recordings_check CHECK ((((ended_at IS NULL) = (ended_by IS NULL)) AND ((file_id IS NULL) = (sha256 IS NULL)))),
  constraint recordings_chunks_check CHECK ((chunks >= 0)),
  constraint recordings_ended_by_check CHECK ((ended_by = ANY (ARRAY['stopped'::text, 'cut_off'::text, 'empty'::text]))),
  constraint recordings_size_bytes_check CHECK ((size_bytes >= 0)),
  constraint recordings_source_check CHECK ((source = ANY (ARRAY['screen'::text, 'camera'::text]))),
  constraint recordings_shop_id_file_id_fkey FOREIGN KEY (shop_id, file_id) REFERENCES aftersales.exhibit_files(shop_id, id),
  constraint recordings_shop_id_order_id_fkey FOREIGN KEY (shop_id, order_id) REFERENCES orders.orders(shop_id, id)
) with (fillfactor=70);

create table aftersales.recusals (
  shop_id uuid not null,
  case_id uuid not null,
  user_id uuid not null,
  by_kind text not null,
  by_id uuid not null,
  text text not null,
  state text not null,
  reasons text,
  decided_by uuid,
  at timestamp with time zone not null,
  decided_at timestamp with time zone,
  constraint recusals_pkey PRIMARY KEY (shop_id, case_id, user_id),
  constraint recusals_by_kind_check CHECK ((by_kind = ANY (ARRAY['buyer'::text, 'merchant'::text]))),
  constraint recusals_state_check CHECK ((state = ANY (ARRAY['open'::text, 'granted'::text, 'dismissed'::text])))
);

create table aftersales.seats (
  shop_id uuid not null,
  case_id uuid not null,
  kind text not null,
  user_id uuid not null,
  rank integer not null,
  state text not null,
  reason text default ''::text not null,
  seated_at timestamp with time zone not null,
  left_at timestamp with time zone,
  constraint seats_pkey PRIMARY KEY (shop_id, case_id, kind, user_id),
  constraint seats_shop_id_case_id_kind_rank_key UNIQUE (shop_id, case_id, kind, rank),
  constraint seats_rank_check CHECK ((rank > 0)),
  constraint seats_state_check CHECK ((state = ANY (ARRAY['seated'::text, 'recused'::text, 'late'::text]))),
  constraint seats_shop_id_case_id_kind_fkey FOREIGN KEY (shop_id, case_id, kind) REFERENCES aftersales.tribunals(shop_id, case_id, kind)
);

create table aftersales.statements (
  shop_id uuid not null,
  case_id uuid not null,
  number integer not null,
  kind text not null,
  by_kind text not null,
  by_id uuid,
  body jsonb not null,
  at timestamp with time zone not null,
  constraint statements_pkey PRIMARY KEY (shop_id, case_id, number)
);

create table aftersales.steps (
  shop_id uuid not null,
  case_id uuid not null,
  step integer not null,
  from_state text not null,
  event text not null,
  to_state text not null,
  by_kind text not null,
  by_id uuid,
  article text not null,
  at timestamp with time zone not null,
  constraint steps_pkey PRIMARY KEY (shop_id, case_id, step)
);

create table aftersales.surveys (
  shop_id uuid not null,
  case_id uuid not null,
  buyer_id uuid not null,
  handler_id uuid,
  asked_at timestamp with time zone not null,
  answered_at timestamp with time zone,
  result smallint,
  speed smallint,
  clarity smallint,
  words text,
  constraint surveys_pkey PRIMARY KEY (shop_id, case_id),
  constraint surveys_check CHECK ((((answered_at IS NULL) = (result IS NULL)) AND ((result IS NULL) = (speed IS NULL)) AND ((result IS NULL) = (clarity IS NULL)))),
  constraint surveys_clarity_check CHECK (((clarity >= 1) AND (clarity <= 5))),
  constraint surveys_result_check CHECK (((result >= 1) AND (result <= 5))),
  constraint surveys_speed_check CHECK (((speed >= 1) AND (speed <= 5))),
  constraint surveys_words_check CHECK ((length(words) <= 1000)),
  constraint surveys_shop_id_case_id_fkey FOREIGN KEY (shop_id, case_id) REFERENCES aftersales.cases(shop_id, id)
);

create table aftersales.trees (
  goods text not null,
  version integer not null,
  based_on integer not null,
  body text not null,
  sha256 bytea not null,
  edited_by uuid not null,
  edited_at timestamp with time zone not null,
  published_by uuid,
  published_at timestamp with time zone,
  withdrawn_at timestamp with time zone,
  constraint trees_pkey PRIMARY KEY (goods, version),
  constraint trees_check CHECK (((based_on > 0) AND (based_on < version))),
  constraint trees_check1 CHECK (((published_by IS NULL) = (published_at IS NULL))),
  constraint trees_check2 CHECK (((published_at IS NULL) OR (withdrawn_at IS NULL))),
  constraint trees_sha256_check CHECK ((octet_length(sha256) = 32)),
  constraint trees_version_check CHECK ((version > 1))
);

create table aftersales.tribunals (
  shop_id uuid not null,
  case_id uuid not null,
  kind text not null,
  state text not null,
  seats smallint not null,
  after_seq integer not null,
  round smallint default 1 not null,
  tokens text[] not null,
  people uuid[] not null,
  list_sha256 bytea not null,
  source_size bigint,
  source_root bytea,
  asked_at timestamp with time zone not null,
  drawn_at timestamp with time zone,
  ended_at timestamp with time zone,
  constraint tribunals_pkey PRIMARY KEY (shop_id, case_id, kind),
  constraint tribunals_after_seq_check CHECK ((after_seq > 0)),
  constraint tribunals_check CHECK (((source_size IS NULL) = (drawn_at IS NULL))),
  constraint tribunals_check1 CHECK ((cardinality(tokens) = cardinality(people))),
  constraint tribunals_kind_check CHECK ((kind = ANY (ARRAY['panel'::text, 'jury'::text]))),
  constraint tribunals_list_sha256_check CHECK ((octet_length(list_sha256) = 32)),
  constraint tribunals_seats_check CHECK ((seats > 0)),
  constraint tribunals_source_root_check CHECK ((octet_length(source_root) = 32)),
  constraint tribunals_shop_id_case_id_fkey FOREIGN KEY (shop_id, case_id) REFERENCES aftersales.cases(shop_id, id)
);

create table aftersales.unsealings (
  shop_id uuid not null,
  id uuid not null,
  case_id uuid not null,
  place integer not null,
  state text not null,
  extent text not null,
  granted text,
  reason text not null,
  asked_by uuid not null,
  asked_at timestamp with time zone not null,
  answer text,
  decided_by uuid,
  decided_at timestamp with time zone,
  until timestamp with time zone,
  shown_at timestamp with time zone,
  constraint unsealings_pkey PRIMARY KEY (shop_id, id),
  constraint unsealings_check CHECK ((decided_by <> asked_by)),
  constraint unsealings_check1 CHECK (((state = 'asked'::text) = (decided_by IS NULL))),
  constraint unsealings_check2 CHECK (((shown_at IS NOT NULL) = (state = 'shown'::text))),
  constraint unsealings_extent_check CHECK ((extent = ANY (ARRAY['masked'::text, 'whole'::text]))),
  constraint unsealings_granted_check CHECK ((granted = ANY (ARRAY['masked'::text, 'whole'::text]))),
  constraint unsealings_place_check CHECK ((place > 0)),
  constraint unsealings_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'granted'::text, 'denied'::text, 'shown'::text]))),
  constraint unsealings_shop_id_case_id_fkey FOREIGN KEY (shop_id, case_id) REFERENCES aftersales.cases(shop_id, id)
) with (fillfactor=80);

create table app.migrations (
  number integer not null,
  name text not null,
  sha256 text not null,
  applied_at timestamp with time zone not null,
  constraint migrations_pkey PRIMARY KEY (number)
);

create table catalog.cards (
  shop_id uuid not null,
  listing_id uuid not null,
  state text not null,
  category_id uuid not null,
  title text not null,
  subtitle text not null,
  goods text not null,
  face_colour text not null,
  face_title text not null,
  face_subtitle text not null,
  delivery_mode text not null,
  delivery_seconds integer not null,
  pooled boolean not null,
  price_fen bigint not null,
  price_max_fen bigint not null,
  variant_ids uuid[] not null,
  found_by text not null,
  grams text[] not null,
  constraint cards_pkey PRIMARY KEY (shop_id, listing_id),
  constraint cards_check CHECK ((price_max_fen >= price_fen)),
  constraint cards_price_fen_check CHECK ((price_fen >= 0)),
  constraint cards_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'live'::text, 'suspended'::text, 'delisted'::text]))),
  constraint cards_shop_id_listing_id_fkey FOREIGN KEY (shop_id, listing_id) REFERENCES catalog.listings(shop_id, id)
);

create table catalog.categories (
  id uuid not null,
  slug text not null,
  name_zh text not null,
  name_en text not null,
  icon text not null,
  "position" smallint not null,
  constraint categories_pkey PRIMARY KEY (id),
  constraint categories_slug_key UNIQUE (slug)
);

create table catalog.group_members (
  shop_id uuid not null,
  user_id uuid not null,
  group_id uuid not null,
  constraint group_members_pkey PRIMARY KEY (shop_id, user_id),
  constraint group_members_shop_id_group_id_fkey FOREIGN KEY (shop_id, group_id) REFERENCES catalog.groups(shop_id, id)
);

create table catalog.groups (
  shop_id uuid not null,
  id uuid not null,
  name text not null,
  discount_bps smallint not null,
  constraint groups_pkey PRIMARY KEY (shop_id, id),
  constraint groups_discount_bps_check CHECK (((discount_bps >= 0) AND (discount_bps <= 9000))),
  constraint groups_shop_id_fkey FOREIGN KEY (shop_id) REFERENCES merchants.shops(id)
);

create table catalog.listing_versions (
  shop_id uuid not null,
  listing_id uuid not null,
  version integer not null,
  content jsonb not null,
  hash bytea not null,
  by_id uuid not null,
  at timestamp with time zone not null,
  constraint listing_versions_pkey PRIMARY KEY (shop_id, listing_id, version),
  constraint listing_versions_hash_check CHECK ((octet_length(hash) = 32)),
  constraint listing_versions_version_check CHECK ((version > 0)),
  constraint listing_versions_shop_id_listing_id_fkey FOREIGN KEY (shop_id, listing_id) REFERENCES catalog.listings(shop_id, id)
);

create table catalog.listings (
  shop_id uuid not null,
  id uuid not null,
  state text not null,
  version integer not null,
  category_id uuid not null,
  created_at timestamp with time zone not null,
  constraint listings_pkey PRIMARY KEY (shop_id, id),
  constraint listings_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'live'::text, 'suspended'::text, 'delisted'::text]))),
  constraint listings_version_check CHECK ((version > 0)),
  constraint listings_category_id_fkey FOREIGN KEY (category_id) REFERENCES catalog.categories(id),
  constraint listings_shop_id_fkey FOREIGN KEY (shop_id) REFERENCES merchants.shops(id)
);

create table catalog.variants (
  shop_id uuid not null,
  id uuid not null,
  listing_id uuid not null,
  name text not null,
  "position" smallint not null,
  state text not null,
  constraint variants_pkey PRIMARY KEY (shop_id, id),
  constraint variants_state_check CHECK ((state = ANY (ARRAY['live'::text, 'off'::text]))),
  constraint variants_shop_id_listing_id_fkey FOREIGN KEY (shop_id, listing_id) REFERENCES catalog.listings(shop_id, id)
);

create table checkout.bought (
  shop_id uuid not null,
  listing_id uuid not null,
  buyer_id uuid not null,
  units bigint not null,
  constraint bought_pkey PRIMARY KEY (shop_id, listing_id, buyer_id)
);

create table checkout.checkouts (
  buyer_id uuid not null,
  idempotency_key text not null,
  input_hash bytea not null,
  state text not null,
  shop_ids uuid[] not null,
  order_ids uuid[] not null,
  total_fen bigint not null,
  paid_by text not null,
  payment_id uuid,
  acknowledgements jsonb not null,
  at timestamp with time zone not null,
  constraint checkouts_pkey PRIMARY KEY (buyer_id, idempotency_key),
  constraint checkouts_paid_by_check CHECK ((paid_by = ANY (ARRAY['wallet'::text, 'channel'::text]))),
  constraint checkouts_state_check CHECK ((state = ANY (ARRAY['open'::text, 'paid'::text, 'expired'::text, 'cancelled'::text]))),
  constraint checkouts_total_fen_check CHECK ((total_fen >= 0))
) with (fillfactor=60);

create table checkout.texts (
  hash text not null,
  language text not null,
  name text not null,
  article text not null,
  title text not null,
  text text not null,
  at timestamp with time zone not null,
  constraint texts_pkey PRIMARY KEY (hash),
  constraint texts_language_check CHECK ((language = ANY (ARRAY['zh'::text, 'en'::text])))
);

create table checkout.vouchers (
  shop_id uuid not null,
  order_id uuid not null,
  kind text not null,
  body text not null,
  sha256 bytea not null,
  event_seq integer not null,
  at timestamp with time zone not null,
  constraint vouchers_pkey PRIMARY KEY (shop_id, order_id, kind),
  constraint vouchers_sha256_key UNIQUE (sha256),
  constraint vouchers_kind_check CHECK ((kind = ANY (ARRAY['order'::text, 'payment'::text]))),
  constraint vouchers_sha256_check CHECK ((octet_length(sha256) = 32))
);

create table community.callbacks (
  id uuid not null,
  user_id uuid not null,
  slot_at timestamp with time zone not null,
  place smallint not null,
  topic text not null,
  order_id uuid,
  note text not null,
  phone bytea not null,
  phone_masked text not null,
  asked_at timestamp with time zone not null,
  opened_by uuid,
  opened_at timestamp with time zone,
  outcome text,
  outcome_note text default ''::text not null,
  ended_by uuid,
  ended_at timestamp with time zone,
  constraint callbacks_pkey PRIMARY KEY (id),
  constraint callbacks_check CHECK (((outcome IS NULL) = (ended_at IS NULL))),
  constraint callbacks_outcome_check CHECK ((outcome = ANY (ARRAY['reached'::text, 'missed'::text, 'cancelled'::text]))),
  constraint callbacks_place_check CHECK ((place > 0))
);

create table community.exports (
  id uuid not null,
  user_id uuid not null,
  buyer_ids uuid[] not null,
  asked_at timestamp with time zone not null,
  started_at timestamp with time zone,
  done_parts integer default 0 not null,
  parts integer default 0 not null,
  ready_at timestamp with time zone,
  failed_at timestamp with time zone,
  file bytea,
  size_bytes integer,
  sha256 bytea,
  expires_at timestamp with time zone,
  fetched_at timestamp with time zone,
  constraint exports_pkey PRIMARY KEY (id),
  constraint exports_check CHECK (((file IS NULL) OR (ready_at IS NOT NULL)))
);

create table community.guide_reads (
  guide_id uuid not null,
  reader bytea not null,
  at timestamp with time zone not null,
  constraint guide_reads_pkey PRIMARY KEY (guide_id, reader),
  constraint guide_reads_reader_check CHECK ((octet_length(reader) = 16)),
  constraint guide_reads_guide_id_fkey FOREIGN KEY (guide_id) REFERENCES community.guides(id)
);

create table community.guide_versions (
  guide_id uuid not null,
  version integer not null,
  title_zh text not null,
  title_en text not null,
  summary_zh text not null,
  summary_en text not null,
  body_zh text not null,
  body_en text not null,
  by_id uuid,
  by_name text not null,
  at timestamp with time zone not null,
  constraint guide_versions_pkey PRIMARY KEY (guide_id, version),
  constraint guide_versions_version_check CHECK ((version > 0)),
  constraint guide_versions_guide_id_fkey FOREIGN KEY (guide_id) REFERENCES community.guides(id)
);

create table community.guide_votes (
  guide_id uuid not null,
  reader bytea not null,
  version integer not null,
  useful boolean not null,
  note text default ''::text not null,
  at timestamp with time zone not null,
  constraint guide_votes_pkey PRIMARY KEY (guide_id, reader),
  constraint guide_votes_reader_check CHECK ((octet_length(reader) = 16)),
  constraint guide_votes_guide_id_fkey FOREIGN KEY (guide_id) REFERENCES community.guides(id)
);

create table community.guides (
  id uuid not null,
  slug text not null,
  kind text not null,
  topic text not null,
  newest integer not null,
  published integer,
  published_at timestamp with time zone,
  reads bigint default 0 not null,
  useful integer default 0 not null,
  useless integer default 0 not null,
  constraint guides_pkey PRIMARY KEY (id),
  constraint guides_slug_key UNIQUE (slug),
  constraint guides_check CHECK ((published <= newest)),
  constraint guides_kind_check CHECK ((kind = ANY (ARRAY['guide'::text, 'question'::text]))),
  constraint guides_newest_check CHECK ((newest > 0)),
  constraint guides_slug_check CHECK ((slug ~ '^[a-z0-9-]{1,60}$'::text))
);

create table community.posts (
  id uuid not null,
  guide_id uuid not null,
  author_id uuid not null,
  author_name text not null,
  text text not null,
  state text not null,
  held_for text[] default '{}'::text[] not null,
  at timestamp with time zone not null,
  answer text,
  decided_by uuid,
  decided_at timestamp with time zone,
  constraint posts_pkey PRIMARY KEY (id),
  constraint posts_state_check CHECK ((state = ANY (ARRAY['shown'::text, 'held'::text, 'hidden'::text]))),
  constraint posts_guide_id_fkey FOREIGN KEY (guide_id) REFERENCES community.guides(id)
);

create table community.quizzes (
  user_id uuid not null,
  edition text not null,
  attempts integer not null,
  best smallint not null,
  passed_at timestamp with time zone,
  at timestamp with time zone not null,
  constraint quizzes_pkey PRIMARY KEY (user_id, edition),
  constraint quizzes_attempts_check CHECK ((attempts > 0)),
  constraint quizzes_best_check CHECK ((best >= 0))
);

create table delivery.carrier_claims (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  number integer not null,
  claim_no text not null,
  note text not null,
  by_id uuid not null,
  at timestamp with time zone not null,
  constraint carrier_claims_pkey PRIMARY KEY (shop_id, order_id, line, number),
  constraint carrier_claims_number_check CHECK ((number > 0))
);

create table delivery.code_checks (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  place integer not null,
  nth integer not null,
  part text not null,
  verdict text not null,
  findings jsonb not null,
  typed_print bytea not null,
  user_id uuid not null,
  at timestamp with time zone not null,
  constraint code_checks_pkey PRIMARY KEY (shop_id, order_id, line, place, nth),
  constraint code_checks_nth_check CHECK ((nth > 0)),
  constraint code_checks_part_check CHECK ((part = ANY (ARRAY['secret'::text, 'number'::text])))
);

create table delivery.content_reveals (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  place smallint not null,
  version smallint not null,
  nth integer not null,
  user_id uuid not null,
  device_hash bytea not null,
  address_hash bytea not null,
  at timestamp with time zone not null,
  constraint content_reveals_pkey PRIMARY KEY (shop_id, order_id, line, place, version, nth)
);

create table delivery.contents (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  place smallint not null,
  version smallint not null,
  buyer_id uuid not null,
  sealed bytea not null,
  by_id uuid not null,
  at timestamp with time zone not null,
  revealed_at timestamp with time zone,
  reveals integer default 0 not null,
  constraint contents_pkey PRIMARY KEY (shop_id, order_id, line, place, version),
  constraint contents_place_check CHECK ((place > 0)),
  constraint contents_reveals_check CHECK ((reveals >= 0)),
  constraint contents_version_check CHECK ((version > 0)),
  constraint contents_shop_id_order_id_line_fkey FOREIGN KEY (shop_id, order_id, line) REFERENCES delivery.lines(shop_id, order_id, line)
) with (fillfactor=80);

create table delivery.downloads (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  nth integer not null,
  release_id uuid not null,
  user_id uuid not null,
  device_hash bytea not null,
  address_hash bytea not null,
  at timestamp with time zone not null,
  constraint downloads_pkey PRIMARY KEY (shop_id, order_id, line, nth)
);

create table delivery.grants (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  buyer_id uuid not null,
  release_id uuid not null,
  nth smallint default 1 not null,
  state text not null,
  allowed integer not null,
  used integer default 0 not null,
  delivered_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  first_at timestamp with time zone,
  constraint grants_pkey PRIMARY KEY (shop_id, order_id, line),
  constraint grants_allowed_check CHECK ((allowed > 0)),
  constraint grants_check CHECK ((used <= allowed)),
  constraint grants_nth_check CHECK ((nth > 0)),
  constraint grants_state_check CHECK ((state = ANY (ARRAY['ready'::text, 'downloaded'::text, 'correcting'::text, 'refunded'::text, 'withdrawn'::text]))),
  constraint grants_used_check CHECK ((used >= 0)),
  constraint grants_shop_id_order_id_line_fkey FOREIGN KEY (shop_id, order_id, line) REFERENCES orders.lines(shop_id, order_id, number),
  constraint grants_shop_id_release_id_fkey FOREIGN KEY (shop_id, release_id) REFERENCES delivery.releases(shop_id, id)
) with (fillfactor=80);

create table delivery.issuer_checks (
  shop_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  line smallint not null,
  place integer not null,
  pool_id uuid not null,
  number bigint not null,
  issuer text not null,
  state text not null,
  by_kind text not null,
  by_id uuid,
  asked_at timestamp with time zone not null,
  tries integer default 0 not null,
  next_at timestamp with time zone not null,
  used boolean,
  used_at timestamp with time zone,
  account text,
  answered_at timestamp with time zone,
  raw_hash bytea,
  constraint issuer_checks_pkey PRIMARY KEY (shop_id, id),
  constraint issuer_checks_by_kind_check CHECK ((by_kind = ANY (ARRAY['buyer'::text, 'system'::text]))),
  constraint issuer_checks_check CHECK (((state = 'answered'::text) = (used IS NOT NULL))),
  constraint issuer_checks_check1 CHECK (((state = 'answered'::text) OR ((used_at IS NULL) AND (account IS NULL)))),
  constraint issuer_checks_raw_hash_check CHECK ((octet_length(raw_hash) = 32)),
  constraint issuer_checks_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'answered'::text, 'refused'::text, 'unanswered'::text])))
);

create table delivery.licence_accounts (
  shop_id uuid not null,
  public_key bytea not null,
  wrapped bytea not null,
  sealed_private bytea not null,
  made_at timestamp with time zone not null,
  constraint licence_accounts_pkey PRIMARY KEY (shop_id),
  constraint licence_accounts_public_key_check CHECK ((octet_length(public_key) = 32))
);

create table delivery.licence_log (
  shop_id uuid not null,
  licence_id uuid not null,
  nth integer not null,
  event text not null,
  machine_id uuid,
  fingerprint text,
  device text,
  why text,
  by_kind text not null,
  by_id uuid,
  address_hash bytea,
  at timestamp with time zone not null,
  constraint licence_log_pkey PRIMARY KEY (shop_id, licence_id, nth),
  constraint licence_log_shop_id_licence_id_fkey FOREIGN KEY (shop_id, licence_id) REFERENCES delivery.licences(shop_id, id)
);

create table delivery.licence_suspensions (
  shop_id uuid not null,
  licence_id uuid not null,
  reason text not null,
  ref uuid not null,
  at timestamp with time zone not null,
  constraint licence_suspensions_pkey PRIMARY KEY (shop_id, licence_id, reason, ref),
  constraint licence_suspensions_reason_check CHECK ((reason = ANY (ARRAY['refund'::text, 'case'::text, 'hold'::text]))),
  constraint licence_suspensions_shop_id_licence_id_fkey FOREIGN KEY (shop_id, licence_id) REFERENCES delivery.licences(shop_id, id)
);

create table delivery.licences (
  shop_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  line smallint not null,
  place integer not null,
  buyer_id uuid not null,
  listing_id uuid not null,
  version integer not null,
  variant_id uuid not null,
  state text not null,
  policy jsonb not null,
  sealed bytea not null,
  blind bytea not null,
  tail text not null,
  seats integer,
  machines integer default 0 not null,
  uses_max bigint,
  uses bigint default 0 not null,
  validations bigint default 0 not null,
  last_validated_at timestamp with time zone,
  expires_at timestamp with time zone,
  issued_at timestamp with time zone not null,
  revealed_at timestamp with time zone,
  reveals integer default 0 not null,
  activated_at timestamp with time zone,
  logged integer default 0 not null,
  constraint licences_pkey PRIMARY KEY (shop_id, id),
  constraint licences_blind_check CHECK ((octet_length(blind) = 32)),
  constraint licences_check CHECK (((machines >= 0) AND ((seats IS NULL) OR (machines <= seats)))),
  constraint licences_check1 CHECK (((uses >= 0) AND ((uses_max IS NULL) OR (uses <= uses_max)))),
  constraint licences_place_check CHECK ((place > 0)),
  constraint licences_seats_check CHECK ((seats > 0)),
  constraint licences_state_check CHECK ((state = ANY (ARRAY['active'::text, 'suspended'::text]))),
  constraint licences_uses_max_check CHECK ((uses_max > 0)),
  constraint licences_shop_id_fkey FOREIGN KEY (shop_id) REFERENCES delivery.licence_accounts(shop_id)
) with (fillfactor=70);

create table delivery.lines (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  listing_id uuid not null,
  goods text not null,
  mode text not null,
  state text not null,
  payment_id uuid,
  paid_at timestamp with time zone not null,
  accept_by timestamp with time zone,
  promised_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  accepted_at timestamp with time zone,
  accepted_by uuid,
  started_at timestamp with time zone,
  late_at timestamp with time zone,
  cancel_asked_at timestamp with time zone,
  delivered_at timestamp with time zone,
  ended_at timestamp with time zone,
  refunded_fen bigint default 0 not null,
  constraint lines_pkey PRIMARY KEY (shop_id, order_id, line),
  constraint lines_check CHECK ((promised_at <= due_at)),
  constraint lines_mode_check CHECK ((mode = ANY (ARRAY['automatic'::text, 'manual'::text, 'direct'::text, 'handover'::text, 'shipping'::text]))),
  constraint lines_refunded_fen_check CHECK ((refunded_fen >= 0)),
  constraint lines_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'accepted'::text, 'delivering'::text, 'delivered'::text, 'failed'::text, 'cancelled'::text]))),
  constraint lines_shop_id_order_id_line_fkey FOREIGN KEY (shop_id, order_id, line) REFERENCES orders.lines(shop_id, order_id, number)
) with (fillfactor=70);

create table delivery.link_problems (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  nth smallint not null,
  reason text not null,
  by_kind text not null,
  by_id uuid,
  release_id uuid,
  finding text not null,
  opened_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  outcome text,
  constraint link_problems_pkey PRIMARY KEY (shop_id, order_id, line, nth),
  constraint link_problems_by_kind_check CHECK ((by_kind = ANY (ARRAY['buyer'::text, 'system'::text]))),
  constraint link_problems_check CHECK (((closed_at IS NULL) = (outcome IS NULL))),
  constraint link_problems_finding_check CHECK ((finding = ANY (ARRAY['missing'::text, 'dead'::text, 'alive'::text, 'unclear'::text]))),
  constraint link_problems_outcome_check CHECK ((outcome = ANY (ARRAY['corrected'::text, 'refunded'::text, 'withdrawn'::text, 'case'::text]))),
  constraint link_problems_reason_check CHECK ((reason = ANY (ARRAY['not_received'::text, 'dead'::text, 'wrong_code'::text, 'wrong_file'::text, 'malware'::text])))
);

create table delivery.links (
  shop_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  line smallint not null,
  release_id uuid not null,
  user_id uuid not null,
  expires_at timestamp with time zone not null,
  counted_at timestamp with time zone,
  starts smallint default 0 not null,
  constraint links_pkey PRIMARY KEY (shop_id, id)
);

create table delivery.machines (
  shop_id uuid not null,
  licence_id uuid not null,
  id uuid not null,
  scope uuid not null,
  fingerprint text not null,
  name text not null,
  platform text not null,
  hostname text not null,
  components jsonb not null,
  metadata jsonb not null,
  activated_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  checked_out_at timestamp with time zone,
  constraint machines_pkey PRIMARY KEY (shop_id, licence_id, id),
  constraint machines_shop_id_licence_id_fkey FOREIGN KEY (shop_id, licence_id) REFERENCES delivery.licences(shop_id, id)
) with (fillfactor=80);

create table delivery.membership_periods (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  membership_id uuid not null,
  nth integer not null,
  term_count integer not null,
  term_unit text not null,
  total_fen bigint not null,
  from_at timestamp with time zone,
  until_at timestamp with time zone,
  days integer,
  paused_days integer default 0 not null,
  ended_at timestamp with time zone,
  constraint membership_periods_pkey PRIMARY KEY (shop_id, order_id, line),
  constraint membership_periods_check CHECK ((((from_at IS NULL) = (until_at IS NULL)) AND ((from_at IS NULL) = (days IS NULL)))),
  constraint membership_periods_check1 CHECK (((from_at IS NULL) OR (from_at < until_at))),
  constraint membership_periods_days_check CHECK ((days > 0)),
  constraint membership_periods_nth_check CHECK ((nth > 0)),
  constraint membership_periods_paused_days_check CHECK ((paused_days >= 0)),
  constraint membership_periods_term_count_check CHECK ((term_count > 0)),
  constraint membership_periods_term_unit_check CHECK ((term_unit = ANY (ARRAY['day'::text, 'month'::text]))),
  constraint membership_periods_total_fen_check CHECK ((total_fen >= 0)),
  constraint membership_periods_shop_id_membership_id_fkey FOREIGN KEY (shop_id, membership_id) REFERENCES delivery.memberships(shop_id, id)
) with (fillfactor=80);

create table delivery.memberships (
  shop_id uuid not null,
  id uuid not null,
  buyer_id uuid not null,
  listing_id uuid not null,
  variant_id uuid not null,
  slot uuid not null,
  level text not null,
  sharing text not null,
  state text not null,
  rulebook text not null,
  begun_at timestamp with time zone,
  ends_at timestamp with time zone,
  suspended_at timestamp with time zone,
  reminded smallint,
  changes integer default 0 not null,
  constraint memberships_pkey PRIMARY KEY (shop_id, id),
  constraint memberships_shop_id_buyer_id_listing_id_slot_key UNIQUE (shop_id, buyer_id, listing_id, slot),
  constraint memberships_check CHECK (((state = 'suspended'::text) = (suspended_at IS NOT NULL))),
  constraint memberships_check1 CHECK (((state <> ALL (ARRAY['active'::text, 'expiring'::text, 'expired'::text])) OR ((begun_at IS NOT NULL) AND (ends_at > begun_at)))),
  constraint memberships_sharing_check CHECK ((sharing = ANY (ARRAY['own'::text, 'shared'::text]))),
  constraint memberships_state_check CHECK ((state = ANY (ARRAY['none'::text, 'pending'::text, 'active'::text, 'expiring'::text, 'expired'::text, 'suspended'::text, 'ended'::text])))
) with (fillfactor=80);

create table delivery.parcel_checks (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  number integer not null,
  stage text not null,
  answers jsonb not null,
  photos bytea[] not null,
  suggested_fen bigint not null,
  by_id uuid not null,
  at timestamp with time zone not null,
  constraint parcel_checks_pkey PRIMARY KEY (shop_id, order_id, line, number),
  constraint parcel_checks_number_check CHECK ((number > 0)),
  constraint parcel_checks_stage_check CHECK ((stage = ANY (ARRAY['signoff'::text, 'unboxing'::text]))),
  constraint parcel_checks_suggested_fen_check CHECK ((suggested_fen >= 0))
);

create table delivery.parcel_events (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  at timestamp with time zone not null,
  kind text not null,
  said text not null,
  heard_at timestamp with time zone not null,
  constraint parcel_events_pkey PRIMARY KEY (shop_id, order_id, line, at, kind)
);

create table delivery.parcel_photos (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  sha256 bytea not null,
  kind text not null,
  name text not null,
  by_id uuid not null,
  at timestamp with time zone not null,
  constraint parcel_photos_pkey PRIMARY KEY (shop_id, order_id, line, sha256),
  constraint parcel_photos_kind_check CHECK ((kind = ANY (ARRAY['package_photo'::text, 'logistics_doc'::text]))),
  constraint parcel_photos_sha256_fkey FOREIGN KEY (sha256) REFERENCES kit.blobs(sha256)
);

create table delivery.parcels (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  state text not null,
  carrier text not null,
  tracking text not null,
  shipped_at timestamp with time zone not null,
  shipped_by uuid not null,
  moved_at timestamp with time zone not null,
  asked_at timestamp with time zone not null,
  signed_at timestamp with time zone,
  refused_at timestamp with time zone,
  refused_why text default ''::text not null,
  answered_at timestamp with time zone,
  returned_at timestamp with time zone,
  ended_at timestamp with time zone,
  constraint parcels_pkey PRIMARY KEY (shop_id, order_id, line),
  constraint parcels_state_check CHECK ((state = ANY (ARRAY['shipped'::text, 'in_transit'::text, 'still'::text, 'signed'::text, 'refused'::text, 'returning'::text, 'refunded'::text]))),
  constraint parcels_shop_id_order_id_line_fkey FOREIGN KEY (shop_id, order_id, line) REFERENCES delivery.lines(shop_id, order_id, line)
) with (fillfactor=80);

create table delivery.probes (
  shop_id uuid not null,
  release_id uuid not null,
  at timestamp with time zone not null,
  reach text not null,
  said text not null,
  page_sha256 bytea,
  constraint probes_pkey PRIMARY KEY (shop_id, release_id, at),
  constraint probes_reach_check CHECK ((reach = ANY (ARRAY['alive'::text, 'dead'::text, 'unclear'::text])))
);

create table delivery.provenance_tags (
  tag text not null,
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  place integer not null,
  at timestamp with time zone not null,
  constraint provenance_tags_pkey PRIMARY KEY (tag),
  constraint provenance_tags_shop_id_order_id_line_place_key UNIQUE (shop_id, order_id, line, place)
);

create table delivery.releases (
  shop_id uuid not null,
  id uuid not null,
  listing_id uuid not null,
  origin text not null,
  version text not null,
  name text not null,
  sha256 bytea not null,
  size_bytes bigint,
  wrapped bytea,
  sealed bytea,
  host text not null,
  by_id uuid not null,
  at timestamp with time zone not null,
  reach text not null,
  reached_at timestamp with time zone not null,
  failures smallint default 0 not null,
  page_sha256 bytea,
  constraint releases_pkey PRIMARY KEY (shop_id, id),
  constraint releases_check CHECK (((origin = 'address'::text) = ((sealed IS NOT NULL) AND (wrapped IS NOT NULL)))),
  constraint releases_check1 CHECK (((origin = 'platform'::text) = (reach = 'own'::text))),
  constraint releases_origin_check CHECK ((origin = ANY (ARRAY['platform'::text, 'address'::text]))),
  constraint releases_reach_check CHECK ((reach = ANY (ARRAY['own'::text, 'alive'::text, 'dead'::text, 'unclear'::text]))),
  constraint releases_sha256_check CHECK ((octet_length(sha256) = 32)),
  constraint releases_size_bytes_check CHECK ((size_bytes >= 0))
);

create table delivery.replaced (
  shop_id uuid not null,
  pool_id uuid not null,
  number bigint not null,
  order_id uuid not null,
  line smallint not null,
  place integer not null,
  by_number bigint not null,
  delivered_at timestamp with time zone not null,
  revealed_at timestamp with time zone,
  reveals integer not null,
  at timestamp with time zone not null,
  constraint replaced_pkey PRIMARY KEY (shop_id, pool_id, number)
);

create table delivery.reveals (
  shop_id uuid not null,
  pool_id uuid not null,
  number bigint not null,
  nth integer not null,
  order_id uuid not null,
  user_id uuid not null,
  device_hash bytea not null,
  address_hash bytea not null,
  at timestamp with time zone not null,
  constraint reveals_pkey PRIMARY KEY (shop_id, pool_id, number, nth)
);

create table delivery.topups (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  state text not null,
  masked text not null,
  label text not null,
  target text not null,
  carrier text not null,
  region text not null,
  speed text not null,
  face_fen bigint not null,
  arrived_fen bigint,
  waits_until timestamp with time zone,
  wrong_at timestamp with time zone,
  wrong_until timestamp with time zone,
  wrong_tried_at timestamp with time zone,
  wrong_by_id uuid,
  gave_up_at timestamp with time zone,
  late_at timestamp with time zone,
  at timestamp with time zone not null,
  constraint topups_pkey PRIMARY KEY (shop_id, order_id, line),
  constraint topups_arrived_fen_check CHECK ((arrived_fen > 0)),
  constraint topups_face_fen_check CHECK ((face_fen > 0)),
  constraint topups_shop_id_order_id_line_fkey FOREIGN KEY (shop_id, order_id, line) REFERENCES delivery.lines(shop_id, order_id, line)
) with (fillfactor=70);

create table delivery.units (
  shop_id uuid not null,
  pool_id uuid not null,
  number bigint not null,
  order_id uuid not null,
  line smallint not null,
  state text default 'sealed'::text not null,
  delivered_at timestamp with time zone not null,
  revealed_at timestamp with time zone,
  decided_at timestamp with time zone,
  reveals integer default 0 not null,
  constraint units_pkey PRIMARY KEY (shop_id, pool_id, number)
) with (fillfactor=70);

create table delivery.withdrawn (
  shop_id uuid not null,
  id uuid not null,
  pool_id uuid not null,
  number bigint not null,
  order_id uuid not null,
  line smallint not null,
  delivered_at timestamp with time zone not null,
  at timestamp with time zone not null,
  constraint withdrawn_pkey PRIMARY KEY (shop_id, id)
);

create table evidence.batches (
  first bigint not null,
  id uuid not null,
  events integer not null,
  constraint batches_pkey PRIMARY KEY (first),
  constraint batches_id_key UNIQUE (id),
  constraint batches_events_check CHECK ((events > 0)),
  constraint batches_first_check CHECK ((first >= 0))
);

create table evidence.bundles (
  number bigint not null,
  data bytea not null,
  constraint bundles_pkey PRIMARY KEY (number),
  constraint bundles_number_check CHECK ((number >= 0))
);

create table evidence.checkpoints (
  size bigint not null,
  root bytea not null,
  constraint checkpoints_pkey PRIMARY KEY (size),
  constraint checkpoints_root_check CHECK ((octet_length(root) = 32)),
  constraint checkpoints_size_check CHECK ((size > 0))
);

create table evidence.cosignatures (
  size bigint not null,
  witness text not null,
  line text not null,
  at timestamp with time zone not null,
  constraint cosignatures_pkey PRIMARY KEY (size, witness),
  constraint cosignatures_size_fkey FOREIGN KEY (size) REFERENCES evidence.notes(size)
);

create table evidence.edges (
  level integer not null,
  number bigint not null,
  data bytea not null,
  constraint edges_pkey PRIMARY KEY (level),
  constraint edges_level_check CHECK (((level >= '-1'::integer) AND (level <= 63)))
);

create table evidence.events (
  shop_id uuid not null,
  about uuid not null,
  seq integer not null,
  kind text not null,
  at timestamp with time zone not null,
  commitment bytea not null,
  payload bytea not null,
  prev bytea,
  key_owner uuid not null,
  batch uuid not null,
  place integer not null,
  constraint events_pkey PRIMARY KEY (shop_id, about, seq),
  constraint events_check CHECK (((seq = 1) = (prev IS NULL))),
  constraint events_commitment_check CHECK ((octet_length(commitment) = 32)),
  constraint events_place_check CHECK ((place > 0)),
  constraint events_prev_check CHECK ((octet_length(prev) = 32)),
  constraint events_seq_check CHECK ((seq > 0))
);

create table evidence.legal_holds (
  id uuid not null,
  scope text not null,
  subject_id uuid not null,
  shop_id uuid,
  authority text not null,
  kind text not null,
  number text not null,
  document_sha256 bytea not null,
  reason text not null,
  until timestamp with time zone not null,
  secret boolean not null,
  state text not null,
  asked_by uuid not null,
  asked_at timestamp with time zone not null,
  placed_by uuid,
  placed_at timestamp with time zone,
  lift_by uuid,
  lift_reason text,
  lifted_by uuid,
  ended_at timestamp with time zone,
  constraint legal_holds_pkey PRIMARY KEY (id),
  constraint legal_holds_check CHECK (((placed_by IS NULL) OR (placed_by <> asked_by))),
  constraint legal_holds_check1 CHECK (((lifted_by IS NULL) OR (lifted_by <> lift_by))),
  constraint legal_holds_document_sha256_check CHECK ((octet_length(document_sha256) = 32)),
  constraint legal_holds_kind_check CHECK ((kind = ANY (ARRAY['court'::text, 'police'::text, 'regulator'::text]))),
  constraint legal_holds_scope_check CHECK ((scope = ANY (ARRAY['order'::text, 'shop'::text, 'user'::text, 'evidence'::text]))),
  constraint legal_holds_state_check CHECK ((state = ANY (ARRAY['asked'::text, 'standing'::text, 'lift_asked'::text, 'lifted'::text, 'dropped'::text])))
);

create table evidence.notes (
  size bigint not null,
  note text not null,
  at timestamp with time zone not null,
  constraint notes_pkey PRIMARY KEY (size),
  constraint notes_size_check CHECK ((size >= 0))
);

create table evidence.pending (
  id uuid not null,
  events integer not null,
  commitments bytea not null,
  at timestamp with time zone not null,
  public_leaves text[],
  constraint pending_pkey PRIMARY KEY (id),
  constraint pending_check CHECK ((octet_length(commitments) = (events * 32))),
  constraint pending_events_check CHECK ((events > 0))
);

create table evidence.tiles (
  level integer not null,
  number bigint not null,
  data bytea not null,
  constraint tiles_pkey PRIMARY KEY (level, number),
  constraint tiles_data_check CHECK ((octet_length(data) = 8192)),
  constraint tiles_level_check CHECK (((level >= 0) AND (level <= 63))),
  constraint tiles_number_check CHECK ((number >= 0))
);

create table evidence.user_keys (
  user_id uuid not null,
  wrapped bytea not null,
  constraint user_keys_pkey PRIMARY KEY (user_id)
);

create table identity.api_keys (
  token_hash bytea not null,
  id uuid not null,
  user_id uuid not null,
  name text not null,
  scopes text[] not null,
  created_at timestamp with time zone not null,
  used_at timestamp with time zone,
  ended_at timestamp with time zone,
  constraint api_keys_pkey PRIMARY KEY (token_hash),
  constraint api_keys_id_key UNIQUE (id),
  constraint api_keys_name_check CHECK (((length(name) >= 1) AND (length(name) <= 40))),
  constraint api_keys_scopes_check CHECK ((cardinality(scopes) > 0)),
  constraint api_keys_token_hash_check CHECK ((octet_length(token_hash) = 32)),
  constraint api_keys_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id)
);

create table identity.attempts (
  scope text not null,
  key_hash bytea not null,
  window_start timestamp with time zone not null,
  count integer not null,
  constraint attempts_pkey PRIMARY KEY (scope, key_hash, window_start),
  constraint attempts_count_check CHECK ((count > 0)),
  constraint attempts_key_hash_check CHECK ((octet_length(key_hash) = 32))
) with (fillfactor=70);

create table identity.contacts (
  blind bytea not null,
  user_id uuid not null,
  kind text not null,
  sealed bytea not null,
  verified_at timestamp with time zone,
  at timestamp with time zone not null,
  constraint contacts_pkey PRIMARY KEY (blind),
  constraint contacts_blind_check CHECK ((octet_length(blind) = 32)),
  constraint contacts_kind_check CHECK ((kind = ANY (ARRAY['email'::text, 'phone'::text]))),
  constraint contacts_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id) DEFERRABLE INITIALLY DEFERRED
);

create table identity.devices (
  user_id uuid not null,
  device_id uuid not null,
  known_at timestamp with time zone not null,
  constraint devices_pkey PRIMARY KEY (user_id, device_id),
  constraint devices_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id)
);

create table identity.guest_claims (
  guest_id uuid not null,
  user_id uuid not null,
  at timestamp with time zone not null,
  constraint guest_claims_pkey PRIMARY KEY (guest_id),
  constraint guest_claims_guest_id_fkey FOREIGN KEY (guest_id) REFERENCES identity.users(id),
  constraint guest_claims_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id)
);

create table identity.guests (
  user_id uuid not null,
  kind text not null,
  blind bytea not null,
  sealed bytea not null,
  constraint guests_pkey PRIMARY KEY (user_id),
  constraint guests_blind_check CHECK ((octet_length(blind) = 32)),
  constraint guests_kind_check CHECK ((kind = ANY (ARRAY['email'::text, 'phone'::text]))),
  constraint guests_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id)
);

create table identity.invitations (
  token_hash bytea not null,
  role text not null,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  used_by uuid,
  constraint invitations_pkey PRIMARY KEY (token_hash),
  constraint invitations_check CHECK (((used_at IS NULL) = (used_by IS NULL))),
  constraint invitations_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'review'::text, 'finance'::text, 'risk'::text, 'support'::text, 'arbitrator'::text]))),
  constraint invitations_token_hash_check CHECK ((octet_length(token_hash) = 32)),
  constraint invitations_used_by_fkey FOREIGN KEY (used_by) REFERENCES identity.users(id)
);

create table identity.memberships (
  shop_id uuid not null,
  user_id uuid not null,
  role text not null,
  at timestamp with time zone not null,
  constraint memberships_pkey PRIMARY KEY (shop_id, user_id, role),
  constraint memberships_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'goods'::text, 'orders'::text, 'money'::text]))),
  constraint memberships_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id)
);

create table identity.sessions (
  token_hash bytea not null,
  id uuid not null,
  user_id uuid not null,
  device_id uuid not null,
  user_agent text not null,
  ip text not null,
  created_at timestamp with time zone not null,
  seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  confirmed_at timestamp with time zone,
  constraint sessions_pkey PRIMARY KEY (token_hash),
  constraint sessions_id_key UNIQUE (id),
  constraint sessions_ip_check CHECK ((length(ip) <= 64)),
  constraint sessions_token_hash_check CHECK ((octet_length(token_hash) = 32)),
  constraint sessions_user_agent_check CHECK ((length(user_agent) <= 300)),
  constraint sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id)
) with (fillfactor=85);

create table identity.staff (
  user_id uuid not null,
  role text not null,
  at timestamp with time zone not null,
  constraint staff_pkey PRIMARY KEY (user_id, role),
  constraint staff_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'review'::text, 'finance'::text, 'risk'::text, 'support'::text, 'arbitrator'::text]))),
  constraint staff_user_id_fkey FOREIGN KEY (user_id) REFERENCES identity.users(id)
);

create table identity.users (
  id uuid not null,
  kind text not null,
  name text not null,
  language text not null,
  password text,
  created_at timestamp with time zone not null,
  constraint users_pkey PRIMARY KEY (id),
  constraint users_kind_check CHECK ((kind = ANY (ARRAY['account'::text, 'guest'::text]))),
  constraint users_language_check CHECK ((language = ANY (ARRAY['zh'::text, 'en'::text]))),
  constraint users_name_check CHECK (((length(name) >= 1) AND (length(name) <= 40))),
  constraint users_password_check CHECK ((password ~~ '$argon2id$%'::text))
);

create table inventory.alarms (
  shop_id uuid not null,
  pool_id uuid not null,
  at timestamp with time zone not null,
  constraint alarms_pkey PRIMARY KEY (shop_id, pool_id)
);

create table inventory.attempts (
  shop_id uuid not null,
  day date not null,
  hits bigint not null,
  constraint attempts_pkey PRIMARY KEY (shop_id, day),
  constraint attempts_hits_check CHECK ((hits > 0))
);

create table inventory.batches (
  shop_id uuid not null,
  id uuid not null,
  pool_id uuid not null,
  first_number bigint not null,
  count bigint not null,
  root bytea not null,
  source text not null,
  by_id uuid not null,
  at timestamp with time zone not null,
  constraint batches_pkey PRIMARY KEY (shop_id, id),
  constraint batches_shop_id_pool_id_first_number_key UNIQUE (shop_id, pool_id, first_number),
  constraint batches_count_check CHECK ((count > 0)),
  constraint batches_first_number_check CHECK ((first_number > 0)),
  constraint batches_root_check CHECK ((octet_length(root) = 32)),
  constraint batches_shop_id_pool_id_fkey FOREIGN KEY (shop_id, pool_id) REFERENCES inventory.pools(shop_id, id)
);

create table inventory.commitments (
  shop_id uuid not null,
  batch_id uuid not null,
  part integer not null,
  leaves bytea not null,
  constraint commitments_pkey PRIMARY KEY (shop_id, batch_id, part)
);

create table inventory.data_keys (
  shop_id uuid not null,
  id uuid not null,
  wrapped bytea not null,
  at timestamp with time zone not null,
  constraint data_keys_pkey PRIMARY KEY (shop_id, id)
);

create table inventory.fingerprints (
  fingerprint bytea not null,
  shop_id uuid not null,
  pool_id uuid not null,
  number bigint not null,
  at timestamp with time zone not null,
  constraint fingerprints_pkey PRIMARY KEY (fingerprint)
);

create table inventory.imports (
  shop_id uuid not null,
  id uuid not null,
  pool_id uuid not null,
  by_id uuid not null,
  state text not null,
  file_name text not null,
  source text not null,
  settings jsonb not null,
  counts jsonb not null,
  refusal text,
  wrapped bytea,
  detail bytea,
  created_at timestamp with time zone not null,
  finished_at timestamp with time zone,
  constraint imports_pkey PRIMARY KEY (shop_id, id),
  constraint imports_check CHECK (((detail IS NULL) OR (wrapped IS NOT NULL))),
  constraint imports_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'queued'::text, 'done'::text, 'refused'::text, 'discarded'::text])))
);

create table inventory.keys (
  shop_id uuid not null,
  pool_id uuid not null,
  number bigint not null,
  batch_id uuid not null,
  sealed bytea not null,
  expires_at timestamp with time zone,
  voided_at timestamp with time zone,
  constraint keys_pkey PRIMARY KEY (shop_id, pool_id, number)
);

create table inventory.levels (
  shop_id uuid not null,
  pool_id uuid not null,
  day date not null,
  given bigint not null,
  constraint levels_pkey PRIMARY KEY (shop_id, pool_id, day)
);

create table inventory.pools (
  shop_id uuid not null,
  id uuid not null,
  variant_id uuid not null,
  next_number bigint default 1 not null,
  last_number bigint default 0 not null,
  reserved bigint default 0 not null,
  on_hand bigint default 0 not null,
  returned integer default 0 not null,
  careful boolean default false not null,
  alarm_at bigint default 0 not null,
  constraint pools_pkey PRIMARY KEY (shop_id, id),
  constraint pools_on_hand_check CHECK ((on_hand >= 0)),
  constraint pools_reserved_check CHECK ((reserved >= 0)),
  constraint pools_returned_check CHECK ((returned >= 0))
) with (fillfactor=50);

create table inventory.progress (
  shop_id uuid not null,
  import_id uuid not null,
  rows_done bigint not null,
  rows_all bigint not null,
  constraint progress_pkey PRIMARY KEY (shop_id, import_id)
);

create table inventory.quarantine (
  shop_id uuid not null,
  id uuid not null,
  pool_id uuid not null,
  import_id uuid not null,
  row_number bigint not null,
  data_key_id uuid not null,
  sealed bytea not null,
  fingerprint bytea not null,
  other_shop_id uuid not null,
  other_pool_id uuid not null,
  other_number bigint not null,
  at timestamp with time zone not null,
  constraint quarantine_pkey PRIMARY KEY (shop_id, id)
);

create table inventory.reservations (
  shop_id uuid not null,
  pool_id uuid not null,
  order_id uuid not null,
  listing_id uuid not null,
  buyer_id uuid not null,
  address_hash bytea not null,
  quantity bigint not null,
  until timestamp with time zone not null,
  constraint reservations_pkey PRIMARY KEY (shop_id, pool_id, order_id),
  constraint reservations_quantity_check CHECK ((quantity > 0))
);

create table inventory.returned (
  shop_id uuid not null,
  pool_id uuid not null,
  number bigint not null,
  at timestamp with time zone not null,
  constraint returned_pkey PRIMARY KEY (shop_id, pool_id, number)
);

create table inventory.uploads (
  shop_id uuid not null,
  import_id uuid not null,
  part integer not null,
  sealed bytea not null,
  constraint uploads_pkey PRIMARY KEY (shop_id, import_id, part)
);

create table inventory.withdrawals (
  shop_id uuid not null,
  batch_id uuid not null,
  by_id uuid not null,
  count bigint not null,
  at timestamp with time zone not null,
  constraint withdrawals_pkey PRIMARY KEY (shop_id, batch_id)
);

create table kit.answers (
  scope text not null,
  key text not null,
  input_hash bytea not null,
  answer jsonb,
  at timestamp with time zone not null,
  constraint answers_pkey PRIMARY KEY (scope, key)
);

create table kit.blobs (
  sha256 bytea not null,
  size_bytes bigint not null,
  media_type text not null,
  verdict text not null,
  verdict_by text not null,
  verdict_note text not null,
  verdict_at timestamp with time zone not null,
  at timestamp with time zone not null,
  constraint blobs_pkey PRIMARY KEY (sha256),
  constraint blobs_sha256_check CHECK ((octet_length(sha256) = 32)),
  constraint blobs_size_bytes_check CHECK ((size_bytes >= 0)),
  constraint blobs_verdict_check CHECK ((verdict = ANY (ARRAY['clean'::text, 'infected'::text, 'unknown'::text])))
);

create table kit.clock (
  one boolean default true not null,
  offset_ms bigint not null,
  movable boolean not null,
  constraint clock_pkey PRIMARY KEY (one),
  constraint clock_offset_ms_check CHECK ((offset_ms >= 0)),
  constraint clock_one_check CHECK (one)
);

create table kit.deadlines (
  shop_id uuid not null,
  about uuid not null,
  what text not null,
  due_at timestamp with time zone not null,
  start_at timestamp with time zone not null,
  article text not null,
  version text not null,
  clock text not null,
  paused_ms bigint default 0 not null,
  constraint deadlines_pkey PRIMARY KEY (shop_id, about, what),
  constraint deadlines_clock_check CHECK ((clock = ANY (ARRAY['elapsed'::text, 'day'::text, 'workday'::text]))),
  constraint deadlines_paused_ms_check CHECK ((paused_ms >= 0))
);

create table kit.marks (
  name text not null,
  value text not null,
  constraint marks_pkey PRIMARY KEY (name)
);

create table kit.outbox (
  id uuid not null,
  event text not null,
  body jsonb not null,
  at timestamp with time zone not null,
  attempts integer default 0 not null,
  retry_at timestamp with time zone,
  error text,
  constraint outbox_pkey PRIMARY KEY (id)
);

create table ledger.accounts (
  kind text not null,
  id text not null,
  balance_fen bigint not null,
  debits bigint default 0 not null,
  constraint accounts_pkey PRIMARY KEY (kind, id),
  constraint accounts_balance_fen_check CHECK ((balance_fen >= 0)),
  constraint accounts_kind_check CHECK ((kind = ANY (ARRAY['wallet'::text, 'available'::text, 'reserve'::text, 'deposit'::text])))
) with (fillfactor=70);

create table ledger.transfers (
  key uuid not null,
  leg smallint not null,
  kind text not null,
  debit_kind text not null,
  debit_id text not null,
  debit_seq bigint,
  debit_left_fen bigint,
  credit_kind text not null,
  credit_id text not null,
  amount_fen bigint not null,
  about uuid not null,
  at timestamp with time zone not null,
  constraint transfers_pkey PRIMARY KEY (key, leg),
  constraint transfers_amount_fen_check CHECK ((amount_fen > 0)),
  constraint transfers_check CHECK (((debit_kind <> credit_kind) OR (debit_id <> credit_id))),
  constraint transfers_check1 CHECK (((debit_seq IS NULL) = (debit_left_fen IS NULL))),
  constraint transfers_check2 CHECK (((debit_seq IS NOT NULL) OR (debit_kind <> ALL (ARRAY['wallet'::text, 'available'::text, 'reserve'::text, 'deposit'::text, 'escrow'::text, 'unapplied'::text, 'refund'::text, 'payout'::text])))),
  constraint transfers_debit_left_fen_check CHECK ((debit_left_fen >= 0))
);

create table merchants.deposit_returns (
  shop_id uuid not null,
  id uuid not null,
  amount_fen bigint not null,
  asked_by uuid not null,
  asked_at timestamp with time zone not null,
  reason text not null,
  agreed boolean,
  decided_by uuid,
  decided_at timestamp with time zone,
  key uuid,
  constraint deposit_returns_pkey PRIMARY KEY (shop_id, id),
  constraint deposit_returns_key_key UNIQUE (key),
  constraint deposit_returns_amount_fen_check CHECK ((amount_fen > 0)),
  constraint deposit_returns_check CHECK (((decided_by IS NULL) OR (decided_by <> asked_by))),
  constraint deposit_returns_check1 CHECK (((decided_by IS NULL) = (agreed IS NULL))),
  constraint deposit_returns_check2 CHECK (((agreed IS TRUE) = (key IS NOT NULL)))
);

create table merchants.deposit_steps (
  shop_id uuid not null,
  step integer not null,
  from_state text not null,
  event text not null,
  to_state text not null,
  by_kind text not null,
  by_id uuid,
  balance_fen bigint not null,
  required_fen bigint not null,
  article text not null,
  at timestamp with time zone not null,
  constraint deposit_steps_pkey PRIMARY KEY (shop_id, step)
);

create table merchants.deposits (
  shop_id uuid not null,
  state text not null,
  required_fen bigint not null,
  tier_fen bigint not null,
  volume_fen bigint not null,
  rulebook text not null,
  measured_at timestamp with time zone not null,
  short_at timestamp with time zone,
  due_at timestamp with time zone,
  left_at timestamp with time zone,
  constraint deposits_pkey PRIMARY KEY (shop_id),
  constraint deposits_check CHECK (((state = 'short'::text) = (due_at IS NOT NULL))),
  constraint deposits_required_fen_check CHECK ((required_fen >= 0)),
  constraint deposits_state_check CHECK ((state = ANY (ARRAY['enough'::text, 'short'::text, 'suspended'::text, 'leaving'::text, 'returned'::text]))),
  constraint deposits_shop_id_fkey FOREIGN KEY (shop_id) REFERENCES merchants.shops(id)
);

create table merchants.identities (
  shop_id uuid not null,
  number integer not null,
  kind text not null,
  legal_name text not null,
  licence_no text not null,
  registered_at text not null,
  address text not null,
  contact_name text not null,
  phone text not null,
  email text not null,
  by_id uuid,
  at timestamp with time zone not null,
  constraint identities_pkey PRIMARY KEY (shop_id, number),
  constraint identities_kind_check CHECK ((kind = ANY (ARRAY['company'::text, 'sole_trader'::text, 'person'::text]))),
  constraint identities_number_check CHECK ((number > 0)),
  constraint identities_shop_id_fkey FOREIGN KEY (shop_id) REFERENCES merchants.shops(id)
);

create table merchants.shops (
  id uuid not null,
  name text not null,
  slug text not null,
  intro text not null,
  tier text not null,
  fee_bps smallint not null,
  opened_at timestamp with time zone not null,
  verified_at timestamp with time zone,
  self_run boolean default false not null,
  constraint shops_pkey PRIMARY KEY (id),
  constraint shops_slug_key UNIQUE (slug),
  constraint shops_fee_bps_check CHECK (((fee_bps >= 0) AND (fee_bps <= 10000))),
  constraint shops_intro_check CHECK ((length(intro) <= 2000)),
  constraint shops_name_check CHECK (((length(name) >= 1) AND (length(name) <= 40))),
  constraint shops_slug_check CHECK ((slug ~ '^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$'::text)),
  constraint shops_tier_check CHECK ((tier = ANY (ARRAY['probation'::text, 'whitelisted'::text, 'trusted'::text])))
);

create table messaging.attachments (
  shop_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  by_id uuid not null,
  name text not null,
  type text not null,
  size_bytes bigint not null,
  width integer,
  height integer,
  original bytea not null,
  view bytea,
  thumb bytea,
  at timestamp with time zone not null,
  constraint attachments_pkey PRIMARY KEY (shop_id, id),
  constraint attachments_check CHECK ((((view IS NULL) = (thumb IS NULL)) AND ((view IS NULL) = (width IS NULL)) AND ((view IS NULL) = (height IS NULL)))),
  constraint attachments_original_fkey FOREIGN KEY (original) REFERENCES kit.blobs(sha256),
  constraint attachments_thumb_fkey FOREIGN KEY (thumb) REFERENCES kit.blobs(sha256),
  constraint attachments_view_fkey FOREIGN KEY (view) REFERENCES kit.blobs(sha256)
);

create table messaging.demands (
  shop_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  seq integer not null,
  state text not null,
  rulebook text not null,
  asked_at timestamp with time zone not null,
  due_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  answer_seq integer,
  constraint demands_pkey PRIMARY KEY (shop_id, id),
  constraint demands_check CHECK ((due_at > asked_at)),
  constraint demands_shop_id_order_id_seq_fkey FOREIGN KEY (shop_id, order_id, seq) REFERENCES messaging.messages(shop_id, order_id, seq)
) with (fillfactor=80);

create table messaging.feed (
  id uuid not null,
  shop_id uuid not null,
  order_id uuid not null,
  constraint feed_pkey PRIMARY KEY (id)
);

create table messaging.hidings (
  shop_id uuid not null,
  order_id uuid not null,
  seq integer not null,
  by_id uuid not null,
  at timestamp with time zone not null,
  event_seq integer not null,
  constraint hidings_pkey PRIMARY KEY (shop_id, order_id, seq),
  constraint hidings_shop_id_order_id_seq_fkey FOREIGN KEY (shop_id, order_id, seq) REFERENCES messaging.messages(shop_id, order_id, seq)
);

create table messaging.messages (
  shop_id uuid not null,
  order_id uuid not null,
  seq integer not null,
  id uuid not null,
  kind text not null,
  side text not null,
  author_id uuid,
  at timestamp with time zone not null,
  event_seq integer not null,
  due_at timestamp with time zone,
  flags text[] not null,
  constraint messages_pkey PRIMARY KEY (shop_id, order_id, seq),
  constraint messages_check CHECK (((side = 'platform'::text) = (author_id IS NULL))),
  constraint messages_check1 CHECK (((kind = ANY (ARRAY['demand'::text, 'promise'::text])) = (due_at IS NOT NULL))),
  constraint messages_event_seq_check CHECK ((event_seq > 0)),
  constraint messages_kind_check CHECK ((kind = ANY (ARRAY['text'::text, 'demand'::text, 'promise'::text, 'call'::text, 'notice'::text]))),
  constraint messages_seq_check CHECK ((seq > 0)),
  constraint messages_side_check CHECK ((side = ANY (ARRAY['buyer'::text, 'merchant'::text, 'support'::text, 'platform'::text]))),
  constraint messages_shop_id_order_id_fkey FOREIGN KEY (shop_id, order_id) REFERENCES messaging.threads(shop_id, order_id)
);

create table messaging.quick_replies (
  shop_id uuid not null,
  number smallint not null,
  text text not null,
  constraint quick_replies_pkey PRIMARY KEY (shop_id, number)
);

create table messaging.reads (
  shop_id uuid not null,
  order_id uuid not null,
  side text not null,
  seq integer not null,
  by_id uuid not null,
  at timestamp with time zone not null,
  constraint reads_pkey PRIMARY KEY (shop_id, order_id, side, seq),
  constraint reads_seq_check CHECK ((seq > 0)),
  constraint reads_side_check CHECK ((side = ANY (ARRAY['buyer'::text, 'merchant'::text, 'support'::text]))),
  constraint reads_shop_id_order_id_fkey FOREIGN KEY (shop_id, order_id) REFERENCES messaging.threads(shop_id, order_id)
);

create table messaging.threads (
  shop_id uuid not null,
  order_id uuid not null,
  buyer_id uuid not null,
  title text not null,
  messages integer not null,
  opened_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  last_side text not null,
  waits_since timestamp with time zone,
  support_since timestamp with time zone,
  constraint threads_pkey PRIMARY KEY (shop_id, order_id),
  constraint threads_messages_check CHECK ((messages >= 0))
) with (fillfactor=80);

create table notifications.messages (
  user_id uuid not null,
  id uuid not null,
  kind text not null,
  data jsonb not null,
  at timestamp with time zone not null,
  read_at timestamp with time zone,
  constraint messages_pkey PRIMARY KEY (user_id, id)
);

create table orders.answers (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  buyer_id uuid not null,
  sealed bytea not null,
  at timestamp with time zone not null,
  constraint answers_pkey PRIMARY KEY (shop_id, order_id, line),
  constraint answers_shop_id_order_id_line_fkey FOREIGN KEY (shop_id, order_id, line) REFERENCES orders.lines(shop_id, order_id, number)
);

create table orders.holds (
  shop_id uuid not null,
  order_id uuid not null,
  reason text not null,
  ref uuid not null,
  at timestamp with time zone not null,
  constraint holds_pkey PRIMARY KEY (shop_id, order_id, reason, ref)
);

create table orders.lines (
  shop_id uuid not null,
  order_id uuid not null,
  number smallint not null,
  listing_id uuid not null,
  version integer not null,
  variant_id uuid not null,
  pool_id uuid not null,
  goods text not null,
  quantity integer not null,
  price_fen bigint not null,
  total_fen bigint not null,
  components jsonb not null,
  fee_bps smallint not null,
  numbers bigint[] default '{}'::bigint[] not null,
  constraint lines_pkey PRIMARY KEY (shop_id, order_id, number),
  constraint lines_price_fen_check CHECK ((price_fen >= 0)),
  constraint lines_quantity_check CHECK ((quantity > 0)),
  constraint lines_total_fen_check CHECK ((total_fen >= 0)),
  constraint lines_shop_id_order_id_fkey FOREIGN KEY (shop_id, order_id) REFERENCES orders.orders(shop_id, id)
) with (fillfactor=60);

create table orders.losses (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  place integer not null,
  cap_fen bigint not null,
  paid_fen bigint default 0 not null,
  constraint losses_pkey PRIMARY KEY (shop_id, order_id, line, place),
  constraint losses_cap_fen_check CHECK ((cap_fen >= 0)),
  constraint losses_check CHECK ((paid_fen <= cap_fen)),
  constraint losses_paid_fen_check CHECK ((paid_fen >= 0))
) with (fillfactor=80);

create table orders.orders (
  shop_id uuid not null,
  id uuid not null,
  buyer_id uuid not null,
  checkout_key text not null,
  state text not null,
  first_event text not null,
  mode text default 'pool'::text not null,
  total_fen bigint not null,
  rulebook text not null,
  settle_days smallint not null,
  steps integer default 1 not null,
  placed_at timestamp with time zone not null,
  paid_at timestamp with time zone,
  completed_at timestamp with time zone,
  release_at timestamp with time zone,
  released_at timestamp with time zone,
  refunded_fen bigint default 0 not null,
  constraint orders_pkey PRIMARY KEY (shop_id, id),
  constraint orders_check CHECK ((refunded_fen <= total_fen)),
  constraint orders_first_event_check CHECK ((first_event = ANY (ARRAY['purchase'::text, 'place'::text, 'order'::text]))),
  constraint orders_mode_check CHECK ((mode = ANY (ARRAY['pool'::text, 'automatic'::text, 'manual'::text, 'direct'::text, 'handover'::text, 'shipping'::text]))),
  constraint orders_refunded_fen_check CHECK ((refunded_fen >= 0)),
  constraint orders_total_fen_check CHECK ((total_fen >= 0))
) with (fillfactor=60);

create table orders.steps (
  shop_id uuid not null,
  order_id uuid not null,
  step integer not null,
  from_state text not null,
  event text not null,
  to_state text not null,
  by_kind text not null,
  by_id uuid,
  at timestamp with time zone not null,
  constraint steps_pkey PRIMARY KEY (shop_id, order_id, step),
  constraint steps_step_check CHECK ((step > 1))
);

create table payments.bills (
  channel text not null,
  day date not null,
  body_hash bytea not null,
  rows integer not null,
  differences integer not null,
  at timestamp with time zone not null,
  constraint bills_pkey PRIMARY KEY (channel, day, body_hash)
);

create table payments.checks (
  payment_id uuid not null,
  due_at timestamp with time zone not null,
  expires_at timestamp with time zone,
  done smallint default 0 not null,
  last_at timestamp with time zone,
  constraint checks_pkey PRIMARY KEY (payment_id),
  constraint checks_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payments.payments(id)
);

create table payments.claims (
  channel text not null,
  trade_no text not null,
  buyer_id uuid not null,
  payment_id uuid,
  at timestamp with time zone not null,
  constraint claims_pkey PRIMARY KEY (channel, trade_no, buyer_id)
);

create table payments.complaint_answers (
  id uuid not null,
  channel text not null,
  number text not null,
  kind text not null,
  text text not null,
  state text not null,
  tries integer default 0 not null,
  failure text,
  by_id uuid not null,
  due_at timestamp with time zone,
  at timestamp with time zone not null,
  done_at timestamp with time zone,
  constraint complaint_answers_pkey PRIMARY KEY (id),
  constraint complaint_answers_kind_check CHECK ((kind = ANY (ARRAY['reply'::text, 'complete'::text]))),
  constraint complaint_answers_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'done'::text, 'refused'::text])))
);

create table payments.complaint_notices (
  id uuid not null,
  channel text not null,
  verified boolean not null,
  decision text not null,
  number text,
  request text,
  body_sha256 bytea not null,
  at timestamp with time zone not null,
  constraint complaint_notices_pkey PRIMARY KEY (id)
);

create table payments.complaints (
  channel text not null,
  number text not null,
  trade_no text not null,
  payment_id uuid,
  amount_fen bigint not null,
  state text not null,
  text text not null,
  user_confirmed boolean not null,
  version integer not null,
  refunded_fen bigint default 0 not null,
  refund_no text,
  told_at timestamp with time zone not null,
  answer_by timestamp with time zone not null,
  settle_by timestamp with time zone not null,
  answered_at timestamp with time zone,
  at timestamp with time zone not null,
  constraint complaints_pkey PRIMARY KEY (channel, number),
  constraint complaints_amount_fen_check CHECK ((amount_fen >= 0)),
  constraint complaints_refunded_fen_check CHECK ((refunded_fen >= 0)),
  constraint complaints_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'processing'::text, 'processed'::text])))
) with (fillfactor=80);

create table payments.decisions (
  exception_id uuid not null,
  decision text not null,
  payment_id uuid,
  note text not null,
  by_id uuid not null,
  at timestamp with time zone not null,
  constraint decisions_pkey PRIMARY KEY (exception_id),
  constraint decisions_exception_id_fkey FOREIGN KEY (exception_id) REFERENCES payments.exceptions(id)
);

create table payments.exceptions (
  id uuid not null,
  kind text not null,
  channel text not null,
  ref text not null,
  payment_id uuid,
  refund_id uuid,
  amount_fen bigint not null,
  detail jsonb not null,
  at timestamp with time zone not null,
  constraint exceptions_pkey PRIMARY KEY (id),
  constraint exceptions_kind_channel_ref_key UNIQUE (kind, channel, ref),
  constraint exceptions_amount_fen_check CHECK ((amount_fen >= 0))
);

create table payments.matches (
  channel text not null,
  trade_no text not null,
  payment_id uuid not null,
  by_id uuid not null,
  at timestamp with time zone not null,
  constraint matches_pkey PRIMARY KEY (channel, trade_no),
  constraint matches_channel_trade_no_fkey FOREIGN KEY (channel, trade_no) REFERENCES payments.trades(channel, trade_no),
  constraint matches_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payments.payments(id)
);

create table payments.notices (
  id uuid not null,
  channel text not null,
  verified boolean not null,
  decision text not null,
  trade_no text,
  payment_id uuid,
  body_hash bytea not null,
  headers jsonb not null,
  at timestamp with time zone not null,
  constraint notices_pkey PRIMARY KEY (id),
  constraint notices_body_hash_check CHECK ((octet_length(body_hash) = 32))
);

create table payments.payments (
  id uuid not null,
  purpose text not null,
  buyer_id uuid not null,
  request_key text not null,
  channel text not null,
  amount_fen bigint not null,
  state text not null,
  received_fen bigint default 0 not null,
  channel_ref text,
  pay_url text,
  failure text,
  created_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  paid_at timestamp with time zone,
  credited_at timestamp with time zone,
  constraint payments_pkey PRIMARY KEY (id),
  constraint payments_amount_fen_check CHECK ((amount_fen > 0)),
  constraint payments_check CHECK (((state <> ALL (ARRAY['opening'::text, 'open'::text, 'failed'::text])) OR (received_fen = 0))),
  constraint payments_check1 CHECK (((state <> 'paid'::text) OR ((received_fen >= amount_fen) AND (paid_at IS NOT NULL)))),
  constraint payments_check2 CHECK (((credited_at IS NULL) OR (purpose = 'topup'::text))),
  constraint payments_purpose_check CHECK ((purpose = ANY (ARRAY['checkout'::text, 'topup'::text]))),
  constraint payments_received_fen_check CHECK ((received_fen >= 0)),
  constraint payments_state_check CHECK ((state = ANY (ARRAY['opening'::text, 'open'::text, 'part'::text, 'paid'::text, 'closed'::text, 'failed'::text])))
) with (fillfactor=50);

create table payments.refunds (
  id uuid not null,
  payment_id uuid,
  channel text not null,
  trade_no text not null,
  amount_fen bigint not null,
  state text not null,
  reason text not null,
  request smallint default 1 not null,
  tries integer default 0 not null,
  due_at timestamp with time zone,
  failure text,
  requested_at timestamp with time zone not null,
  done_at timestamp with time zone,
  constraint refunds_pkey PRIMARY KEY (id),
  constraint refunds_amount_fen_check CHECK ((amount_fen > 0)),
  constraint refunds_check CHECK (((due_at IS NOT NULL) = (state = ANY (ARRAY['requested'::text, 'unknown'::text])))),
  constraint refunds_request_check CHECK ((request > 0)),
  constraint refunds_state_check CHECK ((state = ANY (ARRAY['requested'::text, 'unknown'::text, 'done'::text, 'refused'::text, 'credited'::text]))),
  constraint refunds_channel_trade_no_fkey FOREIGN KEY (channel, trade_no) REFERENCES payments.trades(channel, trade_no)
);

create table payments.trades (
  channel text not null,
  trade_no text not null,
  id uuid not null,
  payment_id uuid,
  named text,
  amount_fen bigint not null,
  source text not null,
  proof bytea not null,
  channel_at timestamp with time zone not null,
  at timestamp with time zone not null,
  payer bytea,
  constraint trades_pkey PRIMARY KEY (channel, trade_no),
  constraint trades_amount_fen_check CHECK ((amount_fen > 0)),
  constraint trades_check CHECK (((payment_id IS NULL) OR (named IS NULL))),
  constraint trades_payer_check CHECK ((octet_length(payer) = 32)),
  constraint trades_proof_check CHECK ((octet_length(proof) = 32)),
  constraint trades_source_check CHECK ((source = ANY (ARRAY['notice'::text, 'query'::text, 'bill'::text])))
);

create table risk.health (
  shop_id uuid not null,
  listing_id uuid not null,
  at timestamp with time zone not null,
  deliveries integer not null,
  late integer not null,
  p95_seconds integer,
  promise_seconds integer not null,
  stock integer,
  constraint health_pkey PRIMARY KEY (shop_id, listing_id, at)
);

create table risk.high_orders (
  shop_id uuid not null,
  order_id uuid not null,
  total_fen bigint not null,
  extra_days smallint not null,
  witness boolean not null,
  at timestamp with time zone not null,
  anchored_at timestamp with time zone,
  inspected_at timestamp with time zone,
  inspected_by uuid,
  constraint high_orders_pkey PRIMARY KEY (shop_id, order_id),
  constraint high_orders_extra_days_check CHECK ((extra_days > 0)),
  constraint high_orders_total_fen_check CHECK ((total_fen > 0))
);

create table risk.measure_steps (
  subject_id uuid not null,
  measure_id uuid not null,
  step integer not null,
  from_state text not null,
  event text not null,
  to_state text not null,
  by_kind text not null,
  by_id uuid,
  article text not null,
  text text not null,
  at timestamp with time zone not null,
  constraint measure_steps_pkey PRIMARY KEY (subject_id, measure_id, step)
);

create table risk.measures (
  subject_id uuid not null,
  id uuid not null,
  side text not null,
  step text not null,
  state text not null,
  steps integer not null,
  signals uuid[] not null,
  reasons text not null,
  articles text[] not null,
  rulebook text not null,
  proposed_by uuid not null,
  proposed_at timestamp with time zone not null,
  confirmed_by uuid,
  starts_at timestamp with time zone,
  ends_at timestamp with time zone,
  appeal_until timestamp with time zone,
  heard_by uuid,
  ended_at timestamp with time zone,
  constraint measures_pkey PRIMARY KEY (subject_id, id),
  constraint measures_articles_check CHECK ((cardinality(articles) > 0)),
  constraint measures_check CHECK ((confirmed_by <> proposed_by)),
  constraint measures_check1 CHECK (((heard_by <> proposed_by) AND (heard_by <> confirmed_by))),
  constraint measures_check2 CHECK ((((starts_at IS NULL) = (confirmed_by IS NULL)) OR (state = 'rejected'::text))),
  constraint measures_side_check CHECK ((side = ANY (ARRAY['buyer'::text, 'merchant'::text]))),
  constraint measures_signals_check CHECK ((cardinality(signals) > 0)),
  constraint measures_step_check CHECK ((step = ANY (ARRAY['notice'::text, 'fewer_fast'::text, 'no_first_pay'::text, 'limit_goods'::text, 'warning'::text, 'ban'::text])))
);

create table risk.pause_events (
  shop_id uuid not null,
  listing_id uuid not null,
  id uuid not null,
  event text not null,
  cause text not null,
  facts jsonb not null,
  at timestamp with time zone not null,
  constraint pause_events_pkey PRIMARY KEY (shop_id, listing_id, id),
  constraint pause_events_event_check CHECK ((event = ANY (ARRAY['pause'::text, 'cure'::text])))
);

create table risk.pauses (
  shop_id uuid not null,
  listing_id uuid not null,
  cause text not null,
  facts jsonb not null,
  since timestamp with time zone not null,
  constraint pauses_pkey PRIMARY KEY (shop_id, listing_id, cause),
  constraint pauses_cause_check CHECK ((cause = ANY (ARRAY['delay'::text, 'stock_out'::text, 'supplier'::text, 'runaway'::text, 'ban'::text, 'deposit'::text, 'batch'::text])))
);

create table risk.rates (
  shop_id uuid not null,
  orders integer not null,
  disputed integer not null,
  answered integer not null,
  first_seconds integer,
  at timestamp with time zone not null,
  constraint rates_pkey PRIMARY KEY (shop_id),
  constraint rates_check CHECK ((disputed <= orders))
);

create table risk.scores (
  shop_id uuid not null,
  kind text not null,
  ref uuid not null,
  points integer not null,
  at timestamp with time zone not null,
  constraint scores_pkey PRIMARY KEY (shop_id, kind, ref),
  constraint scores_points_check CHECK ((points <> 0))
);

create table risk.signals (
  subject_id uuid not null,
  id uuid not null,
  side text not null,
  kind text not null,
  ref text not null,
  evidence jsonb not null,
  at timestamp with time zone not null,
  constraint signals_pkey PRIMARY KEY (subject_id, id),
  constraint signals_subject_id_kind_ref_key UNIQUE (subject_id, kind, ref),
  constraint signals_ref_check CHECK ((ref <> ''::text)),
  constraint signals_side_check CHECK ((side = ANY (ARRAY['buyer'::text, 'merchant'::text])))
);

create table risk.ticket_steps (
  ticket_id uuid not null,
  step integer not null,
  from_state text not null,
  event text not null,
  to_state text not null,
  by_kind text not null,
  by_id uuid,
  article text not null,
  text text not null,
  at timestamp with time zone not null,
  constraint ticket_steps_pkey PRIMARY KEY (ticket_id, step)
);

create table risk.tickets (
  id uuid not null,
  kind text not null,
  subject_id uuid not null,
  ref text not null,
  state text not null,
  steps integer not null,
  facts jsonb not null,
  opened_at timestamp with time zone not null,
  proposed_by uuid,
  ended_by uuid,
  ended_at timestamp with time zone,
  constraint tickets_pkey PRIMARY KEY (id),
  constraint tickets_kind_subject_id_ref_key UNIQUE (kind, subject_id, ref),
  constraint tickets_check CHECK ((ended_by <> proposed_by)),
  constraint tickets_kind_check CHECK ((kind = ANY (ARRAY['runaway'::text, 'velocity'::text, 'unreachable'::text, 'dispute_rate'::text])))
);

create table rules.calendars (
  version text not null,
  number integer not null,
  body jsonb not null,
  by_id uuid,
  at timestamp with time zone not null,
  recount_from timestamp with time zone,
  constraint calendars_pkey PRIMARY KEY (version),
  constraint calendars_number_key UNIQUE (number)
);

create table rules.comments (
  version text not null,
  number integer not null,
  state text not null,
  article text,
  author_id uuid not null,
  author_name text not null,
  text text not null,
  at timestamp with time zone not null,
  decided_by uuid,
  decided_at timestamp with time zone,
  outcome text,
  reasons text,
  constraint comments_pkey PRIMARY KEY (version, number),
  constraint comments_check CHECK (((outcome IS NULL) = (state = ANY (ARRAY['waiting'::text, 'shown'::text])))),
  constraint comments_check1 CHECK (((reasons IS NULL) = (outcome IS NULL))),
  constraint comments_number_check CHECK ((number > 0)),
  constraint comments_outcome_check CHECK ((outcome = ANY (ARRAY['adopted'::text, 'partly'::text, 'declined'::text, 'hidden'::text]))),
  constraint comments_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'shown'::text, 'hidden'::text, 'answered'::text]))),
  constraint comments_version_fkey FOREIGN KEY (version) REFERENCES rules.versions(version)
);

create table rules.outages (
  id uuid not null,
  from_at timestamp with time zone not null,
  to_at timestamp with time zone not null,
  reason_zh text not null,
  reason_en text not null,
  by_id uuid not null,
  at timestamp with time zone not null,
  applied boolean default false not null,
  constraint outages_pkey PRIMARY KEY (id),
  constraint outages_check CHECK ((to_at > from_at))
);

create table rules.steps (
  version text not null,
  step integer not null,
  from_state text not null,
  event text not null,
  to_state text not null,
  by_kind text not null,
  by_id uuid,
  sha256 bytea not null,
  note text default ''::text not null,
  at timestamp with time zone not null,
  constraint steps_pkey PRIMARY KEY (version, step),
  constraint steps_step_check CHECK ((step > 0)),
  constraint steps_version_fkey FOREIGN KEY (version) REFERENCES rules.versions(version)
);

create table rules.subscriptions (
  user_id uuid not null,
  duty boolean not null,
  since timestamp with time zone not null,
  constraint subscriptions_pkey PRIMARY KEY (user_id)
);

create table rules.texts (
  sha256 bytea not null,
  version text not null,
  body text not null,
  at timestamp with time zone not null,
  constraint texts_pkey PRIMARY KEY (sha256),
  constraint texts_version_fkey FOREIGN KEY (version) REFERENCES rules.versions(version)
);

create table rules.versions (
  version text not null,
  id uuid not null,
  state text not null,
  body text not null,
  sha256 bytea not null,
  steps integer default 1 not null,
  consult_from timestamp with time zone,
  consult_until timestamp with time zone,
  proposed_by uuid,
  proposed_sha256 bytea,
  proposed_effective_at timestamp with time zone,
  announced_at timestamp with time zone,
  effective_at timestamp with time zone,
  constraint versions_pkey PRIMARY KEY (version),
  constraint versions_id_key UNIQUE (id),
  constraint versions_check CHECK (((state <> ALL (ARRAY['announced'::text, 'in_force'::text, 'superseded'::text])) OR ((announced_at IS NOT NULL) AND (effective_at IS NOT NULL)))),
  constraint versions_sha256_check CHECK ((octet_length(sha256) = 32)),
  constraint versions_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'consultation'::text, 'announced'::text, 'in_force'::text, 'superseded'::text, 'withdrawn'::text])))
);

create table supply.attempts (
  shop_id uuid not null,
  id uuid not null,
  order_id uuid not null,
  line smallint not null,
  nth smallint not null,
  number text not null,
  supplier_id uuid not null,
  product_no text not null,
  face_fen bigint not null,
  max_cost_fen bigint not null,
  state text not null,
  wish text not null,
  due_at timestamp with time zone,
  sends smallint default 0 not null,
  asks integer default 0 not null,
  cancels smallint default 0 not null,
  cancel_wanted boolean default false not null,
  abandoned boolean default false not null,
  silent_at timestamp with time zone,
  refusal text,
  supplier_no text,
  cost_fen bigint,
  charged_fen bigint,
  voucher text,
  said text,
  at timestamp with time zone not null,
  sent_at timestamp with time zone,
  ended_at timestamp with time zone,
  constraint attempts_pkey PRIMARY KEY (shop_id, id),
  constraint attempts_shop_id_number_key UNIQUE (shop_id, number),
  constraint attempts_shop_id_order_id_line_nth_key UNIQUE (shop_id, order_id, line, nth),
  constraint attempts_face_fen_check CHECK ((face_fen > 0)),
  constraint attempts_max_cost_fen_check CHECK ((max_cost_fen > 0)),
  constraint attempts_nth_check CHECK ((nth > 0)),
  constraint attempts_wish_check CHECK ((wish = ANY (ARRAY['send'::text, 'ask'::text, 'cancel'::text]))),
  constraint attempts_shop_id_order_id_line_fkey FOREIGN KEY (shop_id, order_id, line) REFERENCES supply.requests(shop_id, order_id, line),
  constraint attempts_shop_id_supplier_id_fkey FOREIGN KEY (shop_id, supplier_id) REFERENCES supply.suppliers(shop_id, id)
) with (fillfactor=60);

create table supply.exchanges (
  shop_id uuid not null,
  attempt_id uuid not null,
  nth integer not null,
  act text not null,
  answer text not null,
  said text not null,
  at timestamp with time zone not null,
  constraint exchanges_pkey PRIMARY KEY (shop_id, attempt_id, nth),
  constraint exchanges_act_check CHECK ((act = ANY (ARRAY['send'::text, 'ask'::text, 'cancel'::text, 'notice'::text]))),
  constraint exchanges_answer_check CHECK ((answer = ANY (ARRAY['ok'::text, 'refused'::text, 'unknown'::text])))
);

create table supply.health (
  shop_id uuid not null,
  supplier_id uuid not null,
  balance_fen bigint,
  balance_at timestamp with time zone,
  trouble text,
  silences integer default 0 not null,
  open_until timestamp with time zone,
  constraint health_pkey PRIMARY KEY (shop_id, supplier_id),
  constraint health_shop_id_supplier_id_fkey FOREIGN KEY (shop_id, supplier_id) REFERENCES supply.suppliers(shop_id, id)
) with (fillfactor=50);

create table supply.notices (
  shop_id uuid not null,
  id uuid not null,
  supplier_id uuid not null,
  attempt_id uuid,
  genuine boolean not null,
  decision text not null,
  body_hash bytea not null,
  sender text not null,
  at timestamp with time zone not null,
  constraint notices_pkey PRIMARY KEY (shop_id, id),
  constraint notices_body_hash_check CHECK ((octet_length(body_hash) = 32))
);

create table supply.products (
  shop_id uuid not null,
  supplier_id uuid not null,
  product_no text not null,
  name text not null,
  carrier text not null,
  price_fen bigint not null,
  on_sale boolean not null,
  at timestamp with time zone not null,
  constraint products_pkey PRIMARY KEY (shop_id, supplier_id, product_no),
  constraint products_price_fen_check CHECK ((price_fen >= 0)),
  constraint products_shop_id_supplier_id_fkey FOREIGN KEY (shop_id, supplier_id) REFERENCES supply.suppliers(shop_id, id)
);

create table supply.requests (
  shop_id uuid not null,
  order_id uuid not null,
  line smallint not null,
  variant_id uuid not null,
  face_fen bigint not null,
  target_sealed bytea,
  masked text not null,
  state text not null,
  why text,
  attempts smallint default 0 not null,
  at timestamp with time zone not null,
  ended_at timestamp with time zone,
  constraint requests_pkey PRIMARY KEY (shop_id, order_id, line),
  constraint requests_check CHECK (((state = ANY (ARRAY['open'::text, 'held'::text])) = (ended_at IS NULL))),
  constraint requests_check1 CHECK (((state = ANY (ARRAY['open'::text, 'held'::text])) = (target_sealed IS NOT NULL))),
  constraint requests_face_fen_check CHECK ((face_fen > 0)),
  constraint requests_state_check CHECK ((state = ANY (ARRAY['open'::text, 'held'::text, 'done'::text, 'failed'::text, 'cancelled'::text, 'abandoned'::text])))
) with (fillfactor=70);

create table supply.routes (
  shop_id uuid not null,
  variant_id uuid not null,
  place smallint not null,
  supplier_id uuid not null,
  product_no text not null,
  max_cost_fen bigint not null,
  constraint routes_pkey PRIMARY KEY (shop_id, variant_id, place),
  constraint routes_max_cost_fen_check CHECK ((max_cost_fen > 0)),
  constraint routes_place_check CHECK (((place >= 1) AND (place <= 9))),
  constraint routes_shop_id_supplier_id_fkey FOREIGN KEY (shop_id, supplier_id) REFERENCES supply.suppliers(shop_id, id)
);

create table supply.suppliers (
  shop_id uuid not null,
  id uuid not null,
  name text not null,
  protocol text not null,
  address text not null,
  user_no text not null,
  key_sealed bytea,
  is_on boolean not null,
  alarm_fen bigint default 0 not null,
  at timestamp with time zone not null,
  constraint suppliers_pkey PRIMARY KEY (shop_id, id),
  constraint suppliers_alarm_fen_check CHECK ((alarm_fen >= 0)),
  constraint suppliers_check CHECK (((protocol = 'sandbox'::text) = (key_sealed IS NULL))),
  constraint suppliers_protocol_check CHECK ((protocol = ANY (ARRAY['yrapi'::text, 'sandbox'::text])))
);

CREATE INDEX assignments_user ON aftersales.assignments USING btree (user_id, at);

CREATE INDEX batch_watches_alarmed ON aftersales.batch_watches USING btree (alarmed_at) WHERE (alarmed_at IS NOT NULL);

CREATE UNIQUE INDEX case_group_members_case ON aftersales.case_group_members USING btree (shop_id, case_id);

CREATE INDEX case_group_members_open ON aftersales.case_group_members USING btree (shop_id, group_id) WHERE ((found_at IS NULL) AND (left_at IS NULL));

CREATE INDEX case_groups_id ON aftersales.case_groups USING btree (id);

CREATE INDEX case_groups_list ON aftersales.case_groups USING btree (opened_at DESC, id);

CREATE UNIQUE INDEX case_groups_open ON aftersales.case_groups USING btree (shop_id, subject_id) WHERE (state = ANY (ARRAY['open'::text, 'signing'::text]));

CREATE INDEX case_subjects_subject ON aftersales.case_subjects USING btree (shop_id, subject_id, at);

CREATE INDEX cases_buyer ON aftersales.cases USING btree (buyer_id, id);

CREATE INDEX cases_desk ON aftersales.cases USING btree (desk_by, id) WHERE (desk_by IS NOT NULL);

CREATE INDEX cases_desk_holder ON aftersales.cases USING btree (holder_id, desk_by, id) WHERE (desk_by IS NOT NULL);

CREATE INDEX cases_desk_reason ON aftersales.cases USING btree (reason, desk_by, id) WHERE (desk_by IS NOT NULL);

CREATE INDEX cases_desk_shop ON aftersales.cases USING btree (shop_id, desk_by, id) WHERE (desk_by IS NOT NULL);

CREATE INDEX cases_desk_state ON aftersales.cases USING btree (state, desk_by, id) WHERE (desk_by IS NOT NULL);

CREATE INDEX cases_ended ON aftersales.cases USING btree (ended_at) WHERE (ended_at IS NOT NULL);

CREATE INDEX cases_filed ON aftersales.cases USING btree (filed_at);

CREATE INDEX cases_id ON aftersales.cases USING btree (id);

CREATE INDEX cases_inbox ON aftersales.cases USING btree (shop_id, shop_by, id) WHERE (shop_by IS NOT NULL);

CREATE INDEX cases_order ON aftersales.cases USING btree (shop_id, order_id);

CREATE INDEX cases_tail ON aftersales.cases USING btree ("right"((id)::text, 7));

CREATE INDEX complaint_links_case ON aftersales.complaint_links USING btree (shop_id, case_id);

CREATE INDEX complaint_links_order ON aftersales.complaint_links USING btree (shop_id, order_id);

CREATE UNIQUE INDEX diagnoses_open ON aftersales.diagnoses USING btree (shop_id, order_id, line, place) WHERE (closed_at IS NULL);

CREATE INDEX executions_at ON aftersales.executions USING btree (at);

CREATE INDEX executions_line ON aftersales.executions USING btree (shop_id, order_id, line);

CREATE INDEX exhibit_files_order ON aftersales.exhibit_files USING btree (shop_id, order_id, by_id);

CREATE INDEX exhibits_sha256 ON aftersales.exhibits USING btree (sha256);

CREATE INDEX first_payments_at ON aftersales.first_payments USING btree (kind, key, at);

CREATE INDEX jurors_willing ON aftersales.jurors USING btree (user_id) WHERE willing;

CREATE UNIQUE INDEX lawful_requests_code ON aftersales.lawful_requests USING btree (code_sha256) WHERE (code_sha256 IS NOT NULL);

CREATE INDEX lawful_requests_open ON aftersales.lawful_requests USING btree (due_at) WHERE (state = ANY (ARRAY['received'::text, 'granted'::text]));

CREATE INDEX objections_open ON aftersales.objections USING btree (at) WHERE (state = 'open'::text);

CREATE INDEX precedents_month ON aftersales.precedents USING btree (month);

CREATE INDEX precedents_outcome ON aftersales.precedents USING btree (outcome, number);

CREATE INDEX precedents_reason ON aftersales.precedents USING btree (reason, number);

CREATE INDEX recordings_open ON aftersales.recordings USING btree (heard_at) WHERE (ended_at IS NULL);

CREATE INDEX recordings_order ON aftersales.recordings USING btree (shop_id, order_id);

CREATE INDEX recusals_open ON aftersales.recusals USING btree (at) WHERE (state = 'open'::text);

CREATE INDEX seats_user ON aftersales.seats USING btree (user_id, seated_at);

CREATE INDEX surveys_answered ON aftersales.surveys USING btree (answered_at, case_id) WHERE (answered_at IS NOT NULL);

CREATE INDEX surveys_asked ON aftersales.surveys USING btree (asked_at);

CREATE UNIQUE INDEX trees_draft ON aftersales.trees USING btree (goods) WHERE ((published_at IS NULL) AND (withdrawn_at IS NULL));

CREATE INDEX tribunals_drawing ON aftersales.tribunals USING btree (asked_at) WHERE (state = 'drawing'::text);

CREATE INDEX unsealings_case ON aftersales.unsealings USING btree (shop_id, case_id);

CREATE INDEX unsealings_open ON aftersales.unsealings USING btree (asked_at) WHERE (state = 'asked'::text);

CREATE INDEX cards_grams ON catalog.cards USING gin (grams) WITH (fastupdate=off);

CREATE INDEX cards_new ON catalog.cards USING btree (listing_id) WHERE (state = 'live'::text);

CREATE INDEX cards_price ON catalog.cards USING btree (price_fen, listing_id) WHERE (state = 'live'::text);

CREATE INDEX group_members_user ON catalog.group_members USING btree (user_id);

CREATE INDEX listings_id ON catalog.listings USING btree (id);

CREATE UNIQUE INDEX variants_id ON catalog.variants USING btree (id);

CREATE INDEX variants_listing ON catalog.variants USING btree (shop_id, listing_id, "position");

CREATE UNIQUE INDEX checkouts_payment ON checkout.checkouts USING btree (payment_id) WHERE (payment_id IS NOT NULL);

CREATE UNIQUE INDEX callbacks_one_each ON community.callbacks USING btree (user_id) WHERE (outcome IS NULL);

CREATE UNIQUE INDEX callbacks_place ON community.callbacks USING btree (slot_at, place) WHERE (outcome IS NULL);

CREATE INDEX exports_files ON community.exports USING btree (expires_at) WHERE (file IS NOT NULL);

CREATE INDEX exports_of ON community.exports USING btree (user_id, id);

CREATE INDEX exports_waiting ON community.exports USING btree (asked_at) WHERE ((ready_at IS NULL) AND (failed_at IS NULL));

CREATE INDEX guide_reads_at ON community.guide_reads USING btree (at);

CREATE INDEX posts_guide ON community.posts USING btree (guide_id, id);

CREATE INDEX posts_held ON community.posts USING btree (id) WHERE (state = 'held'::text);

CREATE INDEX grants_release ON delivery.grants USING btree (shop_id, release_id);

CREATE INDEX issuer_checks_next ON delivery.issuer_checks USING btree (next_at) WHERE (state = 'asked'::text);

CREATE UNIQUE INDEX issuer_checks_open ON delivery.issuer_checks USING btree (shop_id, pool_id, number) WHERE (state = 'asked'::text);

CREATE INDEX issuer_checks_order ON delivery.issuer_checks USING btree (shop_id, order_id);

CREATE UNIQUE INDEX licences_blind ON delivery.licences USING btree (blind);

CREATE INDEX licences_buyer ON delivery.licences USING btree (buyer_id, id);

CREATE UNIQUE INDEX licences_unit ON delivery.licences USING btree (shop_id, order_id, line, place);

CREATE INDEX lines_listing ON delivery.lines USING btree (shop_id, listing_id, paid_at);

CREATE INDEX lines_open ON delivery.lines USING btree (shop_id, promised_at) WHERE (state = ANY (ARRAY['waiting'::text, 'accepted'::text, 'delivering'::text]));

CREATE INDEX link_problems_open ON delivery.link_problems USING btree (shop_id, due_at) WHERE (closed_at IS NULL);

CREATE UNIQUE INDEX machines_fingerprint ON delivery.machines USING btree (shop_id, scope, fingerprint);

CREATE INDEX machines_of_licence ON delivery.machines USING btree (shop_id, licence_id, fingerprint);

CREATE INDEX membership_periods_of ON delivery.membership_periods USING btree (shop_id, membership_id, nth);

CREATE INDEX memberships_buyer ON delivery.memberships USING btree (buyer_id, id);

CREATE INDEX memberships_id ON delivery.memberships USING btree (id);

CREATE INDEX parcels_open ON delivery.parcels USING btree (asked_at) WHERE (ended_at IS NULL);

CREATE INDEX releases_file ON delivery.releases USING btree (sha256) WHERE (origin = 'platform'::text);

CREATE INDEX releases_listing ON delivery.releases USING btree (shop_id, listing_id, id);

CREATE INDEX releases_reached ON delivery.releases USING btree (reached_at) WHERE (origin = 'address'::text);

CREATE INDEX replaced_order ON delivery.replaced USING btree (shop_id, order_id);

CREATE INDEX topups_late ON delivery.topups USING btree (shop_id, late_at) WHERE (late_at IS NOT NULL);

CREATE INDEX topups_wrong ON delivery.topups USING btree (shop_id, wrong_until) WHERE (wrong_until IS NOT NULL);

CREATE INDEX withdrawn_order ON delivery.withdrawn USING btree (shop_id, order_id);

CREATE INDEX legal_holds_subject ON evidence.legal_holds USING btree (subject_id) WHERE (state = ANY (ARRAY['standing'::text, 'lift_asked'::text]));

CREATE INDEX api_keys_user ON identity.api_keys USING btree (user_id);

CREATE INDEX contacts_user ON identity.contacts USING btree (user_id);

CREATE INDEX guest_claims_user ON identity.guest_claims USING btree (user_id);

CREATE INDEX memberships_user ON identity.memberships USING btree (user_id);

CREATE INDEX sessions_expiry ON identity.sessions USING btree (expires_at);

CREATE INDEX sessions_user ON identity.sessions USING btree (user_id);

CREATE INDEX imports_open ON inventory.imports USING btree (created_at) WHERE (wrapped IS NOT NULL);

CREATE INDEX keys_expiry ON inventory.keys USING btree (expires_at) WHERE ((expires_at IS NOT NULL) AND (voided_at IS NULL));

CREATE INDEX keys_voided ON inventory.keys USING btree (shop_id, pool_id, number) WHERE (voided_at IS NOT NULL);

CREATE UNIQUE INDEX pools_variant ON inventory.pools USING btree (variant_id);

CREATE INDEX quarantine_other ON inventory.quarantine USING btree (other_shop_id, other_pool_id, other_number);

CREATE INDEX reservations_address ON inventory.reservations USING btree (address_hash);

CREATE INDEX reservations_buyer ON inventory.reservations USING btree (buyer_id);

CREATE INDEX blobs_unknown ON kit.blobs USING btree (verdict_at) WHERE (verdict = 'unknown'::text);

CREATE INDEX deadlines_due ON kit.deadlines USING btree (what, due_at);

CREATE INDEX transfers_credits ON ledger.transfers USING btree (credit_kind, credit_id, at) WHERE (credit_kind = ANY (ARRAY['wallet'::text, 'available'::text, 'reserve'::text, 'deposit'::text, 'receivable'::text, 'unapplied'::text, 'refund'::text, 'payout'::text]));

CREATE UNIQUE INDEX transfers_debits ON ledger.transfers USING btree (debit_kind, debit_id, debit_seq) WHERE (debit_seq IS NOT NULL);

CREATE UNIQUE INDEX deposit_returns_open ON merchants.deposit_returns USING btree (shop_id) WHERE (decided_by IS NULL);

CREATE INDEX attachments_order ON messaging.attachments USING btree (shop_id, order_id);

CREATE UNIQUE INDEX demands_open ON messaging.demands USING btree (shop_id, order_id) WHERE (state = 'open'::text);

CREATE INDEX demands_order ON messaging.demands USING btree (shop_id, order_id, asked_at);

CREATE INDEX messages_calls ON messaging.messages USING btree (at) WHERE (kind = 'call'::text);

CREATE INDEX threads_buyer ON messaging.threads USING btree (buyer_id, last_at DESC);

CREATE INDEX threads_shop ON messaging.threads USING btree (shop_id, last_at DESC);

CREATE INDEX threads_support ON messaging.threads USING btree (support_since) WHERE (support_since IS NOT NULL);

CREATE INDEX threads_waiting ON messaging.threads USING btree (shop_id, waits_since) WHERE (waits_since IS NOT NULL);

CREATE INDEX messages_case ON notifications.messages USING btree (((data ->> 'case'::text)), id) WHERE (data ? 'case'::text);

CREATE INDEX messages_clock ON notifications.messages USING btree (((data ->> 'clock'::text))) WHERE (data ? 'clock'::text);

CREATE INDEX messages_unread ON notifications.messages USING btree (user_id) WHERE (read_at IS NULL);

CREATE INDEX orders_buyer ON orders.orders USING btree (buyer_id, id);

CREATE INDEX checks_due ON payments.checks USING btree (due_at);

CREATE INDEX checks_expiry ON payments.checks USING btree (expires_at) WHERE (expires_at IS NOT NULL);

CREATE INDEX complaint_answers_due ON payments.complaint_answers USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX complaint_answers_of ON payments.complaint_answers USING btree (channel, number, at);

CREATE UNIQUE INDEX complaint_notices_once ON payments.complaint_notices USING btree (channel, request) WHERE verified;

CREATE INDEX complaints_open ON payments.complaints USING btree (settle_by) WHERE (state <> 'processed'::text);

CREATE INDEX complaints_payment ON payments.complaints USING btree (payment_id);

CREATE INDEX matches_payment ON payments.matches USING btree (payment_id);

CREATE INDEX notices_payment ON payments.notices USING btree (payment_id) WHERE (payment_id IS NOT NULL);

CREATE UNIQUE INDEX payments_requests ON payments.payments USING btree (buyer_id, purpose, request_key);

CREATE INDEX refunds_due ON payments.refunds USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX refunds_trade ON payments.refunds USING btree (channel, trade_no);

CREATE INDEX trades_day ON payments.trades USING brin (channel_at);

CREATE INDEX trades_payment ON payments.trades USING btree (payment_id) WHERE (payment_id IS NOT NULL);

CREATE INDEX high_orders_open ON risk.high_orders USING btree (at) WHERE (inspected_at IS NULL);

CREATE UNIQUE INDEX measures_id ON risk.measures USING btree (id);

CREATE INDEX measures_open ON risk.measures USING btree (proposed_at, id) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX measures_proposed ON risk.measures USING btree (subject_id) WHERE (state = 'proposed'::text);

CREATE INDEX signals_new ON risk.signals USING btree (at, id);

CREATE INDEX tickets_open ON risk.tickets USING btree (opened_at, id) WHERE (ended_at IS NULL);

CREATE INDEX tickets_subject ON risk.tickets USING btree (subject_id, kind) WHERE (ended_at IS NULL);

CREATE INDEX comments_author ON rules.comments USING btree (author_id, version);

CREATE UNIQUE INDEX versions_in_force ON rules.versions USING btree (state) WHERE (state = 'in_force'::text);

CREATE INDEX attempts_due ON supply.attempts USING btree (due_at) WHERE (due_at IS NOT NULL);

CREATE INDEX attempts_supplier ON supply.attempts USING btree (shop_id, supplier_id, at);

CREATE INDEX notices_supplier ON supply.notices USING btree (shop_id, supplier_id, body_hash);

CREATE INDEX requests_held ON supply.requests USING btree (shop_id, variant_id) WHERE (state = 'held'::text);
grant usage on schema aftersales to mengyue_app;
grant usage on schema catalog to mengyue_app;
grant usage on schema checkout to mengyue_app;
grant usage on schema community to mengyue_app;
grant usage on schema delivery to mengyue_app;
grant usage on schema evidence to mengyue_app;
grant usage on schema identity to mengyue_app;
grant usage on schema inventory to mengyue_app;
grant usage on schema kit to mengyue_app;
grant usage on schema ledger to mengyue_app;
grant usage on schema merchants to mengyue_app;
grant usage on schema messaging to mengyue_app;
grant usage on schema notifications to mengyue_app;
grant usage on schema orders to mengyue_app;
grant usage on schema payments to mengyue_app;
grant usage on schema risk to mengyue_app;
grant usage on schema rules to mengyue_app;
grant usage on schema supply to mengyue_app;
grant insert, select on table aftersales.archives to mengyue_app;
grant insert, select on table aftersales.assignments to mengyue_app;
grant insert, select, update on table aftersales.ballots to mengyue_app;
grant insert, select, update on table aftersales.batch_watches to mengyue_app;
grant insert, select, update on table aftersales.case_group_members to mengyue_app;
grant insert, select on table aftersales.case_group_steps to mengyue_app;
grant insert, select on table aftersales.case_group_words to mengyue_app;
grant insert, select, update on table aftersales.case_groups to mengyue_app;
grant insert, select on table aftersales.case_subjects to mengyue_app;
grant insert, select, update on table aftersales.cases to mengyue_app;
grant insert, select on table aftersales.channel_refunds to mengyue_app;
grant insert, select, update on table aftersales.complaint_links to mengyue_app;
grant insert, select, update on table aftersales.diagnoses to mengyue_app;
grant insert, select on table aftersales.diagnosis_answers to mengyue_app;
grant insert, select on table aftersales.executions to mengyue_app;
grant insert, select on table aftersales.exhibit_comments to mengyue_app;
grant insert, select on table aftersales.exhibit_files to mengyue_app;
grant insert, select on table aftersales.exhibit_layers to mengyue_app;
grant insert, select on table aftersales.exhibits to mengyue_app;
grant insert, select, update on table aftersales.external_records to mengyue_app;
grant insert, select, update on table aftersales.first_pay_counters to mengyue_app;
grant insert, select on table aftersales.first_payments to mengyue_app;
grant insert, select, update on table aftersales.jurors to mengyue_app;
grant insert, select on table aftersales.lawful_looks to mengyue_app;
grant insert, select, update on table aftersales.lawful_requests to mengyue_app;
grant insert, select, update on table aftersales.objections to mengyue_app;
grant insert, select on table aftersales.precedent_articles to mengyue_app;
grant insert, select on table aftersales.precedents to mengyue_app;
grant insert, select on table aftersales.recording_chunks to mengyue_app;
grant insert, select, update on table aftersales.recordings to mengyue_app;
grant insert, select, update on table aftersales.recusals to mengyue_app;
grant insert, select, update on table aftersales.seats to mengyue_app;
grant insert, select on table aftersales.statements to mengyue_app;
grant insert, select on table aftersales.steps to mengyue_app;
grant insert, select on table aftersales.surveys to mengyue_app;
grant insert, select, update on table aftersales.trees to mengyue_app;
grant insert, select, update on table aftersales.tribunals to mengyue_app;
grant insert, select, update on table aftersales.unsealings to mengyue_app;
grant insert, select, update on table catalog.cards to mengyue_app;
grant insert, select, update on table catalog.categories to mengyue_app;
grant delete, insert, select, update on table catalog.group_members to mengyue_app;
grant insert, select, update on table catalog.groups to mengyue_app;
grant insert, select on table catalog.listing_versions to mengyue_app;
grant insert, select, update on table catalog.listings to mengyue_app;
grant insert, select, update on table catalog.variants to mengyue_app;
grant insert, select, update on table checkout.bought to mengyue_app;
grant insert, select, update on table checkout.checkouts to mengyue_app;
grant insert, select on table checkout.texts to mengyue_app;
grant insert, select on table checkout.vouchers to mengyue_app;
grant insert, select, update on table community.callbacks to mengyue_app;
grant insert, select, update on table community.exports to mengyue_app;
grant delete, insert, select on table community.guide_reads to mengyue_app;
grant insert, select on table community.guide_versions to mengyue_app;
grant insert, select, update on table community.guide_votes to mengyue_app;
grant insert, select, update on table community.guides to mengyue_app;
grant insert, select, update on table community.posts to mengyue_app;
grant insert, select, update on table community.quizzes to mengyue_app;
grant insert, select on table delivery.carrier_claims to mengyue_app;
grant insert, select on table delivery.code_checks to mengyue_app;
grant insert, select on table delivery.content_reveals to mengyue_app;
grant insert, select, update on table delivery.contents to mengyue_app;
grant insert, select on table delivery.downloads to mengyue_app;
grant insert, select, update on table delivery.grants to mengyue_app;
grant insert, select, update on table delivery.issuer_checks to mengyue_app;
grant insert, select on table delivery.licence_accounts to mengyue_app;
grant insert, select on table delivery.licence_log to mengyue_app;
grant delete, insert, select on table delivery.licence_suspensions to mengyue_app;
grant insert, select, update on table delivery.licences to mengyue_app;
grant insert, select, update on table delivery.lines to mengyue_app;
grant insert, select, update on table delivery.link_problems to mengyue_app;
grant insert, select, update on table delivery.links to mengyue_app;
grant delete, insert, select, update on table delivery.machines to mengyue_app;
grant insert, select, update on table delivery.membership_periods to mengyue_app;
grant insert, select, update on table delivery.memberships to mengyue_app;
grant insert, select on table delivery.parcel_checks to mengyue_app;
grant insert, select on table delivery.parcel_events to mengyue_app;
grant insert, select on table delivery.parcel_photos to mengyue_app;
grant insert, select, update on table delivery.parcels to mengyue_app;
grant insert, select on table delivery.probes to mengyue_app;
grant insert, select on table delivery.provenance_tags to mengyue_app;
grant insert, select, update on table delivery.releases to mengyue_app;
grant insert, select on table delivery.replaced to mengyue_app;
grant insert, select on table delivery.reveals to mengyue_app;
grant insert, select, update on table delivery.topups to mengyue_app;
grant delete, insert, select, update on table delivery.units to mengyue_app;
grant insert, select on table delivery.withdrawn to mengyue_app;
grant insert, select on table evidence.batches to mengyue_app;
grant insert, select on table evidence.bundles to mengyue_app;
grant insert, select on table evidence.checkpoints to mengyue_app;
grant insert, select on table evidence.cosignatures to mengyue_app;
grant insert, select, update on table evidence.edges to mengyue_app;
grant insert, select on table evidence.events to mengyue_app;
grant insert, select, update on table evidence.legal_holds to mengyue_app;
grant insert, select on table evidence.notes to mengyue_app;
grant delete, insert, select on table evidence.pending to mengyue_app;
grant insert, select on table evidence.tiles to mengyue_app;
grant delete, insert, select on table evidence.user_keys to mengyue_app;
grant insert, select, update on table identity.api_keys to mengyue_app;
grant delete, insert, select, update on table identity.attempts to mengyue_app;
grant delete, insert, select, update on table identity.contacts to mengyue_app;
grant delete, insert, select on table identity.devices to mengyue_app;
grant insert, select on table identity.guest_claims to mengyue_app;
grant insert, select on table identity.guests to mengyue_app;
grant insert, select, update on table identity.invitations to mengyue_app;
grant delete, insert, select on table identity.memberships to mengyue_app;
grant delete, insert, select, update on table identity.sessions to mengyue_app;
grant delete, insert, select on table identity.staff to mengyue_app;
grant insert, select, update on table identity.users to mengyue_app;
grant delete, insert, select on table inventory.alarms to mengyue_app;
grant insert, select, update on table inventory.attempts to mengyue_app;
grant insert, select on table inventory.batches to mengyue_app;
grant insert, select on table inventory.commitments to mengyue_app;
grant insert, select on table inventory.data_keys to mengyue_app;
grant insert, select on table inventory.fingerprints to mengyue_app;
grant insert, select, update on table inventory.imports to mengyue_app;
grant insert, select, update on table inventory.keys to mengyue_app;
grant insert, select on table inventory.levels to mengyue_app;
grant insert, select, update on table inventory.pools to mengyue_app;
grant delete, insert, select, update on table inventory.progress to mengyue_app;
grant insert, select on table inventory.quarantine to mengyue_app;
grant delete, insert, select on table inventory.reservations to mengyue_app;
grant delete, insert, select on table inventory.returned to mengyue_app;
grant delete, insert, select on table inventory.uploads to mengyue_app;
grant insert, select on table inventory.withdrawals to mengyue_app;
grant delete, insert, select, update on table kit.answers to mengyue_app;
grant insert, select, update on table kit.blobs to mengyue_app;
grant select, update on table kit.clock to mengyue_app;
grant delete, insert, select, update on table kit.deadlines to mengyue_app;
grant insert, select, update on table kit.marks to mengyue_app;
grant delete, insert, select, update on table kit.outbox to mengyue_app;
grant insert, select, update on table ledger.accounts to mengyue_app;
grant insert, select on table ledger.transfers to mengyue_app;
grant insert, select, update on table merchants.deposit_returns to mengyue_app;
grant insert, select on table merchants.deposit_steps to mengyue_app;
grant insert, select, update on table merchants.deposits to mengyue_app;
grant insert, select on table merchants.identities to mengyue_app;
grant insert, select, update on table merchants.shops to mengyue_app;
grant insert, select on table messaging.attachments to mengyue_app;
grant insert, select, update on table messaging.demands to mengyue_app;
grant delete, insert, select on table messaging.feed to mengyue_app;
grant insert, select on table messaging.hidings to mengyue_app;
grant insert, select on table messaging.messages to mengyue_app;
grant delete, insert, select on table messaging.quick_replies to mengyue_app;
grant insert, select on table messaging.reads to mengyue_app;
grant insert, select, update on table messaging.threads to mengyue_app;
grant insert, select on table notifications.messages to mengyue_app;
grant insert, select on table orders.answers to mengyue_app;
grant delete, insert, select on table orders.holds to mengyue_app;
grant insert, select, update on table orders.lines to mengyue_app;
grant insert, select, update on table orders.losses to mengyue_app;
grant insert, select, update on table orders.orders to mengyue_app;
grant insert, select on table orders.steps to mengyue_app;
grant insert, select on table payments.bills to mengyue_app;
grant delete, insert, select, update on table payments.checks to mengyue_app;
grant insert, select on table payments.claims to mengyue_app;
grant insert, select, update on table payments.complaint_answers to mengyue_app;
grant insert, select on table payments.complaint_notices to mengyue_app;
grant insert, select, update on table payments.complaints to mengyue_app;
grant insert, select on table payments.decisions to mengyue_app;
grant insert, select on table payments.exceptions to mengyue_app;
grant insert, select on table payments.matches to mengyue_app;
grant insert, select on table payments.notices to mengyue_app;
grant insert, select, update on table payments.payments to mengyue_app;
grant insert, select, update on table payments.refunds to mengyue_app;
grant insert, select on table payments.trades to mengyue_app;
grant insert, select on table risk.health to mengyue_app;
grant insert, select, update on table risk.high_orders to mengyue_app;
grant insert, select on table risk.measure_steps to mengyue_app;
grant insert, select, update on table risk.measures to mengyue_app;
grant insert, select on table risk.pause_events to mengyue_app;
grant delete, insert, select on table risk.pauses to mengyue_app;
grant insert, select, update on table risk.rates to mengyue_app;
grant insert, select on table risk.scores to mengyue_app;
grant insert, select on table risk.signals to mengyue_app;
grant insert, select on table risk.ticket_steps to mengyue_app;
grant insert, select, update on table risk.tickets to mengyue_app;
grant insert, select on table rules.calendars to mengyue_app;
grant insert, select on table rules.comments to mengyue_app;
grant insert, select on table rules.outages to mengyue_app;
grant insert, select on table rules.steps to mengyue_app;
grant delete, insert, select, update on table rules.subscriptions to mengyue_app;
grant insert, select on table rules.texts to mengyue_app;
grant insert, select, update on table rules.versions to mengyue_app;
grant insert, select, update on table supply.attempts to mengyue_app;
grant insert, select on table supply.exchanges to mengyue_app;
grant insert, select, update on table supply.health to mengyue_app;
grant insert, select on table supply.notices to mengyue_app;
grant insert, select, update on table supply.products to mengyue_app;
grant insert, select, update on table supply.requests to mengyue_app;
grant delete, insert, select on table supply.routes to mengyue_app;
grant insert, select, update on table supply.suppliers to mengyue_app;
grant update (summary, reviewed_by, reviewed_at) on table aftersales.precedents to mengyue_app;
grant update (answered_at, result, speed, clarity, words) on table aftersales.surveys to mengyue_app;
grant update (read_at) on table notifications.messages to mengyue_app;
grant update (recount_from) on table rules.calendars to mengyue_app;
grant update (state, decided_by, decided_at, outcome, reasons) on table rules.comments to mengyue_app;
grant update (to_at, applied) on table rules.outages to mengyue_app;
