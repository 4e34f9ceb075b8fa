# tables.bash - from the store to the tables of the night, and their checks

# table NAME - where the table is made, in REPLY
table() {
	REPLY=$stage/tables/.$1.tsv
}

# Everything that happened, as files for the filters, and how many rows.
tables_begin() {
	local files names input
	store_until events .tsv.gz
	events=("${files[@]}") all=("${names[@]}")
	store_until email .tsv.gz
	events+=("${files[@]}") all+=("${names[@]}")
	for input in "${inputs[@]}"; do
		[[ $input == *$'\x1f'crm$'\x1f'* ]] || continue
		store_file "crm/${input%%$'\x1f'*}.tsv.gz" || continue
		events+=("$REPLY") all+=("crm/${input%%$'\x1f'*}.tsv.gz")
	done
	sum_rows "${all[@]}"
	event_rows=$REPLY
	store_file identity.tsv
	identity=(--identity "$REPLY")
	as_of=(--as-of "$date" --tz "$ZONE")
}

tables_make() {
	local events all event_rows identity as_of steps stats
	mkdir -p "$stage/tables"
	tables_begin
	table_scores
	[ "$MQL" = crm ] || mql_of_scores
	table_steps
	table_journeys
	table_credit
	table_kpi
	freeze credit
	freeze kpi
	table_funnel
	tables_trust
}

table_scores() {
	local previous=() path day
	for path in "$out"/as_of=*/scores.tsv; do
		day=${path%/scores.tsv}
		[[ ${day##*/as_of=} < $date ]] || continue
		previous=(--previous "$path")
	done
	account scores
	table scores
	lead-score --rules "$conf/rules.tsv" "${identity[@]}" "${as_of[@]}" \
		"${previous[@]}" "${stats[@]}" -o "$REPLY" "${events[@]}"
	took scores "$event_rows"
}

# The score's own mql events take the place of the CRM's.
mql_of_scores() {
	local i path rows
	account mql
	lead-score --emit-events --rules "$conf/rules.tsv" "${identity[@]}" \
		"${as_of[@]}" "${stats[@]}" -o "$stage/parts/.mql.tsv" "${events[@]}"
	took mql "$event_rows"
	for i in "${!all[@]}"; do
		[[ ${all[i]} == crm/* ]] || continue
		path=$stage/parts/.${all[i]##*/}
		path=${path%.gz}
		gzip -dc -- "${events[i]}" | awk -F '\t' '
			NR == 1 { for (i = 1; i <= NF; i++) if ($i == "event") c = i }
			$c != "mql"' >"$path"
		rows=$(wc -l <"$path")
		event_rows=$((event_rows - rows_in[${all[i]}] + rows - 1))
		events[i]=$path
	done
	figure mql out
	event_rows=$((event_rows + REPLY))
	events+=("$stage/parts/.mql.tsv")
}

table_steps() {
	account steps
	table steps
	steps=$REPLY
	lead-journey "${identity[@]}" "${as_of[@]}" "${stats[@]}" -o "$steps" \
		${CARRY_LATE:+--carry-late "$CARRY_LATE"} \
		"${events[@]}"
	took steps "$event_rows"
}

# From the events: what the CRM said of a lead after its last step is known too.
table_journeys() {
	account journeys
	table journeys
	lead-journey --lines "${identity[@]}" "${as_of[@]}" "${stats[@]}" -o "$REPLY" \
		"${events[@]}"
	took journeys "$event_rows"
}

table_credit() {
	local attribute=(--model "$MODELS" --milestone "$MILESTONES" --period "$PERIOD")
	[ -z "$LOOKBACK" ] || attribute+=(--lookback "$LOOKBACK")
	account credit
	table credit
	lead-attribute "${attribute[@]}" --by "$CREDIT_BY" "${as_of[@]}" "${stats[@]}" \
		-o "$REPLY" "$steps"
	account explain-credit
	table explain-credit
	lead-attribute "${attribute[@]}" --explain-credit "${as_of[@]}" "${stats[@]}" \
		-o "$REPLY" "$steps"
	figure steps out
	took credit "$REPLY"
	figure steps out
	took explain-credit "$REPLY"
}

# One table of all dimensions: every run tells (all) again, which is kept once.
table_kpi() {
	local by spend=() email=() names path part=0
	spend_files
	mail_file
	table explain-credit
	local credit=$REPLY
	for by in $KPI_BY; do
		part=$((part + 1))
		kpi_part --by "$by"
	done
	for by in $KPI_CREDIT_BY; do
		part=$((part + 1))
		kpi_part --by "$by" --credit "$credit"
	done
	if [ ${#email[@]} -gt 0 ]; then
		part=$((part + 1))
		kpi_part --by email_campaign
	fi
	table kpi
	{
		sed -n 1p "$stage/parts/.kpi.1.tsv"
		for path in "$stage"/parts/.kpi.*.tsv; do
			sed 1d "$path"
		done | sort -u -t $'\t' -k1,5
	} >"$REPLY"
}

kpi_part() {
	local kpi=("$@" "${email[@]}")
	if [ ${#spend[@]} -gt 0 ]; then
		kpi+=(--spend "$stage/parts/.spend.tsv")
		conf_option kpi --campaigns campaigns.tsv
	fi
	conf_option kpi --hours hours.tsv
	conf_option kpi --holidays holidays.tsv
	conf_option kpi --goals goals.tsv
	account "kpi.$part"
	lead-kpi "${kpi[@]}" --period "$PERIOD" "${as_of[@]}" "${stats[@]}" \
		-o "$stage/parts/.kpi.$part.tsv" "$steps"
	figure steps out
	took "kpi.$part" "$REPLY"
}

# Where deals get stuck, by the CRM's stages, and which are stuck today.
table_funnel() {
	local by funnel=() words
	[ -e "$conf/stages.tsv" ] || return 0
	read -ra words <<<"$FUNNEL_BY"
	for by in "${words[@]}"; do
		funnel+=(--by "$by")
	done
	table explain-credit
	funnel+=(--credit "$REPLY" --period "$PERIOD")
	funnel_part funnel "${funnel[@]}"
	funnel_part stuck --stuck --period all
}

# funnel_part TABLE OPTION...
funnel_part() {
	local name=$1
	shift
	account "$name"
	table "$name"
	lead-funnel --stages "$conf/stages.tsv" "$@" "${as_of[@]}" "${stats[@]}" \
		-o "$REPLY" "$steps"
	figure steps out
	took "$name" "$REPLY"
}

# The mail of all days, and who consented as the CRM tells it, as one file.
mail_file() {
	local files names input to=$stage/parts/.mail.tsv
	store_until email .tsv.gz
	for input in "${inputs[@]}"; do
		[[ $input == *$'\x1f'crm$'\x1f'* ]] || continue
		store_file "crm/${input%%$'\x1f'*}.tsv.gz" || continue
		files+=("$REPLY")
	done
	printf 'time\tevent\temail\tmessage_id\tcampaign\tmachine\tprecision\tlead_id\n' >"$to"
	for path in "${files[@]}"; do
		gzip -dc -- "$path" | mail_rows >>"$to"
	done
	[ "$(wc -l <"$to")" -gt 1 ] || return 0
	email=(--email "$to" "${identity[@]}")
}

# mail_rows - of events those of mail, in the columns that lead-kpi reads
mail_rows() {
	awk -F '\t' -v OFS='\t' '
		NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		function cell(name) { return name in at ? $(at[name]) : "" }
		cell("event") ~ /^(email_.*|consented|unsubscribed|complained)$/ {
			print cell("time"), cell("event"), cell("email"), cell("message_id"),
				cell("campaign"), cell("machine"), cell("precision"), cell("lead_id")
		}'
}

# The spend of all days as one file.
spend_files() {
	local names folder path
	for folder in "$store"/spend/dt=* "$stage"/store/spend/dt=*; do
		[[ ${folder##*/dt=} > $date ]] || printf '%s\n' "${folder##*/}"
	done | sort -u >"$stage/.folders"
	while IFS= read -r folder; do
		names=()
		for path in "$store/spend/$folder"/* "$stage/store/spend/$folder"/.*.tsv; do
			path=${path##*/}
			names+=("${path#.}")
		done
		for path in "${names[@]}"; do
			store_file "spend/$folder/$path"
			[[ " ${spend[*]} " == *" $REPLY "* ]] || spend+=("$REPLY")
		done
	done <"$stage/.folders"
	[ ${#spend[@]} -eq 0 ] || unite "$stage/parts/.spend.tsv" "${spend[@]}"
}

# unite TO FILE... - tables as one, their headers united by name, rows as they are
unite() {
	local to=$1
	shift
	awk -F '\t' -v OFS='\t' '
		BEGIN {
			for (a = 1; a < ARGC; a++) {
				if ((getline line <ARGV[a]) <= 0) exit 3
				close(ARGV[a])
				m = split(line, name, "\t")
				for (i = 1; i <= m; i++) if (!(name[i] in place)) {
					place[name[i]] = ++n
					header = header (n > 1 ? OFS : "") name[i]
				}
			}
			print header
		}
		FNR == 1 { m = NF; for (i = 1; i <= m; i++) to[i] = place[$i]; next }
		{
			for (i = 1; i <= n; i++) cell[i] = ""
			for (i = 1; i <= m; i++) cell[to[i]] = $i
			line = cell[1]
			for (i = 2; i <= n; i++) line = line OFS cell[i]
			print line
		}' "$@" >"$to"
}
