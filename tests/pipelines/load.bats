#!/usr/bin/env bats
# A night's tables reach PostgreSQL and DuckDB whole, typed, once.
load ../helper
load postgres

load=$top/pipelines/load
nights=(2026-11-20 2026-11-21)

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return
	world --leads 40 --days 21 --exports 4 --out in
	cp -R "$top/pipelines/conf" conf
	"$top/pipelines/backfill" --from 2026-11-20 --to 2026-11-21 --tables all --in in --out out \
		--conf conf 2>log || { cat log; return 1; }
	server_start
}

teardown_file() {
	server_stop
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	out=$BATS_FILE_TMPDIR/out
}

load() {
	"$load/postgres" --out "$out" "$@" >script && psql -X -q -f script
}

# total FILE COLUMN - the sum, exact: in millionths
total() {
	awk -F '\t' -v want="$2" '
		NR == 1 { for (i = 1; i <= NF; i++) if ($i == want) c = i; next }
		{
			sign = $c ~ /^-/ ? -1 : 1; t = $c; sub(/^-/, "", t); p = index(t ".", ".")
			sum += sign * (substr(t, 1, p - 1) * 1000000 + substr(substr(t, p + 1) "000000", 1, 6))
		}
		END { printf "%.0f\n", sum }' "$1"
}

# python DuckDB, wherever it was put; skips where it is not
duckdb_python() {
	for python in "$BUILD/duckdb/bin/python3" python3; do
		! "$python" -c 'import duckdb' 2>/dev/null || return 0
	done
	skip 'no DuckDB here'
}

duck() {
	"$python" - "$@" <<-'END'
	import sys, duckdb
	c = duckdb.connect()
	c.execute(open(sys.argv[1]).read())
	for question in sys.argv[2:]:
	    for row in c.execute(question).fetchall():
	        print("\t".join("" if cell is None else str(cell) for cell in row))
	END
}

@test "load: PostgreSQL has every row of the night, typed, and loads it twice with one effect" {
	database twice
	for day in "${nights[@]}" "${nights[1]}"; do
		load --date "$day"
	done
	for day in "${nights[@]}"; do
		while IFS=$'\t' read -r path rows bytes sum; do
			[ "$path" != table ] || continue
			name=${path%.tsv}
			[ "$(ask "select count(*) from leadpipe.\"${name//-/_}\" where as_of = '$day'")" = "$rows" ]
		done <"$out/as_of=$day/manifest.tsv"
		for table in credit:value credit:conversions explain-credit:value kpi:numerator scores:score; do
			name=${table%:*}
			[ "$(ask "select sum(${table#*:} * 1000000)::bigint from leadpipe.\"${name//-/_}\" where as_of = '$day'")" = \
				"$(total "$out/as_of=$day/$name.tsv" "${table#*:}")" ]
		done
	done
	[ "$(ask "select pg_typeof(time), pg_typeof(value), pg_typeof(pages) from leadpipe.steps limit 1")" = \
		"$(printf 'timestamp with time zone\tnumeric\tbigint')" ]
	[ "$(ask "select count(*) from leadpipe.kpi where model is null or segment is null")" = 0 ]
	[ "$(ask "select count(*) from leadpipe.steps where campaign = '' or value::text = ''")" = 0 ]
}

@test "load: PostgreSQL: times, day and text are those of the file" {
	database cells
	load --date "${nights[1]}" steps scores
	ask "select lead_id, event_id, to_char(time at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"'),
		kind, event, coalesce(source, ''), coalesce(campaign, ''), coalesce(rep, '')
		from leadpipe.steps" | sort >got
	awk -F '\t' -v OFS='\t' '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		{ print $at["lead_id"], $at["event_id"], $at["time"], $at["kind"], $at["event"],
			$at["source"], $at["campaign"], $at["rep"] }' "$out/as_of=${nights[1]}/steps.tsv" |
		sort >want
	[ -s want ]
	diff want got
}

@test "load: PostgreSQL: tables and columns carry what schema.tsv says of them, keys hold" {
	database told
	psql -X -q -v ON_ERROR_STOP=1 -f "$load/schema.sql"
	psql -X -q -v ON_ERROR_STOP=1 -f "$load/schema.sql" 2>again # made once
	ask "select c.relname, a.attname, col_description(c.oid, a.attnum)
		from pg_class c join pg_attribute a on a.attrelid = c.oid
		join pg_namespace n on n.oid = c.relnamespace
		where n.nspname = 'leadpipe' and c.relkind = 'r' and a.attnum > 1" | sort >got
	awk -F '\t' -v OFS='\t' 'NR > 1 && $2 != "" { gsub(/-/, "_", $1); print $1, $2, $5 }' \
		"$load/schema.tsv" | sort >want
	diff want got
	ask "insert into leadpipe.scores (as_of, lead_id) values ('2026-01-01', 'a')" >/dev/null
	run ask "insert into leadpipe.scores (as_of, lead_id) values ('2026-01-01', 'a')"
	[[ "$output" == *'violates unique constraint'* ]]
}

@test "load: PostgreSQL: a cut script, a spoiled table or a bad cell changes nothing" {
	database nothing
	"$load/postgres" --date "${nights[0]}" --out "$out" >script
	head -c -8 script >cut # without its commit
	psql -X -q -f cut
	[ "$(ask "select count(*) from pg_namespace where nspname = 'leadpipe'")" = 0 ]
	mkdir spoiled
	cp -R "$out/as_of=${nights[0]}" spoiled
	sed -i '2s/.$/x/' "spoiled/as_of=${nights[0]}/kpi.tsv"
	run --separate-stderr -1 "$load/postgres" --date "${nights[0]}" --out spoiled
	[[ "$stderr" == *"kpi.tsv is not what the manifest says"* ]]
	load --date "${nights[0]}" scores
	sed 's/^\(copy .*\)/\1/; /^copy/{n;s/^\([^\t]*\t\)[^\t]*/\1many/}' script >bad
	! psql -X -q -f bad 2>told || false
	grep -q 'invalid input syntax' told
	[ "$(ask "select count(*) from leadpipe.kpi")" = 0 ]
}

@test "load: PostgreSQL: another night's columns of ours join the table; odd text survives" {
	database odd
	mkdir -p "odd/as_of=2026-01-01"
	cd "odd/as_of=2026-01-01"
	printf 'lead_id\tevent_id\ttime\tprecision\tkind\tevent\tstage\taccount_id\tdeal_id\tdeal_type\tmethod\tchannel\tsource\tmedium\tcampaign\tterm\tcontent\tcampaign_id\tclick_id\tclick_id_type\tlanding\tevidence\tpages\tvalue\tcurrency\tmonths\tour "own"\n' >steps.tsv
	printf 'a\te1\t2026-01-01T00:00:00.25Z\tsecond\ttouch\tpage_view\t\t\t\t\t\tdirect\tx\\ty\\\\N\\nz\t\t\t\t\t\t\t\t/\t\t1\t-0.01\tEUR\t\t\\\\.\n' >>steps.tsv
	printf 'table\trows\tbytes\tsha256\nsteps.tsv\t1\t%s\t%s\n' "$(wc -c <steps.tsv)" \
		"$(sha256sum <steps.tsv | cut -d ' ' -f 1)" >manifest.tsv
	cd ../..
	out=odd load --date 2026-01-01
	[ "$(ask "select source = E'x\ty\\\\N\nz', \"our \"\"own\"\"\" = E'\\\\.', value, medium is null,
		extract(microseconds from time) from leadpipe.steps")" = "$(printf 't\tt\t-0.01\tt\t250000')" ]
	duckdb_python
	"$load/duckdb" --out odd >views
	[ "$(duck views "select source = 'x' || chr(9) || 'y\\N' || chr(10) || 'z', \"our \"\"own\"\"\" = '\\.',
		value, medium is null, microsecond(time) from steps")" = \
		"$(printf 'True\tTrue\t-0.010000\tTrue\t250000')" ]
}

@test "load: DuckDB's views have every row of every night, typed" {
	duckdb_python
	"$load/duckdb" --out "$out" >views
	for day in "${nights[@]}"; do
		while IFS=$'\t' read -r path rows bytes sum; do
			[ "$path" != table ] || continue
			name=${path%.tsv}
			known=$(awk -F '\t' -v t="$name" '$1 == t' "$load/schema.tsv")
			[ -n "$known" ]
			echo "select count(*) = $rows from \"${name//-/_}\" where as_of = date '$day'"
		done <"$out/as_of=$day/manifest.tsv"
		for table in credit:value explain-credit:value kpi:numerator; do
			name=${table%:*}
			echo "select cast(sum(${table#*:}) * 1000000 as bigint) =" \
				"$(total "$out/as_of=$day/$name.tsv" "${table#*:}")" \
				"from \"${name//-/_}\" where as_of = date '$day'"
		done
	done >questions
	mapfile -t questions <questions
	duck views "${questions[@]}" >got
	[ "$(sort -u got)" = True ]
	[ "$(wc -l <got)" = "${#questions[@]}" ]
	[ "$(duck views 'select typeof(as_of), typeof(time), typeof(value), typeof(pages) from steps limit 1')" = \
		"$(printf 'DATE\tTIMESTAMP\tDECIMAL(38,6)\tBIGINT')" ]
}

@test "load: schema.sql is what schema.tsv makes" {
	awk -f "$load/schema.awk" "$load/schema.tsv" | diff - "$load/schema.sql"
}

@test "load: check.awk: a table's columns, types and keys are those of schema.tsv" {
	check() { awk -v table="$1" -f "$load/check.awk" "$load/schema.tsv" in; }
	rows 'lead_id score fit engage grade class mql mql_at rules_id reasons' \
	    'a 1.5 1 .5 A cold 0 . r .' >in
	run -1 check scores
	[ "$output" = '2: engage: no number: ".5"' ]
	sed -i 's/\t\.5/\t0.5/' in
	check scores
	tail -n 1 in >>in
	run -1 check scores
	[ "$output" = "3: the key of another row:$(printf '\ta')" ]
	rows 'lead_id score fit engage grade class mql mql_at rules_id reasons more' >in
	run -1 check scores
	[ "$output" = '1: more: not in schema.tsv' ]
	rows 'lead_id fit score' >in
	run -1 check scores
	[ "$output" = '1: score: not where schema.tsv has it' ]
	run -1 check nothing
	[ "$output" = '1: schema.tsv has no such table' ]
	rows 'model milestone period campaign conversions value' 'first won 2026-11 x 1 2' >in
	check credit
}

@test "load: requests that are wrong end with 2 and say what is" {
	while IFS='|' read -r words why; do
		eval "set -- $words"
		run --separate-stderr -2 "$@"
		[ "$stderr" = "$why" ] || { echo "$words: $stderr"; false; }
	done <<-'END'
	"$load/postgres" --date 2026-11-21|postgres: --out must be given
	"$load/postgres" --out "$out"|postgres: --date must be given
	"$load/postgres" --out "$out" --date 21.11.2026|postgres: --date: not a date: 21.11.2026
	"$load/postgres" --out "$out" --date 2026-11-21 nope|postgres: the night has no table nope
	"$load/postgres" --out nope --date 2026-11-21|postgres: --out: no such folder: nope
	"$load/postgres" --frob|postgres: no such option: --frob (--help shows them)
	"$load/duckdb" --out "$out" --date 2026-11-21|duckdb: a view reads all nights: no --date
	"$load/duckdb" --out "$out" nope|duckdb: no night has a table nope
	END
}
