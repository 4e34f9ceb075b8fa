# people.bash - of whom nothing may leave, and by which digests the others are known
#
# conf/suppress.tsv: key_type and key, or digest; reason and since are for people to
# read. Whoever has one of these keys is told of nowhere. So is whoever was erased.

# export_people - the table .people of the stage: kind (lead, deal, contact) id
# reason email_sha256 phone_sha256
export_people() {
	local store=${known[out]}/store
	suppressed
	: >"$stage/.gone"
	[ ! -e "$store/forget.tsv" ] ||
		awk -F '\t' 'FNR > 1 && $3 != "" { print $3 }' "$store/forget.tsv" >"$stage/.gone"
	people_digests "$store/identity.tsv"
	people_map "$store/identity.tsv"
	awk -f "$export_here/people.awk" kind=list "$stage/.suppress" kind=gone \
		"$stage/.gone" kind=digests "$stage/.shown" kind=map "$stage/.map" \
		kind=steps "$night/steps.tsv" >"$stage/.people"
	rm -f "$stage/.suppress" "$stage/.shown" "$stage/.map"
}

# people_map FILE - the identity map, with digests where a list asks for them
people_map() {
	if [ ! -e "$1" ]; then
		printf 'key_type\tkey\tlead_id\taccount_id\tsince\trule\tdigest\n' >"$stage/.map"
	elif [ -s "$stage/.suppress" ]; then
		awk -F '\t' -v OFS='\t' '
			{ print }
			FNR > 1 && !($3 in seen) {
				seen[$3] = 1
				print "lead_id", $3, $3, $4, "", ""
			}' "$1" >"$stage/.mapped"
		digests "$stage/.mapped" "$stage/.map"
		rm -f "$stage/.mapped"
	else
		sed 's/$/	/' "$1" >"$stage/.map"
	fi
}

# suppressed - suppress.tsv as key_type digest, in .suppress; no message shows a key
suppressed() {
	local list=$conf/suppress.tsv bad
	: >"$stage/.suppress"
	[ -e "$list" ] || return 0
	bad=$(awk -F '\t' -v OFS='\t' -v out="$stage/.asked" '
		bad || /^#/ || $0 == "" { next }
		!header++ {
			for (i = 1; i <= NF; i++) at[$i] = i
			if (!("key_type" in at) || !("key" in at) && !("digest" in at))
				bad = FNR ": the header has no key_type, or neither key nor digest"
			print "key_type", "key", "digest" >out
			next
		}
		{
			type = $(at["key_type"])
			key = "key" in at ? $(at["key"]) : ""
			digest = "digest" in at ? $(at["digest"]) : ""
			if (type !~ /^(lead_id|crm_id|email|phone|visitor_id)$/)
				bad = FNR ": no such key_type"
			else if ((key == "") == (digest == ""))
				bad = FNR ": a key or a digest, and not both"
			else if (digest != "" && (length(digest) != 64 || digest ~ /[^0-9a-f]/))
				bad = FNR ": not 64 hex digits, as lead-mask writes them"
			else
				print type, key, digest >out
			line[++n] = FNR
		}
		END { if (!header && !bad) bad = "1: empty"; print bad }' "$list")
	[ -z "$bad" ] || fail "$list:$bad"
	digests "$stage/.asked" "$stage/.keyed"
	bad=$(awk -F '\t' 'FNR > 1 && $3 == "" && $4 == "" { n++ } END { if (n) print n }' \
		"$stage/.keyed")
	[ -z "$bad" ] || fail "$list: $bad keys are none of their type"
	awk -F '\t' -v OFS='\t' 'FNR > 1 { print $1, $3 != "" ? $3 : $4 }' "$stage/.keyed" \
		>"$stage/.suppress"
	rm -f "$stage/.asked" "$stage/.keyed"
}

# people_digests FILE - lead_id email_sha256 phone_sha256, in .shown: what ad platforms
# match people by, of the first address and phone that are one lead's alone
people_digests() {
	local show=(--sha256 'email,phone')
	: >"$stage/.shown"
	[ "${known[hashes]-no}" = yes ] && [ -e "$1" ] || return 0
	[ -z "$COUNTRY" ] || show+=(--default-country "$COUNTRY")
	! grep -q '	@phones	bare' "$layout" || show+=(--bare-phones)
	awk -F '\t' -v OFS='\t' '
		FNR == 1 { print "lead_id", "email", "phone"; next }
		$5 != "" || $1 !~ /^(email|phone)$/ || ($1, $3) in first { next }
		{ first[$1, $3] = 1; print $3, $1 == "email" ? $2 : "", $1 == "phone" ? $2 : "" }
		' "$1" >"$stage/.contacts"
	lead-mask "${show[@]}" -o "$stage/.shown" "$stage/.contacts"
	rm -f "$stage/.contacts"
}

# without_apart KIND - the table of the night on standard input without rows whose
# first cell is somebody's of whom nothing may leave; how many, in .apart
without_apart() {
	awk -F '\t' -v which="$1" -v apart="$stage/.apart" '
		kind == "people" { if ($1 == which && $3 != "") reason[$2] = $3; next }
		FNR > 1 && $1 in reason { n[reason[$1]]++; next }
		{ print }
		END {
			printf "%s%s", "suppressed" in n ? "; " n["suppressed"] " suppressed" : "",
				"forgotten" in n ? "; " n["forgotten"] " forgotten" : "" >apart
		}' kind=people "$stage/.people" kind=rows -
}
