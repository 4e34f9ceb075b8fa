# coverage.awk - how much of what happened was seen, and how well, month by month
#
# in:  what=sources campaigns counts visits spend identity credit figures steps,
#      each before its files, steps last; -v period=KIND; -v declared=COLUMN of the
#      CRM's own source
# out: period measure segment value numerator denominator
#
# figures is lead-kpi --by lead_id: in which period each lead was created, and what
# money it brought in which; so leads and revenue are those of kpi.tsv. Visits, bots,
# mail and cost are of the period of their day, conversions of that of credit.tsv.
# Each measure stands for (all) time too; of a period only those of which there was
# anything.
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
	counts(period_of(day_of_file(), period))
}

what == "visits" {
	visits(period_of(day_of_file(), period))
}

what == "spend" && campaign_ad() {
	nspend++
	spent_on[nspend] = cell("platform")
	spent_at[nspend] = campaign_of()
	spent_in[nspend] = period_of(cell("date"), period)
	spent[nspend] = cell("cost")
	named[nspend] = (cell("platform") SUBSEP cell("campaign_id")) in campaign_name
}

what == "identity" && cell("key_type") == "visitor_id" {
	visited[cell("lead_id")] = 1
}

what == "credit" {
	credit(cell("period"))
}

what == "figures" && cell("dimension") == "lead_id" && cell("numerator") != 0 {
	if (cell("kpi") == "leads")
		created[cell("segment")] = created[cell("segment")] FS cell("period")
	else
		worth[cell("segment")] = worth[cell("segment")] FS cell("period") FS cell("numerator")
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
	costs()
	report("(all)")
	for (p in periods)
		report(p)
}

function known(pairs,   n, word, i) {
	n = split(pairs, word, " ")
	for (i = 1; i < n; i += 2)
		channel_of[words(word[i])] = word[i + 1]
}

# --- what is counted: in its period, and in that of all time ---

function in_period(p) {
	if (p != "(all)")
		periods[p] = 1
}

function note(p, name, n) {
	in_period(p)
	count[p, name] += n
	if (p != "(all)")
		count["(all)", name] += n
}

function note_money(p, name, text) {
	in_period(p)
	money_add(p SUBSEP name, text)
	if (p != "(all)")
		money_add("(all)" SUBSEP name, text)
}

function counts(p,   input, measure) {
	input = cell("input")
	measure = cell("measure")
	if (input == "(visits)") {
		if (measure == "in") note(p, "page_rows", cell("n"))
		if (measure == "dropped.no_key") note(p, "nobody", cell("n"))
	} else if (input == "(mail)") {
		note(p, measure, cell("n"))
	} else if (measure == "in") {
		note(p, "lines" SUBSEP input, cell("n"))
	} else if (measure == "dropped.bots") {
		logs[input] = 1
		note(p, "bots" SUBSEP input, cell("n"))
	}
}

function visits(p,   fact) {
	fact = cell("fact")
	if (cell("campaign") != "")
		came_by[cell("campaign")] = 1
	if (!(fact in rank))
		return
	visited_by[fact] = 1
	note(p, "visits", cell("n"))
	note(p, "visits" SUBSEP fact, cell("n"))
	if (cell("channel") == "direct") note(p, "visits_direct", cell("n"))
	if (cell("channel") == "unassigned") note(p, "visits_unassigned", cell("n"))
}

# Every model credits the same conversions: the first tells what nobody has.
function credit(p,   m) {
	if (model == "")
		model = cell("model")
	if (cell("model") != model)
		return
	m = cell("milestone")
	milestones[m] = 1
	note(p, "credit" SUBSEP m, 1)
	note_money(p, "conversions" SUBSEP m, cell("conversions"))
	note_money(p, "worth" SUBSEP m, cell("value"))
	if ($(at["period"] + 1) == "(unattributed)") {
		note_money(p, "no_conversions" SUBSEP m, cell("conversions"))
		note_money(p, "no_worth" SUBSEP m, cell("value"))
	}
}

function costs(   i) {
	for (i = 1; i <= nspend; i++) {
		cost_of(spent_on[i], i)
		cost_of("(all)", i)
	}
}

function cost_of(name, i) {
	platforms[name] = 1
	note(spent_in[i], "spend" SUBSEP name, 1)
	note_money(spent_in[i], "cost" SUBSEP name, spent[i])
	if (named[i]) note_money(spent_in[i], "mapped" SUBSEP name, spent[i])
	if (spent_at[i] in came_by) note_money(spent_in[i], "joined" SUBSEP name, spent[i])
}

# --- leads ---

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
	if (cell("event") == "lead" || !measured) {
		measured = 1
		at_best = best
		at_channel = last_channel
		at_evidence = last_evidence
	}
}

function lead_end(   i, n, list) {
	if (lead != "" && measured) {
		n = split(substr(created[lead], 2), list, FS)
		for (i = 1; i <= n; i++)
			lead_count(list[i])
		n = split(substr(worth[lead], 2), list, FS)
		for (i = 1; i < n; i += 2)
			lead_worth(list[i], list[i + 1])
	}
	best = rank["(none seen)"]
	measured = has_visit = 0
	last_channel = last_evidence = first = says = ""
}

# figures has a row of each period and one of (all): neither is the sum of the other
# here, for an undated lead is of none.
function tally(p, name) {
	in_period(p)
	count[p, name]++
}

function lead_worth(p, text) {
	tally(p, "sales")
	money_add(p SUBSEP "revenue", text)
	money_add(p SUBSEP "revenue" SUBSEP evidence[at_best], text)
	if (at_best <= rank["none"]) money_add(p SUBSEP "tracked", text)
}

function lead_count(p,   crm) {
	tally(p, "leads")
	tally(p, "leads" SUBSEP evidence[at_best])
	if (at_best <= rank["none"]) tally(p, "tracked")
	if (at_channel == "direct") tally(p, "direct")
	if (at_channel == "direct" && at_evidence == "internal") tally(p, "internal")
	if (at_channel == "unassigned") tally(p, "unassigned")
	if (lead in visited || has_visit) tally(p, "with_visitor")
	if (says == "" || first == "")
		return
	crm = words(says)
	crm = crm in channel_of ? channel_of[crm] : crm
	tally(p, "both")
	crossed[first " > " crm] = 1
	tally(p, "declared" SUBSEP first " > " crm)
	if (first == crm) tally(p, "agree")
}

# --- the rows of a period ---

function has(p, name) {
	return p == "(all)" || (p, name) in count
}

function row(p, measure, segment, n, of) {
	n = count[p, n] + 0
	of = count[p, of] + 0
	print p, measure, segment, share(n, of), n, of
}

function row_money(p, measure, segment, n, of) {
	n = money_text(p SUBSEP n)
	of = money_text(p SUBSEP of)
	print p, measure, segment, share(n, of), n, of
}

function report(p,   name) {
	if (has(p, "leads")) report_leads(p)
	if (has(p, "sales")) report_revenue(p)
	if (has(p, "visits")) report_visits(p)
	if (has(p, "page_rows")) row(p, "rows_without_visitor", "(all)", "nobody", "page_rows")
	for (name in milestones)
		if (has(p, "credit" SUBSEP name)) report_credit(p, name)
	for (name in platforms)
		if (has(p, "spend" SUBSEP name)) {
			row_money(p, "cost_mapped", name, "mapped" SUBSEP name, "cost" SUBSEP name)
			row_money(p, "cost_joined", name, "joined" SUBSEP name, "cost" SUBSEP name)
		}
	for (name in logs)
		if (has(p, "lines" SUBSEP name))
			row(p, "bots", name, "bots" SUBSEP name, "lines" SUBSEP name)
	if (has(p, "email_opened"))
		row(p, "machine_opens", "(all)", "email_opened.machine", "email_opened")
	if (has(p, "email_clicked"))
		row(p, "machine_clicks", "(all)", "email_clicked.machine", "email_clicked")
}

function report_leads(p,   i, name) {
	print p, "leads", "(all)", count[p, "leads"] + 0, count[p, "leads"] + 0, ""
	row(p, "leads_tracked", "(all)", "tracked", "leads")
	row(p, "leads_direct", "(all)", "direct", "leads")
	row(p, "leads_internal_start", "(all)", "internal", "leads")
	row(p, "leads_unassigned", "(all)", "unassigned", "leads")
	row(p, "leads_with_visitor", "(all)", "with_visitor", "leads")
	for (i = 1; i <= nevidence; i++)
		row(p, "leads_by_evidence", evidence[i], "leads" SUBSEP evidence[i], "leads")
	if (has(p, "both"))
		row(p, "declared_agreement", "(all)", "agree", "both")
	for (name in crossed)
		if (has(p, "declared" SUBSEP name))
			row(p, "declared", name, "declared" SUBSEP name, "both")
}

function report_revenue(p,   i) {
	row_money(p, "revenue_tracked", "(all)", "tracked", "revenue")
	for (i = 1; i <= nevidence; i++)
		row_money(p, "revenue_by_evidence", evidence[i], "revenue" SUBSEP evidence[i], "revenue")
}

function report_visits(p,   name) {
	for (name in visited_by)
		row(p, "visits_by_evidence", name, "visits" SUBSEP name, "visits")
	row(p, "visits_direct", "(all)", "visits_direct", "visits")
	row(p, "visits_internal_start", "(all)", "visits" SUBSEP "internal", "visits")
	row(p, "visits_unassigned", "(all)", "visits_unassigned", "visits")
}

function report_credit(p, name) {
	row_money(p, "conversions_unattributed", name, "no_conversions" SUBSEP name,
		"conversions" SUBSEP name)
	row_money(p, "value_unattributed", name, "no_worth" SUBSEP name, "worth" SUBSEP name)
}
