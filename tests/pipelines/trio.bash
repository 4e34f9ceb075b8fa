# trio.bash - three people, Ana (1), Ben (2) and Cid (3), with a deal each; Ana bought
# shellcheck shell=bash

# trio - what their systems hold as of 2026-12-01 and 12-02, in "in"; settings in "conf"
trio() {
	mkdir -p in conf/maps
	settings
	maps
	web 2026-11-01 v1,2026-11-01T09:00:00Z,email,,referrer
	web 2026-11-03 v1,2026-11-03T09:00:00Z,paid_search,es_marca,campaign \
		v3,2026-11-03T09:30:00Z,organic_search,,referrer
	for day in 2026-11-30 2026-12-01 2026-12-02; do web $day; done
	export_of people id,merged,visitor,lead_at 1,,v1,2026-11-03T10:00:00Z \
		2,,v2,2026-11-04T10:00:00Z 3,,v3,2026-11-07T10:00:00Z
	export_of deals deal,id,rep,opp_at,won_at,value,refund_at,refund \
		10,1,R1,2026-11-05T10:00:00Z,2026-11-30T18:00:00Z,1000,, \
		20,2,R2,2026-11-06T10:00:00Z,,,, 30,3,R2,2026-11-08T10:00:00Z,,,,
	export_of stages deal,id,at,stage 10,1,2026-11-05T10:00:00Z,talk \
		20,2,2026-11-06T10:00:00Z,talk 30,3,2026-11-08T10:00:00Z,talk \
		30,3,2026-11-09T10:00:00Z,offer
	printf '%s\n' 'Day,Campaign ID,Campaign,Currency code,Cost micros,Clicks,Impressions,Conversions,Conv. value' \
		'2026-11-03,1,ES Marca,EUR,50000000,5,100,2.00,3000.00' >in/google.csv
}

settings() {
	printf '%032d' 7 >conf/key
	chmod 600 conf/key
	printf '%s\n' ZONE=UTC KEY_FILE=key MODELS=first,linear MILESTONES=lead,won CREDIT_BY=channel \
		KPI_BY='first_channel rep' KPI_CREDIT_BY=channel FUNNEL_BY='rep channel' >conf/nightly.conf
	table <<-'E' >conf/inputs.tsv
		name   kind   files          map        options
		web    events web-%D.csv     web        .
		people crm    people-%D.csv  people     .
		deals  crm    deals-%D.csv   deals      .
		stages crm    stages-%D.csv  stages     .
		google spend  google.csv     google-ads .
	E
	table <<-'E' >conf/stages.tsv
		key   label order kind max_days
		talk  Talk  1     open .
		offer Offer 2     open .
		won   Won   3     won  .
	E
	rows 'platform campaign_id campaign channel kind trackable' \
		'google 1 es_marca paid_search ad yes' >conf/campaigns.tsv
	cp "$top/pipelines/conf/rules.tsv" conf
}

maps() {
	rows 'event column from as' '* visitor_id visitor .' 'page_view time time date' \
		'page_view channel channel .' 'page_view source channel .' \
		'page_view campaign campaign .' 'page_view evidence evidence .' >conf/maps/web.tsv
	rows 'event column from as' '* crm_id id .' '* alias merged list:;' '* visitor_id visitor .' \
		'lead time lead_at date' >conf/maps/people.tsv
	rows 'event column from as' '* deal_id deal .' '* crm_id id .' '* rep rep .' \
		'opp time opp_at date' 'won time won_at date' 'won value value money' \
		'refund time refund_at date' 'refund value refund money' >conf/maps/deals.tsv
	rows 'event column from as' '* deal_id deal .' '* crm_id id .' 'stage time at date' \
		'stage stage stage .' >conf/maps/stages.tsv
}

# web DAY ROW... - the touches of a day
web() {
	printf '%s\n' visitor,time,channel,campaign,evidence "${@:2}" >"in/web-$1.csv"
}

# export_of NAME ROW... - the CRM's export of both nights
export_of() {
	printf '%s\n' "${@:2}" | tee "in/$1-2026-12-01.csv" >"in/$1-2026-12-02.csv"
}

# edit NAME SCRIPT - the second night's export is otherwise
edit() {
	sed -i "$2" "in/$1-2026-12-02.csv"
}

night() {
	"$top/pipelines/nightly" --date "2026-12-$1" --in in --out out --conf conf 2>>log || { cat log; return 1; }
}
