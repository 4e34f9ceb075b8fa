#!/usr/bin/env bats
# A loaded database follows the nights: after forget nobody who was erased is in it.
load ../helper
load postgres
load trio

days=(2026-12-01 2026-12-02 2026-12-03)

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return
	trio
	for name in people deals stages; do cp in/$name-2026-12-02.csv in/$name-2026-12-03.csv; done
	web 2026-12-03
	for day in 01 02 03; do night $day; done
	server_start
}

teardown_file() {
	server_stop
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	cp -R "$BATS_FILE_TMPDIR"/{out,conf} .
	ana=$(awk -F '\t' '$2 == "v1" { print $3 }' out/store/identity.tsv)
	ben=$(awk -F '\t' '$2 == "v2" { print $3 }' out/store/identity.tsv)
	[ -n "$ana" ] && [ -n "$ben" ]
}

load() {
	"$top/pipelines/load/postgres" --out out "$@" >script && psql -X -q -f script
}

follow() {
	"$top/pipelines/load/follow" --out out "$@" psql -X -q
}

ben_is_forgotten() {
	printf 'key_type\tkey\ncrm_id\t2\n' | "$top/pipelines/forget" --out out --conf conf >receipt
}

# where ID - the tables and nights of the database that hold it, in any column
where() {
	local name
	for name in $(ask "select table_name from information_schema.tables where table_schema = 'leadpipe' order by 1"); do
		ask "select '$name', as_of from leadpipe.\"$name\" t where t::text like '%$1%' group by 2 order by 2"
	done
}

# as_files DAY... - all tables of those nights have the digests and rows of their files
as_files() {
	local day path rows bytes sum name
	for day; do
		[ "$(ask "select \"table\", rows, bytes, sha256 from leadpipe.manifest where as_of = '$day' order by 1")" = \
			"$(sed 1d "out/as_of=$day/manifest.tsv" | sort)" ]
		while IFS=$'\t' read -r path rows bytes sum; do
			[ "$path" != table ] || continue
			name=${path%.tsv}
			[ "$(ask "select count(*) from leadpipe.\"${name//-/_}\" where as_of = '$day'")" = "$rows" ]
		done <"out/as_of=$day/manifest.tsv"
		[ "$(ask "select string_agg(lead_id, ' ' order by lead_id collate \"C\") from leadpipe.journeys where as_of = '$day'")" = \
			"$(sed 1d "out/as_of=$day/journeys.tsv" | cut -f 1 | sort | paste -s -d ' ')" ]
	done
}

@test "follow: after forget the person is nowhere in the database, and every night is its files'" {
	database forgotten
	for day in "${days[@]}"; do load --date $day; done
	[ -n "$(where "$ben")" ]
	ben_is_forgotten
	[ -n "$(where "$ben")" ]
	follow 2>told
	[ -z "$(where "$ben")" ]
	as_files "${days[@]}"
	# what forget rewrote, and no more
	grep -qx 'follow: 2026-12-02: explain-credit identity-log journeys manifest scores steps' told
	[ "$(ask "select sum(value) from leadpipe.kpi where kpi = 'revenue' and dimension = '(all)' and as_of = '2026-12-02'")" = 1000 ]
	follow 2>told
	[ ! -s told ]
}

@test "follow: a night that is not kept any more keeps its figures, and nobody whom no night knows" {
	database gone
	for day in "${days[@]}"; do load --date $day; done
	kpi=$(ask "select md5(string_agg(t::text, ',' order by t::text)) from leadpipe.kpi t where as_of = '2026-12-01'")
	rm -r out/as_of=2026-12-01
	ben_is_forgotten
	follow 2>told
	[ -z "$(where "$ben")" ]
	grep -qx 'follow: not kept any more, left without leads that no night knows: 2026-12-01' told
	[ "$(ask "select md5(string_agg(t::text, ',' order by t::text)) from leadpipe.kpi t where as_of = '2026-12-01'")" = "$kpi" ]
	# Ana is known, and her rows of that night stand
	[ "$(ask "select count(*) from leadpipe.steps where as_of = '2026-12-01' and lead_id = '$ana'")" = \
		"$(grep -c "^$ana	" "$BATS_FILE_TMPDIR/out/as_of=2026-12-01/steps.tsv")" ]
	[ "$(ask "select count(*) from leadpipe.identity_log where as_of = '2026-12-01'")" = 0 ]
	as_files 2026-12-02 2026-12-03
}

@test "follow: tables that were loaded alone, and nights that were not loaded, stay so" {
	database chosen
	load --date 2026-12-02 steps kpi
	ben_is_forgotten
	follow 2>told
	[ "$(cat told)" = 'follow: 2026-12-02: kpi steps' ]
	[ -z "$(where "$ben")" ]
	[ "$(ask "select distinct as_of from leadpipe.steps")" = 2026-12-02 ]
	[ "$(ask "select count(*) from leadpipe.journeys")" = 0 ]
	[ "$(ask "select count(*) from leadpipe.manifest")" = 0 ]
}

@test "follow: a night made again without a table has none there either" {
	database without
	load --date 2026-12-02
	grep -v '^stuck.tsv' out/as_of=2026-12-02/manifest.tsv >m
	mv m out/as_of=2026-12-02/manifest.tsv
	rm out/as_of=2026-12-02/stuck.tsv
	follow 2>told
	[ "$(ask "select count(*) from leadpipe.stuck where as_of = '2026-12-02'")" = 0 ]
	as_files 2026-12-02
}

@test "follow: a spoiled table or a psql that fails changes nothing, and is said" {
	database spoiled
	load --date 2026-12-02
	ben_is_forgotten
	cp -R out whole
	echo >>out/as_of=2026-12-02/journeys.tsv
	run --separate-stderr -1 follow
	[[ "$stderr" == *'journeys.tsv is not what the manifest says'* ]]
	[ -n "$(where "$ben")" ]
	rm -r out && mv whole out
	run --separate-stderr -2 "$top/pipelines/load/follow" --out out false
	[ "$stderr" = 'follow: psql failed' ]
	PGDATABASE=postgres run --separate-stderr -2 follow
	[ "$stderr" = 'follow: that database has no schema leadpipe' ]
	follow --schema leadpipe 2>told
	[ -z "$(where "$ben")" ]
}

@test "follow: requests that are wrong end with 2 and say what is" {
	run --separate-stderr -2 "$top/pipelines/load/follow" psql
	[ "$stderr" = 'follow: --out must be given' ]
	run --separate-stderr -2 "$top/pipelines/load/follow" --out out
	[ "$stderr" = 'follow: the command that runs psql must be given (--help)' ]
	run --separate-stderr -2 "$top/pipelines/load/follow" --out
	[ "$stderr" = 'follow: --out takes a value' ]
	run --separate-stderr -2 "$top/pipelines/load/follow" --frob psql
	[ "$stderr" = 'follow: no such option: --frob (--help shows them)' ]
}
