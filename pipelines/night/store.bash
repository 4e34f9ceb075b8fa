# store.bash - what is kept between nights, and how a night brings it up to date
#
# store/events/dt=D.tsv.gz   parsed, bot-free, once each; raw keys
# store/email/dt=D.tsv.gz    mail activity
# store/crm/NAME.tsv.gz      the newest export, as events
# store/spend/dt=D/NAME.tsv  a day's cost by campaign
# store/edges/dt=D.tsv       which keys stood together that day; crm.tsv likewise
# store/identity.tsv         key -> lead, of all edges up to the night
# store/identity/dt=D.tsv.gz the map as that night made it, for the ids of the next
# store/forget.tsv           digests of keys of people who were erased (forget.bash)
# store/counts, store/visits what a day was (seen.bash)
# store/rows.tsv             for each of them: rows, rows read, day
#
# New parts are staged under their name with a dot before it until the night
# commits.

stage_begin() {
	rm -rf "$stage"
	mkdir -p "$stage"/{accounts,parts} "$stage"/store/{events,email,crm,edges,spend,identity}
	rows_read
}

# --- rows.tsv ---

rows_read() {
	local file n read day
	declare -gA rows_in=() read_in=() day_of=()
	[ -e "$store/rows.tsv" ] || return 0
	{
		IFS= read -r _
		while IFS=$'\t' read -r file n read day; do
			rows_in[$file]=$n read_in[$file]=$read day_of[$file]=$day
		done
	} <"$store/rows.tsv"
}

# rows_note FILE ROWS READ DAY - remember what a staged part holds
rows_note() {
	rows_in[$1]=$2 read_in[$1]=$3 day_of[$1]=$4
}

rows_write() {
	local file
	for file in "${!rows_in[@]}"; do
		printf '%s\t%s\t%s\t%s\n' "$file" "${rows_in[$file]}" \
			"${read_in[$file]}" "${day_of[$file]}"
	done | sort >"$stage/.rows"
	{ printf 'file\trows\tread\tday\n' && cat "$stage/.rows"; } \
		>"$stage/store/.rows.tsv"
}

# --- files of the store ---

# staged NAME - where the new one is made, in REPLY
staged() {
	REPLY=$stage/store/$1
	REPLY=${REPLY%/*}/.${1##*/}
}

# store_file NAME - its path in REPLY: the staged one if there is one; fails when
# there is neither
store_file() {
	staged "$1"
	[ -e "$REPLY" ] || REPLY=$store/$1
	[ -e "$REPLY" ]
}

# store_until FOLDER SUFFIX - names of FOLDER/dt=DAYsuffix up to the night, in
# names, days ascending, and their paths in files
store_until() {
	local path
	files=() names=()
	for path in "$store/$1"/dt=*"$2" "$stage/store/$1"/.dt=*"$2"; do
		path=${path##*/}
		names+=("$1/${path#.}")
	done
	[ ${#names[@]} -gt 0 ] || return 0
	printf '%s\n' "${names[@]}" | sort -u >"$stage/.names"
	names=()
	while IFS= read -r path; do
		[[ ${path:$((${#1} + 4)):10} > $date ]] || names+=("$path")
	done <"$stage/.names"
	for path in "${names[@]}"; do
		store_file "$path"
		files+=("$REPLY")
	done
}

# sum_rows NAME... - the rows that these hold by rows.tsv, in REPLY
sum_rows() {
	local name sum=0
	for name; do
		sum=$((sum + ${rows_in[$name]:?"no rows noted for $name"}))
	done
	REPLY=$sum
}

# --- days ---

# input_days - days up to the night for which --in has a file of this input
input_days() {
	local path any='[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'
	compgen -G "$in/${files//%D/$any}" >"$stage/.found" || return 0
	while IFS= read -r path; do
		[[ ${path#"$in/"} =~ [0-9]{4}-[0-9]{2}-[0-9]{2} ]] || continue
		[[ ${BASH_REMATCH[0]} > $date ]] || days+=("${BASH_REMATCH[0]}")
	done <"$stage/.found"
}

# The night's day, the REPROCESS_DAYS up to it, and every earlier one that is in
# --in but not in the store: a night that was missed is caught up.
store_days() {
	local days=("$date") day from
	local -A silent_days=()
	day_shift "$date" "-$((REPROCESS_DAYS - 1))"
	from=$REPLY
	each_input 'log log? events events? email email?' input_days
	printf '%s\n' "${days[@]}" | sort -u >"$stage/.days"
	while IFS= read -r day; do
		[[ $day < $from && -e $store/events/dt=$day.tsv.gz ]] ||
			store_day "$day"
	done <"$stage/.days"
	each_input 'log log?' hours_told
	band_check
}

store_day() {
	local day=$1 parts=() steps=() stats events visited='' mail=''
	seen_begin
	each_input 'log log? events events?' import_day
	[ ${#parts[@]} -gt 0 ] || fail "no input of the day $day in $in"
	join_day events
	seen_visits
	events=$joined
	parts=() steps=()
	each_input 'email email?' import_day
	if [ ${#parts[@]} -gt 0 ]; then
		join_day email
		mail=$joined
	fi
	# the map has each spelling of a key that a row may be asked by: those of mail too
	edges_of "edges/dt=$day.tsv" "$day.edges" "$events" ${mail:+"$mail"}
	conserved "$day.edges" "$day.events" ${mail:+"$day.email"}
	seen_counts "$mail"
	rm -f "$stage"/parts/.[0-9a-z]*
}

# edges_of NAME STEP FILE... - the pairs of keys in these events; that all are of
# strangers is no news, and its account tells it
edges_of() {
	local stats name=$1 step=$2
	shift 2
	account "$step"
	staged "$name"
	lead-identify -q --edges "${stats[@]}" -o "$REPLY" "$@"
}

# join_day FOLDER - the parts of the day as one table, each row once, in joined
join_day() {
	local to=$1/dt=$day.tsv.gz read=0 step stats bare
	slim_columns
	account "$day.$1"
	staged "$to"
	joined=$REPLY
	lead-dedupe ${bare:+-f "$bare"} "${stats[@]}" -o "$joined" "${parts[@]}"
	conserved "$day.$1" "${steps[@]}"
	for step in "${steps[@]}"; do
		figure "${step%.parse}" in
		read=$((read + REPLY))
	done
	figure "$day.$1" out
	rows_note "$to" "$REPLY" "$read" "$day"
}

# slim_columns - -f of what is not kept, in bare: a url or a referrer may hold an
# address in any parameter, and what they say of the visit was read from them
slim_columns() {
	local header name
	header=$(lead-dedupe --header-only "${parts[@]}")
	bare=''
	for name in url referrer user_agent; do
		[[ $'\t'$header$'\t' != *$'\t'$name$'\t'* ]] || bare+=${bare:+,}!$name
	done
}

# --- the other tables ---

store_crm() {
	local crm=() steps=()
	each_input crm import_crm
	[ ${#crm[@]} -eq 0 ] || edges_of edges/crm.tsv crm.edges "${crm[@]}"
}

import_crm() {
	local found=() day part step=crm.$name to=crm/$name.tsv.gz
	newest_export
	if [ -e "$store/$to" ] && [[ ${day_of[$to]} > $day ]]; then
		say "$name: the export of ${day_of[$to]} stays, that of $day is older"
		crm+=("$store/$to")
		return 0
	fi
	staged "$to"
	part=$REPLY
	import_table
	forget_part "$step"
	figure "$step" out
	rows_note "$to" "$REPLY" 0 "$day"
	crm+=("$part")
}

store_spend() {
	local steps=()
	each_input spend import_spend
}

# A day that the export covers takes the place of what was known of it.
import_spend() {
	local found=() day part=$stage/parts/.$name.tsv step=spend.$name
	newest_export
	import_table
	awk -F '\t' -v to="$stage/store/spend" -v name="$name" '
		NR == 1 { header = $0; for (i = 1; i <= NF; i++) if ($i == "date") c = i
			if (!c) exit 3; next }
		{
			if ($c !~ /^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]$/) exit 4
			if ($c != last) {
				if (last != "") close(file)
				last = $c
				file = to "/dt=" $c "/." name ".tsv"
				if (!($c in begun)) {
					system("mkdir -p \"" to "/dt=" $c "\"")
					print header >file
					begun[$c] = 1
					close(file)
				}
			}
			print >>file
		}' "$part" || fail "$name: spend has no date column, or a cell of it is no date"
	spend_kept
}

# Every row went into some day.
spend_kept() {
	local path sum=0 rows
	for path in "$stage"/store/spend/dt=*/".$name.tsv"; do
		rows=$(wc -l <"$path")
		sum=$((sum + rows - 1))
		path=${path#"$stage/store/"}
		rows_note "${path%/*}/$name.tsv" "$((rows - 1))" 0 "$date"
	done
	figure "$step" out
	[ "$sum" = "$REPLY" ] || fail "$name: $REPLY rows of spend, $sum in its days"
}

# Ids go on from the night before: a key that comes later changes none, of leads that
# merge the older stays. The map of each night is kept, so that a night that is made
# again, though later ones were, goes on from the same.
store_identity() {
	local identify=(--tz "$ZONE") files names stats map
	store_until edges .tsv
	! store_file edges/crm.tsv || files+=("$REPLY")
	if [ -n "$KEY_FILE" ]; then
		identify+=(--key-file "$KEY_FILE")
	else
		identify+=(--plain-ids)
	fi
	[ -z "$COUNTRY" ] || identify+=(--default-country "$COUNTRY")
	identity_before
	[ -z "$REPLY" ] || identify+=(--previous "$REPLY")
	[ -n "$store_only" ] || identity_log
	account identity
	staged conflicts.tsv
	identify+=(--conflicts "$REPLY")
	staged identity.tsv
	map=$REPLY
	lead-identify "${identify[@]}" "${stats[@]}" -o "$map" "${files[@]}"
	balanced identity
	staged "identity/dt=$date.tsv.gz"
	gzip -nc -- "$map" >"$REPLY"
	forget_map "$map"
}

# identity_before - the map of the last night before this one, in REPLY, or nothing;
# those over KEEP_NIGHTS old are taken away behind it
identity_before() {
	local path day first older=''
	day_shift "$date" "-$KEEP_NIGHTS"
	first=$REPLY
	REPLY=''
	for path in "$store"/identity/dt=*.tsv.gz; do
		day=${path##*/dt=}
		day=${day%.tsv.gz}
		[[ $day < $date ]] || break
		[ -z "$older" ] || printf 'store/identity/dt=%s.tsv.gz\n' "$older" >>"$stage/.gone"
		older=''
		[[ $day > $first ]] || older=$day
		REPLY=$path
	done
}

# identity_log - with the night's tables, why each lead is one
identity_log() {
	mkdir -p "$stage/tables"
	identify+=(--log "$stage/tables/.identity-log.tsv")
}

# --- forgetting strangers ---

# Rows of visitors who were nobody's after ANON_DAYS are dropped, once: rows.tsv
# says up to which day that is done.
store_slim() {
	local until files names name
	day_shift "$date" "-$ANON_DAYS"
	until=$REPLY
	store_until events .tsv.gz
	for name in "${names[@]}"; do
		[[ ${name:10:10} > $until || ${name:10:10} < ${day_of[slimmed]-} ]] ||
			slim "$name"
	done
	[[ ${day_of[slimmed]-} > $until ]] || rows_note slimmed 0 0 "$until"
}

# slim NAME - only rows of which the identity map knows a key
slim() {
	local from to=$stage/parts/.slim.tsv was=${rows_in[$1]} rows
	store_file "$1"
	from=$REPLY
	store_file identity.tsv
	gzip -dc -- "$from" | awk -F '\t' '
		FNR == 1 && NR == 1 {
			for (i = 1; i <= NF; i++) at[$i] = i
			type = at["key_type"]; key = at["key"]
			next
		}
		NR == FNR { known[$type, $key] = 1; types[$type] = 1; next }
		FNR == 1 {
			for (i = 1; i <= NF; i++) if ($i in types) column[i] = $i
			print
			next
		}
		{
			for (i in column) if ((column[i], $i) in known) { print; next }
		}' "$REPLY" - >"$to"
	rows=$(wc -l <"$to")
	rows=$((rows - 1))
	staged "$1"
	gzip -nc -- "$to" >"$stage/parts/.slim.gz"
	mv -f "$stage/parts/.slim.gz" "$REPLY"
	rows_note "$1" "$rows" "${read_in[$1]}" "${day_of[$1]}"
	say "${1##*/}: $((was - rows)) of $was rows were of no lead after $ANON_DAYS days"
}
