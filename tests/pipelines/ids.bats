#!/usr/bin/env bats
# A lead keeps its id from night to night, and the log says why it is one.
load ../helper

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	mkdir -p in/forms in/crm conf
	printf '%032d' 7 >conf/key
	chmod 600 conf/key
	printf '%s\n' ZONE=UTC KEY_FILE=key REPROCESS_DAYS=2 MODELS=linear MILESTONES=lead >conf/nightly.conf
	printf 'name\tkind\tfiles\tmap\toptions\nforms\tevents\tforms/%%D.csv\tforms\t\ncrm\tcrm\tcrm/%%D.csv\tgeneric\t\n' \
		>conf/inputs.tsv
	cp "$top/pipelines/conf/rules.tsv" conf
	head='Submission ID,Email,Phone,Visitor ID,Form,Submitted At'
	form 1 'a,ana@a.example,,v1,quote,2026-11-01T10:00:00Z' 'b,ben@b.example,,v2,quote,2026-11-01T11:00:00Z'
	form 2 'c,cid@c.example,,v3,quote,2026-11-02T10:00:00Z'
	form 3 'd,dan@d.example,,v1b,quote,2026-11-03T10:00:00Z'
	crm 1 'nobody@x.example,9,2026-11-01T09:00:00Z'
	crm 2 'nobody@x.example,9,2026-11-01T09:00:00Z' 'ana@a.example,1,2026-11-01T10:00:00Z'
	# Ben's second address is his by the CRM
	crm 3 'nobody@x.example,9,2026-11-01T09:00:00Z' 'ana@a.example,1,2026-11-01T10:00:00Z' \
		'ben@b.example,2,2026-11-01T11:00:00Z' 'cid@c.example,3,2026-11-02T10:00:00Z'
}

form() {
	printf '%s\n' "$head" "${@:2}" >in/forms/2026-11-0$1.csv
}

crm() {
	printf '%s\n' email,crm_id,lead_at "${@:2}" >in/crm/2026-11-0$1.csv
}

# night D... - with what the systems held then
night() {
	local d
	for d; do
		"$top/pipelines/nightly" --date 2026-11-0$d --in in --out out --conf conf 2>>notes
	done
}

# id KEY [FILE] - the lead of a key
id() {
	awk -F '\t' -v key="$1" '$2 == key && $1 != "lead_id" { print $3 }' "${2:-out/store/identity.tsv}"
}

@test "ids: a stronger key that comes later changes no id; the log says which row brought it" {
	night 1
	ana=$(id ana@a.example) ben=$(id ben@b.example)
	night 2 3
	[ "$(id ana@a.example)" = "$ana" ] && [ "$(id 1)" = "$ana" ] && [ "$(id 2)" = "$ben" ]
	# alone, that night would call her by the CRM's id
	"$top/pipelines/nightly" --date 2026-11-02 --in in --out alone --conf conf 2>>notes
	[ "$(id ana@a.example alone/store/identity.tsv)" != "$ana" ]
	for d in 1 2 3; do
		cut -f 1 out/as_of=2026-11-0$d/journeys.tsv | grep -qx "$ana"
		run ! grep -q '@\|v1' out/as_of=2026-11-0$d/identity-log.tsv
	done
	awk -F '\t' -v id="$ana" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		$1 == id { print $(at["rule"]), $(at["surviving_id"]) == id, $(at["key_type"]), $(at["with_type"]) }' \
		out/as_of=2026-11-02/identity-log.tsv | sort >got
	printf '%s\n' 'row 1 email crm_id' 'row 1 visitor_id email' | diff -u - got
}

@test "ids: the same night again, also after later ones, gives the same bytes" {
	# an export of the CRM is a snapshot: of those no older one comes back
	sed -i '/^crm/d' conf/inputs.tsv
	form 1 'a,,600000001,v1,quote,2026-11-01T10:00:00Z' 'b,ben@b.example,,v2,quote,2026-11-01T11:00:00Z'
	form 2 'c,ana@a.example,600000001,v3,quote,2026-11-02T10:00:00Z'
	night 1
	ana=$(id 600000001)
	night 2 3
	[ "$(id ana@a.example)" = "$ana" ]
	"$top/pipelines/nightly" --date 2026-11-03 --in in --out alone --conf conf 2>>notes
	[ "$(id ana@a.example alone/store/identity.tsv)" != "$ana" ]
	cp -R out was
	night 3
	diff -r was out
	night 2
	diff -r was/as_of=2026-11-02 out/as_of=2026-11-02
	night 3
	diff -r was out
	# all of them again, in order
	"$top/pipelines/backfill" --from 2026-11-01 --to 2026-11-03 --in in --out out --conf conf 2>>notes
	diff -r was out
}

@test "ids: late rows of an earlier day join leads, whose older id stays" {
	night 1 2
	ana=$(id ana@a.example) cid=$(id cid@c.example)
	form 2 'c,cid@c.example,,v3,quote,2026-11-02T10:00:00Z' 'e,,699111222,v3,quote,2026-11-02T12:00:00Z'
	form 3 'd,dan@d.example,699111222,v9,quote,2026-11-03T10:00:00Z'
	night 3
	[ "$(id ana@a.example)" = "$ana" ] && [ "$(id cid@c.example)" = "$cid" ]
	cp -R out was
	night 3
	diff -r was out
}

@test "ids: a night killed before its commit is no night before" {
	night 1
	cp -R out was
	mkdir bin
	printf '#!/bin/sh\nkill -9 $PPID\n' >bin/paste
	printf '#!/bin/sh\ncase "$*" in *.committing*) kill -9 $PPID ;; esac\nexec /bin/mv "$@"\n' >bin/mv
	chmod +x bin/*
	PATH=$PWD/bin:$PATH night 2 && false
	night 2
	mv out once
	mv was out
	night 2
	diff -r once out
}

@test "ids: maps of nights over KEEP_NIGHTS go, but for the last before" {
	echo KEEP_NIGHTS=1 >>conf/nightly.conf
	night 1 2 3
	[ "$(ls out/store/identity)" = "$(printf 'dt=2026-11-0%s.tsv.gz\n' 2 3)" ]
}

@test "ids: an address that mail and CRM spell otherwise is one lead: her click counts, by its campaign" {
	mkdir in/mail
	printf 'mail\temail?\tmail/%%D.csv\temail-activity\t\n' >>conf/inputs.tsv
	printf '%s\n' Email,Campaign,'Message ID',Event,Time \
		'bea@b.example,spring,m1,delivered,2026-11-01T08:00:00Z' \
		'bea@b.example,spring,m1,click,2026-11-01T12:00:00Z' >in/mail/2026-11-01.csv
	echo MILESTONES=lead,won >>conf/nightly.conf
	printf '%s\n' email,crm_id,deal_id,lead_at,won_at,value \
		'Bea@b.example,7,d,2026-11-01T18:00:00Z,2026-11-01T20:00:00Z,9' >in/crm/2026-11-01.csv
	night 1
	[ "$(id bea@b.example)" = "$(id 7)" ]
	grep "^$(id 7)	" out/as_of=2026-11-01/steps.tsv | grep -q '	email_click'
	awk -F '\t' '$2 == "email_campaign" && $4 == "click_to_conversion" {
		print $3, $6, $7, $8 }' out/as_of=2026-11-01/kpi.tsv >got
	echo 'spring 1 1 1' | diff -u - got
	cp -R out was
	night 1
	diff -r was out
}

@test "ids: a healthy day of strangers alone is not told as one of which no row was used" {
	sed -i '/^crm/d' conf/inputs.tsv
	form 1 'a,,,v1,quote,2026-11-01T10:00:00Z'
	form 2 'c,cid@c.example,,v3,quote,2026-11-02T10:00:00Z'
	"$top/pipelines/nightly" --store-only --date 2026-11-02 --in in --out out --conf conf 2>said
	run ! grep 'no row was used' said
	[ "$(id cid@c.example)" = "$(id v3)" ]
}
