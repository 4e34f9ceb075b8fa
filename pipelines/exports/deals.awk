# deals.awk - what the CRM should know of each of its deals
#
# in:   STEPS
# out:  deal_id, source channel and campaign of the person's first touch, of the
#       last at or before the lead, and of the last at or before the deal was won
# rule: touches are those of the group that the deal stands in; of a deal's rows the
#       last tells, so a deal that is not won any more has no won source
BEGIN {
	FS = OFS = "\t"
	print "deal_id", "first_source", "first_channel", "first_campaign",
		"lead_source", "lead_channel", "lead_campaign", "won_source",
		"won_channel", "won_campaign"
}
NR == 1 {
	for (i = 1; i <= NF; i++) at[$i] = i
	next
}
$1 != group { told(); group = $1 }
$(at["kind"]) == "touch" {
	last = $(at["source"]) OFS $(at["channel"]) OFS $(at["campaign"])
	if (first == none) first = last
	next
}
$(at["event"]) == "lead" && lead == none { lead = last }
$(at["deal_id"]) != "" {
	deal = $(at["deal_id"])
	if (!(deal in won)) { order[++n] = deal; won[deal] = none }
	if ($(at["event"]) == "won") won[deal] = last
}
END { told() }

# the deals of the group that ended
function told(   i) {
	for (i = 1; i <= n; i++) print order[i], first, lead, won[order[i]]
	none = OFS OFS
	first = lead = last = none
	n = 0
	delete won
}
