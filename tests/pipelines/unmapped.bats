#!/usr/bin/env bats
# What the company's maps lack, and what they name in vain: both ways, for both maps.
load ../helper
load trust

# maps - campaigns, sources, spend, visits and steps by hand
maps() {
	table <<-'E' >campaigns
		platform campaign_id name campaign  channel kind
		google   1           A    es_marca  .       ad
		google   2           B    es_otra   .       ad
		google   4           D    es_cuatro .       ad
		radio    r1          R    cuña      .       ad
		mail     .           N    nurture_1 email   nurture
	E
	table <<-'E' >sources
		alias    name       category channel
		boletin  boletín    .        email
		news     boletín    .        email
		tele     televisión .        offline
		Feria~X  feria      .        event
	E
	table <<-'E' >spend
		date       platform source campaign_id campaign cost kind
		2026-11-01 google   google 1           A        1    ad
		2026-11-02 google   google 3           C        1    ad
		2026-11-05 google   google 3           C        1    ad
	E
	mkdir -p visits
	table <<-'E' >visits/dt=2026-11-03.tsv
		channel      source     medium   campaign  fact     n
		email        boletín    email    nurture_1 campaign 5
		unassigned   folleto    papel    .         campaign 2
		referral     b.example  referral .         referrer 9
		referral     b.example  referral .         campaign 1
		paid_search  google     cpc      es_marca  campaign 3
		direct       (direct)   (none)   .         none     7
	E
	table <<-'E' >visits/dt=2026-11-04.tsv
		channel      source     medium   campaign  fact     n
		unassigned   folleto    papel    .         campaign 1
		paid_search  google     cpc      .         macro    1
	E
	table <<-'E' >steps
		lead_id time                 kind      event     channel     source campaign campaign_id crm_source
		a       2026-11-03T00:00:00Z touch     page_view paid_search google es_otra  2           .
		a       2026-11-03T00:00:00Z touch     page_view paid_search google es_nueva 9           .
		a       2026-11-04T00:00:00Z touch     page_view paid_search google es_nueva 9           .
		a       2026-11-04T00:00:00Z touch     page_view email       mail   n_9      .           .
		a       2026-11-05T00:00:00Z milestone lead      .           .      .        .           feria~x
	E
}

unmapped() {
	both unmapped "$@" what=campaigns campaigns what=sources sources what=spend spend \
		what=visits visits/* what=steps steps
}

@test "unmapped: cost, touches and sources that no map names; names that nobody came by" {
	maps
	table <<-'E' >want
		campaigns.tsv google 4 es_cuatro 0 . .
		campaigns.tsv radio r1 cuña 0 . .
		source folleto . . 3 2026-11-03 2026-11-04
		sources.tsv feria . . 0 . .
		sources.tsv televisión . . 0 . .
		spend google 3 C 2 2026-11-02 2026-11-05
		touch google 9 es_nueva 2 2026-11-03 2026-11-04
	E
	unmapped >got
	diff -u want got
	# what the CRM says of a lead is seen too, in its own spelling
	unmapped -v declared=crm_source >got
	grep -v feria want | diff -u - got
}

@test "unmapped: without campaigns.tsv cost and touches are no question" {
	maps
	both unmapped what=sources sources what=spend spend what=visits visits/* what=steps steps >got
	[ "$(cut -f 1 got | sort -u | tr '\n' ' ')" = 'source sources.tsv ' ]
}

@test "unmapped: a night with sources.tsv: a name that nobody came by, and one that is not in it" {
	world --leads 20 --days 21 --exports 1 --out in
	cp -R "$top/pipelines/conf" conf
	gzip -dc in/logs/access-2026-11-20.log.gz | sed 's/utm_source=newsletter/utm_source=carta/g
		s/utm_source=linkedin/utm_source=empleos/g' | gzip -n >log.gz
	mv log.gz in/logs/access-2026-11-20.log.gz
	gzip -dc in/logs/access-2026-11-20.log.gz | grep -q utm_source=carta
	gzip -dc in/logs/access-2026-11-20.log.gz | grep -q utm_source=empleos
	of() {
		"$top/pipelines/nightly" --date 2026-11-21 --in in --out "$1" --conf conf 2>>log || return
		awk -F '\t' '$1 ~ /^sources?/ { print $1, $2 }' "$1/as_of=2026-11-21/unmapped.tsv"
	}
	# the file that ships names nobody: Facebook and its likes are known all the same
	of one >got
	printf 'source %s\n' carta empleos | diff -u - got
	printf '%s\t%s\t\t%s\n' carta newsletter email cartel cartel offline >>conf/sources.tsv
	of two >got
	printf '%s\n' 'source empleos' 'sources.tsv cartel' | diff -u - got
	# and the visits are of the name
	column source <two/as_of=2026-11-21/hygiene.tsv | grep -qx newsletter
	run ! grep -q carta two/as_of=2026-11-21/hygiene.tsv
}
