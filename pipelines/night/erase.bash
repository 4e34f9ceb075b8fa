# erase.bash - people out of the store and out of every table: what forget does
#
# Files of the stage: .wanted (the keys that were asked for) and .known (the
# identity map), both with digests; .leads and .older (lead_id, its new id, account;
# ids that a person may have had before); .unknown (keys that are nobody's); .new
# (the rows for store/forget.tsv) and .plain (without their leads).

declare -A erased=() # rows rewritten, by table

# erase_locks - no export may run meanwhile; what one left that was killed goes
erase_locks() {
	local path fd
	for path in "$store"/exports/*/.lock; do
		exec {fd}<>"$path"
		flock -n "$fd" || refuse "${path%/.lock}: locked: an export is running"
		rm -rf "${path%/.lock}/.stage"
	done
}

# --- who ---

# bad_key WORDS - WORDS begin with the line; keys are not shown
bad_key() {
	[ -z "$1" ] || fail "keys:$1"
}

# erase_keys FILE - what was asked for, in .wanted
erase_keys() {
	cat -- "$1" >"$stage/.asked"
	bad_key "$(awk -F '\t' '
		bad { next }
		FNR == 1 && $0 != "key_type\tkey" { bad = "1: the header is not key_type, tab, key" }
		FNR > 1 && (NF != 2 || $2 == "") { bad = FNR ": not a type and a key" }
		FNR > 1 && $1 !~ /^(lead_id|crm_id|email|phone|visitor_id)$/ {
			bad = FNR ": no such key_type"
		}
		END { print NR ? bad : "1: empty" }' "$stage/.asked")"
	digests "$stage/.asked" "$stage/.wanted"
	bad_key "$(awk -F '\t' '
		FNR > 1 && $3 == "" && !bad { bad = FNR ": not a key of its type" }
		END { print bad }' "$stage/.wanted")"
}

# erase_people - the leads that the keys lead to, each with a new id
erase_people() {
	[ -e "$store/identity.tsv" ] || refuse "$store: no night was there yet"
	digests "$store/identity.tsv" "$stage/.known"
	: >"$stage/.old"
	: >"$stage/.unknown"
	: >"$stage/.before"
	[ ! -e "$forget_list" ] || cp "$forget_list" "$stage/.before"
	bad_key "$(awk -F '\t' -v OFS='\t' -v old="$stage/.old" \
		-v unknown="$stage/.unknown" -v already="$stage/.already" '
		kind == "before" { before[$1, $2] = 1; if ($3 != "") gone[$3] = 1; next }
		FNR == 1 { next }
		kind == "known" && $1 == "lead_id" { next }
		kind == "known" {
			account[$3] = $4
			if ($6 == "day" || (($1, $7) in lead && lead[$1, $7] != $3))
				several[$1, $7] = 1
			lead[$1, $7] = $3
			next
		}
		bad { next }
		$1 == "lead_id" && $2 in gone { known++; next }
		$1 == "lead_id" { add($2); next }
		($1, $3) in several {
			bad = FNR ": several people have this key: name one by another"
		}
		($1, $3) in lead { add(lead[$1, $3]); next }
		($1, $3) in before { known++; next }
		!(($1, $3) in seen) { seen[$1, $3] = 1; print $1, $3 >unknown }
		function add(id) {
			if (!(id in added)) print id, account[id] >old
			added[id] = 1
		}
		END { print known + 0 >already; print bad }' \
		kind=before "$stage/.before" kind=known "$stage/.known" \
		kind=wanted "$stage/.wanted")"
	random_ids "$stage/.old" "$stage/.leads"
}

# random_ids FROM TO - the rows of FROM, after their first cell an id of 128 bits
# that follows from nothing
random_ids() {
	local rest id first
	while IFS= read -r rest; do
		first=${rest%%$'\t'*}
		head -c 16 /dev/urandom >"$stage/.random"
		id=$(base32 -w 0 "$stage/.random")
		id=${id//=/}
		printf '%s\t%s\t%s\n' "$first" "${id,,}" "${rest#*$'\t'}"
	done <"$1" >"$2"
}

# erase_older - the ids that those leads may have had in other nights: each of their
# keys makes one, when it is the strongest that is known
erase_older() {
	local identify=("${forget_secret[@]}")
	awk -F '\t' -v OFS='\t' '
		BEGIN { print "crm_id", "email", "phone", "visitor_id" }
		kind == "leads" { lead[$1] = 1; next }
		FNR > 1 && $3 in lead && $5 == "" && $1 ~ /^(crm_id|email|phone|visitor_id)$/ {
			print $1 == "crm_id" ? $2 : "", $1 == "email" ? $2 : "",
				$1 == "phone" ? $2 : "", $1 == "visitor_id" ? $2 : ""
		}' kind=leads "$stage/.leads" kind=known "$stage/.known" >"$stage/.single"
	lead-identify -q "${identify[@]}" -o "$stage/.alone" "$stage/.single"
	# an id that is somebody's now is his
	awk -F '\t' -v OFS='\t' '
		FNR == 1 { next }
		kind == "known" { now[$3] = 1; next }
		!($3 in now) && !($3 in seen) { seen[$3] = 1; print $3, "" }' \
		kind=known "$stage/.known" kind=alone "$stage/.alone" >"$stage/.old"
	random_ids "$stage/.old" "$stage/.older"
}

# erase_rows - events that are theirs by a key of several people, or of one day:
# not the key is remembered then, but the event
erase_rows() {
	local path
	printf 'key_type\tkey\tlead_id\n' >"$stage/.events"
	for path in "$store"/{events,email,crm}/*.tsv.gz; do
		lead-mask --identity "$store/identity.tsv" --tz "$ZONE" \
			-o "$stage/.whose" "$path"
		awk -F '\t' -v OFS='\t' '
			kind == "leads" { new[$1] = $2; next }
			kind == "known" {
				if ($3 in new && $5 == "") own[$1, $2] = 1
				next
			}
			FNR == 1 {
				for (i = 1; i <= NF; i++) at[$i] = i
				n = split("crm_id email phone visitor_id", type, " ")
				next
			}
			$(at["lead_id"]) in new {
				for (i = 1; i <= n; i++)
					if (type[i] in at && (type[i], $(at[type[i]])) in own) next
				print "event_id", $(at["event_id"]), new[$(at["lead_id"])]
			}' kind=leads "$stage/.leads" kind=known "$stage/.known" \
			kind=rows "$stage/.whose" >>"$stage/.events"
	done
	digests "$stage/.events" "$stage/.shared"
}

# erase_list - the rows for the list, and the list with them
erase_list() {
	{
		printf 'key_type\tkey\tlead_id\n'
		cut -f 1,2 "$stage/.leads" "$stage/.older" | sed 's/^/lead_id	/'
	} >"$stage/.asked"
	digests "$stage/.asked" "$stage/.ids"
	awk -F '\t' -v OFS='\t' '
		kind == "leads" { new[$1] = $2; account[$1] = $3; next }
		kind == "unknown" { print $1, $2, "", ""; next }
		FNR == 1 || $1 == "lead_id" && kind == "known" { next }
		kind == "known" && $3 in new && $5 == "" { print $1, $7, new[$3], account[$3] }
		kind == "own" { print $1, $4, $3, "" }' \
		kind=leads "$stage/.leads" kind=unknown "$stage/.unknown" \
		kind=known "$stage/.known" kind=own "$stage/.ids" "$stage/.shared" |
		sort -u >"$stage/.rows"
	{ printf 'key_type\tdigest\tlead_id\taccount_id\n' && cat "$stage/.rows"; } \
		>"$stage/.new"
	cut -f 1,2 "$stage/.new" >"$stage/.plain"
	forget_sign
	sed '/^key_type	/d; /^secret	/d' "$stage/.before" | sort -u - "$stage/.rows" \
		>"$stage/.all"
	staged forget.tsv
	{
		printf 'key_type\tdigest\tlead_id\taccount_id\nsecret\t%s\t\t\n' \
			"$(sed 1d "$stage/.signed")"
		cat "$stage/.all"
	} >"$REPLY"
	chmod 600 "$REPLY"
	erased[keys]=$(wc -l <"$stage/.rows")
	erased[people]=$(wc -l <"$stage/.leads")
}
