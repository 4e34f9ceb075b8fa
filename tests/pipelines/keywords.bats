#!/usr/bin/env bats
# Revenue by keyword, at each stage: the platform's report of clicks, joined by id.
load ../helper

keywords=$top/pipelines/keywords

# clicks - the report of three clicks, one of them told twice
clicks() {
	cat >report.csv <<-'END'
	Day,Campaign ID,Campaign,Ad group,Keyword,GCLID
	2026-11-02,11,es_solar,Tejados,"placas solares, madrid",g1
	2026-11-03,11,es_solar,Tejados,baterías,g2
	2026-11-03,12,es_zz,Otros,zzz,g2
	2026-11-04,13,es_marca,,,g3
	END
	lead-import --map "$top/pipelines/conf/maps/google-clicks.tsv" -o clicks.tsv report.csv
}

steps() {
	table <<-'END'
	lead_id time kind event deal_id channel campaign term content campaign_id click_id value
	anna 2026-11-02T10:00:00Z touch page_view . paid_search . . . . g1 .
	anna 2026-11-02T10:09:00Z milestone lead . . . . . . . .
	anna 2026-11-03T10:00:00Z milestone mql . . . . . . . .
	anna 2026-11-03T11:00:00Z milestone sql . . . . . . . .
	anna 2026-11-04T10:00:00Z milestone opp 501 . . . . . . 900
	anna 2026-11-05T10:00:00Z touch page_view . paid_search tagged . . . g2 .
	anna 2026-11-06T10:00:00Z milestone won 501 . . . . . . 1000
	bert 2026-11-04T10:00:00Z touch page_view . paid_search . own . . g3 .
	bert 2026-11-04T10:09:00Z milestone lead . . . . . . . .
	bert 2026-11-05T10:00:00Z touch page_view . referral . . . . unknown .
	END
}

@test "keywords: what the report knows fills what the touch does not" {
	clicks
	steps >steps.tsv
	"$keywords" clicks.tsv steps.tsv | grep -P '^lead_id|\ttouch\t' | cut -f 1,7-11 >got
	table >want <<-'END'
	lead_id campaign term content campaign_id click_id
	anna es_solar placas~solares,~madrid Tejados 11 g1
	anna tagged baterías Tejados 11 g2
	bert es_marca own . 13 g3
	bert . . . . unknown
	END
	diff -u want got
	"$keywords" clicks.tsv steps.tsv | grep -vP '\ttouch\t' >got
	grep -vP '\ttouch\t' steps.tsv | diff -u - got
}

@test "keywords: revenue by campaign and keyword at every stage" {
	clicks
	steps >steps.tsv
	"$keywords" clicks.tsv steps.tsv >named.tsv
	lead-attribute --model last --by campaign,term --milestone lead,mql,sql,opp,won \
		--value deal --period all named.tsv | cut -f 2,4- >got
	table >want <<-'END'
	milestone campaign term conversions value
	lead es_marca own 1 0
	lead es_solar placas~solares,~madrid 1 1000
	mql es_solar placas~solares,~madrid 1 1000
	opp es_solar placas~solares,~madrid 1 1000
	sql es_solar placas~solares,~madrid 1 1000
	won tagged baterías 1 1000
	END
	diff -u want got
}

@test "keywords: the order of the report changes nothing" {
	clicks
	steps >steps.tsv
	"$keywords" clicks.tsv steps.tsv >want
	{ sed -n 1p clicks.tsv; sed 1d clicks.tsv | tac; } >turned.tsv
	"$keywords" turned.tsv steps.tsv | diff -u want -
}

@test "keywords: the click view of the API enters by the same map" {
	cat >view.csv <<-'END'
	segments.date,customer.id,campaign.id,campaign.name,ad_group.name,click_view.gclid,click_view.keyword_info.text
	2026-11-02,555,11,es_solar,Tejados,g1,placas
	END
	lead-import --map "$top/pipelines/conf/maps/google-clicks.tsv" view.csv >got
	table >want <<-'END'
	date platform account click_id campaign_id campaign content term
	2026-11-02 google 555 g1 11 es_solar Tejados placas
	END
	diff -u want got
}

@test "keywords: what is no table of clicks or steps is refused" {
	clicks
	rows 'lead_id time' >steps.tsv
	run -1 --separate-stderr "$keywords" clicks.tsv steps.tsv
	[ "$stderr" = 'keywords: steps.tsv: no column click_id' ]
	run -2 --separate-stderr "$keywords" clicks.tsv
	[ "$stderr" = 'keywords: CLICKS and STEPS are taken (--help)' ]
	run -2 --separate-stderr "$keywords" clicks.tsv nothing.tsv
	[ "$stderr" = 'keywords: nothing.tsv: cannot be read' ]
	printf 'click_id\nx' >steps.tsv
	run -1 --separate-stderr "$keywords" clicks.tsv steps.tsv
	[ "$stderr" = 'keywords: steps.tsv: cut short: no end of line at its end' ]
	[ -z "$output" ]
}
