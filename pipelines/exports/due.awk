# due.awk - what could be told of each conversion, as of the night
#
# in:   steps; -v click=TYPE -v names=MILESTONE=NAME,...
# out:  order_id conversion click_id click_time time value currency consent
#       refunded credit, a row for each conversion; all credit is its click's
# rule: the click is the person's last one of that type at or before the
#       conversion; consent is the last that was known of the person; the value is
#       net of the deal's refunds, and "refunded" says that nothing is left
#
# A conversion is known by its deal, or by its lead where it has none, the second
# of a lead as LEAD:2: event ids are of rows, and a row that is edited is another.
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
NR == 1 {
	for (i = 1; i <= NF; i++) at[$i] = i
	n = split("lead_id time kind event deal_id value currency click_id " \
		"click_id_type consent_ads", need, " ")
	for (i = 1; i <= n; i++) if (!(need[i] in at)) {
		printf "%s: no column %s\n", FILENAME, need[i] >"/dev/stderr"
		missing = 1
		exit 1
	}
	next
}
$1 != group { told(); group = $1 }
{
	person = $(at["lead_id"])
	if ($(at["consent_ads"]) != "") consent[person] = $(at["consent_ads"])
}
$(at["kind"]) == "touch" {
	if ($(at["click_id_type"]) != click || $(at["click_id"]) == "") next
	click_at[++clicks] = $(at["time"])
	click_of[clicks] = person
	click_id[clicks] = $(at["click_id"])
	next
}
$(at["event"]) == "refund" && $(at["deal_id"]) != "" {
	money_add($(at["deal_id"]), $(at["value"]))
	refunds[$(at["deal_id"])] = $(at["currency"])
}
$(at["event"]) in name {
	due[++dues] = $(at["event"])
	who[dues] = person
	deal[dues] = $(at["deal_id"])
	order[dues] = deal[dues]
	if (order[dues] == "") {
		n = ++nth[person, $(at["event"])]
		order[dues] = person (n > 1 ? ":" n : "")
	}
	when[dues] = $(at["time"])
	value[dues] = $(at["value"])
	currency[dues] = $(at["currency"])
}
END { if (!missing) told() }

# the conversions of the group that ended
function told(   i, c) {
	for (i = 1; i <= dues; i++) {
		c = last_click(who[i], when[i])
		net(i)
		print order[i], name[due[i]], c ? click_id[c] : "",
			c ? click_at[c] : "", when[i], value[i], currency[i],
			consent[who[i]], gone, 1
	}
	clicks = dues = 0
	delete consent
	delete nth
	delete refunds
	delete money_whole
	delete money_parts
}

# the net value of conversion i, if refunds are in its currency, and whether
# nothing is left of it
function net(i) {
	gone = 0
	if (due[i] != "won" || !(deal[i] in refunds)) return
	if (refunds[deal[i]] != currency[i]) { gone = "currency"; return }
	money_add(deal[i], value[i])
	value[i] = money_text(deal[i])
	gone = value[i] == "0" || value[i] ~ /^-/ ? 1 : 0
}

# touches come in order of time; the second is what times of all forms share
function last_click(person, time,   c) {
	for (c = clicks; c > 0; c--)
		if (click_of[c] == person &&
			substr(click_at[c], 1, 19) <= substr(time, 1, 19)) return c
	return 0
}
