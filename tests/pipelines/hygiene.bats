#!/usr/bin/env bats
# What is wrong with the names that visits and costs came by.
load ../helper
load trust

# hygiene - the columns of small tables "visits" (of one day), and spend,
# campaigns and sources where they are: source medium campaign and those named
hygiene() {
	local operands=() file
	for file in sources campaigns spend; do
		[ ! -e "$file" ] || operands+=("what=$file" "$file")
	done
	mkdir -p visits.d
	[ ! -e visits ] || mv visits visits.d/dt=2026-11-05.tsv
	both hygiene "${operands[@]}" what=visits visits.d/* | cut -f "1-3,$1"
}

@test "hygiene: visits by name, channel of the most, first and last day" {
	mkdir visits.d
	table <<-'E' >visits.d/dt=2026-11-05.tsv
		channel     source medium   campaign fact     n
		email       news   email    n1       campaign 3
		referral    b.org  referral .        referrer 1
	E
	table <<-'E' >visits.d/.dt=2026-11-07.tsv
		channel     source medium   campaign fact     n
		email       news   email    n1       campaign 2
		mobile_push news   email    n1       campaign 9
	E
	mv visits.d/.dt=2026-11-07.tsv .
	both hygiene what=visits visits.d/dt=2026-11-05.tsv .dt=2026-11-07.tsv >got
	rows 'b.org referral . referral 1 0 . 2026-11-05 2026-11-05 . .' \
		'news email n1 mobile_push 14 0 . 2026-11-05 2026-11-07 . .' >want
	diff -u want got
}

@test "hygiene: each problem has its row" {
	table <<-'E' >campaigns
		platform campaign_id campaign     channel kind trackable
		google   1           es_marca     .       ad   yes
		google   2           es_otra      .       ad   yes
		books    fair        feria        .       event no
	E
	table <<-'E' >spend
		date       platform source   medium      campaign_id campaign cost kind
		2026-11-01 google   google   cpc         1           ES~Marca 10.5 ad
		2026-11-02 google   google   cpc         1           ES~Marca 1.25 ad
		2026-11-03 google   google   cpc         2           ES~Otra  7    ad
		2026-11-03 books    books    .           fair        Feria    900  event
	E
	table <<-'E' >visits
		channel      source    medium  campaign      fact         n
		paid_search  google    cpc     es_marca      click        4
		paid_search  google    cpc     es_marca      campaign     1
		paid_search  google    cpc     es_marka      campaign     1
		paid_search  gogle     cpc     es_marca      campaign     1
		paid_search  google    cpc     {campaignid}  campaign     1
		paid_search  google    cpc     {campaignid}  macro        1
		paid_search  bing      cpc     .             click        2
		unassigned   cpc       google  x             campaign     1
		direct       (direct)  (none)  .             none         6
		internal     s.example internal home~box     internal_utm 8
		email        news      email   n             campaign     1
		email        news      email   n             amp_lost     2
		email        news      email   n             pii_in_url   3
		email        news      email   n             bad_percent  3
	E
	table <<-'E' >want
		(direct)  (none)   .            6 0 .     .                                 .
		bing      cpc      .            2 0 .     paid_without_spend~click_without_utm .
		cpc       google   x            1 0 .     unassigned~swapped                .
		gogle     cpc      es_marca     1 0 .     variant                           source=google
		google    cpc      es_marca     5 0 11.75 click_without_utm                 .
		google    cpc      es_marka     1 0 .     variant~paid_without_spend        campaign=es_marca
		google    cpc      es_otra      0 0 7     spend_without_visits              .
		google    cpc      {campaignid} 1 0 .     macro~paid_without_spend          .
		news      email    n            1 5 .     amp~address                       .
		s.example internal home~box     0 8 .     internal_utm                      .
	E
	hygiene 5,6,7,10,11 >got
	diff -u want got
}

@test "hygiene: a cost lies on one row, and all of it on some" {
	table <<-'E' >campaigns
		platform campaign_id campaign  channel kind trackable
		meta     1           es_hogar  .       ad   yes
	E
	table <<-'E' >spend
		date       platform source   medium      campaign_id campaign cost kind
		2026-11-01 meta     facebook paid_social 1           Hogar    10   ad
		2026-11-09 meta     facebook paid_social 7           Sin      5    ad
	E
	table <<-'E' >visits
		channel     source    medium      campaign fact     n
		paid_social facebook  paid-social es_hogar campaign 2
		paid_social instagram paid-social es_hogar campaign 3
		paid_social facebook  paid_social .        click    3
	E
	table <<-'E' >want
		facebook  paid-social es_hogar .  2026-11-05 2026-11-05 variant              medium=paid_social
		facebook  paid_social .        .  2026-11-05 2026-11-05 click_without_utm    .
		facebook  paid_social sin      5  2026-11-09 2026-11-09 spend_without_visits .
		instagram paid-social es_hogar 10 2026-11-01 2026-11-05 variant              medium=paid_social
	E
	hygiene 7,8,9,10,11 >got
	diff -u want got
}

@test "hygiene: without spend no visit is called unpaid" {
	rows 'channel source medium campaign fact n' 'paid_search google cpc x campaign 1' >visits
	hygiene 10 >got
	rows 'google cpc x .' | diff -u - got
}

# near NAME KNOWN... - the known campaign that it is a variant of
near() {
	local name=$1 awk
	shift
	cat >near.awk <<-'E'
	{ nearest_know("c", $0) }
	END { print nearest_of("c", name) }
	E
	for awk in gawk mawk; do
		type -P $awk >/dev/null || continue
		printf '%s\n' "$@" | $awk -v name="$name" -f "$night/nearest.awk" -f near.awk
	done | sort -u
}

@test "hygiene: a variant is 2 changes away, 1 in a short name, none in a shorter" {
	[ "$(near facebok facebook)" = facebook ]
	[ "$(near fcebok facebook)" = facebook ]
	[ "$(near fcebk facebook)" = '' ]
	[ "$(near faceboook2 facebook)" = '' ]
	[ "$(near bong bing)" = bing ]
	[ "$(near song bing)" = '' ]
	[ "$(near cpm cpc)" = '' ]
	[ "$(near Paid-Social paid_social)" = paid_social ]
	[ "$(near 'es marca' es_marca)" = es_marca ]
	[ "$(near verano_26 verano_25)" = '' ]
	[ "$(near veranno_25 verano_25 verane_25)" = verano_25 ]
	[ "$(near google google gogle)" = '' ]
}

@test "hygiene: the nearest name is the one that comparing all of them finds" {
	/usr/bin/python3 - >pairs <<-'END'
	import random
	random.seed(7)
	name = lambda: "".join(random.choice("abcd") for _ in range(random.randint(3, 11)))
	for _ in range(60):
	    print("known", name())
	for _ in range(300):
	    print("name", name())
	END
	/usr/bin/python3 - pairs >want <<-'END'
	import sys
	def distance(a, b):
	    row = list(range(len(b) + 1))
	    for i, x in enumerate(a, 1):
	        prev, row[0] = row[0], i
	        for j, y in enumerate(b, 1):
	            prev, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, prev + (x != y))
	    return row[-1]
	known, names = [], []
	for line in open(sys.argv[1]):
	    kind, name = line.split()
	    (known if kind == "known" else names).append(name)
	for a in names:
	    best = []
	    for b in known:
	        short = min(len(a), len(b))
	        d = distance(a, b)
	        if d <= (0 if short < 4 else 1 if short < 6 else 2):
	            best.append((d, b))
	    print(a, "" if a in known else min(best)[1] if best else "")
	END
	for awk in gawk mawk; do
		type -P $awk >/dev/null || continue
		cat >all.awk <<-'E'
		$1 == "known" { nearest_know("c", $2) }
		$1 == "name" { print $2, nearest_of("c", $2) }
		E
		$awk -f "$night/nearest.awk" -f all.awk pairs >got
		diff -u want got
	done
	[ "$(grep -c ' .' want)" -gt 30 ]
}

@test "hygiene: on the made company visits and cost are all there, once" {
	world --leads 40 --days 21 --exports 1 --out in
	"$top/pipelines/nightly" --date 2026-11-21 --in in --out out 2>log
	/usr/bin/python3 - out <<-'END'
	import csv, glob, sys
	from decimal import Decimal
	read = lambda p: list(csv.DictReader(open(p, encoding="utf-8", newline=""), delimiter="\t", quoting=csv.QUOTE_NONE))
	night = sys.argv[1] + "/as_of=2026-11-21/"
	rows = read(night + "hygiene.tsv")
	facts = [r for p in glob.glob(sys.argv[1] + "/store/visits/*.tsv") for r in read(p)]
	kinds = "campaign click referrer internal none declared".split()
	assert sum(int(r["visits"]) for r in rows) == sum(int(r["n"]) for r in facts if r["fact"] in kinds) > 1000
	spend = [r for p in glob.glob(sys.argv[1] + "/store/spend/*/*.tsv") for r in read(p)]
	assert sum(Decimal(r["cost"] or 0) for r in rows) == sum(Decimal(r["cost"]) for r in spend if r["platform"] != "books") > 0
	problems = {(r["source"], r["campaign"]): r["problem"] for r in rows if r["problem"]}
	# what the world's makers planted: adverts tagged by their click id alone, an
	# advert that nobody came by, and a medium written with another sign
	assert problems["google", "es_placas_madrid"] == "click_without_utm"
	assert problems["google", "es | prueba, no borrar"] == "spend_without_visits"
	assert problems["linkedin", "es_empresas"] == "variant"
	END
}

@test "hygiene: a night finds a link within the site, an &amp; and an address" {
	world --leads 20 --days 21 --exports 1 --out in
	line() {
		printf '198.51.100.7 - - [21/Nov/2026:12:00:0%d +0100] "GET %s HTTP/1.1" 200 100 "%s" "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0" "v%d"\n' \
			"$1" "$2" "$3" "$1"
	}
	{
		zcat in/logs/access-2026-11-21.log.gz
		line 1 '/precios?utm_source=home&utm_medium=box&utm_campaign=Caja%20roja' https://www.soleo.example/
		line 2 '/?utm_source=news1&amp;utm_medium=email' -
		line 3 '/?utm_source=news2&utm_medium=email&utm_term=a@b.org' -
		line 4 '/?utm_source=news3&utm_medium=email&utm_content={{ad.name}}' -
	} | gzip -n >log
	mv log in/logs/access-2026-11-21.log.gz
	"$top/pipelines/nightly" --date 2026-11-21 --in in --out out 2>log
	table <<-'E' >want
		news1         .        .         unassigned 1 1 unassigned~amp
		news2         email    .         email      1 1 address
		news3         email    .         email      1 0 macro
		soleo.example internal caja~roja .          0 1 internal_utm
	E
	cut -f 1-6,10 out/as_of=2026-11-21/hygiene.tsv | grep -E '^(news[123]|soleo)' >got
	diff -u want got
}
