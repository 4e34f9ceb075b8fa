# filters.bash - how each filter is run on one table that all of them read
# shellcheck shell=bash

# A small table that is events and steps at once, grouped by its first column.
steps() {
	table <<-'ROWS'
		lead_id event_id time                 precision kind      event     visitor_id email deal_id deal_type stage method channel     source   medium campaign term content landing evidence pages value currency url                                referrer
		L1      e1       2026-11-02T10:00:00Z second    touch     page_view v1         .     .       .         .     .      paid_search google   cpc    brand    .    .       /a      campaign 1     .     .        https://a.com/?utm_source=google&utm_medium=cpc https://www.google.com/
		L1      e2       2026-11-02T10:05:00Z second    milestone lead      v1         a@x.de .      .         .     form   .           .        .      .        .    .       .       .        .     .     .        .                                  .
		L1      e3       2026-11-20T00:00:00Z day       milestone won       .          a@x.de D1     new       .     .      .           .        .      .        .    .       .       .        .     90.5  EUR      .                                  .
		L2      e4       2026-11-03T09:00:00Z second    touch     page_view v2         .     .       .         .     .      direct      (direct) (none) .        .    .       /b      none     2     .     .        https://a.com/b                    .
	ROWS
}

# table_filters - those that read lead TSV and are built
table_filters() {
	local name
	for name in lead-parse-utm lead-dedupe lead-identify lead-mask lead-journey \
	    lead-attribute lead-score lead-fit lead-kpi lead-funnel; do
		[ ! -x "$BUILD/bin/$name" ] || echo "$name"
	done
}

# options NAME - the options that this filter cannot do without, one a line
options() {
	case $1 in
	lead-identify) echo --plain-ids ;;
	lead-mask) printf '%s\n' --sha256 lead_id ;;
	lead-journey) printf '%s\n' -k lead_id ;;
	lead-fit) printf '%s\n' --outcome stage ;;
	lead-score) printf '%s\n' --as-of 2026-12-01 --rules "$top/tests/data/lead-score/rules.tsv" ;;
	lead-kpi) printf '%s\n' --as-of 2026-12-01 ;;
	lead-funnel) printf '%s\n' --as-of 2026-12-01 --stages "$top/pipelines/conf/stages.tsv" ;;
	esac
}

# filter NAME ARGUMENT... - run it with what it cannot do without
filter() {
	local name=$1 must
	shift
	mapfile -t must < <(options "$name")
	"$name" "${must[@]}" "$@"
}

# each FUNCTION - the function must hold for every filter; the last one named
# is the one that fails. (No || here: it would turn errexit off inside.)
each() {
	local name
	for name in $(table_filters); do
		echo "filter: $name"
		rm -rf "$BATS_TEST_TMPDIR/here"
		mkdir "$BATS_TEST_TMPDIR/here"
		cd "$BATS_TEST_TMPDIR/here"
		steps >in
		"$@" "$name"
	done
}
