# check.bash - a night that does not add up is not published

tables_check() {
	local credit kpi
	truth credit
	credit=$REPLY
	truth kpi
	kpi=$REPLY
	sums_check "$credit" "$kpi" >"$stage/.sums" ||
		fail "credit and kpi do not tie: $(sed -n 1p "$stage/.sums")"
	schema_check
	quality_check
}

# schema_check - is each table what load/schema.tsv promises to those who load it?
schema_check() {
	local schema=$here/load/schema.tsv path name fault
	for path in "$stage"/tables/.[a-z]*.tsv; do
		name=${path##*/.}
		name=${name%.tsv}
		grep -q "^$name	" "$schema" || continue
		fault=$(awk -v table="$name" -f "$here/load/check.awk" "$schema" "$path") ||
			fail "$name.tsv is not as in ${schema#"$here/"}: $fault"
	done
}

# The credit of each model, with (unattributed), is the kpi: conversions of each of
# MILESTONES and, for won, the revenue. Exact: whole units and millionths are summed
# apart.
sums_check() {
	awk -F '\t' -v milestones="$MILESTONES" '
		BEGIN {
			count["lead"] = "leads"; count["mql"] = "mql"; count["sql"] = "sql"
			count["opp"] = "opps"; count["won"] = "deals"
			n = split(milestones, list, ",")
			for (i = 1; i <= n; i++) {
				if (list[i] in count) used[count[list[i]]] = 1
				if (list[i] == "won") used["revenue"] = 1
			}
		}
		FNR == 1 { file++; delete at; for (i = 1; i <= NF; i++) at[$i] = i; next }
		file == 1 {
			period = $(at["period"])
			m = $(at["milestone"])
			models[$(at["model"])] = 1
			periods[period] = 1
			if (m in count) add($(at["model"]), period, count[m], $(at["conversions"]))
			if (m == "won") add($(at["model"]), period, "revenue", $(at["value"]))
			next
		}
		$(at["dimension"]) == "(all)" && $(at["model"]) == "" {
			name = $(at["kpi"])
			if (name == "revenue" || name == "leads" || name == "mql" ||
				name == "sql" || name == "opps" || name == "deals") {
				add("", $(at["period"]), name, $(at["numerator"]))
				known[name] = 1
				periods[$(at["period"])] = 1
			}
		}
		function add(model, period, name, text,   sign, p) {
			sign = text ~ /^-/ ? -1 : 1
			sub(/^-/, "", text)
			p = index(text ".", ".")
			whole[model, period, name] += sign * substr(text, 1, p - 1)
			parts[model, period, name] += sign * substr(substr(text, p + 1) "000000", 1, 6)
		}
		function sum(model, period, name,   w, u, c) {
			w = whole[model, period, name] + 0
			u = parts[model, period, name] + 0
			c = int(u / 1000000)
			if (u < c * 1000000) c--
			return sprintf("%.0f.%06d", w + c, u - c * 1000000)
		}
		END {
			for (model in models) some = 1
			if (!some) models["no model"] = 1
			for (name in used) if (name in known) for (model in models)
				for (period in periods) {
					a = sum(model, period, name)
					b = sum("", period, name)
					if (a == b) continue
					printf "%s of %s: %s by the credit of %s, %s by kpi\n", name,
						period, a, model, b
					bad = 1
				}
			exit bad
		}' "$1" "$2"
}

tables_manifest() {
	local path name rows bytes sum
	table accounts
	accounts_table >"$REPLY"
	for path in "$stage"/tables/.[a-z]*.tsv; do
		name=${path##*/.}
		rows=$(wc -l <"$path")
		bytes=$(wc -c <"$path")
		sum=$(sha256sum <"$path")
		printf '%s\t%s\t%s\t%s\n' "$name" "$((rows - 1))" "$bytes" "${sum%% *}"
	done >"$stage/.manifest"
	table manifest
	{ printf 'table\trows\tbytes\tsha256\n' && cat "$stage/.manifest"; } >"$REPLY"
}
