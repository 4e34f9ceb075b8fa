# shares.awk - what could be told of each click, by a model
#
# in:   steps, then explain-credit; -v click=TYPE -v names=MILESTONE=NAME,...
#       -v model=NAME
# out:  the columns of due.awk, a row for each conversion and click of that type:
#       credit is its share of the conversion, value that of the money, net of the
#       refunds that mirror it; a conversion without such a click has one row
# rule: a click that came twice is one click, as old as its first touch
BEGIN {
	FS = OFS = "\t"
	n = split(names, pair, ",")
	for (i = 1; i <= n; i++) {
		p = index(pair[i], "=")
		name[substr(pair[i], 1, p - 1)] = substr(pair[i], p + 1)
	}
	print "order_id", "conversion", "click_id", "click_time", "time", "value",
		"currency", "consent", "refunded", "credit"
}
FNR == 1 {
	file++
	delete at
	for (i = 1; i <= NF; i++) at[$i] = i
	list = "lead_id event_id value currency consent_ads"
	if (file == 2) list = "lead_id deal_id conversion_id milestone time model " \
		"touch_time click_id click_id_type conversions value"
	n = split(list, need, " ")
	for (i = 1; i <= n; i++) if (!(need[i] in at)) {
		printf "%s: no column %s\n", FILENAME, need[i] >"/dev/stderr"
		missing = 1
		exit 1
	}
	next
}
file == 1 {
	if ($(at["consent_ads"]) != "") consent[$(at["lead_id"])] = $(at["consent_ads"])
	id = $(at["event_id"])
	if ($(at["value"]) != "") currency[id] = $(at["currency"])
	next
}
$(at["model"]) == model && $(at["milestone"]) in name { share() }
END { if (!missing) tell() }

# one touch's share of one conversion, or of one refund
function share(   order, key) {
	order = $(at["deal_id"]) == "" ? $(at["conversion_id"]) : $(at["deal_id"])
	order = order SUBSEP $(at["milestone"])
	if ($(at["conversions"]) != "0" && !(order in when)) {
		when[order] = $(at["time"])
		who[order] = $(at["lead_id"])
		money[order] = $(at["conversion_id"]) in currency
		if (money[order]) in_money[order] = currency[$(at["conversion_id"])]
		orders[++norders] = order
	}
	if ($(at["click_id_type"]) != click || $(at["click_id"]) == "") return
	key = order SUBSEP $(at["click_id"])
	if (!(key in touched)) {
		touched[key] = $(at["touch_time"])
		clicks[order] = clicks[order] FS $(at["click_id"])
	}
	if ($(at["conversions"]) == "0") back[key] = 1
	money_add(key SUBSEP "credit", $(at["conversions"]))
	money_add(key, $(at["value"]))
}

function tell(   i, j, n, order, part, id) {
	for (i = 1; i <= norders; i++) {
		order = orders[i]
		split(order, part, SUBSEP)
		n = split(substr(clicks[order], 2), id, FS)
		if (n == 0)
			print part[1], name[part[2]], "", "", when[order], "", "",
				consent[who[order]], 0, ""
		for (j = 1; j <= n; j++) told(order, part[1], name[part[2]], id[j])
	}
}

function told(order, deal, conversion, id,   key, value) {
	key = order SUBSEP id
	value = money[order] ? money_text(key) : ""
	print deal ":" id, conversion, id, touched[key], when[order], value,
		in_money[order], consent[who[order]],
		(key in back) && (value == "0" || value ~ /^-/) ? 1 : 0,
		money_text(key SUBSEP "credit")
}
