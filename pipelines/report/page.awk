# page.awk - the page of monthly-report
#
# in:  what=kpi journeys funnel coverage quality changes stages, each before its
#      file; -v date= month= before= models= target=
# out: text of at most 100 columns, where names have 16 letters and sums of money 8
#      digits. A line without a figure is left out, and so is a part of which there is
#      nothing; each part says what its figures are
BEGIN {
	FS = "\t"
	split(models, model, ",")
}
FNR == 1 {
	delete at
	for (i = 1; i <= NF; i++) at[$i] = i
	seen[what] = 1
	next
}
what == "kpi" {
	months[$at["period"]] = 1
	key = $at["period"] FS $at["dimension"] FS $at["segment"] FS $at["model"] FS $at["kpi"]
	value[key] = $at["value"]
	top[key] = $at["numerator"]
	if ($at["period"] != month) next
	if ($at["dimension"] == "first_channel") source[$at["segment"]] = by_first = 1
	if ($at["dimension"] == "channel") known[$at["model"]] = 1
	if ($at["dimension"] == "channel" && $at["model"] != "") source[$at["segment"]] = 1
	next
}
what == "journeys" { if ($at["currency"] != "") currency = $at["currency"]; next }
what == "stages" {
	label[$at["key"]] = $at["label"]
	place[$at["key"]] = $at["order"]
	next
}
what == "changes" {
	if ($at["kind"] == "adjustment" && $at["table"] == "kpi" && $at["period"] == month && \
	    $at["dimension"] == "(all)")
		adjusted[$at["measure"]] = $at["is"] FS $at["cause"]
	next
}
what == "funnel" {
	if ($at["period"] != month || $at["dimension"] != "(all)" || $at["model"] != "") next
	if (!($at["stage"] in stage_seen)) { stage_seen[$at["stage"]] = 1; stages[++nstages] = $at["stage"] }
	funnel[$at["stage"], $at["kpi"]] = $at["value"]
	next
}
what == "coverage" {
	if ($at["period"] == month) covered[$at["measure"] FS $at["segment"]] = $at["value"]
	next
}
what == "quality" {
	if ($at["verdict"] == "warn")
		warned[++nwarned] = $at["check"] FS $at["subject"] FS $at["value"]
	next
}

# figure(KPI, SEGMENT, MODEL, MONTH) - of the first touch; by a model of the credit
function figure(kpi, segment, by, when,   d) {
	d = segment == "(all)" ? "(all)" : by == "" ? "first_channel" : "channel"
	return value[when FS d FS segment FS by FS kpi]
}

# --- the parts of the page ---

function headline(   n, i, part, name, now, then) {
	# figure:form:words; one with a ! stands even when it is 0
	n = split("leads:count:leads!|mql:count:ready for marketing (mql)|sql:count:taken by sales (sql)|" \
		"opps:count:opportunities opened|deals:count:deals won!|customers:count:new customers!|" \
		"revenue:money:revenue, less refunds!|cost_ads:money:ad cost|" \
		"lead_value:money:a lead is worth|cpl:money:a lead costs|" \
		"cost_per_customer:money:a new customer costs|roas:ratio:ROAS, revenue / ad cost", part, "|")
	if (before in months) row("", month, before, "change")
	for (i = 1; i <= n; i++) {
		split(part[i], name, ":")
		if (!((month FS "(all)" FS "(all)" FS FS name[1]) in value)) continue
		now = figure(name[1], "(all)", "", month)
		then = before in months ? figure(name[1], "(all)", "", before) : ""
		if (now + 0 == 0 && then + 0 == 0 && !sub(/!$/, "", name[3])) continue
		sub(/!$/, "", name[3])
		if (before in months) row(name[3], shown(name[2], now), shown(name[2], then), change(now, then))
		else row(name[3], shown(name[2], now))
	}
	lay(before in months ? 4 : 2)
	note("a lead is worth: revenue of the month / its new leads. A lead costs: ad cost / its new " \
		"leads. A new customer costs: ad, nurture and event cost / its new customers.")
}
function shown(form, t) { return form == "money" ? money(t) : form == "ratio" ? ratio(t) : count(t) }

# order() - the sources by revenue of the first touch, most first, then by name
function order(   s, i, j, t) {
	for (s in source) sources[++nsources] = s
	for (i = 2; i <= nsources; i++)
		for (j = i; j > 1 && before_of(sources[j], sources[j - 1]); j--) {
			t = sources[j]; sources[j] = sources[j - 1]; sources[j - 1] = t
		}
}
function before_of(a, b,   x, y) {
	x = figure("revenue", a, "", month) + 0
	y = figure("revenue", b, "", month) + 0
	return x > y || (x == y && a "" < b "")
}

# some(S, KPIS) - is one of these figures of a source more or less than nothing?
function some(s, kpis,   n, i, list) {
	n = split(kpis, list, " ")
	for (i = 1; i <= n; i++) if (figure(list[i], s, "", month) + 0 != 0) return 1
	return s == "(all)"
}

# A cost of nothing is none that is known: people's time is in no spend.
function price(kpi, s,   key) {
	key = month FS (s == "(all)" ? s : "first_channel") FS s FS FS kpi
	return money(top[key] + 0 == 0 ? "" : value[key])
}

function where_from(   i, s) {
	row("source", "leads", "customers", "revenue", "ad cost", "cost a customer", "of the cohort")
	for (i = 0; i <= nsources; i++) {
		s = i ? sources[i] : "(all)"
		if (!some(s, "leads customers revenue cost_ads cost_per_customer_cohort")) continue
		row(s, count(figure("leads", s, "", month)), count(figure("customers", s, "", month)),
			money(figure("revenue", s, "", month)), price("cost_ads", s),
			price("cost_per_customer", s), price("cost_per_customer_cohort", s))
	}
	lay(7)
	note("Cost a customer: ad, nurture and event cost of the month / its new customers. Of the " \
		"cohort: the same cost / those customers, up to " date ", who became leads in the month. -: " \
		"no cost is known, or nobody bought.")
	if ("(unknown)" in source && some("(unknown)", "leads revenue cost_ads"))
		note("(unknown): nobody saw how they came; its cost is of campaigns that have no channel.")
}

function what_leads_are_worth(   i, s) {
	row("source", "leads", "a lead is worth", "costs", "leaves", "worth to date", "became customers")
	for (i = 0; i <= nsources; i++) {
		s = i ? sources[i] : "(all)"
		if (figure("leads", s, "", month) + 0 == 0) continue
		row(s, count(figure("leads", s, "", month)), money(figure("lead_value", s, "", month)),
			price("cpl", s), money(figure("lead_margin", s, "", month)),
			money(figure("lead_value_cohort", s, "", month)),
			percent(figure("lead_to_customer", s, "", month)))
	}
	lay(7)
	note("Worth: revenue of the month / leads of the month. To date: what those leads themselves have " \
		"brought by " date " / their number, and how many of them have bought; it grows.")
}

function what_returned(   i, s) {
	row("source", model[1], model[2], model[3], "cohort", "mature", "sales", "advice")
	for (i = 1; i <= nsources; i++) {
		s = sources[i]
		if (figure("cost_ads", s, "", month) + 0 == 0) continue
		row(s, ratio(figure("roas", s, model[1], month)), ratio(figure("roas", s, model[2], month)),
			ratio(figure("roas", s, model[3], month)), ratio(figure("roas_cohort", s, "", month)),
			percent(figure("mature_cohort", s, "", month)), count(least_sales(s)), advice(s))
	}
	lay(8, 1)
	note("cohort: revenue to date of the leads that came in the month / its ad cost. mature: share of " \
		"them at least 180 days old. sales: by the model that gives the fewest. fund or stop is said " \
		"with 10 sales or more under each model, a mature cohort, and all four figures on one side of " \
		target "; else watch. These are averages: what the next unit of money returns, the marginal " \
		"return, is another figure and likely less.")
	oldest_enough()
}

# The newest month of the night whose leads are old enough to be judged by.
function oldest_enough(   m, newest) {
	if (figure("mature_cohort", "(all)", "", month) == "1") return
	for (m in months)
		if (figure("mature_cohort", "(all)", "", m) == "1" && m > newest) newest = m
	note("The leads of " month " are too young for advice. " (newest == "" ? "No month of this night is " \
		"old enough yet." : "The newest month that is old enough: --month " newest "."))
}

# Sales by the model that gives the source the fewest.
function least_sales(s,   m, n, least) {
	for (m = 1; m <= 3; m++) {
		n = figure("deals", s, model[m], month)
		if (n == "") n = 0
		if (m == 1 || n + 0 < least + 0) least = n
	}
	return least
}
function advice(s,   m, above, mature) {
	if (least_sales(s) + 0 < 10) return "watch: fewer than 10 sales"
	mature = figure("mature_cohort", s, "", month)
	if (mature + 0 < 1) return "watch: its leads are too young"
	for (m = 1; m <= 3; m++) above += figure("roas", s, model[m], month) + 0 >= target + 0
	above += figure("roas_cohort", s, "", month) + 0 >= target + 0
	return above == 4 ? "fund" : above == 0 ? "stop" : "watch: the models do not agree"
}

function how_far(   i, s) {
	row("stage", "reached", "of those before", "lost there", "open there", "stuck", "median days")
	for (i = 1; i <= nstages; i++) {
		s = stages[i]
		row(s in label && label[s] != "" ? label[s] : s, count(funnel[s, "reached"]),
			percent(funnel[s, "step"]), count(funnel[s, "lost_here"]), count(funnel[s, "open_here"]),
			count(funnel[s, "stuck"]), days(funnel[s, "days_median"]))
	}
	lay(7)
	note("Reached: this stage or a later one, by " date "; lost is not later. Stuck: open there for longer " \
		"than the stage allows. Median days: of the stays that ended.")
}
# Stages in their own order, where it is known; else by how many got so far, those of
# the lost last; a tie by name.
function order_stages(   i, j, t) {
	for (i = 2; i <= nstages; i++)
		for (j = i; j > 1 && earlier(stages[j], stages[j - 1]); j--) {
			t = stages[j]; stages[j] = stages[j - 1]; stages[j - 1] = t
		}
}
function earlier(a, b,   x, y) {
	if (a in place && b in place && place[a] != place[b]) return place[a] + 0 < place[b] + 0
	x = is_lost(a); y = is_lost(b)
	if (x != y) return y
	x = funnel[a, "reached"] + 0; y = funnel[b, "reached"] + 0
	return x > y || (x == y && a "" < b "")
}
# Nothing is lost in a stage of the lost, and none comes before it.
function is_lost(s) { return funnel[s, "step"] == "" && !((s, "lost_here") in funnel) }

function answering(   how, i, n, part) {
	n = split("response_median:h:until somebody answered a lead: half of them|" \
		"response_p90:h:nine of ten|response_bh_median:h:half of them, in office hours|" \
		"within_4h:p:answered within 4 hours|win_if_within_4h:p:became customers, of those answered so|" \
		"win_if_later:p:became customers, of those answered later|" \
		"never_contacted_rate:p:never contacted", part, "|")
	for (i = 1; i <= n; i++) {
		split(part[i], how, ":")
		sub(/^[^:]*:[^:]*:/, "", part[i])
		if (figure(how[1], "(all)", "", month) == "") continue
		row(part[i], how[2] == "h" ? hours(figure(how[1], "(all)", "", month)) : \
			percent(figure(how[1], "(all)", "", month)))
	}
	if (nrows) lay(2)
	else print "  No lead of this month was there to be answered."
}

function believed(   i, n, part) {
	n = split("leads_tracked:(all):leads with a tracked touch before the lead|" \
		"revenue_tracked:(all):revenue with a tracked touch before the lead|leads_direct:(all):leads that came direct|" \
		"leads_unassigned:(all):leads whose source has no channel|" \
		"value_unattributed:won:revenue that no touch earned|" \
		"cost_mapped:(all):ad cost whose campaign has a name|" \
		"cost_joined:(all):ad cost whose campaign somebody came by", part, "|")
	for (i = 1; i <= n; i++) belief(part[i])
	for (i = 1; i <= nwarned; i++) {
		split(warned[i], part, FS)
		row("warning of the night: " part[1] (part[2] == "" || part[2] == "(all)" ? "" : " of " part[2]),
			part[3])
	}
	if (nrows) lay(2)
	else print "  Nothing was there to be seen in this month."
	since_closed()
}
function belief(text,   how) {
	split(text, how, ":")
	if (covered[how[1] FS how[2]] != "") row(how[3], percent(covered[how[1] FS how[2]]))
}

# Figures above stand as they were when the month closed.
function since_closed(   n, i, list, form, part) {
	n = split("leads count,deals count,customers count,revenue money,cost_ads money", list, ",")
	for (i = 1; i <= n; i++) {
		split(list[i], form, " ")
		if (!(form[1] in adjusted)) continue
		split(adjusted[form[1]], part, FS)
		if (!nrows) row("since " month " was closed", "above", "is now", "why")
		row(form[1] == "cost_ads" ? "ad cost" : form[1], shown(form[2], figure(form[1], "(all)", "", month)),
			shown(form[2], part[1]), part[2])
	}
	if (!nrows) return
	print ""
	lay(4, 1)
}

function stop(why) {
	print "monthly-report: " why >"/dev/stderr"
	exit failed = 1
}

# What the page cannot do without.
function check(   i) {
	if (!(month in months)) stop("the night of " date " has no figures of " month)
	for (i = 1; i <= 3; i++) if (!(model[i] in known))
		stop("no figures by channel under the model " model[i] " (KPI_CREDIT_BY, MODELS)")
	if (!by_first) stop("no figures by first_channel (KPI_BY)")
}

END {
	if (failed) exit 1
	check()
	if (failed) exit 1
	order()
	print "The month " month ", as of " date (currency == "" ? "" : "; money in " currency)
	print ""
	headline()
	title("Where the customers came from: sources by revenue, by the first touch")
	where_from()
	if (figure("leads", "(all)", "", month) + 0) {
		title("What a lead of each source is worth")
		what_leads_are_worth()
	}
	title("What the ad money returned: revenue / ad cost, under three models")
	if (any_cost()) what_returned()
	else print "  No ad cost of this month joins a source."
	if (nstages) {
		order_stages()
		title("How far the deals that began in the month got")
		how_far()
	}
	title("How soon leads were answered")
	answering()
	if (seen["coverage"] || nwarned) {
		title("How far this can be believed")
		believed()
	}
}

function any_cost(   s) {
	for (s in source) if (figure("cost_ads", s, "", month) + 0) return 1
	return 0
}
