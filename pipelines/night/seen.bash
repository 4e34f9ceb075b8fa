# seen.bash - what a day's imports counted and where its visits came from
#
# store/counts/dt=D.tsv  input measure n: rows in, used, rejected, dropped by which
#                        rule, machine mail, hours without a line
# store/visits/dt=D.tsv  channel source medium campaign fact n (visits.awk)
#
# They are made when the day is imported, for strangers' rows go after ANON_DAYS
# and bots' never come in: the tables of trust are sums of these days.

# seen_begin - before a day's imports
seen_begin() {
	mkdir -p "$stage"/store/{counts,visits}
	: >"$stage/parts/.0silent"
}

# seen_silent HOURS - the log at hand has no line in these: 2026-11-21T03, 2026-11-21T13-14
seen_silent() {
	local hours n=0
	for hours in ${1//,/ }; do
		hours=${hours#*T}
		n=$((n + 1 + 10#${hours#*-} - 10#${hours%-*}))
	done
	[ "$n" -eq 0 ] || printf '%s\tsilent_hours\t%s\n' "$name" "$n" >>"$stage/parts/.0silent"
}

# seen_visits - the visits of the day's joined events
seen_visits() {
	local steps=$stage/parts/.0visits.tsv stats
	[ -n "$visited" ] || return 0
	account "$day.visits"
	lead-journey -q -k visitor_id "${stats[@]}" -o "$steps" "$joined"
	conserved "$day.visits" "$day.events"
	staged "visits/dt=$day.tsv"
	{
		printf 'channel\tsource\tmedium\tcampaign\tfact\tn\n'
		gzip -dc -- "$joined" | awk -f "$here/night/visits.awk" "$steps" - | sort
	} >"$REPLY"
}

# seen_counts EMAIL - what the imports of the day counted; EMAIL: the day's mail
# activity, joined, or empty
seen_counts() {
	local accounts=() step
	for step in "$stage/accounts/.$day".*; do
		case ${step##*/."$day".} in
		events | email | edges | *.forget) ;;
		*) accounts+=("$step") ;;
		esac
	done
	staged "counts/dt=$day.tsv"
	{
		printf 'input\tmeasure\tn\n'
		{
			awk -f "$here/night/counts.awk" "${accounts[@]}"
			[ -z "$1" ] || gzip -dc -- "$1" | awk -f "$here/night/machines.awk"
			cat "$stage/parts/.0silent"
		} | sort
	} >"$REPLY"
}
