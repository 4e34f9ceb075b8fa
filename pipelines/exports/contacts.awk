# contacts.awk - what the CRM should know of each of its contacts
#
# in:   SCORES JOURNEYS IDENTITY, each once, in any order
# out:  crm_id, source channel and campaign of the first touch and of those that
#       led to lead and won, score class grade mql_at reasons
# rule: a row for each contact id of the identity map; points are rounded to whole
#       ones, or a score that fades would be news every night
BEGIN { FS = OFS = "\t" }
FNR == 1 {
	delete at
	for (i = 1; i <= NF; i++) at[$i] = i
	if (!header++) print "crm_id", "first_source", "first_channel",
		"first_campaign", "lead_source", "lead_channel", "lead_campaign",
		"won_source", "won_channel", "won_campaign", "score", "class", "grade",
		"mql_at", "reasons"
	kind = "score" in at ? "scores" : "path" in at ? "journeys" : "identity"
	next
}
kind == "scores" {
	score[$(at["lead_id"])] = whole($(at["score"])) OFS $(at["class"]) OFS \
		$(at["grade"]) OFS $(at["mql_at"]) OFS rounded($(at["reasons"]))
}
kind == "journeys" {
	source[$(at["lead_id"])] = touch("first") OFS touch("lead") OFS touch("won")
}
kind == "identity" && $(at["key_type"]) == "crm_id" {
	lead[++n] = $(at["lead_id"])
	id[n] = $(at["key"])
}
END {
	for (i = 1; i <= n; i++) {
		if (!(lead[i] in source) && !(lead[i] in score)) continue
		print id[i], lead[i] in source ? source[lead[i]] : empty(9),
			lead[i] in score ? score[lead[i]] : empty(5)
	}
}

function touch(which) {
	return $(at[which "_source"]) OFS $(at[which "_channel"]) OFS \
		$(at[which "_campaign"])
}

function empty(cells,   s) {
	while (--cells > 0) s = s OFS
	return s
}

# half away from zero
function whole(text,   x) {
	if (text == "") return ""
	x = text + 0
	return x < 0 ? -int(0.5 - x) : int(x + 0.5)
}

# "+22.234021 called us; -20 careers" with whole points
function rounded(text,   n, i, part, p, sign, out) {
	n = split(text, part, "; ")
	for (i = 1; i <= n; i++) {
		if (match(part[i], /^[-+][0-9.]+ /)) {
			sign = substr(part[i], 1, 1)
			p = whole(substr(part[i], 2, RLENGTH - 2))
			part[i] = sign p substr(part[i], RLENGTH)
		}
		out = out (i > 1 ? "; " : "") part[i]
	}
	return out
}
