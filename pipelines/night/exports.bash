# exports.bash - what goes out after a night: EXPORTS of nightly.conf
#
# After the night is published and never before: an export that fails takes nothing
# back, and the same night again makes what is missing (exports/README.md).

# exports_check - EXPORTS names layouts that there are
exports_check() {
	local item words
	IFS=';' read -ra exports <<<"$EXPORTS"
	for item in "${exports[@]}"; do
		read -ra words <<<"$item"
		[[ ${words[0]-} =~ ^[a-z0-9-]+$ && -e $here/exports/layouts/${words[0]}.tsv ]] ||
			conf_refuse EXPORTS "no such export: ${words[0]-}"
	done
}

# exports_run - nights are told in order: an old one that is made again tells nothing
exports_run() {
	local item words program path status=0
	[ ${#exports[@]} -gt 0 ] || return 0
	for path in "$out"/as_of=*; do
		[[ ! ${path##*/as_of=} > $date ]] || {
			say "there are later nights than $date: nothing is exported"
			return 0
		}
	done
	for item in "${exports[@]}"; do
		read -ra words <<<"$item"
		program=upload
		! grep -q '^contacts	' "$here/exports/layouts/${words[0]}.tsv" ||
			program=write-back
		"$here/exports/$program" --date "$date" --out "$out" --conf "$conf" \
			"${words[@]}" || status=$?
	done
	[ "$status" -eq 0 ] || {
		say "$date is published, but not all of EXPORTS was made"
		exit "$status"
	}
}
