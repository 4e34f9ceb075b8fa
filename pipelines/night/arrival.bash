# arrival.bash - did everything come that should have come?

# manifest_check - are the files that --manifest names there, whole? A table of
# name and any of bytes, sha256, lines. The logs of the night must be in it.
manifest_check() {
	local line n=0 i cell at=() name bytes sum lines
	declare -gA listed=()
	while IFS= read -r line; do
		n=$((n + 1))
		IFS=$'\x1f' read -ra cell <<<"${line//$'\t'/$'\x1f'}"
		if [ "$n" -eq 1 ]; then
			at=("${cell[@]}")
			continue
		fi
		name='' bytes='' sum='' lines=''
		for i in "${!at[@]}"; do
			case ${at[i]} in
			name) name=${cell[i]-} ;;
			bytes) bytes=${cell[i]-} ;;
			sha256) sum=${cell[i]-} ;;
			lines) lines=${cell[i]-} ;;
			*) refuse "$manifest: no such column: ${at[i]}" ;;
			esac
		done
		manifest_file
	done <"$manifest"
	[ "$n" -gt 0 ] || refuse "$manifest: empty"
}

# manifest_lists FILE... - of a given manifest
manifest_lists() {
	local path
	[ -n "$manifest" ] || return 0
	for path; do
		[ -n "${listed[${path#"$in/"}]-}" ] ||
			fail "$manifest does not name ${path#"$in/"}"
	done
}

manifest_file() {
	local got
	listed[$name]=yes
	[ -f "$in/$name" ] || fail "$manifest:$n: not there: $name"
	got=$(stat -Lc %s -- "$in/$name")
	[ -z "$bytes" ] || [ "$got" = "$bytes" ] ||
		fail "$name has $got bytes, $bytes by the manifest"
	if [ -n "$sum" ]; then
		got=$(sha256sum <"$in/$name")
		[ "${got%% *}" = "$sum" ] || fail "$name has another SHA-256 than in the manifest"
	fi
	[ -n "$lines" ] || return 0
	case $name in
	*.gz) got=$(gzip -dc -- "$in/$name" | wc -l) ;;
	*) got=$(wc -l <"$in/$name") ;;
	esac
	[ "$got" = "$lines" ] || fail "$name has $got lines, $lines by the manifest"
}

# Is the day as big as days are? Against the median of up to 28 before it; where that
# is under ROWS_LEAST, chance is larger than any band.
band_check() {
	local day n=0 low high median name read=${read_in[events/dt=$date.tsv.gz]}
	[ -n "$ROWS_BAND" ] || return 0
	low=${ROWS_BAND%-*} high=${ROWS_BAND#*-}
	for ((n = 1; n <= 28; n++)); do
		day_shift "$date" "-$n"
		name=events/dt=$REPLY.tsv.gz
		[ -z "${read_in[$name]-}" ] || printf '%s\n' "${read_in[$name]}"
	done | sort -n >"$stage/.before"
	n=$(wc -l <"$stage/.before")
	[ "$n" -ge 7 ] || return 0
	median=$(sed -n "$(((n + 1) / 2))p" "$stage/.before")
	[ "$median" -ge "$ROWS_LEAST" ] || return 0
	conf_place ROWS_BAND
	[ $((read * 100)) -ge $((median * low)) ] && [ $((read * 100)) -le $((median * high)) ] ||
		fail "$date has $read rows, the median of $n days before is $median: outside $REPLY=$ROWS_BAND percent (empty: no check)"
}

# Does the log have a line in every hour of its day? A cut between two members
# of a gzip file, or a server that did not send its part, shows only so. Of a day that
# was read before it was said before; of the history that a first night finds the
# number of days is said (hours_told).
hours_check() {
	local start end missing
	day_start "$day"
	start=$REPLY
	day_shift "$day" 1
	day_start "$REPLY"
	end=$REPLY
	for (( ; start < end; start += 3600)); do
		echo "@$start"
	done >"$stage/.seconds"
	date -f "$stage/.seconds" +%FT%H >"$stage/.hours"
	missing=$(awk -F '\t' '
		NR == FNR { hour[++n] = $1; next }
		FNR == 1 { for (i = 1; i <= NF; i++) if ($i == "time") c = i; next }
		{ seen[substr($c, 1, 13)] = 1 }
		END {
			for (i = 1; i <= n; i++) {
				if (hour[i] in seen) continue
				for (j = i; j < n && !(hour[j + 1] in seen) &&
					substr(hour[j + 1], 1, 10) == substr(hour[i], 1, 10); j++);
				printf "%s%s%s", s, hour[i], (j > i ? "-" substr(hour[j], 12) : "")
				s = ", "
				i = j
			}
		}' "$stage/.hours" "$part")
	seen_silent "$missing"
	[ -n "$missing" ] || return 0
	[ -z "$require_hours" ] || fail "$name of $day has no line in these hours (UTC): $missing"
	if [[ $day < $from ]]; then
		silent_days[$name]=$((${silent_days[$name]-0} + 1))
	elif [[ $day == "$date" || ! -e $store/events/dt=$day.tsv.gz ]]; then
		say "$name of $day has no line in these hours (UTC): $missing"
	fi
}

# hours_told - of how many days before those read each night were hours missing?
hours_told() {
	[ -z "${silent_days[$name]-}" ] ||
		say "$name: days before $from with an hour without a line: ${silent_days[$name]}"
}
