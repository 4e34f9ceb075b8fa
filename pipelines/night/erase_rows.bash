# erase_rows.bash - every table without the people that forget was asked for

# masked FILE TO LIST [OPTION ...] - FILE without those of LIST as TO; how many rows
# had to be changed is in REPLY, and there is no TO when none
masked() {
	local from=$1 to=$2 list=$3 stats n
	shift 3
	account mask
	lead-mask --forget "$list" "${forget_secret[@]}" "$@" "${stats[@]}" -o "$to" \
		"$from"
	balanced mask
	figure mask forgotten
	n=$REPLY
	figure mask unlinked
	REPLY=$((n + REPLY))
	[ "$REPLY" -gt 0 ] || rm -f "$to"
}

# note TABLE ROWS - for the receipt
note() {
	[ "$2" -eq 0 ] || erased[$1]=$((${erased[$1]-0} + $2))
}

# erase_store - events, CRM and mail: rows without keys, of the new lead
erase_store() {
	local folder path wipes name
	carried=''
	for folder in events email crm; do
		for path in "$store/$folder"/*.tsv.gz; do
			forget_wipes "$path"
			wipes=$REPLY
			for name in ${wipes//,/ }; do
				[[ ,$carried, == *",$name,"* ]] || carried+=${carried:+,}$name
			done
			staged "$folder/${path##*/}"
			masked "$path" "$REPLY" "$stage/.new" ${wipes:+--wipe "$wipes"}
			note "store/$folder" "$REPLY"
		done
	done
}

# --- who is who ---

# erase_maps - edges, identity maps, conflicts: their rows go
erase_maps() {
	local path
	for path in "$store"/edges/*.tsv; do
		staged "edges/${path##*/}"
		masked "$path" "$stage/.masked" "$stage/.plain"
		note store/edges "$REPLY"
		[ "$REPLY" -gt 0 ] || continue
		staged "edges/${path##*/}"
		awk -F '\t' '
			FNR == 1 {
				for (i = 1; i <= NF; i++)
					if ($i ~ /^(crm_id|email|phone|visitor_id)$/) key[i] = 1
				print
				next
			}
			{ for (i in key) if ($i != "") { print; next } }' \
			"$stage/.masked" >"$REPLY"
	done
	for path in "$store"/{identity,conflicts}.tsv "$store"/identity/dt=*.tsv.gz; do
		without_leads "$path"
	done
}

# without_leads FILE - a table of the store without the rows of their leads; the map
# of now has their new ids, for their deals and accounts
without_leads() {
	local name=${1#"$store/"} n
	zcat -f -- "$1" >"$stage/.map"
	awk -F '\t' -v OFS='\t' -v now="$name" -v count="$stage/.count" '
		kind != "map" { new[$1] = $2; if (kind == "leads") account[$1] = $3; next }
		FNR == 1 { for (i = 1; i <= NF; i++) if ($i == "lead_id") c = i }
		FNR > 1 && $c in new { n++; next }
		{ print }
		END {
			if (now == "identity.tsv") for (id in account)
				print "lead_id", new[id], new[id], account[id], "", "" | "sort"
			print n + 0 >count
		}' kind=leads "$stage/.leads" kind=older "$stage/.older" \
		kind=map "$stage/.map" >"$stage/.mapped"
	n=$(cat "$stage/.count")
	note "store/${name%%[./]*}" "$n"
	[ "$n" -gt 0 ] || return 0
	staged "$name"
	mkdir -p "${REPLY%/*}"
	case $name in
	*.gz) gzip -nc -- "$stage/.mapped" >"$REPLY" ;;
	*) cp "$stage/.mapped" "$REPLY" ;;
	esac
}

# --- the tables of the nights ---

# erase_tables - what was published, each night's whole folder anew if any row in it
# is theirs
erase_tables() {
	local folder table changed
	for folder in "$out"/as_of=*; do
		rm -rf "$stage/nights/.made"
		mkdir -p "$stage/nights/.made"
		changed=()
		for table in "$folder"/*.tsv; do
			[ "${table##*/}" = manifest.tsv ] || erase_table
		done
		[ ${#changed[@]} -gt 0 ] || continue
		for table in "$folder"/*; do
			[ -e "$stage/nights/.made/.${table##*/}" ] ||
				ln "$table" "$stage/nights/.made/.${table##*/}"
		done
		manifest_renew "$folder" "$stage/nights/.made"
		mv -T "$stage/nights/.made" "$stage/nights/${folder##*/}"
	done
	rm -rf "$stage/nights/.made"
}

# erase_table - groups stand in the order of their ids: the new ones have their place
erase_table() {
	local name=${table##*/} header list=$stage/.plain wipes='' to
	local keyed=$'\t(lead_id|crm_id|email|phone|visitor_id|event_id)\t'
	to=$stage/nights/.made/.$name
	IFS= read -r header <"$table" || return 0
	[[ $'\t'$header$'\t' =~ $keyed ]] || return 0
	[[ $'\t'$header$'\t' != *$'\t'lead_id$'\t'* ]] || list=$stage/.new
	case $name in
	identity-log.tsv)
		erase_log
		return
		;;
	steps.tsv | journeys.tsv | explain-credit.tsv) wipes=$carried ;;
	esac
	masked "$table" "$to" "$list" ${wipes:+--wipe "$wipes"}
	note "${name%.tsv}" "$REPLY"
	[ "$REPLY" -gt 0 ] || return 0
	changed+=("$name")
	[[ $header == lead_id$'\t'* ]] || return 0
	sed 1d "$to" | sort -s -t $'\t' -k 1,1 >"$stage/.sorted"
	{ printf '%s\n' "$header" && cat "$stage/.sorted"; } >"$to"
}

# erase_log - why their keys were one: the ids in it follow from the keys
erase_log() {
	awk -F '\t' -v count="$stage/.count" '
		kind != "log" { new[$1] = 1; next }
		FNR == 1 { for (i = 1; i <= NF; i++) if ($i ~ /^(lead|surviving|merged)_id$/) id[i] = 1 }
		{ for (i in id) if ($i in new) { n++; next } print }
		END { print n + 0 >count }' kind=leads "$stage/.leads" \
		kind=older "$stage/.older" kind=log "$table" >"$to"
	REPLY=$(cat "$stage/.count")
	note identity-log "$REPLY"
	if [ "$REPLY" -gt 0 ]; then changed+=("$name"); else rm -f "$to"; fi
}

# manifest_renew FOLDER MADE - the manifest of FOLDER with the tables that changed
manifest_renew() {
	local name rows bytes sum line
	[ -e "$1/manifest.tsv" ] || return 0
	rm -f "$2/.manifest.tsv"
	while IFS= read -r line; do
		name=${line%%$'\t'*}
		if [[ " ${changed[*]} " == *" $name "* ]]; then
			rows=$(wc -l <"$2/.$name")
			bytes=$(wc -c <"$2/.$name")
			sum=$(sha256sum <"$2/.$name")
			printf -v line '%s\t%s\t%s\t%s' "$name" "$((rows - 1))" "$bytes" \
				"${sum%% *}"
		fi
		printf '%s\n' "$line"
	done <"$1/manifest.tsv" >"$2/.manifest.tsv"
}

# --- what was told to others ---

# erase_ledgers - rows of their contacts and deals go, conversions lose click and
# digests, and stay so that no later night tells them anew; the files made of such a
# night are taken away: they can be made again
erase_ledgers() {
	local path name day
	for path in "$store"/exports/*/dt=*.tsv; do
		name=${path%/dt=*} day=${path##*/dt=}
		name=${name##*/} day=${day%.tsv}
		erase_ledger
		[ "$REPLY" -gt 0 ] || continue
		note store/exports "$REPLY"
		for path in "$out/exports/$name-$day.csv" \
			"$out/exports/$name"-{conversions,adjustments}"-$day.csv"; do
			[ ! -e "$path" ] || printf '%s\n' "${path#"$out/"}" >>"$stage/.gone"
		done
	done
}

erase_ledger() {
	staged "exports/$name/dt=$day.tsv"
	mkdir -p "${REPLY%/*}"
	awk -F '\t' -v OFS='\t' -v count="$stage/.count" '
		kind == "leads" || kind == "older" { new[$1] = $2; next }
		kind == "known" { if ($1 == "crm_id" && $3 in new) contact[$2] = 1; next }
		FNR == 1 { delete at; for (i = 1; i <= NF; i++) at[$i] = i }
		kind == "steps" {
			if (!($(at["lead_id"]) in new)) next
			if ("deal_id" in at && $(at["deal_id"]) != "")
				sale[$(at["deal_id"])] = deal[$(at["deal_id"])] = 1
			if ("event_id" in at) sale[$(at["event_id"])] = 1
			next
		}
		FNR == 1 { print; next }
		"crm_id" in at && $(at["crm_id"]) in contact { n++; next }
		"deal_id" in at && $(at["deal_id"]) in deal { n++; next }
		"order_id" in at {
			# of a model, the click stands in the id too
			click = $(at["click_id"])
			id = $(at["order_id"])
			rest = length(id) - length(click)
			shared = click != "" && substr(id, rest) == ":" click
			if (shared) id = substr(id, 1, rest)
			sold = shared ? substr(id, 1, rest - 1) : id
			lead = id
			sub(/:.*/, "", lead)
			if (lead in new) id = new[lead] substr(id, length(lead) + 1)
			if (lead in new || sold in sale) {
				n++
				$(at["order_id"]) = id
				$(at["click_id"]) = ""
				for (i in at) if (i ~ /_sha256$/) $(at[i]) = ""
			}
		}
		{ print }
		END { print n + 0 >count }' kind=leads "$stage/.leads" \
		kind=older "$stage/.older" kind=known "$stage/.known" \
		kind=steps "$out"/as_of=*/steps.tsv kind=ledger "$path" >"$REPLY"
	n=$(cat "$stage/.count")
	[ "$n" -gt 0 ] || rm -f "$REPLY"
	REPLY=$n
}

# --- the receipt ---

# erase_receipt - how much, never who
erase_receipt() {
	local name
	printf 'what\trows\n'
	printf 'people\t%s\nkeys\t%s\nunknown\t%s\nalready\t%s\n' "${erased[people]-0}" \
		"${erased[keys]-0}" "$(wc -l <"$stage/.unknown")" "$(cat "$stage/.already")"
	unset 'erased[people]' 'erased[keys]'
	[ ${#erased[@]} -gt 0 ] || return 0
	for name in "${!erased[@]}"; do
		printf '%s\t%s\n' "$name" "${erased[$name]}"
	done >"$stage/.counts"
	sort "$stage/.counts"
}
