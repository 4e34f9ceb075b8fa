-- Made from schema.tsv by schema.awk: change that.

create schema if not exists "leadpipe";

create table if not exists "leadpipe"."accounts" (
	"as_of" date not null,
	"step" text not null,
	"in" bigint,
	"used" bigint,
	"out" bigint,
	"rejected" bigint,
	"dropped" bigint,
	primary key ("as_of", "step")
);
comment on table "leadpipe"."accounts" is 'one stage of the night: every row that went in is accounted for';
comment on column "leadpipe"."accounts"."as_of" is 'the night that the row is as of';
comment on column "leadpipe"."accounts"."step" is 'the stage';
comment on column "leadpipe"."accounts"."in" is 'rows that came in';
comment on column "leadpipe"."accounts"."used" is 'of these, used';
comment on column "leadpipe"."accounts"."out" is 'rows that went out';
comment on column "leadpipe"."accounts"."rejected" is 'rows that were bad';
comment on column "leadpipe"."accounts"."dropped" is 'rows left out by a named rule';

create table if not exists "leadpipe"."credit" (
	"as_of" date not null,
	"model" text,
	"milestone" text,
	"period" text,
	"channel" text,
	"campaign" text,
	"conversions" numeric,
	"value" numeric
);
create index if not exists "credit_by_model" on "leadpipe"."credit" ("as_of", "model");
comment on table "leadpipe"."credit" is 'the share of a channel and campaign in the conversions of a period, by a model';
comment on column "leadpipe"."credit"."as_of" is 'the night that the row is as of';
comment on column "leadpipe"."credit"."model" is 'attribution model';
comment on column "leadpipe"."credit"."milestone" is 'what was converted to';
comment on column "leadpipe"."credit"."period" is 'period it is booked in';
comment on column "leadpipe"."credit"."channel" is 'channel that earned it';
comment on column "leadpipe"."credit"."campaign" is 'campaign that earned it';
comment on column "leadpipe"."credit"."conversions" is 'conversions, to the millionth';
comment on column "leadpipe"."credit"."value" is 'their money';

create table if not exists "leadpipe"."explain_credit" (
	"as_of" date not null,
	"lead_id" text,
	"account_id" text,
	"deal_id" text,
	"conversion_id" text,
	"milestone" text,
	"time" timestamptz,
	"period" text,
	"model" text,
	"touch_time" timestamptz,
	"role" text,
	"weight" numeric,
	"channel" text,
	"source" text,
	"medium" text,
	"campaign" text,
	"term" text,
	"content" text,
	"campaign_id" text,
	"click_id" text,
	"click_id_type" text,
	"landing" text,
	"evidence" text,
	"pages" bigint,
	"conversions" numeric,
	"value" numeric
);
create index if not exists "explain_credit_by_lead_id" on "leadpipe"."explain_credit" ("as_of", "lead_id");
comment on table "leadpipe"."explain_credit" is 'one touch''s share of one conversion, by a model';
comment on column "leadpipe"."explain_credit"."as_of" is 'the night that the row is as of';
comment on column "leadpipe"."explain_credit"."lead_id" is 'the lead';
comment on column "leadpipe"."explain_credit"."account_id" is 'its account';
comment on column "leadpipe"."explain_credit"."deal_id" is 'the deal that converted';
comment on column "leadpipe"."explain_credit"."conversion_id" is 'the conversion: event_id of its milestone';
comment on column "leadpipe"."explain_credit"."milestone" is 'what was converted to';
comment on column "leadpipe"."explain_credit"."time" is 'when';
comment on column "leadpipe"."explain_credit"."period" is 'period it is booked in';
comment on column "leadpipe"."explain_credit"."model" is 'attribution model';
comment on column "leadpipe"."explain_credit"."touch_time" is 'when the touch was';
comment on column "leadpipe"."explain_credit"."role" is 'first, lead, opp, close, middle …';
comment on column "leadpipe"."explain_credit"."weight" is 'the touch''s weight';
comment on column "leadpipe"."explain_credit"."channel" is 'its channel';
comment on column "leadpipe"."explain_credit"."source" is 'its source';
comment on column "leadpipe"."explain_credit"."medium" is 'its medium';
comment on column "leadpipe"."explain_credit"."campaign" is 'its campaign';
comment on column "leadpipe"."explain_credit"."term" is 'its keyword';
comment on column "leadpipe"."explain_credit"."content" is 'its advert';
comment on column "leadpipe"."explain_credit"."campaign_id" is 'the platform''s number of its campaign';
comment on column "leadpipe"."explain_credit"."click_id" is 'the platform''s number of its click';
comment on column "leadpipe"."explain_credit"."click_id_type" is 'which platform''s: gclid, fbclid …';
comment on column "leadpipe"."explain_credit"."landing" is 'page that it began at';
comment on column "leadpipe"."explain_credit"."evidence" is 'what its source was told by';
comment on column "leadpipe"."explain_credit"."pages" is 'rows of the visit';
comment on column "leadpipe"."explain_credit"."conversions" is 'the touch''s share of the conversion';
comment on column "leadpipe"."explain_credit"."value" is 'the touch''s share of its money';

create table if not exists "leadpipe"."funnel" (
	"as_of" date not null,
	"period" text not null,
	"dimension" text not null,
	"segment" text not null,
	"stage" text not null,
	"kpi" text not null,
	"model" text not null,
	"value" numeric,
	"numerator" numeric,
	"denominator" numeric,
	"n" bigint,
	primary key ("as_of", "period", "dimension", "segment", "stage", "kpi", "model")
);
comment on table "leadpipe"."funnel" is 'one figure of one stage in one segment and period';
comment on column "leadpipe"."funnel"."as_of" is 'the night that the row is as of';
comment on column "leadpipe"."funnel"."period" is '2026-11, or (all); that in which the first stage was entered';
comment on column "leadpipe"."funnel"."dimension" is 'what the segments are of, or (all)';
comment on column "leadpipe"."funnel"."segment" is 'the segment, or (all)';
comment on column "leadpipe"."funnel"."stage" is 'the stage''s key';
comment on column "leadpipe"."funnel"."kpi" is 'the figure, as lead-funnel --list defines it';
comment on column "leadpipe"."funnel"."model" is 'attribution model that shared it, if one did';
comment on column "leadpipe"."funnel"."value" is 'the figure';
comment on column "leadpipe"."funnel"."numerator" is 'above the line';
comment on column "leadpipe"."funnel"."denominator" is 'below the line';
comment on column "leadpipe"."funnel"."n" is 'rows behind it';

create table if not exists "leadpipe"."journeys" (
	"as_of" date not null,
	"lead_id" text not null,
	"path" text,
	"touches" bigint,
	"first_at" timestamptz,
	"last_at" timestamptz,
	"lead_at" timestamptz,
	"contacted_at" timestamptz,
	"mql_at" timestamptz,
	"sql_at" timestamptz,
	"disqualified_at" timestamptz,
	"meeting_at" timestamptz,
	"proposal_at" timestamptz,
	"opp_at" timestamptz,
	"won_at" timestamptz,
	"lost_at" timestamptz,
	"stage_at" timestamptz,
	"payment_at" timestamptz,
	"refund_at" timestamptz,
	"value" numeric,
	"currency" text,
	"method" text,
	"first_channel" text,
	"first_source" text,
	"first_medium" text,
	"first_campaign" text,
	"first_term" text,
	"lead_channel" text,
	"lead_source" text,
	"lead_medium" text,
	"lead_campaign" text,
	"lead_term" text,
	"won_channel" text,
	"won_source" text,
	"won_medium" text,
	"won_campaign" text,
	"won_term" text,
	"last_channel" text,
	"last_source" text,
	"last_medium" text,
	"last_campaign" text,
	"last_term" text,
	primary key ("as_of", "lead_id")
);
comment on table "leadpipe"."journeys" is 'a lead''s whole life';
comment on column "leadpipe"."journeys"."as_of" is 'the night that the row is as of';
comment on column "leadpipe"."journeys"."lead_id" is 'the lead';
comment on column "leadpipe"."journeys"."path" is 'touches and (milestones) in order, '' > '' between';
comment on column "leadpipe"."journeys"."touches" is 'how many touches';
comment on column "leadpipe"."journeys"."first_at" is 'its first touch';
comment on column "leadpipe"."journeys"."last_at" is 'its last touch';
comment on column "leadpipe"."journeys"."lead_at" is 'its first lead';
comment on column "leadpipe"."journeys"."contacted_at" is 'its first contacted';
comment on column "leadpipe"."journeys"."mql_at" is 'its first mql';
comment on column "leadpipe"."journeys"."sql_at" is 'its first sql';
comment on column "leadpipe"."journeys"."disqualified_at" is 'its first disqualified';
comment on column "leadpipe"."journeys"."meeting_at" is 'its first meeting';
comment on column "leadpipe"."journeys"."proposal_at" is 'its first proposal';
comment on column "leadpipe"."journeys"."opp_at" is 'its first opp';
comment on column "leadpipe"."journeys"."won_at" is 'its first won';
comment on column "leadpipe"."journeys"."lost_at" is 'its first lost';
comment on column "leadpipe"."journeys"."stage_at" is 'its first stage';
comment on column "leadpipe"."journeys"."payment_at" is 'its first payment';
comment on column "leadpipe"."journeys"."refund_at" is 'its first refund';
comment on column "leadpipe"."journeys"."value" is 'won, less refunds';
comment on column "leadpipe"."journeys"."currency" is 'of value';
comment on column "leadpipe"."journeys"."method" is 'how it got in touch';
comment on column "leadpipe"."journeys"."first_channel" is 'channel of the first touch of its life';
comment on column "leadpipe"."journeys"."first_source" is 'source of the first touch of its life';
comment on column "leadpipe"."journeys"."first_medium" is 'medium of the first touch of its life';
comment on column "leadpipe"."journeys"."first_campaign" is 'campaign of the first touch of its life';
comment on column "leadpipe"."journeys"."first_term" is 'term of the first touch of its life';
comment on column "leadpipe"."journeys"."lead_channel" is 'channel of the last touch until it became a lead';
comment on column "leadpipe"."journeys"."lead_source" is 'source of the last touch until it became a lead';
comment on column "leadpipe"."journeys"."lead_medium" is 'medium of the last touch until it became a lead';
comment on column "leadpipe"."journeys"."lead_campaign" is 'campaign of the last touch until it became a lead';
comment on column "leadpipe"."journeys"."lead_term" is 'term of the last touch until it became a lead';
comment on column "leadpipe"."journeys"."won_channel" is 'channel of the last touch until its first sale';
comment on column "leadpipe"."journeys"."won_source" is 'source of the last touch until its first sale';
comment on column "leadpipe"."journeys"."won_medium" is 'medium of the last touch until its first sale';
comment on column "leadpipe"."journeys"."won_campaign" is 'campaign of the last touch until its first sale';
comment on column "leadpipe"."journeys"."won_term" is 'term of the last touch until its first sale';
comment on column "leadpipe"."journeys"."last_channel" is 'channel of the last touch of its life';
comment on column "leadpipe"."journeys"."last_source" is 'source of the last touch of its life';
comment on column "leadpipe"."journeys"."last_medium" is 'medium of the last touch of its life';
comment on column "leadpipe"."journeys"."last_campaign" is 'campaign of the last touch of its life';
comment on column "leadpipe"."journeys"."last_term" is 'term of the last touch of its life';

create table if not exists "leadpipe"."kpi" (
	"as_of" date not null,
	"period" text not null,
	"dimension" text not null,
	"segment" text not null,
	"kpi" text not null,
	"model" text not null,
	"value" numeric,
	"numerator" numeric,
	"denominator" numeric,
	"n" bigint,
	primary key ("as_of", "period", "dimension", "segment", "kpi", "model")
);
comment on table "leadpipe"."kpi" is 'one figure of one segment in one period';
comment on column "leadpipe"."kpi"."as_of" is 'the night that the row is as of';
comment on column "leadpipe"."kpi"."period" is '2026-11, or (all)';
comment on column "leadpipe"."kpi"."dimension" is 'what the segments are of, or (all)';
comment on column "leadpipe"."kpi"."segment" is 'the segment, or (all)';
comment on column "leadpipe"."kpi"."kpi" is 'the figure, as lead-kpi --list defines it';
comment on column "leadpipe"."kpi"."model" is 'attribution model that shared it, if one did';
comment on column "leadpipe"."kpi"."value" is 'the figure';
comment on column "leadpipe"."kpi"."numerator" is 'above the line';
comment on column "leadpipe"."kpi"."denominator" is 'below the line';
comment on column "leadpipe"."kpi"."n" is 'rows behind it';

create table if not exists "leadpipe"."manifest" (
	"as_of" date not null,
	"table" text not null,
	"rows" bigint,
	"bytes" bigint,
	"sha256" text,
	primary key ("as_of", "table")
);
comment on table "leadpipe"."manifest" is 'a table of the night, and what it weighs';
comment on column "leadpipe"."manifest"."as_of" is 'the night that the row is as of';
comment on column "leadpipe"."manifest"."table" is 'the table''s file';
comment on column "leadpipe"."manifest"."rows" is 'its rows';
comment on column "leadpipe"."manifest"."bytes" is 'its bytes';
comment on column "leadpipe"."manifest"."sha256" is 'its digest';

create table if not exists "leadpipe"."scores" (
	"as_of" date not null,
	"lead_id" text not null,
	"score" numeric,
	"fit" numeric,
	"engage" numeric,
	"grade" text,
	"class" text,
	"mql" boolean,
	"mql_at" timestamptz,
	"rules_id" text,
	"reasons" text,
	primary key ("as_of", "lead_id")
);
comment on table "leadpipe"."scores" is 'a lead''s points, and why';
comment on column "leadpipe"."scores"."as_of" is 'the night that the row is as of';
comment on column "leadpipe"."scores"."lead_id" is 'the lead';
comment on column "leadpipe"."scores"."score" is 'all points';
comment on column "leadpipe"."scores"."fit" is 'points for what it is';
comment on column "leadpipe"."scores"."engage" is 'points for what it does';
comment on column "leadpipe"."scores"."grade" is 'letter for fit, digit for engagement';
comment on column "leadpipe"."scores"."class" is 'mature, cold, unqualified or customer';
comment on column "leadpipe"."scores"."mql" is 'has it ever been mature?';
comment on column "leadpipe"."scores"."mql_at" is 'since when';
comment on column "leadpipe"."scores"."rules_id" is 'digest of the rules';
comment on column "leadpipe"."scores"."reasons" is 'the weightiest rules';

create table if not exists "leadpipe"."steps" (
	"as_of" date not null,
	"lead_id" text,
	"event_id" text,
	"time" timestamptz,
	"precision" text,
	"kind" text,
	"event" text,
	"stage" text,
	"account_id" text,
	"deal_id" text,
	"deal_type" text,
	"method" text,
	"channel" text,
	"source" text,
	"medium" text,
	"campaign" text,
	"term" text,
	"content" text,
	"campaign_id" text,
	"click_id" text,
	"click_id_type" text,
	"landing" text,
	"evidence" text,
	"pages" bigint,
	"value" numeric,
	"currency" text,
	"months" bigint
);
create index if not exists "steps_by_lead_id" on "leadpipe"."steps" ("as_of", "lead_id");
comment on table "leadpipe"."steps" is 'a visit or a milestone of a lead';
comment on column "leadpipe"."steps"."as_of" is 'the night that the row is as of';
comment on column "leadpipe"."steps"."lead_id" is 'the lead';
comment on column "leadpipe"."steps"."event_id" is 'the event';
comment on column "leadpipe"."steps"."time" is 'when';
comment on column "leadpipe"."steps"."precision" is 'second or day';
comment on column "leadpipe"."steps"."kind" is 'touch or milestone';
comment on column "leadpipe"."steps"."event" is 'what happened';
comment on column "leadpipe"."steps"."stage" is 'the CRM''s key of the stage';
comment on column "leadpipe"."steps"."account_id" is 'the lead''s account';
comment on column "leadpipe"."steps"."deal_id" is 'the deal';
comment on column "leadpipe"."steps"."deal_type" is 'new, expansion or renewal';
comment on column "leadpipe"."steps"."method" is 'form, chat, call, event, import';
comment on column "leadpipe"."steps"."channel" is 'its channel';
comment on column "leadpipe"."steps"."source" is 'its source';
comment on column "leadpipe"."steps"."medium" is 'its medium';
comment on column "leadpipe"."steps"."campaign" is 'its campaign';
comment on column "leadpipe"."steps"."term" is 'its keyword';
comment on column "leadpipe"."steps"."content" is 'its advert';
comment on column "leadpipe"."steps"."campaign_id" is 'the platform''s number of its campaign';
comment on column "leadpipe"."steps"."click_id" is 'the platform''s number of its click';
comment on column "leadpipe"."steps"."click_id_type" is 'which platform''s: gclid, fbclid …';
comment on column "leadpipe"."steps"."landing" is 'page that it began at';
comment on column "leadpipe"."steps"."evidence" is 'what its source was told by';
comment on column "leadpipe"."steps"."pages" is 'rows of the visit';
comment on column "leadpipe"."steps"."value" is 'money of the milestone';
comment on column "leadpipe"."steps"."currency" is 'of value';
comment on column "leadpipe"."steps"."months" is 'months that a payment covers';

create table if not exists "leadpipe"."stuck" (
	"as_of" date not null,
	"deal_id" text,
	"lead_id" text,
	"stage" text,
	"entered" timestamptz,
	"days" numeric,
	"rep" text,
	"value" numeric,
	"due" date
);
create index if not exists "stuck_by_deal_id" on "leadpipe"."stuck" ("as_of", "deal_id");
create index if not exists "stuck_by_lead_id" on "leadpipe"."stuck" ("as_of", "lead_id");
comment on table "leadpipe"."stuck" is 'a deal that is in a stage for too long';
comment on column "leadpipe"."stuck"."as_of" is 'the night that the row is as of';
comment on column "leadpipe"."stuck"."deal_id" is 'the deal';
comment on column "leadpipe"."stuck"."lead_id" is 'the lead';
comment on column "leadpipe"."stuck"."stage" is 'the stage''s key';
comment on column "leadpipe"."stuck"."entered" is 'since when it is there';
comment on column "leadpipe"."stuck"."days" is 'for how long';
comment on column "leadpipe"."stuck"."rep" is 'whose it is';
comment on column "leadpipe"."stuck"."value" is 'what it is worth';
comment on column "leadpipe"."stuck"."due" is 'by when half of those won had left the stage';

create table if not exists "leadpipe"."unmapped" (
	"as_of" date not null,
	"side" text not null,
	"platform" text not null,
	"campaign_id" text not null,
	"campaign" text not null,
	"rows" bigint,
	"first" date,
	"last" date,
	primary key ("as_of", "side", "platform", "campaign_id", "campaign")
);
comment on table "leadpipe"."unmapped" is 'what campaigns.tsv and sources.tsv do not name, and what they name in vain';
comment on column "leadpipe"."unmapped"."as_of" is 'the night that the row is as of';
comment on column "leadpipe"."unmapped"."side" is 'where it was seen: spend, touch or source; or the file that names it in vain';
comment on column "leadpipe"."unmapped"."platform" is 'platform, or source';
comment on column "leadpipe"."unmapped"."campaign_id" is 'the platform''s number';
comment on column "leadpipe"."unmapped"."campaign" is 'the name there';
comment on column "leadpipe"."unmapped"."rows" is 'rows with it; of a source visits';
comment on column "leadpipe"."unmapped"."first" is 'first day';
comment on column "leadpipe"."unmapped"."last" is 'last day';

create table if not exists "leadpipe"."coverage" (
	"as_of" date not null,
	"period" text not null,
	"measure" text not null,
	"segment" text not null,
	"value" numeric,
	"numerator" numeric,
	"denominator" numeric,
	primary key ("as_of", "period", "measure", "segment")
);
comment on table "leadpipe"."coverage" is 'how much of what happened was seen';
comment on column "leadpipe"."coverage"."as_of" is 'the night that the row is as of';
comment on column "leadpipe"."coverage"."period" is '2026-11, or (all)';
comment on column "leadpipe"."coverage"."measure" is 'the measure, see pipelines/night/coverage.awk';
comment on column "leadpipe"."coverage"."segment" is 'of what, where it has segments';
comment on column "leadpipe"."coverage"."value" is 'numerator / denominator';
comment on column "leadpipe"."coverage"."numerator" is 'above the line';
comment on column "leadpipe"."coverage"."denominator" is 'below the line';

create table if not exists "leadpipe"."hygiene" (
	"as_of" date not null,
	"source" text not null,
	"medium" text not null,
	"campaign" text not null,
	"channel" text,
	"visits" bigint,
	"flawed" bigint,
	"cost" numeric,
	"first" date,
	"last" date,
	"problem" text,
	"like" text,
	primary key ("as_of", "source", "medium", "campaign")
);
comment on table "leadpipe"."hygiene" is 'a source, medium and campaign, and what is wrong with its names';
comment on column "leadpipe"."hygiene"."as_of" is 'the night that the row is as of';
comment on column "leadpipe"."hygiene"."source" is 'as the visits have it';
comment on column "leadpipe"."hygiene"."medium" is 'as the visits have it';
comment on column "leadpipe"."hygiene"."campaign" is 'as the visits have it';
comment on column "leadpipe"."hygiene"."channel" is 'by the channel rules';
comment on column "leadpipe"."hygiene"."visits" is 'visits, strangers'' too';
comment on column "leadpipe"."hygiene"."flawed" is 'page views with a flaw in the address';
comment on column "leadpipe"."hygiene"."cost" is 'spent on it';
comment on column "leadpipe"."hygiene"."first" is 'first day';
comment on column "leadpipe"."hygiene"."last" is 'last day';
comment on column "leadpipe"."hygiene"."problem" is 'words, a blank between; empty: none';
comment on column "leadpipe"."hygiene"."like" is 'the known name that it is a variant of';

create table if not exists "leadpipe"."identity_log" (
	"as_of" date not null,
	"lead_id" text,
	"rule" text,
	"surviving_id" text,
	"merged_id" text,
	"key_type" text,
	"with_type" text,
	"event_id" text,
	"time" timestamptz
);
create index if not exists "identity_log_by_lead_id" on "leadpipe"."identity_log" ("as_of", "lead_id");
comment on table "leadpipe"."identity_log" is 'why the keys of a lead are one, a row a reason; no key is in it';
comment on column "leadpipe"."identity_log"."as_of" is 'the night that the row is as of';
comment on column "leadpipe"."identity_log"."lead_id" is 'the lead';
comment on column "leadpipe"."identity_log"."rule" is 'row, shared, alias, cut, split, see lead-identify(1)';
comment on column "leadpipe"."identity_log"."surviving_id" is 'the id that went on';
comment on column "leadpipe"."identity_log"."merged_id" is 'the id that was joined to it';
comment on column "leadpipe"."identity_log"."key_type" is 'the key that joined';
comment on column "leadpipe"."identity_log"."with_type" is 'the key that it was joined to';
comment on column "leadpipe"."identity_log"."event_id" is 'the row that says so';
comment on column "leadpipe"."identity_log"."time" is 'when';

create table if not exists "leadpipe"."quality" (
	"as_of" date not null,
	"check" text not null,
	"subject" text not null,
	"value" numeric,
	"min" numeric,
	"max" numeric,
	"severity" text not null,
	"verdict" text,
	primary key ("as_of", "check", "subject", "severity")
);
comment on table "leadpipe"."quality" is 'a check of one subject: how far the night can be believed';
comment on column "leadpipe"."quality"."as_of" is 'the night that the row is as of';
comment on column "leadpipe"."quality"."check" is 'the check, see pipelines/README.md';
comment on column "leadpipe"."quality"."subject" is 'an input, a milestone or (all)';
comment on column "leadpipe"."quality"."value" is 'what was found; empty: nothing to judge by';
comment on column "leadpipe"."quality"."min" is 'the least that is good';
comment on column "leadpipe"."quality"."max" is 'the most that is good';
comment on column "leadpipe"."quality"."severity" is 'warn or fail';
comment on column "leadpipe"."quality"."verdict" is 'ok, warn, fail or unknown';

create table if not exists "leadpipe"."claims" (
	"as_of" date not null,
	"period" text not null,
	"platform" text not null,
	"campaign" text not null,
	"milestone" text not null,
	"model" text not null,
	"claimed_conversions" numeric,
	"claimed_value" numeric,
	"credited_conversions" numeric,
	"credited_value" numeric,
	"over_conversions" numeric,
	"over_value" numeric,
	primary key ("as_of", "period", "platform", "campaign", "milestone", "model")
);
comment on table "leadpipe"."claims" is 'what an ad platform claims for a campaign, and what a model credits it with';
comment on column "leadpipe"."claims"."as_of" is 'the night that the row is as of';
comment on column "leadpipe"."claims"."period" is 'of the claim''s day, of the credit''s conversion';
comment on column "leadpipe"."claims"."platform" is 'who claims';
comment on column "leadpipe"."claims"."campaign" is 'the campaign; (all) of the platform';
comment on column "leadpipe"."claims"."milestone" is 'what was converted to';
comment on column "leadpipe"."claims"."model" is 'attribution model';
comment on column "leadpipe"."claims"."claimed_conversions" is 'as the platform counts them';
comment on column "leadpipe"."claims"."claimed_value" is 'as the platform counts it';
comment on column "leadpipe"."claims"."credited_conversions" is 'by the model';
comment on column "leadpipe"."claims"."credited_value" is 'by the model';
comment on column "leadpipe"."claims"."over_conversions" is 'claimed / credited';
comment on column "leadpipe"."claims"."over_value" is 'claimed / credited';

create table if not exists "leadpipe"."changes" (
	"as_of" date not null,
	"kind" text not null,
	"table" text not null,
	"period" text not null,
	"dimension" text not null,
	"segment" text not null,
	"measure" text not null,
	"model" text not null,
	"was" text,
	"is" text,
	"delta" numeric,
	"cause" text not null,
	primary key ("as_of", "kind", "table", "period", "dimension", "segment", "measure", "model", "cause")
);
comment on table "leadpipe"."changes" is 'what the night before said otherwise';
comment on column "leadpipe"."changes"."as_of" is 'the night that the row is as of';
comment on column "leadpipe"."changes"."kind" is 'fact, restated or adjustment';
comment on column "leadpipe"."changes"."table" is 'where it stands';
comment on column "leadpipe"."changes"."period" is 'period that it is of';
comment on column "leadpipe"."changes"."dimension" is 'what the segment is of; empty: a measure of all';
comment on column "leadpipe"."changes"."segment" is 'the segment';
comment on column "leadpipe"."changes"."measure" is 'the figure, of a funnel behind its stage, of credit behind its milestone; or the fact';
comment on column "leadpipe"."changes"."model" is 'attribution model, where there is one';
comment on column "leadpipe"."changes"."was" is 'the night before; of an adjustment: as published';
comment on column "leadpipe"."changes"."is" is 'tonight';
comment on column "leadpipe"."changes"."delta" is 'is - was';
comment on column "leadpipe"."changes"."cause" is 'why';
