#!/usr/bin/env bats
load ../helper

# One person's rows have one lead; ids are hashes, so tests name leads by the
# first of their keys in byte order: who MAP prints "key_type key who [since]".
who() {
	awk -F '\t' 'BEGIN { OFS = FS } NR > 1 {
		if (!($3 in name)) name[$3] = $2
		print $1, $2, name[$3] ($5 == "" ? "" : FS $5) }' "$1"
}

map() {
	lead-identify --plain-ids "$@"
}

ana=vzssyhcbokofpd24cwn6ezxeei ben=iq5aiw7z5zib4ajsrkiugdhhjy

@test "identify: the office phone of two people joins neither (the page's example)" {
	table >in <<-END
	time email phone visitor_id
	2025-01-12T09:06:00Z Ana@acme.com 910000000 v1
	2025-03-13T10:00:00Z ben@acme.com 910000000 .
	END
	table >want <<-END
	key_type key lead_id account_id since rule
	email Ana@acme.com $ana . . .
	email ben@acme.com $ben . . .
	phone 910000000 $ben . 2025-03-13T10:00:00Z shared
	phone 910000000 $ana . 2025-01-12T09:06:00Z shared
	visitor_id v1 $ana . . .
	END
	check_filter 0 lead-identify --plain-ids
	page_block 1 | sed 1d >page
	diff -u want page
}

# page_block N - what stands from the N-th "$ lead-identify" of the page to its end
page_block() {
	awk -v n="$1" '/^\$ lead-identify/ { on = ++seen == n } /^\.Ed/ { on = 0 } on' \
		"$top/cmd/lead-identify.1" | sed 's/\\e/\\/g'
}

@test "identify: the page's line prints the chain of one lead" {
	table >in <<-END
	time email phone visitor_id
	2025-01-12T09:06:00Z Ana@acme.com 910000000 v1
	2025-03-13T10:00:00Z ben@acme.com 910000000 .
	END
	page_block 2 | sed -n 's/^\$ //p' >lines
	[ "$(wc -l <lines)" = 2 ]
	bash lines >got
	page_block 2 | grep -v '^\$' | diff -u - got
}

@test "identify: T24: an office phone and three e-mails are three leads and a conflict" {
	table >in <<-END
	time email phone visitor_id
	2025-01-12T09:06:00Z ana@acme.com 910-000-000 v1
	2025-03-13T10:00:00Z ben@acme.com +34910000000 .
	2025-04-02T14:25:00Z carla@acme.com 910000000 v3
	END
	map --default-country ES --conflicts conflicts --stats stats in >got
	grep -q '"leads":3,"leads_with_visitor":2,"leads_without_visitor":1,"shared_keys":1' stats
	cut -f1,2,4- conflicts | sort >got
	table >want <<-END
	key_type key held_type held rows first_at last_at
	phone +34910000000 email ana@acme.com 1 2025-01-12T09:06:00Z 2025-01-12T09:06:00Z
	phone +34910000000 email ben@acme.com 1 2025-03-13T10:00:00Z 2025-03-13T10:00:00Z
	phone +34910000000 email carla@acme.com 1 2025-04-02T14:25:00Z 2025-04-02T14:25:00Z
	END
	diff -u <(sort want) got
}

@test "identify: T10: Ella's session, call and sale are one lead, her colleague on the same phone another" {
	table >in <<-END
	time event crm_id email phone visitor_id
	2026-03-01T09:00:00Z page_view . . . v-ella
	2026-03-01T09:20:00Z call_in . . 911222333 v-ella
	2026-03-01T09:31:00Z lead 1 ella@firm.com 911222333 .
	2026-01-15T12:00:00Z lead 2 colleague@firm.com 911222333 .
	2026-06-30T23:59:59Z won 1 . . .
	END
	map in >got
	table >want <<-END
	crm_id 1 1
	crm_id 2 2
	email colleague@firm.com 2
	email ella@firm.com 1
	phone 911222333 1 2026-03-01T09:31:00Z
	phone 911222333 2 2026-01-15T12:00:00Z
	visitor_id v-ella 1
	END
	diff -u <(sort want) <(who got | sort)
}

@test "identify: T16: the account's three people stay three, and have their account" {
	table >in <<-END
	time email phone visitor_id account_id
	2025-01-12T09:06:00Z ana@acme.com 910000000 v1 .
	2025-03-13T10:00:00Z ben@acme.com 910000000 . acme
	2025-03-20T08:41:00Z . 910000000 v2 .
	2025-04-02T14:25:00Z carla@acme.com 910000000 v3 acme
	2025-05-01T00:00:00Z ana@acme.com . . acme
	END
	map in >got
	[ "$(cut -f3 got | tail -n +2 | sort -u | wc -l)" = 3 ]
	[ "$(cut -f4 got | sort -u)" = "$(printf 'account_id\nacme')" ]
	[ "$(who got | grep v2)" = "$(rows 'visitor_id v2 ben@acme.com')" ]
}

@test "identify: K06: one e-mail, two CRM ids: two leads, the address shared" {
	table >in <<-END
	time crm_id email
	2026-01-01T00:00:00Z 1 a@b.c
	2026-01-02T00:00:00Z 2 a@b.c
	2026-01-03T00:00:00Z 1 new@b.c
	END
	map in >got
	table >want <<-END
	crm_id 1 1
	crm_id 2 2
	email a@b.c 1 2026-01-01T00:00:00Z
	email a@b.c 2 2026-01-02T00:00:00Z
	email new@b.c 1
	END
	diff -u <(sort want) <(who got | sort)
}

@test "identify: of ids that the CRM merged, one that stronger keys share is nobody's twin" {
	table >in <<-END
	time crm_id alias email
	2026-01-01T00:00:00Z 1 2 ana@acme.com
	2026-01-02T00:00:00Z 1 . ben@acme.com
	2026-01-03T00:00:00Z 2 . eve@acme.com
	2026-01-04T00:00:00Z 3 4 fay@acme.com
	2026-01-05T00:00:00Z 4 . gil@acme.com
	END
	table >want <<-END
	crm_id 1 ana@acme.com 2026-01-01T00:00:00Z
	crm_id 1 ben@acme.com 2026-01-02T00:00:00Z
	crm_id 2 eve@acme.com .
	crm_id 3 fay@acme.com .
	crm_id 4 fay@acme.com .
	END
	for lines in 1,6p '1p;5,6p;2,4p' '1p;6p;4p;3p;2p;5p'; do
		sed -n "$lines" in >part
		map --keys email,crm_id --log log part >got
		awk -F '\t' 'BEGIN { OFS = FS } $1 == "email" && !($3 in who) { who[$3] = $2 }
			NR == FNR { next } $1 == "crm_id" { print $1, $2, who[$3], $5 }' got got |
			sort | diff -u want -
	done
}

@test "identify: ids that the CRM merged are one person, in edges too" {
	table >in <<-END
	time crm_id alias email
	2026-01-02T00:00:00Z 3 1;2 ana@acme.com
	2026-01-01T00:00:00Z 1 . old@acme.com
	2026-01-03T00:00:00Z 2 . ana@acme.com
	2026-01-03T00:00:00Z 4 . ben@acme.com
	END
	map in >got
	table >want <<-END
	crm_id 1 1
	crm_id 2 1
	crm_id 3 1
	crm_id 4 4
	email ana@acme.com 1
	email ben@acme.com 4
	email old@acme.com 1
	END
	diff -u want <(who got)
	for line in 2 3 4 5; do
		sed -n "1p;${line}p" in >part
		lead-identify --edges part -o "edges$line"
	done
	map edges? | diff -u got -
}

@test "identify: two weak keys of two people in one row: neither is one person's from then on" {
	table >in <<-END
	time email phone visitor_id
	2026-01-01T00:00:00Z ana@acme.com 910000000 .
	2026-01-02T00:00:00Z ben@acme.com . v-ben
	2026-01-03T00:00:00Z . 910000000 v-ben
	END
	map --stats stats in >got
	table >want <<-END
	email ana@acme.com ana@acme.com
	email ben@acme.com ben@acme.com
	phone 910000000 ana@acme.com 2026-01-01T00:00:00Z
	visitor_id v-ben ben@acme.com 2026-01-02T00:00:00Z
	END
	diff -u want <(who got)
	grep -q '"shared_keys":2,"contested_keys":2' stats
	# the phone of somebody who is known to use the device is not in doubt
	rows '2026-01-04T00:00:00Z ana@acme.com . v-ben' >>in
	map in >got
	[ "$(who got | grep phone)" = "$(rows 'phone 910000000 ana@acme.com')" ]
}

@test "identify: an address that two CRM ids share is held by both, and its rows are theirs" {
	table >in <<-END
	time crm_id email phone visitor_id
	2026-01-01T00:00:00Z 1 ana@acme.com . .
	2026-01-02T00:00:00Z 2 ana@acme.com . .
	2026-01-03T00:00:00Z 1 . . tablet
	2026-01-04T00:00:00Z . ben@acme.com . tablet
	2026-01-05T00:00:00Z . eve@acme.com 910000000 .
	2026-01-06T00:00:00Z . ana@acme.com 910000000 .
	END
	map in >got
	table >want <<-END
	crm_id 1 1
	crm_id 2 2
	email ana@acme.com 1 2026-01-01T00:00:00Z
	email ana@acme.com 2 2026-01-02T00:00:00Z
	email ben@acme.com ben@acme.com
	email eve@acme.com eve@acme.com
	phone 910000000 2 2026-01-06T00:00:00Z
	phone 910000000 eve@acme.com 2026-01-05T00:00:00Z
	visitor_id tablet 1 2026-01-03T00:00:00Z
	visitor_id tablet ben@acme.com 2026-01-04T00:00:00Z
	END
	diff -u want <(who got | sort)
}

@test "identify: a weaker key joins people who hold nothing that differs" {
	table >in <<-END
	time crm_id email phone visitor_id
	2026-01-01T00:00:00Z 1 . 600000001 .
	2026-01-02T00:00:00Z . a@b.c 600000001 .
	2026-01-03T00:00:00Z . . 600000002 v1
	2026-01-04T00:00:00Z . . 600000003 v1
	END
	map in >got
	[ "$(cut -f3 got | tail -n +2 | sort -u | wc -l)" = 2 ]
	[ "$(cut -f6 got | sort -u)" = "$(printf '\nrule')" ]
}

@test "identify: a visitor without a stronger key is in no map, and counted" {
	rows 'time email visitor_id' '2026-01-01T00:00:00Z . v1' '2026-01-01T00:00:00Z . .' >in
	map --stats stats in >got
	[ "$(cat got)" = "$(rows 'key_type key lead_id account_id since rule')" ]
	grep -q '"dropped":{"anonymous":1,"no_key":1}' stats
}

# A visitor of address and browser; tables write ~ as a blank, so it is put in.
day='~abcdefghijklmnopqrstuvwxyz'
daily() {
	table | sed "s/DAY/$day/"
}

# owners MAP [OPTION...] <hits - which lead has which event
owners() {
	lead-journey --identity "$@" -f lead_id,event_id | tail -n +2 | sort
}

@test "identify: an address and browser are a visitor of one civil day, no bridge over two" {
	daily >in <<-END
	event_id time event email visitor_id
	1 2026-01-01T23:30:00Z page_view . DAY
	2 2026-01-01T09:00:00Z page_view . DAY
	3 2026-01-01T10:00:00Z page_view ana@acme.com DAY
	4 2026-01-02T10:00:00Z page_view ben@acme.com DAY
	5 2026-01-03T09:00:00Z page_view . DAY
	END
	map in >got
	daily >want <<-END
	key_type key lead_id account_id since rule
	email ana@acme.com $ana . . .
	email ben@acme.com $ben . . .
	visitor_id DAY $ben . 2026-01-02T00:00:00Z day
	visitor_id DAY $ana . 2026-01-01T00:00:00Z day
	END
	diff -u want got
	rows "$ben 4" "$ana 1" "$ana 2" "$ana 3" | diff -u - <(owners got <in)
	lead-dedupe -k lead_id --identity got in | column event_id >once
	[ "$(xargs <once)" = "2 4 5" ]
	lead-identify --edges in >edges
	map --tz Europe/Madrid edges >madrid
	map --tz Europe/Madrid in | diff -u madrid -
	rows "$ben 1" "$ben 4" "$ana 2" "$ana 3" |
		diff -u - <(owners madrid --tz Europe/Madrid <in)
	run --separate-stderr -1 lead-journey --identity madrid in
	[[ "$stderr" == "lead-journey: madrid:4: since: no day begins then in this --tz"* ]]
}

@test "identify: two people at one address and browser on one day share it, that day" {
	daily >in <<-END
	time email visitor_id
	2026-01-01T10:00:00Z ana@acme.com DAY
	2026-01-01T12:00:00Z ben@acme.com DAY
	2026-01-02T09:00:00Z ana@acme.com DAY
	. eve@acme.com DAY
	END
	map in >got
	daily >want <<-END
	visitor_id DAY $ben . 2026-01-01T12:00:00Z shared
	visitor_id DAY $ana . 2026-01-01T10:00:00Z shared
	visitor_id DAY $ana . 2026-01-02T00:00:00Z day
	END
	diff -u want <(grep visitor_id got)
	daily >hits <<-END
	event_id time event visitor_id
	a 2026-01-01T11:00:00Z page_view DAY
	b 2026-01-01T13:00:00Z page_view DAY
	c 2026-01-02T23:00:00Z page_view DAY
	d 2026-01-03T00:00:00Z page_view DAY
	END
	rows "$ben b" "$ana a" "$ana c" | diff -u - <(owners got <hits)
}

@test "identify: K01 K03: spellings of one key have one lead, each its own row" {
	table >in <<-END
	time email phone
	2026-01-01T00:00:00Z A.Na@GMail.com 912~345~678
	2026-01-02T00:00:00Z mailto:ana@gmail.com .
	2026-01-03T00:00:00Z . +34912345678
	2026-01-04T00:00:00Z . 0034~912-345-678
	END
	map --default-country ES in >got
	[ "$(tail -n +2 got | wc -l)" = 5 ]
	[ "$(tail -n +2 got | cut -f3 | sort -u | wc -l)" = 1 ]
}

@test "identify: K02 K04: what is no address and who is nobody make no giant lead" {
	table >in <<-END
	time crm_id email phone
	2026-01-01T00:00:00Z 1 test@test.com 0000000000
	2026-01-02T00:00:00Z 2 test@test.com N/A
	2026-01-03T00:00:00Z 3 a@ 1.23E+11
	2026-01-04T00:00:00Z null noreply@x.com -1
	END
	map --stats stats in >got
	[ "$(cut -f1-2 got | tail -n +2)" = "$(rows 'crm_id 1' 'crm_id 2' 'crm_id 3')" ]
	grep -q '"placeholder":7,"malformed_key":2' stats
	grep -q '"no_key":1' stats
}

@test "identify: --placeholders: a list of one's own; a bad pattern names its place" {
	rows 'time crm_id' '2026-01-01T00:00:00Z 0' '2026-01-01T00:00:00Z house' >in
	printf 'key_type\tpattern\ncrm_id\t^house$\n' >list
	map --placeholders list in >got
	[ "$(cut -f2 got)" = "$(printf 'key\n0')" ]
	printf 'key_type\tpattern\ncrm_id\t(a\n' >list
	run --separate-stderr -2 map --placeholders list in
	[[ "$stderr" == "lead-identify: list:2: 10: "* ]]
}

@test "identify: K01: dots, +tag, a dot at the end, letters beyond ASCII: one normal form, as documented" {
	table >in <<-END
	time crm_id email
	2026-01-01T00:00:00Z 1 A.n.a+News@Gmail.com
	2026-01-02T00:00:00Z 2 ana+news@gmail.com.
	2026-01-03T00:00:00Z 3 ana@gmail.com
	2026-01-04T00:00:00Z 4 ana@bücher.example
	2026-01-05T00:00:00Z 5 ana@xn--bcher-kva.example
	2026-01-06T00:00:00Z 6 a.na@acme.com
	2026-01-07T00:00:00Z 7 ana@acme.com
	END
	map --conflicts conflicts in >/dev/null
	cut -f1-2 conflicts | sort -u >got
	rows 'email ana+news@gmail.com' 'key_type key' | diff -u - got
}

@test "identify: K02: two @, too long, quotes, no name, no host: no key, and counted" {
	{ rows 'crm_id email' '1 a@b@c.de' '2 "a~b"@c.de' '3 @c.de' '4 a@' '5 @'
	printf '6\t%0320d@c.de\n' 0; } >in
	map --stats stats in >got
	[ "$(grep -c ^email got || :)" = 0 ]
	grep -q '"malformed_key":6' stats
}

@test "identify: K11: an id is 128 bits in base32, and two keys never share one" {
	world 3 60 >in
	map in >got
	run -1 grep -vP '^[^\t]*\t[^\t]*\t[a-z2-7]{26}\t' <(tail -n +2 got)
	awk -F '\t' '$5 == "" && $1 == "crm_id"' got | cut -f3 | sort | uniq -d >twice
	[ ! -s twice ]
}

@test "identify: K08: a key of 4096 bytes is one, an empty one none, NUL and control bytes reject" {
	{ rows crm_id; printf '%04096d\n\n' 0 | tr 0 k; printf 'a\000b\n%04097d\n' 0; } >in
	run --separate-stderr -0 map --max-reject 2 --stats stats in
	[ "${#lines[@]}" = 2 ]
	grep -q '"no_key":1' stats
	grep -q '"rejected":{[^}]*:[12]' stats
}

@test "identify: K08: an overlong key or one with a tab rejects its row and is not shown" {
	{ rows 'crm_id email'; head -c 65536 /dev/zero | tr '\0' k; rows ' a@b.c' 'x\ty d@e.f' '7 g@h.i'; } >in
	run --separate-stderr -1 map in
	run --separate-stderr -0 map --max-reject 2 --stats stats in
	[ "${stderr_lines[0]}" = "lead-identify: in:2: crm_id: too long for a key, or a control byte in it" ]
	[ "${#lines[@]}" = 3 ]
	grep -q '"rejected":{"key":2}' stats
}

@test "identify: K05: a chain, a star and a cycle of a million keys are one lead each, within -S" {
	keys=1000000
	[[ "$BUILD" != *san* ]] || keys=100000
	awk -v keys=$keys -v rows=$((3 * keys)) -f "$top/tests/bench/identity.awk" >in
	(ulimit -s 256 # no recursion
	map --max-keys 0 -S $((3 * keys * 64)) --stats stats in >got)
	grep -q '"leads":3,' stats
	[ "$(wc -l <got)" = $((3 * keys + 3)) ]
	run --separate-stderr -2 map --max-keys 0 -S $((3 * keys * 32)) in
	[[ "$stderr" =~ "distinct keys need more than $((3 * keys * 32)) bytes: raise -S" ]]
	# and by default none has more than 1,000 keys, in no more memory
	map -q -S $((3 * keys * 64)) --stats stats -o got in
	grep -q '"cut_edges":[1-9]' stats
	awk -F '\t' '++n[$3] > 1000 { exit 1 }' got
}

@test "identify: K07: keys that collide in FNV's and Bernstein's hashes take no longer" {
	# "Ez", "FY" and "G8" are one to Bernstein's; 17 of them, 131,072 keys
	for words in 'Ez FY' 'Ez Fq'; do
		awk -v words="$words" 'BEGIN { split(words, w, " "); print "crm_id"
			for (n = 0; n < 131072; n++) {
				s = ""
				for (b = 1; b <= 65536; b *= 2) s = s w[int(n / b) % 2 + 1]
				print s } }' >in
		TIMEFORMAT=%U
		{ time map in >got; } 2>>times
		[ "$(wc -l <got)" = 131073 ]
	done
	awk '{ t[NR] = $1 } END { exit t[1] > 2 * t[2] + .2 }' times
}

@test "identify: K09: permuted, repeated and split input give the same bytes" {
	world 7 60 >in
	map --conflicts conflicts in >want
	{ head -n 1 in; tail -n +2 in | sort -R; } >mixed
	map --conflicts again mixed | diff -u want -
	diff -u conflicts again
	map in in | diff -u want -
	for i in 1 2 3 4 5 6 7; do
		{ head -n 1 in; tail -n +2 in | awk -v i=$i 'NR % 7 == i - 1'; } >part$i
		lead-identify --edges part$i -o edges$i
	done
	map part* | diff -u want -
	map edges* | diff -u want -
	lead-identify --edges edges* | diff -u <(lead-identify --edges in) -
	for size in 1M 16M 1G; do
		LC_ALL=tr_TR.UTF-8 TZ=Asia/Kathmandu LEAD_HASH_SEED=7 lead-identify --plain-ids -S $size mixed |
			diff -u want -
	done
}

# world SEED ROWS - rows of few keys, so that most conflict
world() {
	awk -v seed="$1" -v n="$2" 'BEGIN { srand(seed); OFS = "\t"
		print "time", "crm_id", "email", "phone", "visitor_id", "account_id"
		for (i = 0; i < n; i++) {
			m = int(rand() * 300)
			t = sprintf("2026-01-%02dT%02d:%02d:00Z", 1 + m / 144, m % 144 / 6, m % 6 * 10)
			print rand() < .9 ? t : "", some(.3, "c", ""), some(.4, "e", "@x.y"),
			    some(.4, "60000000", ""), some(.5, "v", ""), some(.3, "acme", "") } }
		function some(p, before, after) {
			return rand() < p ? before int(rand() * (2 + seed % 5)) after : "" }'
}

@test "identify: 30 worlds of shared keys come out as the plain oracle has them" {
	for seed in $(seq 30); do
		world "$seed" $((5 + seed * 2)) >in
		map in >got
		python3 "$top/tests/oracle/identify.py" <in | diff -u - got || { echo "world $seed"; false; }
	done
}

@test "identify: ids are HMAC-SHA-256 over type and normal form, by the key file" {
	rows 'email' 'Ana@acme.com' >in
	printf '%032d' 7 >key
	chmod 600 key
	lead-identify --key-file key in >got
	python3 - >want <<-'END'
	import base64, hashlib, hmac
	mac = hmac.new(b"%032d" % 7, b"email\0ana@acme.com", hashlib.sha256).digest()
	print(base64.b32encode(mac[:16]).decode().lower().rstrip("="))
	END
	[ "$(column lead_id <got)" = "$(cat want)" ]
}

@test "identify: K10: a key file that others may read, is short, a link or absent is refused" {
	rows 'email' 'ana@acme.com' >in
	printf '%032d' 7 >good
	chmod 600 good
	ln -s good link
	mkdir dir
	: >empty
	printf '%031d' 7 >short
	install -m 644 good open
	chmod 600 empty short
	for file in none dir empty short open link; do
		run --separate-stderr -2 lead-identify --key-file "$file" in
		[[ "$stderr" == "lead-identify: $file: no key file: "* ]] || { echo "$stderr"; false; }
		[ -z "$output" ]
	done
}

@test "identify: without a secret, addresses and phones make no ids; CRM ids do" {
	rows 'email' 'ana@acme.com' >in
	run --separate-stderr -2 lead-identify in
	[[ "$stderr" == *"need --key-file"* ]]
	rows 'crm_id visitor_id' '7 v1' >in
	run --separate-stderr -0 lead-identify in
	[ "${#lines[@]}" = 3 ]
}

@test "identify: the account is that of the newest row, as of the day" {
	table >in <<-END
	time crm_id account_id
	2026-01-01T00:00:00Z 1 old
	2026-03-01T00:00:00Z 1 new
	. 1 undated
	2026-02-01T00:00:00Z 1 .
	END
	[ "$(map in | column account_id)" = new ]
	[ "$(map --as-of 2026-02-01 in | column account_id)" = old ]
}

@test "identify: the newest of all rows of a lead names its account, whichever key they have" {
	table >in <<-END
	time crm_id email phone account_id
	2026-03-01T00:00:00Z 1 ana@acme.com . third
	2026-01-01T00:00:00Z 1 . 600000001 first
	2026-04-01T00:00:00Z . ana@acme.com 600000001 fourth
	2026-02-01T00:00:00Z . . 600000001 second
	. 1 ana@acme.com . undated
	END
	for end in 01-02:first 02-02:second 03-02:third 05-01:fourth; do
		map --as-of "2026-${end%:*}" in >got
		[ "$(tail -n +2 got | cut -f4 | sort -u)" = "${end#*:}" ] || { cat got; false; }
	done
}

@test "identify: contacts that a deal relates, and people of one account, are not one person" {
	table >in <<-END
	time event crm_id email link deal_id account_id
	2026-01-01T00:00:00Z lead 1 ana@acme.com . . acme
	2026-01-02T00:00:00Z lead 2 ben@acme.com . . acme
	2026-01-03T00:00:00Z won . . 1;2 D1 acme
	2026-01-03T00:00:00Z won 1 . 2 D1 acme
	END
	map --by-domain in >got
	rows 'crm_id 1 1' 'crm_id 2 2' 'email ana@acme.com 1' 'email ben@acme.com 2' |
		diff -u - <(who got)
}

@test "identify: a key column of one's own, and none at all" {
	rows 'time nif visitor_id' '2026-01-01T00:00:00Z 5X v1' >in
	map --keys nif,visitor_id in >got
	[ "$(who got)" = "$(rows 'nif 5X 5X' 'visitor_id v1 5X')" ]
	rows 'time page' '2026-01-01T00:00:00Z /' >in
	run --separate-stderr -1 map in
	[ "$stderr" = "lead-identify: no key column in the header (--keys)" ]
	run --separate-stderr -2 map --keys email,email in
	[ "$stderr" = 'lead-identify: --keys: a column twice: "email"' ]
}

@test "identify: past -S the run is refused in words" {
	awk 'BEGIN { print "crm_id"; for (i = 1; i <= 300000; i++) print i }' >in
	run --separate-stderr -2 map -S 4M in
	[[ "$stderr" =~ "distinct keys need more than 4194304 bytes: raise -S" ]]
	[ -z "$output" ]
}

@test "identify: a time that is none is rejected; no message holds an address" {
	rows 'time email' 'noon canary@acme.com' '2026-01-01T00:00:00Z canary@acme.com' >in
	run --separate-stderr -0 map --max-reject 1 in
	[ "$stderr" = 'lead-identify: in:2: time: not a time: "noon"' ]
	[ "${#lines[@]}" = 2 ]
}
