# coverage.awk - how much of what happened was seen, and how well
#
# in:  what=sources campaigns counts visits spend identity credit steps, each
#      before its files, steps last; -v declared=COLUMN of the CRM's own source
# out: measure segment value numerator denominator
#
# A lead is measured at its milestone lead; a group without one (a deal of nobody)
# is no lead, and its revenue is measured at its first milestone. What was seen of
# it are the touches that stand above that row. Its evidence is the best of theirs,
# campaign > click > referrer > internal > none > declared > contact (a call or
# chat without a page) > (none seen); the first five are tracked. Its source is
# the last of them.
#
#   leads                    leads that there are
#   leads_tracked            with a tracked touch; /leads
#   leads_by_evidence        segment: the best evidence; /leads
#   leads_direct             whose source is direct; /leads
#   leads_internal_start     whose source is a visit that began within the site
#   leads_unassigned         whose source no channel rule knows; /leads
#   leads_with_visitor       that the identity map knows a visitor of, or who have a
#                            tracked touch (of an erased person nothing else is
#                            left); /leads
#   revenue_tracked          won and refunds of who has a tracked touch; /revenue
#   revenue_by_evidence      segment: the best evidence; /revenue
#   visits_by_evidence       of all visitors, strangers too; /visits
#   visits_direct            of the channel direct; /visits
#   visits_internal_start    that began within the site; /visits
#   visits_unassigned        that no channel rule knows; /visits
#   rows_without_visitor     page rows of nobody that VISITOR names; /page rows
#   conversions_unattributed segment: a milestone, by the first model of MODELS
#   value_unattributed       the same, of the value
#   cost_mapped              ad cost that campaigns.tsv names; segment: platform
#   cost_joined              ad cost whose campaign somebody came by; the same
#   declared_agreement       leads whose CRM names the channel of their first
#                            touch; /leads with both
#   declared                 segment: seen > declared; /leads with both
#   bots                     lines of a log that bots made; /lines; segment: input
#   machine_opens            opens that a machine made; /opens
#   machine_clicks           clicks that a machine made; /clicks
BEGIN {
	nevidence = split("campaign,click,referrer,internal,none,declared,contact,(none seen)",
		evidence, ",")
	for (i = 1; i <= nevidence; i++)
		rank[evidence[i]] = i
	known("ORGANIC_SEARCH organic_search PAID_SEARCH paid_search PAID_SOCIAL paid_social " \
		"SOCIAL_MEDIA organic_social ORGANIC_SOCIAL organic_social EMAIL_MARKETING email " \
		"REFERRALS referral DIRECT_TRAFFIC direct AI_REFERRALS ai_assistant")
}

what == "sources" && cell("channel") != "" {
	channel_of[words(cell("alias"))] = cell("channel")
}

what == "campaigns" {
	campaign_row()
}

what == "counts" {
	counts()
}

what == "visits" {
	visits()
}

what == "spend" && campaign_ad() {
	nspend++
	spent_on[nspend] = cell("platform")
	spent_at[nspend] = campaign_of()
	spent[nspend] = cell("cost")
	named[nspend] = (cell("platform") SUBSEP cell("campaign_id")) in campaign_name
}

what == "identity" && cell("key_type") == "visitor_id" {
	visited[cell("lead_id")] = 1
}

what == "credit" {
	credit()
}

what == "steps" {
	if ($1 != lead) {
		lead_end()
		lead = $1
	}
	step()
}

END {
	lead_end()
	report()
}

function known(pairs,   n, word, i) {
	n = split(pairs, word, " ")
	for (i = 1; i < n; i += 2)
		channel_of[words(word[i])] = word[i + 1]
}

# A name without case, its blanks and signs as one _ each.
function words(text) {
	text = tolower(text)
	gsub(/[-_ .\/]+/, "_", text)
	return text
}

function counts(   input, measure, n) {
	input = cell("input")
	measure = cell("measure")
	n = cell("n")
	if (input == "(visits)") {
		if (measure == "in") page_rows += n
		if (measure == "dropped.no_key") nobody += n
	} else if (input == "(mail)") {
		mail[measure] += n
	} else if (measure == "in") {
		lines[input] += n
	} else if (measure == "dropped.bots") {
		bots[input] += n
	}
}

function visits(   fact, n) {
	fact = cell("fact")
	n = cell("n")
	if (cell("campaign") != "")
		came_by[cell("campaign")] = 1
	if (!(fact in rank))
		return
	total_visits += n
	visits_of[fact] += n
	if (cell("channel") == "direct") visits_direct += n
	if (cell("channel") == "unassigned") visits_unassigned += n
}

# Every model credits the same conversions: the first tells what nobody has.
function credit(   m) {
	if (model == "")
		model = cell("model")
	if (cell("model") != model)
		return
	m = cell("milestone")
	milestones[m] = 1
	money_add("conversions" SUBSEP m, cell("conversions"))
	money_add("worth" SUBSEP m, cell("value"))
	if ($(at["period"] + 1) == "(unattributed)") {
		money_add("no_conversions" SUBSEP m, cell("conversions"))
		money_add("no_worth" SUBSEP m, cell("value"))
	}
}

function step(   e) {
	if (declared != "" && cell(declared) != "")
		says = cell(declared)
	if (cell("kind") == "touch") {
		e = cell("evidence")
		if (e == "") e = "contact"
		if (cell("campaign") != "")
			came_by[cell("campaign")] = 1
		if (rank[e] < best) best = rank[e]
		if (rank[e] <= rank["none"]) has_visit = 1
		last_channel = cell("channel")
		last_evidence = e
		if (first == "" && rank[e] < rank["declared"]) first = cell("channel")
		return
	}
	if (cell("event") == "lead") is_lead = 1
	if (cell("event") == "lead" || !measured) {
		measured = 1
		at_best = best
		at_channel = last_channel
		at_evidence = last_evidence
	}
	e = cell("event")
	if ((e == "won" || e == "refund") && cell("value") != "")
		worth[++nworth] = cell("value")
}

function lead_end(   i) {
	if (lead != "" && measured) {
		for (i = 1; i <= nworth; i++) {
			money_add("revenue", worth[i])
			money_add("revenue" SUBSEP evidence[at_best], worth[i])
			if (at_best <= rank["none"]) money_add("tracked", worth[i])
		}
		if (is_lead) lead_count()
	}
	best = rank["(none seen)"]
	measured = is_lead = has_visit = nworth = 0
	last_channel = last_evidence = first = says = ""
}

function lead_count() {
	leads++
	leads_of[evidence[at_best]]++
	if (at_best <= rank["none"]) tracked++
	if (at_channel == "direct") direct++
	if (at_channel == "direct" && at_evidence == "internal") internal++
	if (at_channel == "unassigned") unassigned++
	if (lead in visited || has_visit) with_visitor++
	if (says == "" || first == "")
		return
	says = words(says)
	says = says in channel_of ? channel_of[says] : says
	both++
	cross[first " > " says]++
	if (first == says) agree++
}

function row(measure, segment, n, of) {
	print measure, segment, share(n, of), n + 0, of + 0
}

function row_money(measure, segment, key, of) {
	print measure, segment, share(money_text(key), money_text(of)), money_text(key),
		money_text(of)
}

function report(   i, name) {
	print "leads", "(all)", leads + 0, leads + 0, ""
	row("leads_tracked", "(all)", tracked, leads)
	row("leads_direct", "(all)", direct, leads)
	row("leads_internal_start", "(all)", internal, leads)
	row("leads_unassigned", "(all)", unassigned, leads)
	row("leads_with_visitor", "(all)", with_visitor, leads)
	row_money("revenue_tracked", "(all)", "tracked", "revenue")
	for (i = 1; i <= nevidence; i++) {
		name = evidence[i]
		row("leads_by_evidence", name, leads_of[name], leads)
		row_money("revenue_by_evidence", name, "revenue" SUBSEP name, "revenue")
		if (name in visits_of)
			row("visits_by_evidence", name, visits_of[name], total_visits)
	}
	row("visits_direct", "(all)", visits_direct, total_visits)
	row("visits_internal_start", "(all)", visits_of["internal"], total_visits)
	row("visits_unassigned", "(all)", visits_unassigned, total_visits)
	row("rows_without_visitor", "(all)", nobody, page_rows)
	for (name in milestones) {
		row_money("conversions_unattributed", name, "no_conversions" SUBSEP name,
			"conversions" SUBSEP name)
		row_money("value_unattributed", name, "no_worth" SUBSEP name, "worth" SUBSEP name)
	}
	report_cost()
	row("declared_agreement", "(all)", agree, both)
	for (name in cross)
		row("declared", name, cross[name], both)
	for (name in lines)
		if (name in bots)
			row("bots", name, bots[name], lines[name])
	row("machine_opens", "(all)", mail["email_opened.machine"], mail["email_opened"])
	row("machine_clicks", "(all)", mail["email_clicked.machine"], mail["email_clicked"])
}

function report_cost(   i, name, platforms) {
	for (i = 1; i <= nspend; i++) {
		platforms[spent_on[i]] = platforms["(all)"] = 1
		cost_of(spent_on[i], i)
		cost_of("(all)", i)
	}
	for (name in platforms) {
		row_money("cost_mapped", name, "mapped" SUBSEP name, "cost" SUBSEP name)
		row_money("cost_joined", name, "joined" SUBSEP name, "cost" SUBSEP name)
	}
}

function cost_of(name, i) {
	money_add("cost" SUBSEP name, spent[i])
	if (named[i]) money_add("mapped" SUBSEP name, spent[i])
	if (spent_at[i] in came_by) money_add("joined" SUBSEP name, spent[i])
}
