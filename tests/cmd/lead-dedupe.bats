#!/usr/bin/env bats
load ../helper

@test "dedupe: of rows with equal keys the earliest stays, where it stood" {
	table <<-'E' >in
		event_id time                 event
		a        2026-11-02T10:00:05Z lead
		b        2026-11-02T10:00:01Z form
		a        2026-11-02T10:00:03Z form
		c        2026-11-02T10:00:02Z form
		b        2026-11-02T10:00:01Z form
	E
	table <<-'E' >want
		event_id time                 event
		b        2026-11-02T10:00:01Z form
		a        2026-11-02T10:00:03Z form
		c        2026-11-02T10:00:02Z form
	E
	check_filter 0 lead-dedupe
}

@test "dedupe: --keep latest: the newest row of a deal" {
	table <<-'E' >in
		deal_id time                 stage
		7       2026-11-01T00:00:00Z qualified
		8       2026-11-02T00:00:00Z qualified
		7       2026-11-05T00:00:00Z won
		7       2026-11-03T00:00:00Z proposal
		8       .                    lost
	E
	table <<-'E' >want
		deal_id time                 stage
		8       2026-11-02T00:00:00Z qualified
		7       2026-11-05T00:00:00Z won
	E
	check_filter 0 lead-dedupe -k deal_id --keep latest
}

@test "dedupe: --keep seen: the row read first, whatever its time" {
	table <<-'E' >in
		event_id time                 event
		a        2026-11-02T10:00:05Z lead
		a        2026-11-02T10:00:03Z form
		b        2026-11-02T10:00:01Z form
	E
	table <<-'E' >want
		event_id time                 event
		a        2026-11-02T10:00:05Z lead
		b        2026-11-02T10:00:01Z form
	E
	check_filter 0 lead-dedupe --keep seen
}

@test "dedupe: rows with a blank key are one only when all bytes are equal" {
	table <<-'E' >in
		event_id email note
		.        a@x   1
		.        a@x   2
		.        a@x   1
		a@x      .     .
	E
	table <<-'E' >want
		event_id email note
		.        a@x   1
		.        a@x   2
		a@x      .     .
	E
	check_filter 0 lead-dedupe
	check_filter 0 lead-dedupe --keep seen
}

@test "dedupe: a key of several columns: all of them must be equal" {
	rows 'a b n' 'x yz 1' 'xy z 2' 'x yz 3' '. x 4' 'x . 5' '. . 6' '. . 7' >in
	rows 'a b n' 'x yz 1' 'xy z 2' '. x 4' 'x . 5' '. . 6' '. . 7' >want
	check_filter 0 lead-dedupe -k a,b
}

@test "dedupe: precise times stand before the day, days by the order of events" {
	table <<-'E' >in
		k time                 precision event event_id
		1 2026-11-02T00:00:00Z day       won   a
		1 2026-11-02T00:00:00Z day       lead  z
		2 2026-11-02T00:00:00Z day       lead  a
		2 2026-11-02T00:00:00Z second    won   z
		3 2026-11-02T00:00:00Z second    lead  b
		3 2026-11-02T00:00:00Z second    won   a
	E
	table <<-'E' >want
		k time                 precision event event_id
		1 2026-11-02T00:00:00Z day       lead  z
		2 2026-11-02T00:00:00Z second    won   z
		3 2026-11-02T00:00:00Z second    won   a
	E
	check_filter 0 lead-dedupe -k k
}

@test "dedupe: --window: a key is new again at the edge, not before" {
	table <<-'E' >in
		email time                 n
		b     2026-11-02T10:00:00Z 1
		a     2026-11-02T10:29:59Z 2
		a     2026-11-02T10:00:00Z 3
		a     2026-11-02T10:30:00Z 4
		a     2026-11-02T10:59:59Z 5
		a     .                    6
		c     .                    7
		c     .                    8
	E
	table <<-'E' >want
		email time                 n
		a     2026-11-02T10:00:00Z 3
		a     2026-11-02T10:30:00Z 4
		b     2026-11-02T10:00:00Z 1
		c     .                    7
	E
	check_filter 0 lead-dedupe -k email --window 30m --stats stats
	grep -q '"repeat":4' stats
}

@test "dedupe: --window --keep latest: counted from the last row backwards" {
	table <<-'E' >in
		email time                 n
		a     2026-11-02T10:00:00Z 1
		a     2026-11-02T10:10:00Z 2
		a     2026-11-02T10:35:00Z 3
	E
	table <<-'E' >want
		email time                 n
		a     2026-11-02T10:00:00Z 1
		a     2026-11-02T10:35:00Z 3
	E
	check_filter 0 lead-dedupe -k email --window 30m --keep latest
}

@test "dedupe: --window --keep seen: as the rows come" {
	table <<-'E' >in
		email time                 n
		a     2026-11-02T10:10:00Z 1
		a     2026-11-02T10:00:00Z 2
		a     2026-11-02T09:40:00Z 3
		a     2026-11-02T10:00:00Z 4
	E
	table <<-'E' >want
		email time                 n
		a     2026-11-02T10:10:00Z 1
		a     2026-11-02T09:40:00Z 3
	E
	check_filter 0 lead-dedupe -k email --window 30m --keep seen
}

@test "dedupe: --window: a row whose time is none is rejected, with its place" {
	rows 'email time' 'a 2026-13-01T00:00:00Z' >in
	run --separate-stderr -1 lead-dedupe -k email --window 1h in
	[ "${stderr_lines[0]}" = 'lead-dedupe: in:2: time: not a time: "2026-13-01T00:00:00Z"' ]
	run --separate-stderr -0 lead-dedupe -k email --window 1h --max-reject 1 in
	[ "$output" = "$(rows 'email time')" ]
}

@test "dedupe: --identity: one row a person of a CRM list" {
	table <<-'E' >map
		key_type key   lead_id account_id since rule
		crm_id   C1    L1      A1         .     .
		crm_id   C2    L1      A1         .     .
		email    a@x   L2      A1         .     .
		email    A@x   L2      A1         .     .
	E
	table <<-'E' >in
		crm_id email time                 name
		C1     a@x   2026-11-02T10:00:00Z Ana
		C2     b@x   2026-11-01T10:00:00Z Ana~B.
		.      A@x   2026-11-02T10:00:00Z Bea
		.      a@x   2026-11-03T10:00:00Z Bea~C.
		.      n@x   2026-11-03T10:00:00Z Nobody
		.      n@x   2026-11-03T10:00:00Z Nobody
		.      n@x   2026-11-03T10:00:00Z Nobody~2
	E
	table <<-'E' >want
		crm_id email time                 name
		C2     b@x   2026-11-01T10:00:00Z Ana~B.
		.      A@x   2026-11-02T10:00:00Z Bea
		.      n@x   2026-11-03T10:00:00Z Nobody
		.      n@x   2026-11-03T10:00:00Z Nobody~2
	E
	check_filter 0 lead-dedupe --identity map -k lead_id
	table <<-'E' >want
		crm_id email time                 name
		.      a@x   2026-11-03T10:00:00Z Bea~C.
		.      n@x   2026-11-03T10:00:00Z Nobody
		.      n@x   2026-11-03T10:00:00Z Nobody~2
	E
	check_filter 0 lead-dedupe --identity map -k account_id --keep latest
}

@test "dedupe: --identity: a row that names its lead keeps it" {
	rows 'key_type key lead_id account_id since rule' 'email a@x L1 . . .' >map
	rows 'lead_id email n' 'L9 a@x 1' '. a@x 2' 'L1 z@x 3' >in
	rows 'lead_id email n' 'L9 a@x 1' '. a@x 2' >want
	check_filter 0 lead-dedupe --identity map -k lead_id --keep seen
}

@test "dedupe: several files are one table, in other column orders too" {
	rows 'event_id a b' 'x 1 2' 'y 1 2' >one
	rows 'b event_id c' '2 y 3' '2 z 3' '2 z 3' >two
	run --separate-stderr -0 lead-dedupe one two
	[ "$output" = "$(rows 'event_id a b c' 'x 1 2 .' 'y . 2 3' 'z . 2 3')" ]
	run --separate-stderr -0 lead-dedupe --keep latest -k event_id \
	    <(rows 'event_id time' 'x .')
	[ "$output" = "$(rows 'event_id time' 'x .')" ]
}

@test "dedupe: a day repeated by log rotation is one day" {
	seq 1 2000 | awk 'BEGIN { print "event_id\ttime" }
		{ printf "id%d\t2026-11-02T10:%02d:%02dZ\n", $1, $1 / 60 % 60, $1 % 60 }' >want
	cp want in
	tail -n 1500 want >>in
	check_filter 0 lead-dedupe
	tail -n +2 want | sort -R --random-source=/dev/zero | cat want - >in
	check_filter 0 lead-dedupe
}

@test "dedupe: the same rows stay whatever memory, seed and order of the input" {
	awk 'BEGIN { srand(7); print "event_id\ttime\tfill"
		for (i = 0; i < 20000; i++)
			printf "%d\t2026-11-02T10:00:%02dZ\t%0300d\n", rand() * 9000, rand() * 60, i }' >in
	for keep in least latest; do
		lead-dedupe --keep $keep in | sort >want
		[ "$(wc -l <want)" -gt 7000 ]
		for seed in 1 2; do
			LEAD_HASH_SEED=$seed lead-dedupe --keep $keep -S 1M --stats stats in | sort | diff -q - want
			grep -q '"bytes_spilled":[1-9]' stats
		done
		{ head -n 1 in; tail -n +2 in | tac; } | lead-dedupe --keep $keep | sort | diff -q - want
	done
}

@test "dedupe: agrees with awk on the least row of each key" {
	awk 'BEGIN { srand(3); print "event_id\ttime\tevent"
		for (i = 0; i < 5000; i++)
			printf "%d\t2026-11-02T10:00:%02dZ\t%d\n", rand() * 900, rand() * 60, rand() * 9 }' >in
	tail -n +2 in | awk -F '\t' '{ t = $2 "\t" $0 }
		!($1 in least) || t < least[$1] { least[$1] = t }
		END { for (k in least) print substr(least[k], index(least[k], "\t") + 1) }' | sort >want
	lead-dedupe in | tail -n +2 | sort | diff -u want -
	lead-dedupe in | lead-dedupe | tail -n +2 | sort | diff -u want -
}

@test "dedupe: agrees with sqlite on the latest row of each key" {
	awk 'BEGIN { srand(4); print "k\ttime\tevent_id"
		for (i = 0; i < 3000; i++)
			printf "%d\t2026-11-02T10:00:%02dZ\te%d\n", rand() * 400, rand() * 60, i }' >in
	sqlite3 :memory: '.mode tabs' '.import in t' 'SELECT k, time, event_id FROM (SELECT *,
		row_number() OVER (PARTITION BY k ORDER BY time DESC, event_id DESC) n FROM t)
		WHERE n = 1' | sort >want
	lead-dedupe -k k --keep latest in | tail -n +2 | sort | diff -u want -
}

@test "dedupe: every row is accounted for" {
	rows 'event_id n' 'a 1' 'a 1' 'b 2' 'b' 'c 1' >in
	lead-dedupe --max-reject 1 --stats stats in 2>err >out
	grep -q '"in":5,"out":3,"used":3,"rejected_rows":1,"dropped_rows":1' stats
	grep -q '"balanced":true' stats
}

@test "dedupe: -f: the key and the order may stand in columns not written" {
	rows 'event_id time n' 'a 2026-11-02T10:00:02Z 1' 'a 2026-11-02T10:00:01Z 2' >in
	rows 'n' '2' >want
	check_filter 0 lead-dedupe -f n
	check_filter 0 lead-dedupe -f n --window 1h
}

@test "dedupe: a header alone passes; no column of the key is an error" {
	rows 'event_id n' >in
	rows 'event_id n' >want
	check_filter 0 lead-dedupe
	run --separate-stderr -1 lead-dedupe -k email in
	[ "$stderr" = "lead-dedupe: in:1: no column 'email' in the header" ]
	[ -z "$output" ]
	run --separate-stderr -1 lead-dedupe --keep latest in
	[ "$stderr" = "lead-dedupe: in:1: no column 'time' in the header" ]
}

@test "dedupe: a temporary folder that is not there is named" {
	awk 'BEGIN { print "event_id\tfill"; for (i = 0; i < 9000; i++) printf "%d\t%0999d\n", i, i }' >in
	run --separate-stderr -2 lead-dedupe -S 1M -T ./none in
	[ "$stderr" = "lead-dedupe: temporary file in ./none: No such file or directory" ]
	TMPDIR=/nowhere run --separate-stderr -2 lead-dedupe -S 1M in
	[ "$stderr" = "lead-dedupe: temporary file in /nowhere: No such file or directory" ]
}
