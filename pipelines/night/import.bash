# import.bash - foreign files through lead-import, each with its account

# find_input - the day's files of one input, in found
find_input() {
	local path
	found=()
	# the pattern is the company's and meant to be one; a name without any
	# sign of a pattern stays in the list whether there is such a file or not
	for path in "$in"/${files//%D/$day}; do
		[ ! -e "$path" ] || found+=("$path")
	done
}

# import_day - the day's files of one input, imported into parts
import_day() {
	local found part=$stage/parts/.$name.tsv step=$day.$name
	find_input
	if [ ${#found[@]} -eq 0 ]; then
		[[ $kind == *\? ]] || fail "no file of $name for $day: ${files//%D/$day}"
		return 0
	fi
	[[ $kind != log* || $day != "$date" ]] || manifest_lists "${found[@]}"
	case $kind in
	log*) import_log ;;
	email*) import_table --email ;;
	*) import_table ;;
	esac
	forget_part "${steps[-1]}"
	parts+=("$part")
}

import_log() {
	local import=(--format "$LOG_FORMAT" --visitor "$VISITOR") parse=() stats
	[ -z "$DROP" ] || import+=(--drop "$DROP")
	conf_option import --events events.tsv
	conf_option import --internal internal.txt
	account "$step"
	import+=("${stats[@]}")
	[ -z "$SITE" ] || parse+=(--site "$SITE")
	conf_option parse --sources sources.tsv
	conf_option parse --campaigns campaigns.tsv
	conf_option parse --rules channels.tsv
	account "$step.parse"
	# shellcheck disable=SC2086
	lead-import "${import[@]}" $options "${found[@]}" |
		lead-parse-utm "${parse[@]}" "${stats[@]}" \
			--flaws -f '!url,!referrer,!user_agent' -o "$part"
	visited=yes
	conserved "$step.parse" "$step"
	steps+=("$step.parse")
	hours_check
}

# import_table OPTION... - CSV through its map
import_table() {
	local import=(--format csv --map) stats
	map_path
	import+=("$REPLY" --tz "$ZONE")
	[ -z "$RATES" ] || import+=(--rates "$RATES")
	account "$step"
	# shellcheck disable=SC2086
	lead-import "${import[@]}" "$@" $options "${stats[@]}" -o "$part" "${found[@]}"
	balanced "$step"
	steps+=("$step")
}

# map_path - a map of the company's own, or one that ships, in REPLY
map_path() {
	local folder
	for folder in "$conf/maps" "$here/conf/maps"; do
		REPLY=$folder/$map.tsv
		[ ! -e "$REPLY" ] || return 0
	done
	refuse "$conf/inputs.tsv: $name: no such map: $map"
}

# newest_export - files of the newest day up to the night, in found and day
newest_export() {
	local days=()
	if [[ $files != *%D* ]]; then
		day=$date
	else
		input_days
		[ ${#days[@]} -gt 0 ] || fail "no export of $name up to $date: $files"
		printf '%s\n' "${days[@]}" | sort -r >"$stage/.newest"
		IFS= read -r day <"$stage/.newest"
	fi
	find_input
	[ ${#found[@]} -gt 0 ] || fail "no export of $name: $files"
}
