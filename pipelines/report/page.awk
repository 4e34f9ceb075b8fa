# page.awk - the page of monthly-report
#
# in:  what=kpi journeys funnel coverage quality stages, each before its file; -v
#      date= month= before= models= target=
# out: text of at most 100 columns
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
what == "stages" { label[$at["key"]] = $at["label"]; next }
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

# --- tables: rows of cells, laid out when all are known ---

function row(a, b, c, d, e, f, g, h) {
	nrows++
	cell[nrows, 1] = a; cell[nrows, 2] = b; cell[nrows, 3] = c; cell[nrows, 4] = d
	cell[nrows, 5] = e; cell[nrows, 6] = f; cell[nrows, 7] = g; cell[nrows, 8] = h
}
function long(t) { gsub(/[\200-\277]/, "", t); return length(t) }
function pad(n,   t) { while (n-- > 0) t = t " "; return t }

# lay(N, [LAST]) - N columns; the first, and with LAST the last, stand to the left
function lay(n, last,   r, c, width, line, gap) {
	for (c = 1; c <= n; c++) {
		width = 0
		for (r = 1; r <= nrows; r++) if (long(cell[r, c]) > width) width = long(cell[r, c])
		wide[c] = width
	}
	for (r = 1; r <= nrows; r++) {
		line = " "
		for (c = 1; c <= n; c++) {
			gap = pad(wide[c] - long(cell[r, c]))
			line = line (c > 1 ? "  " : " ") (c == 1 || (last && c == n) ? cell[r, c] gap : gap cell[r, c])
		}
		sub(/ +$/, "", line)
		print line
	}
	nrows = 0
}
function title(t) { print "\n" t "\n" }

# --- the parts of the page ---

function headline(   n, i, part, name, form) {
	# figure:form:words
	n = split("leads:count:leads|mql:count:ready for marketing (mql)|sql:count:taken by sales (sql)|" \
		"opps:count:opportunities opened|deals:count:deals won|customers:count:new customers|" \
		"revenue:money:revenue, less refunds|cost_ads:money:ad cost|" \
		"lead_value:money:a lead is worth|cpl:money:a lead costs|" \
		"cost_per_customer:money:a new customer costs|roas:ratio:ROAS, revenue / ad cost", part, "|")
	row("", month, before, "change")
	for (i = 1; i <= n; i++) {
		split(part[i], name, ":")
		if (!((month FS "(all)" FS "(all)" FS FS name[1]) in value)) continue
		row(name[3], shown(name[2], figure(name[1], "(all)", "", month)),
			shown(name[2], figure(name[1], "(all)", "", before)),
			change(figure(name[1], "(all)", "", month), figure(name[1], "(all)", "", before)))
	}
	lay(4)
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

function where_from(   i, s) {
	row("source", "leads", "customers", "revenue", "ad cost", "a customer costs", "of the cohort")
	for (i = 0; i <= nsources; i++) {
		s = i ? sources[i] : "(all)"
		row(s, count(figure("leads", s, "", month)), count(figure("customers", s, "", month)),
			money(figure("revenue", s, "", month)), money(figure("cost_ads", s, "", month)),
			money(figure("cost_per_customer", s, "", month)),
			money(figure("cost_per_customer_cohort", s, "", month)))
	}
	lay(7)
}

function what_returned(   i, s, m, some) {
	row("source", model[1], model[2], model[3], "cohort", "mature", "sales", "advice")
	for (i = 1; i <= nsources; i++) {
		s = sources[i]
		if (figure("cost_ads", s, "", month) + 0 == 0) continue
		some = 1
		row(s, ratio(figure("roas", s, model[1], month)), ratio(figure("roas", s, model[2], month)),
			ratio(figure("roas", s, model[3], month)), ratio(figure("roas_cohort", s, "", month)),
			percent(figure("mature_cohort", s, "", month)), count(least_sales(s)), advice(s))
	}
	if (some) lay(8, 1)
	else print "  No ad cost of this month joins a source."
	nrows = 0
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
}
# Stages by the share that got so far; a tie by name.
function order_stages(   i, j, t) {
	for (i = 2; i <= nstages; i++)
		for (j = i; j > 1 && earlier(stages[j], stages[j - 1]); j--) {
			t = stages[j]; stages[j] = stages[j - 1]; stages[j - 1] = t
		}
}
function earlier(a, b,   x, y) {
	x = funnel[a, "reached"] + 0; y = funnel[b, "reached"] + 0
	return x > y || (x == y && a "" < b "")
}

function answering() {
	row("until somebody answered a lead, median", hours(figure("response_median", "(all)", "", month)))
	if (figure("response_bh_median", "(all)", "", month) != "")
		row("the same in office hours", hours(figure("response_bh_median", "(all)", "", month)))
	row("answered within 4 hours", percent(figure("within_4h", "(all)", "", month)))
	row("won, of those answered within 4 hours", percent(figure("win_if_within_4h", "(all)", "", month)))
	row("won, of those answered later", percent(figure("win_if_later", "(all)", "", month)))
	row("never contacted", percent(figure("never_contacted_rate", "(all)", "", month)))
	lay(2)
}

function believed(   i, part) {
	if (("leads_tracked" FS "(all)") in covered)
		row("leads with a tracked touch", percent(covered["leads_tracked" FS "(all)"]))
	if (("revenue_tracked" FS "(all)") in covered)
		row("revenue of such leads", percent(covered["revenue_tracked" FS "(all)"]))
	if (("value_unattributed" FS "won") in covered)
		row("revenue that no touch earned", percent(covered["value_unattributed" FS "won"]))
	for (i = 1; i <= nwarned; i++) {
		split(warned[i], part, FS)
		row("warning: " part[1] (part[2] == "" ? "" : " of " part[2]), part[3])
	}
	lay(2)
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
	title("What the ad money returned: revenue / ad cost, under three models")
	what_returned()
	print "\n  cohort: revenue to date of the leads that came in the month / its ad cost. mature: share of" \
		"\n  them at least 180 days old. fund or stop is said with 10 sales or more under each model, a" \
		"\n  mature cohort, and all four figures on one side of " target "; else watch. These are averages:" \
		"\n  what the next euro returns, the marginal return, is another figure and likely less."
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
