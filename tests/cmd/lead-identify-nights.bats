#!/usr/bin/env bats
load ../helper

# Ids over nights, why they are what they are, and what a person may do about it.

map() {
	lead-identify --plain-ids "$@"
}

# who MAP - "key_type key lead", each lead by the first of its keys
who() {
	awk -F '\t' 'BEGIN { OFS = FS } NR > 1 {
		if (!($3 in name)) name[$3] = $2
		print $1, $2, name[$3] }' "$1"
}

# id TYPE KEY - the id that a key makes
id() {
	python3 -c 'import base64, hashlib, sys
mac = hashlib.sha256("\0".join(sys.argv[1:]).encode()).digest()[:16]
print(base64.b32encode(mac).decode().lower().rstrip("="))' "$@"
}

# world SEED ROWS [KEYS] - rows of few keys, so that many meet
world() {
	awk -v seed="$1" -v n="$2" -v keys="${3:-60}" 'BEGIN { srand(seed); OFS = "\t"
		print "event_id", "time", "crm_id", "email", "phone", "visitor_id"
		for (i = 0; i < n; i++)
			print "e" i, sprintf("2026-01-%02dT%02d:00:00Z", 1 + i * 28 / n, i % 24),
			    some(.3, "c", ""), some(.5, "e", "@x.y"), some(.4, "60000000", ""),
			    some(.4, "v", "") }
		function some(p, before, after) {
			return rand() < p ? before int(rand() * keys) after : "" }'
}

@test "identify: --merge-on: a phone joins people of two addresses" {
	table >in <<-END
	time email phone
	2026-01-01T00:00:00Z ana@acme.com 600000001
	2026-01-02T00:00:00Z ana@home.com 600000001
	END
	map --merge-on phone in >got
	rows 'email ana@acme.com ana@acme.com' 'email ana@home.com ana@acme.com' \
		'phone 600000001 ana@acme.com' | diff -u - <(who got)
	[ "$(map in | cut -f3 | tail -n +2 | sort -u | wc -l)" = 2 ]
	run --separate-stderr -2 map --merge-on fax in
	[ "$stderr" = 'lead-identify: --merge-on: no key column: "fax"' ]
}

@test "identify: --exclude-edges: two keys, or an event, join nobody" {
	table >in <<-END
	event_id time crm_id email phone
	1 2026-01-01T00:00:00Z 7 Ana@acme.com .
	2 2026-01-02T00:00:00Z 7 . 600000001
	3 2026-01-03T00:00:00Z . ben@acme.com 600000002
	END
	rows 'key_type key with_type with' 'email ANA@acme.com crm_id 7' >pairs
	map --exclude-edges pairs --stats stats in >got
	rows 'crm_id 7 7' 'email Ana@acme.com Ana@acme.com' 'email ben@acme.com ben@acme.com' \
		'phone 600000001 7' 'phone 600000002 ben@acme.com' | diff -u - <(who got)
	grep -q '"excluded":1' stats
	rows 'event_id' 3 >events
	map --exclude-edges events in >got
	[ "$(who got | grep 600000002)" = "$(rows 'phone 600000002 600000002')" ]
	rows 'key_type key with_type with' 'email ana crm_id 7' >bad
	run --separate-stderr -1 map --exclude-edges bad in
	[[ "$stderr" == "lead-identify: bad:2: key: no key of its key_type"* ]]
}

@test "identify: a lead of more than --max-keys keys loses its weakest edges, and says so" {
	{ rows 'event_id time email phone'
	for i in 10 11 12 13 14 15; do
		rows "e$i 2026-01-${i}T00:00:00Z . 6000000$i" "f$i 2026-01-${i}T00:00:00Z boss@acme.com 6000000$i"
	done; } >in
	run --separate-stderr -0 map --max-keys 4 --log log -o got in
	[ "$stderr" = "lead-identify: 1 leads of more than 4 keys: their 3 weakest edges are cut" ]
	[ "$(who got | grep -c 'boss@acme.com$')" = 4 ]
	rows 'cut f13' 'cut f14' 'cut f15' | diff -u - <(awk -F '\t' '$2 == "cut" { print $2 "\t" $7 }' log)
	{ head -n 1 in; tail -n +2 in | sort -R; } >mixed
	map -q --max-keys 4 --log log2 mixed 2>/dev/null | diff -u got -
	diff -u log log2
	map --max-keys 7 in >whole
	[ "$(cut -f3 whole | tail -n +2 | sort -u | wc -l)" = 1 ]
}

@test "identify: --log has a row for each union, keys less leads of them" {
	for seed in 1 2 3 4 5 6 7 8; do
		world $seed $((20 + seed * 15)) $((seed * 4)) >in
		map --log log in >got
		awk -F '\t' 'FNR == 1 { next }
			FILENAME == "log" { unions += $2 ~ /^(row|shared|alias)$/; next }
			$5 == "" { keys++; leads += !seen[$3]++ }
			END { exit keys - leads != unions }' log got
	done
}

@test "identify: --log: each union by its row, in time; the chain of one lead is one grep" {
	table >in <<-END
	event_id time crm_id email visitor_id
	e2 2026-01-02T00:00:00Z 1 ana@acme.com .
	e1 2026-01-01T00:00:00Z . ana@acme.com v1
	e3 2026-01-03T00:00:00Z . ana@acme.com v1
	e4 2026-01-03T00:00:00Z 2 ben@acme.com .
	END
	map --log log in >got
	crm=$(id crm_id 1) ana=$(id email ana@acme.com) v=$(id visitor_id v1)
	{ rows 'lead_id rule surviving_id merged_id key_type with_type event_id time'
	rows "$crm row $ana $v visitor_id email e1 2026-01-01T00:00:00Z" \
		"$crm row $crm $ana email crm_id e2 2026-01-02T00:00:00Z"; } >want
	diff -u want <(sed 1q log; grep "^$crm" log)
	run -1 grep -F acme.com log
	lead-identify --edges in >edges
	map --log log2 edges >/dev/null
	diff -u log log2
}

@test "identify: --previous: new keys change no id, merged leads keep the older one" {
	table >day1 <<-END
	event_id time crm_id email phone
	e1 2026-01-01T00:00:00Z . old@acme.com .
	e2 2026-01-02T00:00:00Z 9 new@acme.com .
	END
	table >day2 <<-END
	event_id time crm_id email phone
	e3 2026-01-03T00:00:00Z 9 old@acme.com 600000001
	END
	map day1 >map1
	map --previous map1 --log log day1 day2 >map2
	old=$(id email old@acme.com) new=$(id crm_id 9)
	[ "$(cut -f3 map2 | tail -n +2 | sort -u)" = "$old" ]
	[ "$(map day1 day2 | cut -f3 | tail -n +2 | sort -u)" = "$new" ]
	rows "$old row $old $new email crm_id e3 2026-01-03T00:00:00Z" |
		diff -u - <(awk -F '\t' -v n="$new" '$4 == n' log)
}

@test "identify: --previous: of a lead that is split the stronger part keeps the id, the other is told" {
	table >in <<-END
	event_id time crm_id email
	e1 2026-01-01T00:00:00Z . ana@acme.com
	e2 2026-01-02T00:00:00Z 9 ana@acme.com
	END
	map in >plain
	head -n 2 in >first
	map first >map1
	map --previous map1 in >map2
	ana=$(id email ana@acme.com)
	[ "$(cut -f3 map2 | tail -n +2 | sort -u)" = "$ana" ]
	rows event_id e2 >apart
	map --previous map2 --exclude-edges apart --log log in >map3
	[ "$(grep crm_id map3 | cut -f3)" = "$ana" ]
	split=$(grep ana map3 | cut -f3)
	[ "$split" != "$ana" ]
	rows "$split split $split $ana email . . ." | diff -u - <(grep "$split" log)
	map --previous map3 --exclude-edges apart in | diff -u map3 -
}

@test "identify: ten nights of --previous: an id changes only with a merge or split of the log" {
	world 4 900 400 >all
	head -n 91 all >in
	map in >map0
	echo event_id >apart
	for night in 1 2 3 4 5 6 7 8 9; do
		head -n $((91 + night * 90)) all >in
		# from the sixth night on, people undo some merges
		[ $night -lt 6 ] || awk -v n=$night 'NR > 1 && NR % 40 == n { print $1 }' in >>apart
		map --previous map$((night - 1)) --exclude-edges apart --log log in >map$night
		python3 "$top/tests/oracle/nights.py" map$((night - 1)) map$night log >>changes
		{ head -n 1 in; tail -n +2 in | sort -R; } >mixed
		map --previous map$((night - 1)) --exclude-edges apart --log log2 mixed |
			diff -u map$night -
		diff -u log log2
	done
	cut -f2 log | sort -u | xargs >rules
	awk '{ k += $2; c += $4 } END { exit !(k > 3000 && c > 50) }' changes || { cat changes; false; }
}

@test "identify: --previous: a stronger key than the one that gave the id changes it not" {
	rows 'event_id time crm_id email visitor_id' 'e1 2026-01-02T00:00:00Z . ana@acme.com v1' >day1
	rows 'event_id time crm_id email visitor_id' 'e2 2025-01-01T00:00:00Z 7 ana@acme.com .' \
		'e3 2025-01-01T00:00:00Z 7 . v2' >day2
	map day1 >map1
	map --previous map1 --log log day1 day2 >map2
	[ "$(cut -f3 map2 | tail -n +2 | sort -u)" = "$(id email ana@acme.com)" ]
	python3 "$top/tests/oracle/nights.py" map1 map2 log
}

@test "identify: ids of two leads are never one, whatever split before" {
	for seed in 1 2 3 4 5 6; do
		world $seed 120 14 >in
		map in >map0
		{ echo event_id; awk -v s=$seed 'BEGIN { srand(s); for (i = 0; i < 30; i++) print "e" int(rand() * 120) }'; } >apart
		map --previous map0 --exclude-edges apart in >map1
		map --exclude-edges apart in >plain
		# the same parts, whatever they are called
		diff -u <(who plain | grep -v ' ') <(who map1 | grep -v ' ')
	done
}

@test "identify: --by-domain: a lead without account has its company's domain" {
	table >in <<-END
	time crm_id email account_id
	2026-01-01T00:00:00Z 1 ana@gmail.com .
	2026-01-02T00:00:00Z 1 ana@acme.com .
	2026-01-02T00:00:00Z 2 ben@acme.com Acme
	2026-01-02T00:00:00Z 3 eve@hotmail.es .
	END
	map --by-domain in >got
	rows '1 acme.com' '2 Acme' '3 .' | diff -u - <(awk -F '\t' '$1 == "crm_id" { print $2 "\t" $4 }' got)
	[ "$(map in | cut -f4 | sort -u | xargs)" = "Acme account_id" ]
}

@test "identify: a registry of 10,000 people, five times: pairs are right, figures printed" {
	for seed in 1 2 3 4 8; do
		python3 "$top/tests/oracle/registry.py" make $seed 10000 >in
		map --default-country ES --max-reject 0 in >got
		python3 "$top/tests/oracle/registry.py" judge in got >figures
		echo "registry $seed: $(cat figures)" >&3
		awk '{ exit !($2 >= .999 && $4 >= .93) }' figures
	done
}

canaries() {
	rows 'event_id time crm_id email phone' 'e1 2026-01-01T00:00:00Z . canary@acme.com 600000099' \
		'e2 noon . canary@acme.com 600000099' 'e3 2026-01-01T00:00:00Z . canary@acme 600000099' \
		'e4 2026-01-01T00:00:00Z . eve@acme.com 600000099' \
		'e5 2026-01-01T00:00:00Z 1 canary@acme.com .' 'e6 2026-01-01T00:00:00Z 2 canary@acme.com .'
	printf 'e7\t2026-01-01T00:00:00Z\t\tcanary@%05000d.com\t\n' 0
	printf 'e8\t2026-01-01T00:00:00Z\t\tcan\001canary@acme.com\t\n'
	printf '%032d' 7 >key
	chmod 600 key
}

@test "identify: X16: an address and a phone are in no message, count, log or temporary file" {
	canaries >in
	mkdir tmp
	TMPDIR=$PWD/tmp lead-identify --key-file key --max-reject 5 --stats stats --log log \
		--progress --conflicts conflicts --pseudonymise -o got in 2>err
	[ -s err ]
	[ -z "$(ls tmp)" ]
	grep -q canary got
	run -1 grep -lE 'canary|600000099' err stats log conflicts
	# without --pseudonymise the table of conflicts shows them, as its page says
	lead-identify -q --key-file key --max-reject 5 --conflicts conflicts in >/dev/null 2>&1
	grep -q canary conflicts
}

@test "identify: X16: what --pseudonymise shows is what lead-mask makes of it" {
	canaries >all
	head -n 7 all | grep -v noon >in
	lead-identify --key-file key --conflicts conflicts --pseudonymise in >/dev/null
	rows email canary@acme.com | lead-mask --pseudonymise email --key-file key | sed 1d >want
	awk -F '\t' '$1 == "email" { print $2 }' conflicts | sort -u | diff -u want -
	run --separate-stderr -2 lead-identify --plain-ids --conflicts c --pseudonymise in
	[ "$stderr" = "lead-identify: --pseudonymise needs --key-file" ]
}

@test "identify: X16: a key in argv is refused, and not repeated" {
	canaries >in
	for given in --key=canary --secret=canary --key-file=canary; do
		run --separate-stderr -2 lead-identify $given in
		[ -z "$output" ]
		case $given in
		--key-file=*) [[ "$stderr" == "lead-identify: canary: no key file: "* ]] ;;
		*) [[ "$stderr" != *canary* ]] ;;
		esac
	done
}
