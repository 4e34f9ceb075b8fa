#!/usr/bin/env bats
# The output is a function of the options and the rows: one SHA-256 for each
# filter, whatever the memory, threads, seed, place, order or splitting.
load ../helper
load company

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return
	company 1500 11
	company_events
	mkdir one mixed seven steps
	lead-dedupe -o one/all.tsv events/*.tsv
	head -n 1 one/all.tsv >head
	sed 1d one/all.tsv | shuf --random-source=<(yes) >body
	cat head body >mixed/all.tsv
	cut_in seven r/7 head body
	gzip seven/*ab.tsv seven/*ae.tsv
	lead-identify --plain-ids --default-country ES -o identity.tsv one/all.tsv
	lead-journey --identity identity.tsv --identified -o steps/all.tsv one/all.tsv
	head -n 1 steps/all.tsv >head
	sed 1d steps/all.tsv >body
	mkdir steps7
	cut_in steps7 l/7 head body
	spend
}

# cut_in FOLDER HOW HEAD BODY - seven files, the header in each
cut_in() {
	local part
	split -n "$2" "$4" "$1/part"
	for part in "$1"/part*; do
		cat "$3" "$part" >"$part.tsv"
		rm "$part"
	done
}

spend() {
	take google --rates in/rates.tsv -o spend.tsv in/spend/google-ads.csv
	{ head -n 1 spend.tsv; sed 1d spend.tsv | shuf --random-source=<(yes); } >spend-mixed.tsv
}

setup() {
	cd "$BATS_FILE_TMPDIR" || return
	identify=(lead-identify --plain-ids --default-country ES)
	journey=(lead-journey --identity identity.tsv)
	score=(lead-score --rules "$top/pipelines/conf/rules.tsv" --as-of $last_export
		--identity identity.tsv)
	attribute=(lead-attribute --model first,linear,time-decay,w,full-path --milestone lead,won
		--by channel,campaign,rep)
	kpi=(lead-kpi --as-of $last_export)
}

# once COMMAND... - its output must have the sum of this test's first
once() {
	local sum
	sum=$("$@" | { if [ -n "${sorted-}" ]; then sort; else cat; fi; } | sha256sum)
	[ -n "${want-}" ] || want=$sum
	[ "$sum" = "$want" ] || { echo "other bytes: $*"; return 1; }
}

# whole LINES COMMAND... - it must be a table of so many lines at least
whole() {
	local lines=$1
	shift
	"$@" >"$BATS_TEST_TMPDIR/whole"
	[ "$(wc -l <"$BATS_TEST_TMPDIR/whole")" -ge "$lines" ]
}

# anywhere COMMAND... - seeds, locales, zones, no environment at all
anywhere() {
	local seed program
	for seed in 0 1 7 18446744073709551615; do
		LEAD_HASH_SEED=$seed once "$@"
	done
	LC_ALL=tr_TR.UTF-8 LANG=tr_TR.UTF-8 TZ=Asia/Kathmandu once "$@"
	program=$(command -v "$1")
	shift
	once env -i "$program" "$@"
}

# any_order COMMAND... - of rows in one file, mixed, in seven, by system
any_order() {
	once "$@" one/all.tsv
	once "$@" mixed/all.tsv
	once "$@" seven/*
	once "$@" events/*.tsv
	once "$@" - <mixed/all.tsv
	anywhere "$@" mixed/all.tsv
}

# any_size SIZE... -- COMMAND... - of memory, by one thread and two
any_size() {
	local sizes=() size threads
	while [ "$1" != -- ]; do
		sizes+=("$1")
		shift
	done
	shift
	for size in "${sizes[@]}"; do
		for threads in 1 2; do
			once "$@" -S "$size" -j $threads
		done
	done
}

# spills COMMAND... - it must
spills() {
	"$@" --stats "$BATS_TEST_TMPDIR/stats" >/dev/null
	grep -q '"bytes_spilled":[1-9]' "$BATS_TEST_TMPDIR/stats"
}

@test "same bytes: lead-dedupe, but for the order of its rows" {
	sorted=yes
	whole 100000 lead-dedupe mixed/all.tsv one/all.tsv
	any_order lead-dedupe
	any_size 64K 16M 1G -- lead-dedupe mixed/all.tsv one/all.tsv
	spills lead-dedupe -S 64K mixed/all.tsv one/all.tsv
}

@test "same bytes: lead-dedupe -k of a coarse key: the least row stays, whatever was read first" {
	sorted=yes
	whole 1500 lead-dedupe -k visitor_id,campaign mixed/all.tsv
	any_order lead-dedupe -k visitor_id,campaign
	any_size 64K 16M 1G -- lead-dedupe -k visitor_id,campaign mixed/all.tsv
}

@test "same bytes: lead-identify" {
	whole 5000 "${identify[@]}" mixed/all.tsv
	any_order "${identify[@]}"
	any_size 16M 1G -- "${identify[@]}" mixed/all.tsv
	"${identify[@]}" --edges events/web.tsv -o edges-web.tsv
	"${identify[@]}" --edges events/[!w]*.tsv -o edges-rest.tsv
	once "${identify[@]}" edges-rest.tsv edges-web.tsv
	"${identify[@]}" --conflicts conflicts.tsv one/all.tsv >/dev/null
	mv conflicts.tsv want.tsv
	"${identify[@]}" --conflicts conflicts.tsv seven/* >/dev/null
	[ "$(wc -l <want.tsv)" -gt 2 ]
	cmp conflicts.tsv want.tsv
}

@test "same bytes: lead-journey by lead, by account, by line" {
	whole 5000 "${journey[@]}" mixed/all.tsv
	any_order "${journey[@]}"
	any_size 64K 16M 1G -- "${journey[@]}" mixed/all.tsv
	spills "${journey[@]}" -S 64K mixed/all.tsv
	want=
	any_order "${journey[@]}" -k account_id
	any_size 64K 1G -- "${journey[@]}" -k account_id mixed/all.tsv
	want=
	whole 1500 "${journey[@]}" --lines mixed/all.tsv
	any_order "${journey[@]}" --lines
	any_size 64K 1G -- "${journey[@]}" --lines seven/*
}

@test "same bytes: lead-journey: steps read again with --sorted, or as events, are the steps" {
	once cat steps/all.tsv
	once lead-journey steps/all.tsv
	once lead-journey --sorted steps/all.tsv
	once lead-journey -S 64K steps7/*
}

@test "same bytes: --sorted asks for key and time alone: rows of one instant in any order" {
	read -r key time < <(awk -F '\t' '{ for (i = 1; i <= NF; i++) at[$i] = i
		print at["visitor_id"], at["time"]; exit }' one/all.tsv)
	for rows in one mixed; do
		head -n 1 $rows/all.tsv >"$BATS_TEST_TMPDIR/$rows"
		sed 1d $rows/all.tsv | awk -F '\t' -v c="$key" '$c != ""' |
			sort -s -t $'\t' -k "$key,$key" -k "$time,$time" >>"$BATS_TEST_TMPDIR/$rows"
	done
	run ! cmp -s "$BATS_TEST_TMPDIR/one" "$BATS_TEST_TMPDIR/mixed"
	whole 5000 lead-journey -k visitor_id --sorted "$BATS_TEST_TMPDIR/one"
	once lead-journey -k visitor_id "$BATS_TEST_TMPDIR/mixed"
	once lead-journey -k visitor_id --sorted "$BATS_TEST_TMPDIR/one"
	once lead-journey -k visitor_id --sorted "$BATS_TEST_TMPDIR/mixed"
	want=
	score=(lead-score --rules "$top/pipelines/conf/rules.tsv" --as-of $last_export -k visitor_id)
	once "${score[@]}" "$BATS_TEST_TMPDIR/mixed"
	once "${score[@]}" --sorted "$BATS_TEST_TMPDIR/one"
	once "${score[@]}" --sorted "$BATS_TEST_TMPDIR/mixed"
}

@test "same bytes: lead-score" {
	whole 1500 "${score[@]}" mixed/all.tsv
	any_order "${score[@]}"
	any_size 64K 16M 1G -- "${score[@]}" mixed/all.tsv
	spills "${score[@]}" -S 64K mixed/all.tsv
}

@test "same bytes: lead-attribute, its table and what explains it" {
	whole 200 "${attribute[@]}" steps/all.tsv
	once "${attribute[@]}" steps7/*
	anywhere "${attribute[@]}" steps/all.tsv
	want=
	whole 5000 "${attribute[@]}" --explain-credit steps/all.tsv
	once "${attribute[@]}" --explain-credit steps7/*
	anywhere "${attribute[@]}" --explain-credit steps/all.tsv
}

@test "same bytes: lead-funnel, its moves and who is stuck, with credit" {
	local funnel=(lead-funnel --stages "$top/pipelines/conf/stages.tsv" --as-of $last_export)
	lead-attribute --model first,w --milestone opp,won --explain-credit -o opps.tsv steps/all.tsv
	whole 500 "${funnel[@]}" --by channel --by rep --credit opps.tsv steps/all.tsv
	once "${funnel[@]}" --by channel --by rep --credit opps.tsv steps7/*
	anywhere "${funnel[@]}" --by channel --by rep --credit opps.tsv steps/all.tsv
	want=
	whole 15 "${funnel[@]}" --flow steps/all.tsv
	once "${funnel[@]}" --flow steps7/*
	want=
	whole 5 "${funnel[@]}" --stuck steps/all.tsv
	once "${funnel[@]}" --stuck steps7/*
}

@test "same bytes: lead-kpi, with spend and credit" {
	"${attribute[@]}" --explain-credit -o credit.tsv steps/all.tsv
	whole 100 "${kpi[@]}" --by first_campaign --spend spend.tsv steps/all.tsv
	once "${kpi[@]}" --by first_campaign --spend spend-mixed.tsv steps7/*
	anywhere "${kpi[@]}" --by first_campaign --spend spend.tsv steps/all.tsv
	want=
	once "${kpi[@]}" --by channel --credit credit.tsv steps7/*
	anywhere "${kpi[@]}" --by channel --credit credit.tsv steps/all.tsv
}
