# hygiene.awk - what is wrong with the names that visits and costs came by
#
# in:  what=sources campaigns spend visits, each before its files
# out: source medium campaign channel visits flawed cost first last problem like
#
# One row a source, medium and campaign. visits: of all visitors; flawed: page
# views with an internal_utm, amp or address; cost: of ads that visits can be told
# from, on the row of its own names, else on that row of its campaign with the
# most visits, else on one of its own; first and last: the days of any of these.
# problem: none or several of these words, a blank between:
#
#   unassigned            no channel rule knows it
#   variant               almost a known name, told in like (nearest.awk)
#   swapped               the source is a medium, or the medium a source
#   macro                 a value holds a macro that nobody filled in
#   paid_without_spend    visits of a paid channel, and no cost of that campaign
#                         (of that source, where it has no campaign)
#   spend_without_visits  cost, and no visit of that campaign
#   click_without_utm     visits known by their click id alone
#   internal_utm          a link within the site carries a campaign: this one
#   amp                   &amp; stands in urls where & should
#   address               an e-mail address stands in urls
BEGIN {
	nwords = split("unassigned variant swapped macro paid_without_spend " \
		"spend_without_visits click_without_utm internal_utm amp address", word, " ")
	n = split("affiliate ai app audio banner cpc cpm cpv cross-network direct display " \
		"email expandable internal interstitial mobile_push offline organic paid " \
		"paid_social ppc print push qr referral retargeting shopping sms social " \
		"tv video (none)", name, " ")
	for (i = 1; i <= n; i++)
		nearest_know("medium", name[i])
	flaw["internal_utm"] = "internal_utm"
	flaw["amp_lost"] = flaw["amp_recovered"] = "amp"
	flaw["pii_in_url"] = "address"
	flaw["macro"] = "macro"
	n = split("campaign click referrer internal none declared", name, " ")
	for (i = 1; i <= n; i++)
		is_evidence[name[i]] = 1
}

what == "sources" {
	nearest_know("source", cell("name"))
}

what == "campaigns" {
	campaign_row()
	nearest_know("campaign", cell("campaign"))
	nearest_know("source", cell("platform"))
}

what == "spend" && campaign_ad() {
	key = cell("source") OFS cell("medium") OFS campaign_of()
	nearest_know("source", cell("source"))
	nearest_know("medium", cell("medium"))
	nearest_know("campaign", campaign_of())
	money_add(key, cell("cost"))
	spent[key] = 1
	spent_for[campaign_of()] = spent_for["", cell("source")] = 1
	spread(spent_first, spent_last, key, cell("date"))
}

what == "visits" {
	day = day_of_file()
	key = cell("source") OFS cell("medium") OFS cell("campaign")
	fact = cell("fact")
	seen[key] = 1
	spread(first, last, key, day)
	if (fact in is_evidence) {
		visits[key] += cell("n")
		channels[key] = channels[key] FS cell("channel")
		in_channel[key, cell("channel")] += cell("n")
		if (fact == "click") mark[key, "click_without_utm"] = 1
		if (fact != "campaign" && fact != "declared") {
			nearest_know("source", cell("source"))
			nearest_know("medium", cell("medium"))
		}
	} else if (fact in flaw) {
		mark[key, flaw[fact]] = 1
		if (fact != "macro") flawed[key] += cell("n")
	}
}

END {
	for (key in seen)
		best_channel(key)
	for (key in spent)
		lay(key)
	for (key in seen)
		tell(key)
}

function spread(from, to, key, day) {
	if (!(key in from) || day < from[key]) from[key] = day
	if (!(key in to) || day > to[key]) to[key] = day
}

# The channel of most of its visits; and of each campaign the row with the most.
function best_channel(key,   n, list, i, most, part) {
	n = split(substr(channels[key], 2), list, FS)
	for (i = 1; i <= n; i++)
		if (channel[key] == "" || in_channel[key, list[i]] > most ||
		    (in_channel[key, list[i]] == most && list[i] < channel[key])) {
			channel[key] = list[i]
			most = in_channel[key, list[i]]
		}
	split(key, part, OFS)
	if (part[3] == "" || visits[key] + 0 == 0)
		return
	n = part[3]
	if (!(n in main) || visits[key] > visits[main[n]] ||
	    (visits[key] == visits[main[n]] && key < main[n]))
		main[n] = key
}

# Lay the cost of these names on a row.
function lay(key,   part, on) {
	split(key, part, OFS)
	on = key
	if (visits[key] + 0 == 0 && part[3] in main)
		on = main[part[3]]
	if (visits[on] + 0 == 0)
		mark[on, "spend_without_visits"] = 1
	seen[on] = 1
	has_cost[on] = 1
	money_add("on" OFS on, money_text(key))
	spread(first, last, on, spent_first[key])
	spread(first, last, on, spent_last[key])
}

function tell(key,   part, problem, like, i) {
	split(key, part, OFS)
	like = ""
	like = variant(key, "source", part[1], like)
	like = variant(key, "medium", part[2], like)
	like = variant(key, "campaign", part[3], like)
	if (channel[key] == "unassigned")
		mark[key, "unassigned"] = 1
	if (swapped(part[1], part[2]))
		mark[key, "swapped"] = 1
	if (unpaid(key, part[1], part[3]))
		mark[key, "paid_without_spend"] = 1
	problem = ""
	for (i = 1; i <= nwords; i++)
		if ((key, word[i]) in mark)
			problem = problem (problem == "" ? "" : " ") word[i]
	print key, channel[key], visits[key] + 0, flawed[key] + 0,
		key in has_cost ? money_text("on" OFS key) : "", first[key], last[key], problem, like
}

function variant(key, kind, name, like,   near) {
	near = nearest_of(kind, name)
	if (near == "")
		return like
	mark[key, "variant"] = 1
	return like (like == "" ? "" : " ") kind "=" near
}

function swapped(source, medium) {
	if (("medium", medium) in nearest_known)
		return 0
	return ("medium", source) in nearest_known ||
		(("source", medium) in nearest_known && !(("source", source) in nearest_known))
}

function unpaid(key, source, campaign,   i) {
	if (visits[key] + 0 == 0 || channel[key] !~ /^(paid_|display$|cross_network$)/)
		return 0
	for (i in spent)
		return campaign == "" ? !(("", source) in spent_for) : !(campaign in spent_for)
	return 0
}
