#!/usr/bin/env bats
# The filters as map and reduce steps of another engine: rows without headers,
# parted by key, each part a run of its own. All parts together are one run.
load ../helper
load company

parts=5

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return
	company 600 3
	company_events
	lead-dedupe -o rows.tsv events/*.tsv
	lead-identify --plain-ids --default-country ES -o identity.tsv rows.tsv
	lead-journey --identity identity.tsv --identified -o steps.tsv rows.tsv
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	for file in rows identity steps; do
		ln -s "$BATS_FILE_TMPDIR/$file.tsv" .
	done
}

# columns_of FILE - its header as --columns takes it
columns_of() {
	head -n 1 "$1" | tr '\t' ,
}

# shuffle FILE COLUMN [sort] - the rows in part.1 to part.N by a hash of the
# column, without header; sorted by it and by time, if asked; the last is empty
shuffle() {
	awk -F '\t' -v name="$2" -v n=$((parts - 1)) -v dir="$PWD" '
		NR == 1 { for (i = 1; i <= NF; i++) { if ($i == name) c = i; if ($i == "time") t = i }
			print c, t >(dir "/place"); next }
		!($c in part) { part[$c] = count++ % n + 1 }
		{ print >(dir "/part." part[$c]) }' "$1"
	: >part.$parts
	if [ -n "${3-}" ]; then
		read -r c t <place
		for i in $(seq $parts); do
			sort -t $'\t' -k "$c,$c" -k "$t,$t" -o part.$i part.$i
		done
	fi
}

# each_part COMMAND... - over every part, without headers, into got.1 to got.N
each_part() {
	local i
	for i in $(seq $parts); do
		"$@" -N part.$i >got.$i
	done
}

# together HEADER - the parts' rows by the first column, as a table
together() {
	printf '%s\n' "$1"
	LC_ALL=C sort -s -t $'\t' -k 1,1 got.*
}

@test "split: lead-journey of rows parted and sorted by key is one run, byte for byte" {
	columns=$(columns_of rows.tsv)
	awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "visitor_id") c = i }
		NR == 1 || $c != ""' rows.tsv >visits.tsv
	lead-journey -k visitor_id visits.tsv >want
	[ "$(wc -l <want)" -gt 10000 ]
	shuffle visits.tsv visitor_id sort
	header=$(lead-journey -k visitor_id -N --columns="$columns" --header-only </dev/null)
	each_part lead-journey -k visitor_id --sorted --columns="$columns"
	[ ! -s got.$parts ]
	together "$header" | cmp - want
	each_part lead-journey -k visitor_id --columns="$columns"
	together "$header" | cmp - want
}

@test "split: lead-attribute --partial of the parts, merged, is one run, byte for byte" {
	models=first,last,last-non-direct,linear,linear-unique,time-decay,position,j,u,w,full-path
	run=(lead-attribute --model $models --milestone lead,opp,won --by channel,campaign,rep)
	"${run[@]}" steps.tsv >want
	[ "$(wc -l <want)" -gt 500 ]
	columns=$(columns_of steps.tsv)
	shuffle steps.tsv lead_id
	each_part "${run[@]}" --columns="$columns" --partial
	header=$("${run[@]}" -N --columns="$columns" --partial --header-only </dev/null)
	{ printf '%s\n' "$header"; cat got.*; } >sums
	"${run[@]}" --merge sums | cmp - want
	"${run[@]}" --merge -N --columns="${header//$'\t'/,}" got.3 got.1 got.5 got.4 got.2 |
		diff <(sed 1d want) -
}

# merged COMMAND... - the parts of its table, merged in another order, are the whole
# one in "want", with headers and without
merged() {
	local columns header
	columns=$(columns_of steps.tsv)
	header=$("$@" -N --columns="$columns" --partial --header-only </dev/null)
	each_part "$@" --columns="$columns" --partial
	{ printf '%s\n' "$header"; cat got.*; } >sums
	"$@" --merge sums | cmp - want
	"$@" --merge -N --columns="${header//$'\t'/,}" got.3 got.1 got.5 got.4 got.2 |
		diff <(sed 1d want) -
}

@test "split: lead-kpi --partial of the parts, merged, is one run, byte for byte" {
	lead-attribute --model first,w,linear --milestone lead,opp,won --explain-credit \
		--by channel,campaign,rep -o credit.tsv steps.tsv
	awk -F '\t' -v OFS='\t' 'BEGIN { print "date", "platform", "campaign", "channel", "cost", "clicks" }
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		$at["campaign"] != "" && $at["kind"] == "touch" && NR % 7 == 0 {
			print substr($at["time"], 1, 10), "google", $at["campaign"], $at["channel"], NR % 90 ".25", NR % 5 }' \
		steps.tsv >spend.tsv
	run=(lead-kpi -q --as-of $last_export --tz Europe/Madrid --by channel,campaign --by rep
		--by first_channel --credit credit.tsv --spend spend.tsv --allocate credit)
	"${run[@]}" steps.tsv >want
	[ "$(wc -l <want)" -gt 1500 ]
	shuffle steps.tsv lead_id
	merged "${run[@]}"
}

@test "split: lead-funnel --partial of the parts, merged, is one run, byte for byte" {
	rows 'key order kind max_days' 'lead 1 open .' 'opp 2 open 30' 'proposal 3 open .' 'won 4 won .' \
		'lost 5 lost .' >stages
	run=(lead-funnel -q --stages stages --as-of $last_export --tz Europe/Madrid)
	shuffle steps.tsv lead_id
	for table in '--by first_channel --by rep' --flow --stuck; do
		# shellcheck disable=SC2206
		asked=("${run[@]}" $table)
		"${asked[@]}" steps.tsv >want
		[ "$(wc -l <want)" -gt 10 ]
		merged "${asked[@]}"
	done
}

@test "split: lead-attribute --explain-credit of the parts is one run's, by key" {
	run=(lead-attribute --model first,w --milestone won --explain-credit)
	"${run[@]}" steps.tsv >want
	[ "$(wc -l <want)" -gt 100 ]
	columns=$(columns_of steps.tsv)
	shuffle steps.tsv lead_id
	each_part "${run[@]}" --columns="$columns"
	together "$("${run[@]}" -N --columns="$columns" --header-only </dev/null)" | cmp - want
}

@test "split: lead-dedupe, lead-parse-utm and lead-score of the parts are one run, by row" {
	same() { # COLUMN COMMAND...
		local column=$1 columns
		shift
		columns=$(columns_of in)
		"$@" in >want
		rm -f part.* got.*
		shuffle in "$column" sort
		each_part "$@" --columns="$columns"
		[ "$(head -n 1 want)" = "$("$@" -N --columns="$columns" --header-only </dev/null)" ]
		sort got.* | cmp - <(sed 1d want | sort)
		[ "$(wc -l <want)" -gt 300 ]
	}
	{ cat rows.tsv; sed 1d rows.tsv | head -n 5000; } >in
	same event_id lead-dedupe
	same visitor_id lead-parse-utm --site www.soleo.example
	awk -F '\t' -v OFS='\t' 'FNR == 1 && NR > 1 { for (i = 1; i <= NF; i++) if ($i == "visitor_id") v = i
			else if ($i == "email") m = i; print "lead_id", $0; next }
		NR == FNR { if ($1 == "visitor_id" || $1 == "email") id[$1, $2] = $3; next }
		("visitor_id", $v) in id && $v != "" { print id["visitor_id", $v], $0; next }
		("email", $m) in id && $m != "" { print id["email", $m], $0 }' identity.tsv rows.tsv >in
	same lead_id lead-score --rules "$top/pipelines/conf/rules.tsv" --as-of $last_export
	columns=$(columns_of in)
	each_part lead-score --rules "$top/pipelines/conf/rules.tsv" --as-of $last_export --sorted \
		--columns="$columns"
	sort got.* | cmp - <(sed 1d want | sort)
}

@test "split: edges of the parts give the identity of the whole" {
	columns=$(columns_of rows.tsv)
	shuffle rows.tsv event_id
	each_part lead-identify --edges --columns="$columns"
	header=$(lead-identify --edges -N --columns="$columns" --header-only </dev/null)
	{ printf '%s\n' "$header"; cat got.*; } >edges
	lead-identify --plain-ids --default-country ES edges | cmp - identity.tsv
}
