#!/usr/bin/env bats
# What goes back to ad platforms and to the CRM: once each, and only what may.
load ../helper

exports=$top/pipelines/exports
steps='lead_id time kind event deal_id value currency click_id click_id_type consent_ads'

# steps_of DAY - the rows on stdin are the steps of that night
steps_of() {
	mkdir -p "out/as_of=$1"
	{ rows "$steps" && table; } >"out/as_of=$1/steps.tsv"
}

upload() {
	"$exports/upload" --out out --to up "$@"
}

# first_night - people of all kinds, as of 30 November in Madrid (23:00 UTC)
first_night() {
	steps_of 2026-11-30 <<-'END'
	anna 2026-11-01T10:00:00Z touch page_view . . . g-early gclid .
	anna 2026-11-05T10:00:00Z touch page_view . . . g-anna gclid .
	anna 2026-11-05T10:09:00Z milestone lead . . . . . granted
	anna 2026-11-20T09:00:00.25Z milestone won 501 1000.5 EUR . . granted
	anna 2026-11-21T09:00:00Z touch page_view . . . g-late gclid granted
	bert 2026-09-01T22:59:59Z touch page_view . . . g-bert gclid granted
	bert 2026-11-20T09:00:00Z milestone won 502 10 EUR . . granted
	cleo 2026-09-01T23:00:00Z touch page_view . . . g-cleo gclid granted
	cleo 2026-11-20T09:00:00Z milestone won 503 300 EUR . . granted
	cleo 2026-11-22T09:00:00Z milestone refund 503 -0.000001 EUR . . granted
	dora 2026-11-02T10:00:00Z touch page_view . . . g-dora gclid .
	dora 2026-11-20T09:00:00Z milestone won 504 10 EUR . . .
	emil 2026-11-02T10:00:00Z touch page_view . . . g-emil gclid granted
	emil 2026-11-20T09:00:00Z milestone won 505 10 EUR . . granted
	emil 2026-11-22T09:00:00Z milestone lead . . . . . denied
	fred 2026-11-02T10:00:00Z touch page_view . . . m-fred msclkid granted
	fred 2026-11-20T09:00:00Z milestone won 506 77 EUR . . granted
	gina 2026-11-02T10:00:00Z touch page_view . . . g-gina gclid granted
	gina 2026-11-20T09:00:00Z milestone won 507 500 EUR . . granted
	gina 2026-11-22T09:00:00Z milestone refund 507 -500 EUR . . granted
	hans . milestone won 508 5 EUR . . granted
	END
}

# second_night - Anna's money went back, Cleo's in part, Fred's deal is not won
# any more, and Ivo bought
second_night() {
	steps_of 2026-12-01 <<-'END'
	anna 2026-11-05T10:00:00Z touch page_view . . . g-anna gclid .
	anna 2026-11-20T09:00:00.25Z milestone won 501 1000.5 EUR . . granted
	anna 2026-12-01T12:00:00Z milestone refund 501 -1000.5 EUR . . granted
	cleo 2026-09-01T23:00:00Z touch page_view . . . g-cleo gclid granted
	cleo 2026-11-20T09:00:00Z milestone won 503 300 EUR . . granted
	cleo 2026-11-22T09:00:00Z milestone refund 503 -0.000001 EUR . . granted
	cleo 2026-12-01T09:00:00Z milestone refund 503 -100 EUR . . granted
	fred 2026-11-02T10:00:00Z touch page_view . . . m-fred msclkid granted
	ivo 2026-11-28T09:00:00Z touch page_view . . . =1+1 gclid granted
	ivo 2026-12-01T09:00:00Z milestone won 509 20 EUR . . granted
	END
}

@test "upload: Google: the last click before each new sale, by people who said yes" {
	first_night
	run -0 --separate-stderr upload --date 2026-11-30 --tz Europe/Madrid google
	[ "$stderr" = '2 new, 0 restated, 0 retracted; 1 no_click; 1 old_click; 2 no_consent; 1 refunded; 1 undated' ]
	cat >want <<-'END'
	Parameters:TimeZone=+0000
	Google Click ID,Conversion Name,Conversion Time,Conversion Value,Conversion Currency,Order ID
	g-anna,Purchase,2026-11-20 09:00:00,1000.5,EUR,501
	g-cleo,Purchase,2026-11-20 09:00:00,299.999999,EUR,503
	END
	diff -u want up/google-conversions-2026-11-30.csv
	cat >want <<-'END'
	Parameters:TimeZone=+0000
	Order ID,Conversion Name,Adjustment Time,Adjustment Type,Adjusted Value,Adjusted Value Currency
	END
	diff -u want up/google-adjustments-2026-11-30.csv
}

@test "upload: Google: the night after, a refund restates or retracts, nothing is told twice" {
	first_night
	second_night
	upload --date 2026-11-30 --tz Europe/Madrid google
	run -0 --separate-stderr upload --date 2026-12-01 --tz Europe/Madrid google
	[ "$stderr" = '1 new, 1 restated, 1 retracted' ]
	cat >want <<-'END'
	Parameters:TimeZone=+0000
	Google Click ID,Conversion Name,Conversion Time,Conversion Value,Conversion Currency,Order ID
	'=1+1,Purchase,2026-12-01 09:00:00,20,EUR,509
	END
	diff -u want up/google-conversions-2026-12-01.csv
	cat >want <<-'END'
	Parameters:TimeZone=+0000
	Order ID,Conversion Name,Adjustment Time,Adjustment Type,Adjusted Value,Adjusted Value Currency
	501,Purchase,2026-12-01 23:00:00,RETRACT,,
	503,Purchase,2026-12-01 23:00:00,RESTATE,199.999999,EUR
	END
	diff -u want up/google-adjustments-2026-12-01.csv
	# the third night has nothing to add, and what was retracted stays so
	cp -R out/as_of=2026-12-01 out/as_of=2026-12-02
	run -0 --separate-stderr upload --date 2026-12-02 --tz Europe/Madrid google
	[ "$stderr" = '0 new, 0 restated, 0 retracted; 2 told_before; 1 retracted' ]
}

@test "upload: Microsoft: a deal that is not won any more is retracted" {
	first_night
	second_night
	upload --date 2026-11-30 microsoft
	upload --date 2026-12-01 microsoft
	cat >want <<-'END'
	Parameters:TimeZone=+0000
	Microsoft Click ID,Conversion Name,Conversion Time,Conversion Value,Conversion Currency
	m-fred,Purchase,2026-11-20 09:00:00,77,EUR
	Parameters:TimeZone=+0000
	Microsoft Click ID,Conversion Name,Conversion Time,Adjustment Type,Adjustment Time,Adjustment Value,Adjustment Currency Code
	m-fred,Purchase,2026-11-20 09:00:00,Retract,2026-12-02 00:00:00,,
	END
	cat up/microsoft-conversions-2026-11-30.csv up/microsoft-adjustments-2026-12-01.csv |
		diff -u want -
}

@test "upload: Meta: leads and sales under its own names, the click as fbc" {
	steps_of 2026-11-30 <<-'END'
	anna 2026-02-28T23:59:59Z touch page_view . . . IwAR1 fbclid granted
	anna 2026-11-05T10:00:00Z touch page_view . . . IwAR2 fbclid granted
	anna 2026-11-05T10:09:00Z milestone lead . . . . . granted
	anna 2026-11-20T09:00:00Z milestone won 501 1000.5 EUR . . granted
	END
	upload --date 2026-11-30 --conversions 'lead=Lead,won=Purchase' meta
	cat >want <<-END
	event_name,event_time,fbc,value,currency,order_id
	Lead,2026-11-05T10:09:00Z,fb.1.$(date -ud 2026-11-05T10:00 +%s)000.IwAR2,,,anna
	Purchase,2026-11-20T09:00:00Z,fb.1.$(date -ud 2026-11-05T10:00 +%s)000.IwAR2,1000.5,EUR,501
	END
	diff -u want up/meta-conversions-2026-11-30.csv
	# what Meta cannot be told is counted
	rows "$steps" >out/as_of=2026-11-30/steps.tsv
	mkdir out/as_of=2026-12-01
	mv out/as_of=2026-11-30/steps.tsv out/as_of=2026-12-01
	run -0 --separate-stderr upload --date 2026-12-01 meta
	[ "$stderr" = '0 new, 0 restated, 0 retracted; 2 no_adjustments_there' ]
}

@test "upload: fbc has the second of the click, in leap years too" {
	steps_of 2028-04-30 <<-'END'
	a 2028-02-29T23:59:59Z touch page_view . . . x fbclid granted
	a 2028-03-01T00:00:00Z milestone won 1 1 EUR . . granted
	b 2028-03-01T00:00:00Z touch page_view . . . x fbclid granted
	b 2028-03-01T00:00:00Z milestone won 2 1 EUR . . granted
	END
	upload --date 2028-04-30 meta
	cut -d, -f 3 up/meta-conversions-2028-04-30.csv >got
	printf '%s\n' fbc "fb.1.$(date -ud 2028-02-29T23:59:59 +%s)000.x" \
		"fb.1.$(date -ud 2028-03-01 +%s)000.x" >want
	diff -u want got
}

@test "upload: the same night again gives the same bytes, though its tables changed" {
	first_night
	upload --date 2026-11-30 google
	mv up want
	second_night
	mv out/as_of=2026-12-01/steps.tsv out/as_of=2026-11-30/steps.tsv
	upload --date 2026-11-30 google
	diff -r want up
}

@test "upload: killed at each rename and run again: the same bytes" {
	first_night
	upload --date 2026-11-30 google
	mv up want_up
	mv out/store want_store
	mkdir bin
	cat >bin/mv <<-'END'
	#!/usr/bin/env bash
	n=$(($(cat "$COUNT" 2>/dev/null) + 1))
	echo "$n" >"$COUNT"
	[ "$n" != "$KILL_AT" ] || { kill -9 "$PPID"; exit 1; }
	exec /bin/mv "$@"
	END
	chmod +x bin/mv
	export COUNT=$PWD/count KILL_AT
	for KILL_AT in 1 2 3; do
		rm -rf up out/store count
		PATH=$PWD/bin:$PATH run -137 upload --date 2026-11-30 google
		upload --date 2026-11-30 google
		diff -r want_up up
		diff -r want_store out/store
	done
	[ "$KILL_AT" = "$(cat count)" ]
}

@test "upload: nights are told in order, one run at a time" {
	first_night
	second_night
	upload --date 2026-12-01 google
	run -2 --separate-stderr upload --date 2026-11-30 google
	[ "$stderr" = 'upload: out/store/exports/google: holds 2026-12-01: nights are told in order' ]
	flock out/store/exports/google/.lock sleep 5 &
	sleep 0.2
	run -2 --separate-stderr upload --date 2026-12-01 google
	[ "$stderr" = 'upload: out/store/exports/google: locked by another run' ]
	kill $!
}

@test "upload: a night without consent tells nobody, and says so" {
	mkdir -p out/as_of=2026-11-30
	rows 'lead_id time kind event deal_id value currency click_id click_id_type' \
		>out/as_of=2026-11-30/steps.tsv
	run -1 --separate-stderr upload --date 2026-11-30 google
	[ "$stderr" = 'out/as_of=2026-11-30/steps.tsv: no column consent_ads' ]
	[ ! -e up ]
	[ ! -e out/store/exports/google/dt=2026-11-30.tsv ]
}

@test "upload: what is asked for wrongly is refused before anything is written" {
	run -2 --separate-stderr upload --date 2026-02-30 google
	[ "$stderr" = 'upload: --date: not a date: 2026-02-30' ]
	run -2 --separate-stderr upload --date 2026-11-30 google
	[ "$stderr" = 'upload: no such night: out/as_of=2026-11-30' ]
	run -2 --separate-stderr upload --date 2026-11-30 yahoo
	[ "$stderr" = 'upload: no such layout: yahoo (--help shows them)' ]
	first_night
	run -2 --separate-stderr upload --date 2026-11-30 --conversions won google
	[ "$stderr" = 'upload: --conversions: not milestone=name,...: won' ]
	run -2 --separate-stderr upload --date 2026-11-30 --tz Europe/Madird google
	[ "$stderr" = 'upload: --tz: no such zone here: Europe/Madird' ]
	[ ! -e out/store ]
	"$exports/upload" --help | grep -q 'google-shares google meta microsoft'
}

@test "layout: a text that a spreadsheet would run gets an apostrophe, a number not" {
	rows 'file column from as' 'x T t text' 'x N n number' >layout
	printf 't\tn\n' >in
	for cell in '=1' '+1' '-1' '@a' '\ta' '\ra' 'a=b' "'a" 'a,b' 'a"b' '\na' '\\a'; do
		printf '%s\t-1.5\n' "$cell"
	done >>in
	awk -f "$exports/layout.awk" -v part=x layout in >got
	cat >want <<-END
	T,N
	'=1,-1.5
	'+1,-1.5
	'-1,-1.5
	'@a,-1.5
	"'	a",-1.5
	"'$(printf '\r')a",-1.5
	a=b,-1.5
	'a,-1.5
	"a,b",-1.5
	"a""b",-1.5
	"
	a",-1.5
	\a,-1.5
	END
	diff -u want got
	# what is no number is a text, whatever its column says
	printf 't\tn\na\t-1+1\n' >in
	awk -f "$exports/layout.awk" -v part=x layout in | sed 1d >got
	echo "a,'-1+1" | diff -u - got
}

@test "upload: sales without a deal are told apart, and a refund of no deal touches none" {
	steps_of 2026-11-30 <<-'END'
	anna 2026-11-05T10:00:00Z touch page_view . . . g1 gclid granted
	anna 2026-11-20T09:00:00Z milestone won . 10 EUR . . granted
	anna 2026-11-21T09:00:00Z milestone won . 20 EUR . . granted
	anna 2026-11-22T09:00:00Z milestone refund . -5 EUR . . granted
	END
	upload --date 2026-11-30 google
	sed 1,2d up/google-conversions-2026-11-30.csv >got
	cat >want <<-'END'
	g1,Purchase,2026-11-20 09:00:00,10,EUR,anna
	g1,Purchase,2026-11-21 09:00:00,20,EUR,anna:2
	END
	diff -u want got
}

@test "upload: a refund in another money than the sale's: nothing is said, and counted" {
	steps_of 2026-11-30 <<-'END'
	anna 2026-11-05T10:00:00Z touch page_view . . . g1 gclid granted
	anna 2026-11-20T09:00:00Z milestone won 501 10 EUR . . granted
	anna 2026-11-22T09:00:00Z milestone refund 501 -5 USD . . granted
	END
	run -0 --separate-stderr upload --date 2026-11-30 google
	[ "$stderr" = '0 new, 0 restated, 0 retracted; 1 refund_of_other_currency' ]
}

@test "upload: from the form with its consent and the visit with its click to the file" {
	cat >forms.csv <<-'END'
	Submission ID,Email,Visitor ID,Form,Submitted At,Consent Ads
	1,ana@a.example,v1,quote,2026-11-02T10:05:00Z,yes
	2,ben@b.example,v2,quote,2026-11-02T10:05:00Z,no
	END
	cat >deals.csv <<-'END'
	email,deal_id,won_at,value,currency
	ana@a.example,501,2026-11-20T10:00:00Z,100,EUR
	ben@b.example,502,2026-11-20T10:00:00Z,100,EUR
	END
	table >visits.tsv <<-'END'
	event_id time event visitor_id url referrer
	A 2026-11-02T10:00:00Z page_view v1 https://www.x.example/?gclid=g1 .
	B 2026-11-02T10:00:00Z page_view v2 https://www.x.example/?gclid=g2 .
	END
	lead-import --map "$top/pipelines/conf/maps/forms.tsv" -o forms.tsv forms.csv
	lead-import --map "$top/pipelines/conf/maps/generic.tsv" -o deals.tsv deals.csv
	lead-parse-utm --site www.x.example -o web.tsv visits.tsv
	lead-identify --plain-ids -o identity.tsv web.tsv forms.tsv deals.tsv
	mkdir -p out/as_of=2026-11-30
	lead-journey --identity identity.tsv -o out/as_of=2026-11-30/steps.tsv \
		web.tsv forms.tsv deals.tsv
	run -0 --separate-stderr upload --date 2026-11-30 google
	[ "$stderr" = '1 new, 0 restated, 0 retracted; 1 no_consent' ]
	[ "$(sed 1,2d up/google-conversions-2026-11-30.csv)" = \
		'g1,Purchase,2026-11-20 10:00:00,100,EUR,501' ]
}

# shares_of DAY REFUND - a sale of 100.01 over three touches, two with a click, and
# two sales of one touch, as lead-attribute explains them; a part goes back when REFUND is a value
shares_of() {
	local night=out/as_of=$1
	mkdir -p "$night"
	{
		echo lead_id event_id channel "${steps#lead_id }"
		cat <<-'END'
		anna e1 paid_search 2026-11-01T10:00:00Z touch page_view . . . g1 gclid granted
		anna e2 direct 2026-11-02T10:00:00Z touch page_view . . . . . granted
		anna e3 paid_search 2026-11-03T10:00:00Z touch page_view . . . g2 gclid granted
		anna e4 . 2026-11-20T09:00:00Z milestone won 501 100.01 EUR . . granted
		END
		[ -z "$2" ] ||
			echo anna e5 . 2026-11-21T09:00:00Z milestone refund 501 "$2" EUR . . granted
		cat <<-'END'
		bert f1 paid_search 2026-11-03T10:00:00Z touch page_view . . . m1 msclkid granted
		bert f2 . 2026-11-20T09:00:00Z milestone won 502 7 EUR . . granted
		carl g1 paid_search 2026-11-03T10:00:00Z touch page_view . . . g3 gclid granted
		carl g2 . 2026-11-20T09:00:00Z milestone won 503 0 EUR . . granted
		END
	} | table >"$night/steps.tsv"
	lead-attribute --model first,linear --explain-credit -o "$night/explain-credit.tsv" \
		"$night/steps.tsv"
}

@test "upload: Google, by a model: each click its share; a refund restates each" {
	shares_of 2026-11-30 ''
	shares_of 2026-12-01 -10
	run -0 --separate-stderr upload --date 2026-11-30 --model linear google-shares
	[ "$stderr" = '3 new, 0 restated, 0 retracted; 1 no_click' ]
	cat >want <<-'END'
	Parameters:Attribution Model = linear
	Parameters:TimeZone=+0000
	Google Click ID,Conversion Name,Conversion Time,Attributed Credit,Conversion Value,Conversion Currency
	g1,Purchase,2026-11-20 09:00:00,0.333334,33.336667,EUR
	g2,Purchase,2026-11-20 09:00:00,0.333333,33.336666,EUR
	g3,Purchase,2026-11-20 09:00:00,1,0,EUR
	END
	diff -u want up/google-shares-conversions-2026-11-30.csv
	upload --date 2026-12-01 --model linear google-shares
	cat >want <<-'END'
	Parameters:TimeZone=+0000
	Google Click ID,Conversion Name,Conversion Time,Adjustment Time,Adjustment Type,Adjusted Value,Adjusted Value Currency
	g1,Purchase,2026-11-20 09:00:00,2026-12-02 00:00:00,RESTATE,30.003333,EUR
	g2,Purchase,2026-11-20 09:00:00,2026-12-02 00:00:00,RESTATE,30.003333,EUR
	END
	diff -u want up/google-shares-adjustments-2026-12-01.csv
}

@test "upload: Google, by a model: a click without a share is not told; all back retracts" {
	shares_of 2026-11-30 ''
	shares_of 2026-12-01 -100.01
	upload --date 2026-11-30 --model first google-shares
	sed 1,3d up/google-shares-conversions-2026-11-30.csv >got
	printf '%s\n' 'g1,Purchase,2026-11-20 09:00:00,1,100.01,EUR' \
		'g3,Purchase,2026-11-20 09:00:00,1,0,EUR' | diff -u - got
	upload --date 2026-12-01 --model first google-shares
	sed 1,2d up/google-shares-adjustments-2026-12-01.csv >got
	echo 'g1,Purchase,2026-11-20 09:00:00,2026-12-02 00:00:00,RETRACT,,' | diff -u - got
	run -2 --separate-stderr upload --date 2026-12-01 google-shares
	[ "$stderr" = 'upload: google-shares needs --model NAME' ]
	run -2 --separate-stderr upload --date 2026-12-01 --model first google
	[ "$stderr" = 'upload: google takes no --model' ]
}

write_back() {
	"$exports/write-back" --out out --to back "$@"
}

# known_of DAY - the tables of a night: two leads, one of them a customer
known_of() {
	local night=out/as_of=$1
	mkdir -p "$night" out/store
	table >"$night/scores.tsv" <<-'END'
	lead_id score fit engage grade class mql mql_at rules_id reasons
	anna 57.5 12 45.5 A1 customer 1 2026-11-06T10:00:00Z r +44.5~called~us;~-20.4~careers,~twice;~a~word
	bert -2.5 0 -2.5 C cold 0 . r .
	END
	table >"$night/journeys.tsv" <<-'END'
	lead_id path first_source first_channel first_campaign lead_source lead_channel lead_campaign won_source won_channel won_campaign
	anna p facebook paid_social es_a google organic_search . news email es_n
	bert p (direct) direct . (direct) direct . . . .
	END
	table >"$night/steps.tsv" <<-'END'
	lead_id time kind event deal_id source channel campaign
	anna 2026-11-01T10:00:00Z touch page_view . facebook paid_social es_a
	anna 2026-11-05T10:00:00Z touch page_view . google organic_search .
	anna 2026-11-05T10:09:00Z milestone lead . . . .
	anna 2026-11-06T10:00:00Z milestone opp 501 . . .
	anna 2026-11-07T10:00:00Z touch email_clicked . news email es_n
	anna 2026-11-08T10:00:00Z milestone won 501 . . .
	anna 2026-11-08T10:00:00Z milestone lead . . . .
	anna 2026-11-09T10:00:00Z milestone opp 502 . . .
	anna 2026-11-10T10:00:00Z touch page_view . bing paid_search =x
	deal:503 2026-11-10T10:00:00Z milestone opp 503 . . .
	END
	table >out/store/identity.tsv <<-'END'
	key_type key lead_id account_id since rule
	crm_id 71 anna . . .
	crm_id 70 bert . . .
	crm_id 72 carl . . .
	email a@x anna . . .
	phone 9 anna . 2026-11-01T00:00:00Z shared
	END
}

@test "write-back: HubSpot: contacts and deals by the CRM's own ids" {
	known_of 2026-11-30
	run -0 --separate-stderr write_back --date 2026-11-30 hubspot
	[ "$stderr" = '2 new, 0 changed; 0 as they were
3 new, 0 changed; 0 as they were' ]
	cat >want <<-'END'
	Record ID,First Touch Source,First Touch Channel,First Touch Campaign,Lead Touch Source,Lead Touch Channel,Lead Touch Campaign,Won Touch Source,Won Touch Channel,Won Touch Campaign,Lead Score,Lead Class,Lead Grade,MQL Date,Score Reasons
	70,(direct),direct,,(direct),direct,,,,,-3,cold,C,,
	71,facebook,paid_social,es_a,google,organic_search,,news,email,es_n,58,customer,A1,2026-11-06 10:00:00,"'+45 called us; -20 careers, twice; a word"
	END
	diff -u want back/hubspot-contacts-2026-11-30.csv
	cat >want <<-'END'
	Record ID,First Touch Source,First Touch Channel,First Touch Campaign,Lead Touch Source,Lead Touch Channel,Lead Touch Campaign,Won Touch Source,Won Touch Channel,Won Touch Campaign
	501,facebook,paid_social,es_a,google,organic_search,,news,email,es_n
	502,facebook,paid_social,es_a,google,organic_search,,,,
	503,,,,,,,,,
	END
	diff -u want back/hubspot-deals-2026-11-30.csv
}

@test "write-back: the night after, only what changed; a score that fades by less than a point did not" {
	known_of 2026-11-30
	known_of 2026-12-01
	sed -i 's/\t-2\.5\t/\t-2.6\t/; s/\tA1\t/\tA2\t/' out/as_of=2026-12-01/scores.tsv
	sed -i '/\twon\t/d' out/as_of=2026-12-01/steps.tsv
	write_back --date 2026-11-30 salesforce
	run -0 --separate-stderr write_back --date 2026-12-01 salesforce
	[ "$stderr" = '0 new, 1 changed; 1 as they were
0 new, 1 changed; 2 as they were' ]
	cut -d, -f 1,2,8,11- back/salesforce-contacts-2026-12-01.csv >got
	cat back/salesforce-deals-2026-12-01.csv >>got
	cat >want <<-'END'
	Id,First_Touch_Source__c,Won_Touch_Source__c,Lead_Score__c,Lead_Class__c,Lead_Grade__c,MQL_Date__c,Score_Reasons__c
	71,facebook,news,58,customer,A2,2026-11-06T10:00:00.000Z,"'+45 called us; -20 careers, twice; a word"
	Id,First_Touch_Source__c,First_Touch_Channel__c,First_Touch_Campaign__c,Lead_Touch_Source__c,Lead_Touch_Channel__c,Lead_Touch_Campaign__c,Won_Touch_Source__c,Won_Touch_Channel__c,Won_Touch_Campaign__c
	501,facebook,paid_social,es_a,google,organic_search,,,,
	END
	diff -u want got
	# and the night run again is the same
	cp -R back want_back
	write_back --date 2026-12-01 salesforce
	diff -r want_back back
}

@test "write-back: Zoho: its ids, its form of a time" {
	known_of 2026-11-30
	write_back --date 2026-11-30 zoho
	cut -d, -f 1,14 back/zoho-contacts-2026-11-30.csv >got
	sed -n 1p back/zoho-deals-2026-11-30.csv | cut -d, -f 1,2 >>got
	printf '%s\n' 'Contact ID,MQL Date' '70,' '71,11/06/2026 10:00:00' \
		'Deal ID,First Touch Source' >want
	diff -u want got
}

# people_of - who Anna, Bert and Cleo are, in the store; the settings beside them
people_of() {
	mkdir -p out/store conf
	table >out/store/identity.tsv <<-'END'
	key_type key lead_id account_id since rule
	crm_id 71 anna . . .
	crm_id 72 bert . . .
	email Anna@Acme.Example anna . . .
	email anna@home.example anna . . .
	email bert@acme.example bert . . .
	phone 600~000~001 anna . . .
	phone 910000000 anna . 2026-11-01T00:00:00Z shared
	phone 910000000 bert . 2026-11-02T00:00:00Z shared
	END
	printf 'COUNTRY=ES\nZONE=Europe/Madrid\nKEY_FILE=\n' >conf/nightly.conf
}

# two_sales - of Anna and Bert, both of whom said yes
two_sales() {
	steps_of "$1" <<-END
	anna 2026-11-05T10:00:00Z touch page_view . . . g-anna gclid granted
	anna 2026-11-05T10:09:00Z milestone lead . . . . . granted
	anna 2026-11-20T09:00:00Z milestone won 501 1000.5 EUR . . granted
	bert 2026-11-05T10:00:00Z touch page_view . . . g-bert gclid granted
	bert 2026-11-20T09:00:00Z milestone won 502 ${2-10} EUR . . granted
	END
}

# sha TEXT - its SHA-256 in hex
sha() {
	printf %s "$1" | sha256sum | cut -c 1-64
}

@test "suppress: nothing of whom suppress.tsv names is told, by any spelling of a key, and counted" {
	people_of
	two_sales 2026-11-30
	table >conf/suppress.tsv <<-'END'
	key_type key reason since
	email ANNA@acme.example asked~by~letter 2026-11-01
	END
	run -0 --separate-stderr upload --conf conf --conversions lead=Lead,won=Purchase --date 2026-11-30 google
	[ "$stderr" = '1 new, 0 restated, 0 retracted; 2 suppressed' ]
	sed 1,2d up/google-conversions-2026-11-30.csv >got
	echo 'g-bert,Purchase,2026-11-20 09:00:00,10,EUR,502' | diff -u - got
	# a phone that two share holds both back
	rows 'key_type key' 'phone +34910000000' >conf/suppress.tsv
	rm -r up out/store/exports
	run -0 --separate-stderr upload --conf conf --date 2026-11-30 google
	[ "$stderr" = '0 new, 0 restated, 0 retracted; 2 suppressed' ]
	[ "$(ls -A out/store/exports/google)" = $'.lock\ndt=2026-11-30.tsv' ]
}

@test "suppress: shares of a conversion without a deal are held back too" {
	people_of
	rows 'key_type key' 'crm_id 71' >conf/suppress.tsv
	mkdir -p out/as_of=2026-11-30
	{
		echo lead_id event_id channel "${steps#lead_id }"
		cat <<-'END'
		anna e1 paid_search 2026-11-01T10:00:00Z touch page_view . . . g1 gclid granted
		anna e2 . 2026-11-05T10:09:00Z milestone lead . . . . . granted
		bert f1 paid_search 2026-11-01T10:00:00Z touch page_view . . . g2 gclid granted
		bert f2 . 2026-11-05T10:09:00Z milestone lead . . . . . granted
		END
	} | table >out/as_of=2026-11-30/steps.tsv
	lead-attribute -q --model linear --milestone lead --explain-credit \
		-o out/as_of=2026-11-30/explain-credit.tsv out/as_of=2026-11-30/steps.tsv
	run -0 --separate-stderr upload --conf conf --conversions lead=Lead --date 2026-11-30 \
		--model linear google-shares
	[ "$stderr" = '1 new, 0 restated, 0 retracted; 1 suppressed' ]
	[ "$(grep -c '^g[12],' up/google-shares-conversions-2026-11-30.csv)" = 1 ]
	grep -q '^g2,' up/google-shares-conversions-2026-11-30.csv
}

@test "suppress: by digest, with the company's secret or without one" {
	people_of
	two_sales 2026-11-30
	rows 'key_type digest' "email $(sha anna@acme.example)" >conf/suppress.tsv
	run -0 --separate-stderr upload --conf conf --date 2026-11-30 google
	[ "$stderr" = '1 new, 0 restated, 0 retracted; 1 suppressed' ]
	printf '%032d' 7 >conf/key
	chmod 600 conf/key
	sed -i 's/^KEY_FILE=/&key/' conf/nightly.conf
	mac=$(/usr/bin/python3 -c 'import hashlib, hmac
print(hmac.new(b"%032d" % 7, b"anna@acme.example", hashlib.sha256).hexdigest())')
	rows 'key_type key digest' "email . $mac" 'crm_id 72 .' >conf/suppress.tsv
	rm -r up out/store/exports
	run -0 --separate-stderr upload --conf conf --date 2026-11-30 google
	[ "$stderr" = '0 new, 0 restated, 0 retracted; 2 suppressed' ]
}

@test "suppress: of whom was told before, nothing more is, not even that the money went back" {
	people_of
	two_sales 2026-11-30
	two_sales 2026-12-01 20
	sed -i '/won	501/d' out/as_of=2026-12-01/steps.tsv
	upload --conf conf --date 2026-11-30 google
	rows 'key_type key' 'crm_id 72' 'lead_id anna' >conf/suppress.tsv
	cp out/as_of=2026-12-01/steps.tsv steps
	awk -F '\t' -v OFS='\t' '{ print } $1 == "anna" && $4 == "lead" { $4 = "lost"; $5 = 501; print }' steps \
		>out/as_of=2026-12-01/steps.tsv
	run -0 --separate-stderr upload --conf conf --date 2026-12-01 google
	[ "$stderr" = '0 new, 0 restated, 0 retracted; 2 suppressed' ]
}

@test "suppress: a list that is none is told by its line, without a key, and nothing is written" {
	people_of
	two_sales 2026-11-30
	for bad in 'fax 1 .' 'email . .' 'email a@b.example 00' 'email . 00'; do
		rows 'key_type key digest' "$bad" >conf/suppress.tsv
		run -1 --separate-stderr upload --conf conf --date 2026-11-30 google
		[[ $stderr == 'upload: conf/suppress.tsv:2: '* && $stderr != *a@b* ]]
	done
	rows 'key_type key' 'email call~me' >conf/suppress.tsv
	run -1 --separate-stderr upload --conf conf --date 2026-11-30 google
	[ "$stderr" = 'upload: conf/suppress.tsv: 1 keys are none of their type' ]
	rows 'a b' 'c d' >conf/suppress.tsv
	run -1 --separate-stderr upload --conf conf --date 2026-11-30 google
	[[ $stderr == 'upload: conf/suppress.tsv:1: the header has no key_type'* ]]
	[ ! -e up ]
}

@test "suppress, hashes: the same bytes by mawk and gawk" {
	people_of
	two_sales 2026-11-30
	rows 'key_type key' 'crm_id 72' >conf/suppress.tsv
	for awk in gawk mawk; do
		mkdir $awk
		ln -s "$(command -v $awk)" $awk/awk
		rm -rf out/store/exports
		PATH=$PWD/$awk:$PATH upload --conf conf --hashes --date 2026-11-30 google 2>$awk/told
		mv up $awk
	done
	diff -r -x awk gawk mawk
	grep -q '1 suppressed' mawk/told
}

@test "suppress: K10: with a secret that is none nothing is told" {
	people_of
	two_sales 2026-11-30
	rows 'key_type key' 'crm_id 71' >conf/suppress.tsv
	sed -i 's/^KEY_FILE=/&key/' conf/nightly.conf
	for make in true ': >conf/key' 'echo short >conf/key' 'printf %032d 7 >conf/key; chmod 644 conf/key' \
		'rm conf/key; ln -s nightly.conf conf/key' 'rm conf/key; mkdir conf/key'; do
		umask 077
		eval "$make"
		run -2 --separate-stderr upload --conf conf --date 2026-11-30 google
		[[ $stderr == *'conf/key: no key file: '* ]]
	done
	[ ! -e up ]
	[ "$(ls -A out/store/exports/google)" = .lock ]
}

@test "upload: people who were erased are told of nowhere, though the platform knows the sale" {
	people_of
	two_sales 2026-11-30
	upload --conf conf --date 2026-11-30 google
	two_sales 2026-12-01 20
	rows 'key_type digest lead_id account_id' "email $(sha bert@acme.example) bert ." >out/store/forget.tsv
	run -0 --separate-stderr upload --conf conf --date 2026-12-01 google
	[ "$stderr" = '0 new, 0 restated, 0 retracted; 1 told_before; 1 forgotten' ]
}

@test "upload: a sale told with a click that was erased is not restated, though the deal is another's now" {
	people_of
	two_sales 2026-11-30
	two_sales 2026-12-01 20
	sed -i 's/gclid/msclkid/' out/as_of=*/steps.tsv
	upload --conf conf --date 2026-11-30 microsoft
	sed -i 's/\tg-bert\t/\t\t/' out/store/exports/microsoft/dt=2026-11-30.tsv
	run -0 --separate-stderr upload --conf conf --date 2026-12-01 microsoft
	[ "$stderr" = '0 new, 0 restated, 0 retracted; 1 told_before; 1 forgotten' ]
	run ! grep -q ^, up/microsoft-adjustments-2026-12-01.csv
}

@test "write-back: neither contact nor deal of whom suppress.tsv names" {
	known_of 2026-11-30
	mkdir conf
	: >conf/nightly.conf
	rows 'key_type key' 'crm_id 71' >conf/suppress.tsv
	write_back --date 2026-11-30 hubspot
	cut -d, -f 1 back/hubspot-contacts-2026-11-30.csv >all
	cut -d, -f 1 back/hubspot-deals-2026-11-30.csv >deals
	rm -r back out/store/exports
	run -0 --separate-stderr write_back --conf conf --date 2026-11-30 hubspot
	[[ $stderr == *'; '[0-9]*' suppressed'* ]]
	cut -d, -f 1 back/hubspot-contacts-2026-11-30.csv | diff -u - <(grep -v '^71$' all)
	grep -q '^501$' deals
	run ! grep -q '^501,' back/hubspot-deals-2026-11-30.csv
}

@test "upload: --hashes: address and phone as each platform digests them, in its columns" {
	people_of
	two_sales 2026-11-30
	upload --conf conf --hashes --date 2026-11-30 google
	cat >want <<-END
	Parameters:TimeZone=+0000
	Google Click ID,Email,Phone Number,Conversion Name,Conversion Time,Conversion Value,Conversion Currency,Order ID
	g-anna,$(sha anna@acme.example),$(sha +34600000001),Purchase,2026-11-20 09:00:00,1000.5,EUR,501
	g-bert,$(sha bert@acme.example),,Purchase,2026-11-20 09:00:00,10,EUR,502
	END
	diff -u want up/google-conversions-2026-11-30.csv
	sed -i 's/gclid/fbclid/' out/as_of=2026-11-30/steps.tsv
	sed -i '1s/fbclid//; 1s/click_id_type/click_id_type/' out/as_of=2026-11-30/steps.tsv
	upload --conf conf --hashes --date 2026-11-30 meta
	cut -d, -f 1,4,5,8 up/meta-conversions-2026-11-30.csv >got
	cat >want <<-END
	event_name,em,ph,order_id
	Purchase,$(sha anna@acme.example),$(sha 34600000001),501
	Purchase,$(sha bert@acme.example),,502
	END
	diff -u want got
	sed -i 's/fbclid/msclkid/' out/as_of=2026-11-30/steps.tsv
	upload --conf conf --hashes --date 2026-11-30 microsoft
	sed -n 2p up/microsoft-conversions-2026-11-30.csv >got
	echo 'Microsoft Click ID,Hashed Email Address,Hashed Phone Number,Conversion Name,Conversion Time,Conversion Value,Conversion Currency' | diff -u - got
	run -2 --separate-stderr upload --hashes --model linear --date 2026-11-30 google-shares
	[ "$stderr" = 'upload: google-shares takes no --hashes' ]
	# no address or phone as it is, anywhere
	run ! grep -rqiE 'acme\.example|600.?000.?001' up out/store/exports
}

@test "upload: --conf says the zone in which the night ends" {
	people_of
	two_sales 2026-11-30
	upload --conf conf --date 2026-11-30 google
	grep -q '2026-11-30T23:00:00Z' out/store/exports/google/dt=2026-11-30.tsv
}
