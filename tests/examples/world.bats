#!/usr/bin/env bats
# The example company must be the same everywhere and hold what it promises.
load ../helper

@test "world: the same seed gives the same bytes, another seed others" {
	world --leads 30 --days 21 --out a
	LC_ALL=tr_TR.UTF-8 TZ=Asia/Kathmandu world --leads 30 --days 21 --out b
	world --leads 30 --days 21 --seed 2 --out c
	diff -r a b
	run ! cmp -s a/truth.tsv c/truth.tsv
}

@test "world: more leads keep the people of the smaller world" {
	world --leads 40 --out small
	world --leads 80 --out big
	awk -F '\t' 'NR > 1 && $1 != 90000 { print $1, $2, $3, $6 }' small/truth.tsv >want
	awk -F '\t' 'NR > 1 && $1 != 90000 && $1 < 90081 { print $1, $2, $3, $6 }' big/truth.tsv >got
	[ -s want ]
	diff -u want got
}

@test "world: a log stands out of order by seconds, repeats the day before, has junk" {
	world --leads 50 --days 21 --out w
	zcat w/logs/access-2026-11-08.log.gz >log
	zcat w/logs/access-2026-11-07.log.gz | tail -n 3 >tail
	head -n 3 log | diff -u tail -
	awk -F '[][]' '{ split($2, t, /[: ]/); at = t[2] * 3600 + t[3] * 60 + t[4] }
		NR > 4 && at < last { n++ } { last = at } END { exit !(n > 5) }' log
	grep -q 'GET /precios HTT$' <(zcat w/logs/*.gz)
	grep -q 'Googlebot' log
}

@test "world: CRM exports have a byte order mark, CR LF, quoted line breaks" {
	world --leads 60 --days 21 --out w
	head -c 3 w/crm/contacts-2026-11-21.csv | od -An -tx1 | grep -q 'ef bb bf'
	sed -n 1p w/crm/deals-2026-11-21.csv | grep -q $'\r$'
	/usr/bin/python3 - <<-'END'
	import csv
	rows = list(csv.DictReader(open("w/crm/contacts-2026-11-21.csv", encoding="utf-8-sig", newline="")))
	assert any("\n" in r["Notes"] and '"' in r["Notes"] for r in rows)
	assert len({r["Record ID"] for r in rows}) == len(rows)
	END
}

@test "world: Ella read a mail and called; her colleague has the same phone" {
	world --out w
	grep -c '+34 910000111' w/crm/contacts-2026-11-30.csv | grep -qx 2
	awk -F '\t' '$2 ~ /^ella/ { print $7, $8, $9, $14 }' w/truth.tsv >got
	echo 'call email nurture_2 email' >want
	diff -u want got
	id=$(grep -h '+34910000111' w/calls/*.csv | grep Inbound | cut -d, -f7)
	zgrep -hq "utm_campaign=nurture_2.*\"$id\"" w/logs/*.gz
}

@test "world: the truth's revenue is the CRM's won deals at the day's rate" {
	world --out w
	/usr/bin/python3 - <<-'END'
	import csv
	from decimal import Decimal
	rates = {r["date"]: Decimal(r["rate"]) for r in csv.DictReader(open("w/rates.tsv"), delimiter="\t")}
	truth = {r["deal_id"]: Decimal(r["value"]) for r in csv.DictReader(open("w/truth.tsv"), delimiter="\t")}
	n = 0
	for r in csv.DictReader(open("w/crm/deals-2026-11-30.csv", encoding="utf-8-sig", newline="")):
	    if r["Deal Stage"] != "Closed Won":
	        continue
	    value = Decimal(r["Amount"])
	    if r["Currency"] == "USD":
	        value *= rates[max(d for d in rates if d <= r["Close Date"][:10])]
	        n += 1
	    assert truth.pop(r["Record ID"]) == value, r
	assert not truth and n > 0, (truth, n)
	END
}

@test "world: what cannot be made is refused before a file is written" {
	run -2 --separate-stderr world --out w --days 3
	[ "$stderr" = "world: --days: 21 to 366" ]
	run -2 --separate-stderr world --out w --from 2026-02-30
	[ ! -e w ]
	run -2 --separate-stderr world
	[ "$stderr" = "world: --out DIR must be given" ]
}
