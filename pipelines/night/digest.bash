# digest.bash - keys as digests of their normal form, to be compared and not shown

# digest_begin - the options of lead-mask, in digest_with, by KEY_FILE and COUNTRY
digest_begin() {
	digest_types='lead_id crm_id email phone visitor_id event_id'
	digest_with=(--sha256 "${digest_types// /,}")
	[ -z "$KEY_FILE" ] ||
		digest_with=(--pseudonymise "${digest_types// /,}" --key-file "$KEY_FILE")
	[ -z "$COUNTRY" ] || digest_with+=(--default-country "$COUNTRY")
}

# digests FROM TO - the table FROM, which has key_type and key, with a column digest;
# empty where the key is none of its type. In between files of $stage.
digests() {
	awk -F '\t' -v OFS='\t' -v types="$digest_types" '
		BEGIN { n = split(types, type, " ") }
		FNR == 1 {
			for (i = 1; i <= NF; i++) at[$i] = i
			for (i = 1; i <= n; i++) printf "%s%s", type[i], i < n ? OFS : "\n"
			next
		}
		{
			for (i = 1; i <= n; i++)
				printf "%s%s", $(at["key_type"]) == type[i] ? $(at["key"]) : "",
					i < n ? OFS : "\n"
		}' "$1" >"$stage/.wide"
	lead-mask "${digest_with[@]}" -o "$stage/.hidden" "$stage/.wide"
	awk 'FNR == 1 { print "digest"; next } { gsub(/\t/, ""); print }' \
		"$stage/.hidden" >"$stage/.digests"
	paste "$1" "$stage/.digests" >"$2"
	rm -f "$stage/.wide" "$stage/.hidden" "$stage/.digests"
}
