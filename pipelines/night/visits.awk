# visits.awk - where the visits of a day came from, and what was wrong with them
#
# in:  the steps of the day's visitors (lead-journey -k visitor_id), then the
#      day's events with the column flaws
# out: channel source medium campaign fact n. fact is an evidence (n visits whose
#      source was read from it), macro (n visits with an unfilled macro in a
#      value), or a flaw of lead-parse-utm (n page views)
BEGIN {
	FS = OFS = "\t"
}

FNR == 1 {
	file++
	split("", at)
	for (i = 1; i <= NF; i++)
		at[$i] = i
	next
}

file == 1 {
	if ($(at["kind"]) != "touch" || $(at["landing"]) == "")
		next
	name = key($(at["channel"]), $(at["campaign"]))
	n[name OFS $(at["evidence"])]++
	if (is_macro($(at["source"])) || is_macro($(at["medium"])) ||
	    is_macro($(at["campaign"])) || is_macro($(at["term"])) ||
	    is_macro($(at["content"])) || is_macro($(at["campaign_id"])))
		n[name OFS "macro"]++
	next
}

("flaws" in at) && $(at["flaws"]) != "" {
	flaws = $(at["flaws"])
	if (match(flaws, /(^| )internal_utm=/)) {
		claim = substr(flaws, RSTART + RLENGTH)
		flaws = substr(flaws, 1, RSTART - 1)
		n[key($(at["channel"]), claim) OFS "internal_utm"]++
	}
	m = split(flaws, word, " ")
	for (i = 1; i <= m; i++)
		n[key($(at["channel"]), $(at["campaign"])) OFS word[i]]++
}

END {
	for (name in n)
		print name, n[name]
}

function key(channel, campaign) {
	return channel OFS $(at["source"]) OFS $(at["medium"]) OFS campaign
}

# What a platform or a mail program should have filled in: {campaignid}
# {{campaign.name}} %%name%% *|NAME|* __NAME__ [[name]]
function is_macro(text) {
	return text ~ /[{][^{}]+[}]|%%[^%]+%%|[*][|][^|]+[|][*]|__[A-Za-z0-9_]+__|\[\[[^]]+\]\]/
}
