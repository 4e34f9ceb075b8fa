# forget.bash - people who were erased stay so: what is imported is wiped first
#
# store/forget.tsv: key_type digest lead_id account_id. A digest is the HMAC
# of a key's normal form with the company's secret, so the list names nobody. Rows
# with such a key lose their keys and are of that lead, a random id; of nobody where
# there is none. Its first row is of the secret itself, to know it again.

# What a row of such a person keeps besides the columns that figures are made by
# (KPI_BY, CREDIT_BY, KPI_CREDIT_BY, FUNNEL_BY, rules.tsv); all else goes with the keys.
forget_kept='event_id time precision event account_id deal_id deal_type stage
 consent_ads method channel source medium campaign term content campaign_id
 click_id_type evidence page value currency months lead_id kind landing pages machine
 value_orig currency_orig reason link message_id'
# What he never keeps, whoever asks for it.
forget_gone='crm_id email phone visitor_id alias click_id url referrer user_agent'

# forget_read - the options that forget, in forget; none when nobody is to be
forget_read() {
	forget=() forget_secret=()
	[ -z "$KEY_FILE" ] || forget_secret=(--key-file "$KEY_FILE")
	[ -z "$COUNTRY" ] || forget_secret+=(--default-country "$COUNTRY")
	forget_list=$store/forget.tsv
	# a secret that is none is refused before anything is read
	[ -z "$KEY_FILE" ] || forget_sign
	[ -e "$forget_list" ] || return 0
	[ -n "$KEY_FILE" ] ||
		refuse "$forget_list: people were erased: KEY_FILE must stay as it was"
	grep -qxF "secret	$REPLY		" "$forget_list" ||
		refuse "$forget_list: made with another secret than $KEY_FILE"
	forget=(--forget "$forget_list" "${forget_secret[@]}")
	forget_keeps
}

# forget_sign - the digest by which the secret is known, in REPLY
forget_sign() {
	printf 'secret\nforget\n' >"$stage/.secret"
	lead-mask --pseudonymise secret "${forget_secret[@]}" -o "$stage/.signed" \
		"$stage/.secret"
	REPLY=$(sed 1d "$stage/.signed")
}

# forget_keeps - the columns that stay, with a blank around each, in keeps
forget_keeps() {
	local words="$forget_kept $KPI_BY $KPI_CREDIT_BY $CREDIT_BY $FUNNEL_BY" word
	keeps=' '
	for word in ${words//,/ }; do
		keeps+="$word "
		[[ ! $word =~ ^(first|lead|won|last)_(.+)$ ]] || keeps+="${BASH_REMATCH[2]} "
	done
	if [ -e "$conf/rules.tsv" ]; then
		awk -F '\t' '/^#/ { next }
			!c { for (i = 1; i <= NF; i++) if ($i == "column") c = i; next }
			$c ~ /^[a-z0-9_]+$/ { print $c }' "$conf/rules.tsv" >"$stage/.ruled"
		while IFS= read -r word; do
			keeps+="$word "
		done <"$stage/.ruled"
	fi
	for word in $forget_gone; do
		keeps=${keeps// $word / }
	done
}

# forget_wipes FILE - the columns that do not stay, comma between, in REPLY
forget_wipes() {
	local name header
	header=$(lead-mask --header-only "$1")
	REPLY=''
	for name in ${header//$'\t'/ }; do
		[[ $keeps == *" $name "* ]] || REPLY+=${REPLY:+,}$name
	done
}

# forget_part STEP - the rows that STEP put into part, without those people
forget_part() {
	local stats to=${part%/*}/.forget.${part##*/.}
	[ ${#forget[@]} -gt 0 ] || return 0
	forget_wipes "$part"
	account "$1.forget"
	lead-mask "${forget[@]}" ${REPLY:+--wipe "$REPLY"} "${stats[@]}" -o "$to" "$part"
	mv -f "$to" "$part"
	figure "$1" out
	took "$1.forget" "$REPLY"
}

# forget_map FILE - those people as leads of the identity map: their deals and their
# accounts go on
forget_map() {
	[ ${#forget[@]} -gt 0 ] || return 0
	awk -F '\t' -v OFS='\t' '
		FNR == 1 { next }
		$1 !~ /^(secret|lead_id)$/ && $3 != "" && !($3 in seen) {
			seen[$3] = 1
			print "lead_id", $3, $3, $4, "", ""
		}' "$forget_list" >>"$1"
}
