# night.bash - which tables of which night are to be loaded

refuse() {
	printf '%s: %s\n' "$me" "$1" >&2
	exit 2
}

# night_options WORD... - sets date, out, schema and tables
night_options() {
	date='' out='' tables=()
	while [ $# -gt 0 ]; do
		case $1 in
		--date | --out | --schema)
			[ $# -gt 1 ] && [ -n "$2" ] || refuse "$1 takes a value"
			printf -v "${1#--}" %s "$2"
			shift 2
			;;
		-h | --help)
			usage
			exit 0
			;;
		-*) refuse "no such option: $1 (--help shows them)" ;;
		*)
			tables+=("$1")
			shift
			;;
		esac
	done
	[ -n "$out" ] || refuse '--out must be given'
	[ -d "$out" ] || refuse "--out: no such folder: $out"
}

# known TABLE - does schema.tsv have it?
known() {
	awk -F '\t' -v table="$1" '$1 == table { found = 1 } END { exit !found }' \
		"$here/schema.tsv"
}

# night_tables - sets tables to those of schema.tsv that some night has
night_tables() {
	local name some
	for name in $(awk -F '\t' 'NR > 1 && $2 == "" { print $1 }' "$here/schema.tsv"); do
		some=("$out"/as_of=*/"$name.tsv")
		[ ${#some[@]} -eq 0 ] || tables+=("$name")
	done
}

# The night must be whole, as its manifest says: sets night, and tables when none
# were named.
night_open() {
	local name path rows bytes sum all=()
	[ -n "$date" ] || refuse '--date must be given'
	[[ $date =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}$ ]] || refuse "--date: not a date: $date"
	night=$out/as_of=$date
	[ -r "$night/manifest.tsv" ] || refuse "no such night: $night"
	while IFS=$'\t' read -r path rows bytes sum; do
		[ "$path" != table ] || continue
		name=${path%.tsv}
		[ ${#tables[@]} -eq 0 ] || [[ " ${tables[*]} " == *" $name "* ]] || continue
		known "$name" || { [ ${#tables[@]} -eq 0 ] && continue; refuse "not in schema.tsv: $name"; }
		printf '%s  %s\n' "$sum" "$night/$path" | sha256sum --quiet -c - >&2 || {
			printf '%s: %s is not what the manifest says\n' "$me" "$night/$path" >&2
			exit 1
		}
		all+=("$name")
	done <"$night/manifest.tsv"
	for name in "${tables[@]}"; do
		[[ " ${all[*]} manifest " == *" $name "* ]] || refuse "the night has no table $name"
	done
	[ ${#tables[@]} -gt 0 ] || tables=("${all[@]}" manifest)
}
