#!/usr/bin/env bats
# A person is erased: no key of him is left anywhere, and no total moves.
load ../helper

day=2026-11-20
export day

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return
	world --leads 40 --days 21 --exports 4 --out in
	cp -R "$top/pipelines/conf" conf
	printf '%032d' 7 >conf/key
	chmod 600 conf/key
	sed -i 's/^KEY_FILE=.*/KEY_FILE=key/' conf/nightly.conf
	"$top/pipelines/nightly" --date 2026-11-19 --in in --out ref --conf conf
	"$top/pipelines/nightly" --date $day --in in --out ref --conf conf
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	world=$BATS_FILE_TMPDIR ref=$BATS_FILE_TMPDIR/ref conf=$BATS_FILE_TMPDIR/conf
	cp -R "$ref" out
}

forget() {
	"$top/pipelines/forget" --out out --conf "$conf" "$@"
}

night() {
	"$top/pipelines/nightly" --date "$1" --in "${in:-$world/in}" --out out --conf "$conf"
}

# a person who bought, with visits, mails, a form: the keys that the map knows
buyer() {
	lead=$(awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		$(at["won_at"]) != "" && $(at["touches"]) > 2 && $(at["method"]) == "form" { print $1; exit }' \
		"$ref/as_of=$day/journeys.tsv")
	awk -F '\t' -v id="$lead" '$3 == id { print $1 "\t" $2 }' "$ref/store/identity.tsv" >keys_of
	echo "lead_id	$lead" >>keys_of
	mail=$(awk '$1 == "email" { print $2 }' keys_of)
	crm=$(awk '$1 == "crm_id" { print $2 }' keys_of)
	[ -n "$mail" ] && [ -n "$crm" ] && grep -q ^visitor_id keys_of && grep -q ^phone keys_of
	printf 'key_type\tkey\nemail\t%s\n' "${mail^^}" >asked
}

# left FILE... - cells of any file of the tree that are keys of the list, and
# texts that hold the address
left() {
	find out -type f | while read -r file; do
		zcat -f "$file" | awk -F '[\t;,]' -v file="$file" -v mail="$mail" '
			kind == "keys" { split($0, k, "\t"); key[k[2]] = 1; next }
			index(tolower($0), tolower(mail)) { print file ": the address"; exit }
			{ for (i = 1; i <= NF; i++) if ($i in key) { print file ": " $i; exit } }' \
			kind=keys keys_of kind=file -
	done
}

# sound - each night's tables are those of its manifest
sound() {
	local folder
	for folder in out/as_of=*; do
		(cd "$folder" && sed 1d manifest.tsv | while IFS=$'\t' read -r name rows _ sum; do
			echo "$sum  $name" | sha256sum -c --quiet
			[ "$(wc -l <"$name")" = $((rows + 1)) ]
		done)
	done
}

totals_stand() {
	local folder
	for folder in "$ref"/as_of=*; do
		cmp "$folder/kpi.tsv" "out/${folder##*/}/kpi.tsv"
		cmp "$folder/credit.tsv" "out/${folder##*/}/credit.tsv"
	done
}

# same_tables - the night made again after the erasure: all but how many rows each stage
# read, of how many leads a visitor is known, whose a once shared phone is, and that
# there was an erasure
same_tables() {
	diff -r -x accounts.tsv -x manifest.tsv -x coverage.tsv -x identity-log.tsv \
		-x changes.tsv "erased/as_of=$day" "out/as_of=$day"
	diff <(grep -v leads_with_visitor "erased/as_of=$day/coverage.tsv") \
		<(grep -v leads_with_visitor "out/as_of=$day/coverage.tsv")
	diff <(grep -v 'erasure$' "erased/as_of=$day/changes.tsv") \
		<(grep -v 'erasure$' "out/as_of=$day/changes.tsv")
}

@test "forget: T27: every key of the person is gone from the store and all nights, no total moved" {
	buyer
	[ -n "$(left)" ]
	forget asked >receipt
	[ -z "$(left)" ]
	totals_stand
	sound
	[ "$(ls -A out)" = "$(ls -A "$ref")" ]
	# the receipt names how much, and nobody
	awk -F '\t' 'NR > 1 && $2 !~ /^[0-9]+$/ { exit 1 }' receipt
	[ "$(sed -n 2p receipt)" = $'people\t1' ]
	run ! grep -qF -f <(cut -f 2 keys_of) receipt
}

@test "forget: the person's rows stay, of one lead with another id; all other rows are as they were" {
	buyer
	forget asked
	new=$(awk -F '\t' '$1 == "email" { print $3 }' out/store/forget.tsv)
	[[ $new =~ ^[a-z2-7]{26}$ ]] && [ "$new" != "$lead" ]
	for table in steps journeys scores explain-credit; do
		grep -v "^$lead	" "$ref/as_of=$day/$table.tsv" >want
		grep -v "^$new	" "out/as_of=$day/$table.tsv" | diff -u want -
		[ "$(grep -c "^$lead	" "$ref/as_of=$day/$table.tsv")" = \
			"$(grep -c "^$new	" "out/as_of=$day/$table.tsv")" ]
		sed 1d "out/as_of=$day/$table.tsv" | cut -f 1 | sort -c
	done
	for path in "$ref"/store/{events,email,crm}/*.gz; do
		zcat "$path" >was
		zcat "out/${path#"$ref/"}" | awk -F '\t' -v OFS='\t' 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "lead_id") c = i }
			c && $c != "" && NR > 1 { next }
			{ if (c) { $0 = substr($0, 1, length($0) - length($c) - 1) } print }' >others
		# what is left stands in the same order in what was
		diff was others | grep -c '^>' | grep -qx 0
		[ $(($(wc -l <was) - $(wc -l <others))) -lt 40 ]
	done
	zcat out/store/crm/deals.tsv.gz | awk -F '\t' -v id="$new" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
		$(at["lead_id"]) == id && $(at["event"]) == "won" && $(at["value"]) > 0 { n++ } END { exit !n }'
}

@test "forget: the nights after wipe the person from what they import; the same night again gives the same tables" {
	buyer
	forget asked
	cp -R out erased
	night $day
	[ -z "$(left)" ]
	same_tables
	night 2026-11-21
	[ -z "$(left)" ]
	"$top/pipelines/nightly" --date 2026-11-21 --in "$world/in" --out "$BATS_TEST_TMPDIR/never" \
		--conf "$conf"
	cmp never/as_of=2026-11-21/kpi.tsv out/as_of=2026-11-21/kpi.tsv
	cmp never/as_of=2026-11-21/credit.tsv out/as_of=2026-11-21/credit.tsv
	for filter in store/events store/crm store/email; do
		for path in out/$filter/*.gz; do
			[ "$(zcat "$path" | wc -l)" = "$(zcat "never/${path#out/}" | wc -l)" ]
		done
	done
}

@test "forget: Ella and her colleague share a phone: he keeps it, her calls stay hers" {
	mail=ella.ruiz@cooperativa-sol.example
	ella=$(awk -F '\t' -v m=$mail '$2 == m { print $3; exit }' "$ref/store/identity.tsv")
	awk -F '\t' -v id="$ella" '$3 == id && $5 == "" { print $1 "\t" $2 }' "$ref/store/identity.tsv" >keys_of
	dario=$(awk -F '\t' '$2 ~ /^dario/ { print $3; exit }' "$ref/store/identity.tsv")
	printf 'key_type\tkey\nemail\t%s\n' $mail | forget
	[ -z "$(left)" ]
	totals_stand
	cp -R out erased
	night $day
	[ -z "$(left)" ]
	same_tables
	for table in steps journeys; do
		grep "^$dario	" "$ref/as_of=$day/$table.tsv" >want
		grep "^$dario	" "out/as_of=$day/$table.tsv" | diff -u want -
	done
}

@test "forget: a call that is hers by the shared phone alone is remembered by its event" {
	ella=$(awk -F '\t' '$2 ~ /^ella/ { print $3; exit }' "$ref/store/identity.tsv")
	zcat "$ref/store/events/dt=2026-11-13.tsv.gz" >rows.tsv
	awk -F '\t' -v OFS='\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; print; next }
		{ print } NR == 2 { for (i = 1; i <= NF; i++) $i = ""; $(at["event_id"]) = "onlyphone"
			$(at["time"]) = "2026-11-14T12:00:00Z"; $(at["precision"]) = "second"
			$(at["event"]) = "call_in"; $(at["phone"]) = "910000111"; print }' rows.tsv |
		gzip -n >out/store/events/dt=2026-11-13.tsv.gz
	printf 'key_type\tkey\nemail\tella.ruiz@cooperativa-sol.example\n' | forget
	zcat out/store/events/dt=2026-11-13.tsv.gz | awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
		$1 == "onlyphone" { print $(at["phone"]) "," $(at["lead_id"]) }' >got
	echo ",$(awk -F '\t' '$1 == "email" { print $3 }' out/store/forget.tsv)" | diff -u - got
	[ "$(grep -c ^event_id out/store/forget.tsv)" = 1 ]
}

@test "forget: what is remembered are digests; a second time there is nothing to do" {
	buyer
	forget asked
	awk -F '\t' 'NR > 1 && ($2 !~ /^[0-9a-f]+$/ || length($2) != 64) { exit 1 }' out/store/forget.tsv
	[ "$(stat -c %a out/store/forget.tsv)" = 600 ]
	cp -R out erased
	forget asked >receipt
	rows 'what rows' 'people 0' 'keys 0' 'unknown 0' 'already 1' | diff -u - receipt
	diff -r erased out
}

@test "forget: somebody who was never there is wiped when an export brings him" {
	cp -R "$world/in" in
	in=in
	printf 'key_type\tkey\nemail\tNiemand@Nowhere.example\nphone\t+34 699 999 999\n' | forget >receipt
	grep -qx 'unknown	2' receipt
	echo 'F999,2026-11-20 11:56:06,quote,https://www.soleo.example/contacto,niemand@nowhere.example,699999999,"Nadie, S.L.",,no' \
		>>in/forms/forms-$day.csv
	night $day
	mail=niemand@nowhere.example
	printf 'email\t%s\nphone\t699999999\n' $mail >keys_of
	[ -z "$(left)" ]
	totals_stand
}

@test "forget: keys that are none, of several people, or not as asked, change nothing" {
	for bad in 'email	ana' 'phone	call me' 'fax	1' 'email	' 'email	a@b.example	c' ; do
		printf 'key_type\tkey\n%s\n' "$bad" >asked
		run -1 --separate-stderr forget asked
		[[ $stderr == 'forget: keys:2: '* ]]
		[[ $stderr != *ana* && $stderr != *'call me'* ]]
	done
	printf 'key_type\tkey\nphone\t910000111\n' >asked
	run -1 --separate-stderr forget asked
	[ "$stderr" = 'forget: keys:2: several people have this key: name one by another' ]
	echo ana@acme.example >asked
	run -1 --separate-stderr forget asked
	[ "$stderr" = 'forget: keys:1: the header is not key_type, tab, key' ]
	run -2 --separate-stderr forget ana@acme.example
	[ "$stderr" = 'forget: the file of keys cannot be read' ]
	diff -r "$ref" out
}

@test "forget: the secret must be there, and be that of the list" {
	buyer
	cp -R "$conf" other
	conf=other
	sed -i 's/^KEY_FILE=.*/KEY_FILE=/' other/nightly.conf
	run -2 --separate-stderr forget asked
	[[ $stderr == 'forget: nightly.conf: KEY_FILE must be set'* ]]
	conf=$world/conf forget asked
	run -2 --separate-stderr night $day
	[[ $stderr == *'/forget.tsv: people were erased: KEY_FILE must stay as it was' ]]
	sed -i 's/^KEY_FILE=.*/KEY_FILE=key/' other/nightly.conf
	printf '%032d' 8 >other/key
	run -2 --separate-stderr night $day
	[[ $stderr == *'/forget.tsv: made with another secret than other/key' ]]
	run -2 --separate-stderr forget asked
	[[ $stderr == *'/forget.tsv: made with another secret than other/key' ]]
}

@test "forget: K10: a secret that is missing, short, readable by others, a link or a folder ends it with 2" {
	buyer
	cp -R "$conf" other
	conf=other
	rm other/key
	run -2 forget asked
	printf short >other/key && chmod 600 other/key
	run -2 forget asked
	printf '%032d' 7 >other/key && chmod 644 other/key
	run -2 forget asked
	rm other/key && ln -s "$world/conf/key" other/key
	run -2 forget asked
	rm other/key && mkdir other/key
	run -2 forget asked
	: >other/empty && chmod 600 other/empty && sed -i 's/^KEY_FILE=.*/KEY_FILE=empty/' other/nightly.conf
	run -2 forget asked
	diff -r "$ref" out
}

@test "forget: X13: while a night or an export runs it is refused, and neither runs beside it" {
	buyer
	exec 8<>out/.lock
	flock 8
	echo 4711 >out/.lock
	run -2 --separate-stderr forget asked
	[[ $stderr == *'locked by pid 4711: another night is running' ]]
	exec 8>&-
	mkdir -p out/store/exports/google
	exec 7>>out/store/exports/google/.lock
	flock 7
	run -2 --separate-stderr forget asked
	[[ $stderr == *'/exports/google: locked: an export is running' ]]
}

@test "forget: X16: no key is in an argument or the environment of any program, nor in a message" {
	buyer
	export ASAN_OPTIONS=detect_leaks=0
	strace -f -qq -v -s 100000 -e trace=execve -o trace "$top/pipelines/forget" --out out --conf "$conf" asked \
		>receipt 2>messages
	[ "$(grep -c execve trace)" -gt 50 ]
	run ! grep -qiF -f <(cut -f 2 keys_of | grep -E '.{6}') trace messages receipt
}

@test "forget: what was told to others loses the person, and its files are taken away" {
	buyer
	deal=$(awk -F '\t' -v id="$lead" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
		$1 == id && $(at["event"]) == "won" { print $(at["deal_id"]); exit }' "$ref/as_of=$day/steps.tsv")
	"$top/pipelines/exports/write-back" --date $day --out out hubspot
	mkdir -p out/store/exports/google
	rows 'action order_id conversion click_id click_time time value currency credit at' \
		"conversion $deal Purchase g1 t t 5 EUR 1 t" "conversion $lead:2 Lead g2 t t . . 1 t" \
		'conversion 9 Purchase g3 t t 5 EUR 1 t' >out/store/exports/google/dt=$day.tsv
	touch out/exports/google-{conversions,adjustments}-$day.csv
	grep -q "^$crm," out/exports/hubspot-contacts-$day.csv
	forget asked
	new=$(awk -F '\t' '$1 == "email" { print $3 }' out/store/forget.tsv)
	rows 'action order_id conversion click_id click_time time value currency credit at' \
		"conversion $deal Purchase . t t 5 EUR 1 t" "conversion $new:2 Lead . t t . . 1 t" \
		'conversion 9 Purchase g3 t t 5 EUR 1 t' | diff -u - out/store/exports/google/dt=$day.tsv
	[ -z "$(ls out/exports)" ]
	[ -z "$(left)" ]
	"$top/pipelines/exports/write-back" --date $day --out out hubspot
	[ -s out/exports/hubspot-contacts-$day.csv ]
	[ -z "$(left)" ]
}

# told_deal - a sale of the person whom forget is asked for, and its event
told_deal() {
	awk -F '\t' -v id="$lead" 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
		$1 == id && $(at["event"]) == "won" { print $(at["deal_id"]), $(at["event_id"]); exit }' \
		"$ref/as_of=$day/steps.tsv"
}

@test "forget: a night that was told, uploaded again after the erasure: no row with an empty click id" {
	buyer
	read -r deal event < <(told_deal)
	columns='action order_id conversion click_id click_time time value currency credit at email_sha256 phone_sha256'
	t=2026-11-20T09:00:00Z
	mkdir -p out/store/exports/google{,-shares}
	rows "$columns" "conversion $deal Purchase g1 $t $t 5 EUR 1 $t . ." \
		"restate $lead:2 Lead g2 $t $t 4 EUR 1 $t . ." "conversion 9 Purchase g3 $t $t 6 EUR 1 $t . ." \
		>out/store/exports/google/dt=$day.tsv
	rows "$columns" "conversion $deal:g1 Purchase g1 $t $t 5 EUR .5 $t . ." \
		"conversion $event:g2 Lead g2 $t $t 5 EUR .5 $t . ." "conversion 9:g3 Purchase g3 $t $t 6 EUR 1 $t . ." \
		>out/store/exports/google-shares/dt=$day.tsv
	forget asked
	run ! grep -rqE 'g[12]' out/store/exports
	for options in google '--model linear google-shares'; do
		run -0 --separate-stderr "$top/pipelines/exports/upload" --conf "$conf" --out out --date $day $options
		[ "$stderr" = '2 forgotten' ]
	done
	cat out/exports/google-{conversions,adjustments}-$day.csv \
		out/exports/google-shares-{conversions,adjustments}-$day.csv | grep -vE '^(Param|Google|Order)' >got
	printf '%s\n' 'g3,Purchase,2026-11-20 09:00:00,6,EUR,9' 'g3,Purchase,2026-11-20 09:00:00,1,6,EUR' |
		diff -u - got
}

@test "forget: deals of the person stay in no write-back: not in its file, its ledger, or the same night again" {
	buyer
	read -r deal _ < <(told_deal)
	file=out/exports/hubspot-deals-$day.csv
	write_back() {
		"$top/pipelines/exports/write-back" --conf "$conf" --date "$1" --out out hubspot
	}
	write_back 2026-11-19
	write_back $day
	cat out/store/exports/hubspot-deals/dt=*.tsv >was
	grep -q "^$deal	" was
	forget asked
	[ ! -e "$file" ] || run ! grep -q "^$deal," "$file"
	run ! grep -q "^$deal	" out/store/exports/hubspot-deals/dt=*.tsv
	write_back $day
	run ! grep -q "^$deal," "$file"
	# the others' deals stay
	awk -F '\t' -v id="$lead" 'FNR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
		$1 == id && $(at["deal_id"]) != "" { print $(at["deal_id"]) }' "$ref/as_of=$day/steps.tsv" >hers
	awk -F '\t' 'NR == FNR { hers[$1] = 1; next } !($1 in hers)' hers was |
		diff -u - <(cat out/store/exports/hubspot-deals/dt=*.tsv)
	# nor do they come anew
	night 2026-11-21
	write_back 2026-11-21
	run ! grep -q "^$deal," out/exports/hubspot-deals-2026-11-21.csv
}

@test "forget: killed at any rename, unlink or write of it and run again, it is done" {
	buyer
	mkdir bin
	for tool in mv rm ln sync; do
		cat >bin/$tool <<-END
		#!/usr/bin/env bash
		n=\$((\$(cat "\$COUNT" 2>/dev/null) + 1))
		echo "\$n" >"\$COUNT"
		[ "\$n" != "\$KILL_AT" ] || { kill -9 "\$PPID"; exit 1; }
		exec /bin/$tool "\$@"
		END
	done
	chmod +x bin/*
	export COUNT=$PWD/count KILL_AT=0
	PATH=$PWD/bin:$PATH forget asked
	steps=$(cat count)
	[ "$steps" -gt 45 ]
	for ((KILL_AT = 1; KILL_AT <= steps; KILL_AT += 5)); do
		rm -rf out count
		cp -R "$ref" out
		PATH=$PWD/bin:$PATH forget asked && false
		sound
		totals_stand_where_there
		# not begun, or to be finished, or done but for its last sweep
		[ -e out/.night/.commit ] || diff -rq -x .night -x .lock "$ref" out || [ -z "$(left)" ]
		# a night that comes in between finishes it too
		((KILL_AT != 41)) || night $day
		forget asked
		[ -z "$(left)" ]
		sound
		totals_stand
		[ "$(ls -A out)" = "$(ls -A "$ref")" ]
	done
}

# the tables that are in sight
totals_stand_where_there() {
	local folder
	for folder in out/as_of=*; do
		cmp "$ref/${folder##*/}/kpi.tsv" "$folder/kpi.tsv"
	done
}

@test "forget: killed at random moments and run again, it is done" {
	buyer
	t0=${EPOCHREALTIME/./}
	forget asked
	span=$((${EPOCHREALTIME/./} - t0))
	RANDOM=7
	for ((i = 0; i < 8; i++)); do
		rm -rf out
		cp -R "$ref" out
		nap=$(((RANDOM * 32768 + RANDOM) % span))
		setsid "$top/pipelines/forget" --out out --conf "$conf" asked >log 2>&1 &
		pid=$!
		sleep "$(printf '%d.%06d' $((nap / 1000000)) $((nap % 1000000)))"
		kill -9 -- "-$pid" 2>/dev/null || true
		wait $pid || true
		sound
		forget asked
		[ -z "$(left)" ]
		totals_stand
		sound
		[ "$(ls -A out)" = "$(ls -A "$ref")" ]
	done
}

@test "forget: --help says what it takes; without a store or with other words it is refused" {
	"$top/pipelines/forget" --help | grep -q -- '--out DIR   the store'
	run -2 --separate-stderr "$top/pipelines/forget"
	[ "$stderr" = 'forget: --out must be given' ]
	run -2 --separate-stderr "$top/pipelines/forget" --out .
	[ "$stderr" = 'forget: --out: no store in .' ]
	run -2 --separate-stderr forget --keys x
	[ "$stderr" = 'forget: no such option: --keys (--help shows them)' ]
}
