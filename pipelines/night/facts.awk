# facts.awk - the steps of a night as facts that another night may know otherwise
#
# in:  steps
# out: class event id time lead value rest, no header. class is touch (id: the
#      event_id of its first row), lead (a milestone of a lead; id: the lead), deal (of a
#      deal; id: the deal, else the event_id) or row (stage, payment, refund). rest
#      is what else may change: of a touch where it came from, of a deal all of its
#      columns by name, \037 between
BEGIN {
	FS = OFS = "\t"
	split("meeting proposal opp won lost", list, " ")
	for (i in list)
		of_deal[list[i]] = 1
}

NR == 1 {
	split("", at)
	for (i = 1; i <= NF; i++)
		at[$i] = i
	carried()
	next
}

$(at["kind"]) == "touch" {
	print "touch", $(at["event"]), $(at["event_id"]), $(at["time"]), $1, "",
		$(at["channel"]) "\037" $(at["source"]) "\037" $(at["medium"]) "\037" \
		$(at["campaign"]) "\037" $(at["campaign_id"])
	next
}

{
	event = $(at["event"])
	deal = $(at["deal_id"])
	if (event in of_deal)
		print "deal", event, deal == "" ? $(at["event_id"]) : deal, $(at["time"]), $1,
			$(at["value"]), rest()
	else if (event == "stage" || event == "payment" || event == "refund")
		print "row", event, deal "\037" $(at["stage"]) "\037" (deal == "" ? $1 : ""),
			$(at["time"]), $1, $(at["value"]), ""
	else
		print "lead", event, $1, $(at["time"]), $1, $(at["value"]), ""
}

# The columns of a deal, by name: their order in the table is not a fact.
function carried(   i, j, name, no, list) {
	split("lead_id event_id time precision kind event value channel source medium campaign " \
		"term content campaign_id click_id click_id_type landing evidence pages form_id " \
		"form call_id consent_ads", list, " ")
	for (i in list)
		no[list[i]] = 1
	for (i = 1; i <= NF; i++) {
		if ($i in no)
			continue
		for (j = ++ncarried; j > 1 && name[j - 1] > $i; j--) {
			name[j] = name[j - 1]
			column[j] = column[j - 1]
		}
		name[j] = $i
		column[j] = i
	}
	for (i = 1; i <= ncarried; i++)
		label[i] = name[i]
}

function rest(   i, text) {
	for (i = 1; i <= ncarried; i++)
		if ($(column[i]) != "")
			text = text (text == "" ? "" : "\037") label[i] "=" $(column[i])
	return text
}
