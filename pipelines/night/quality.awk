# quality.awk - is there something in this night that should not be believed?
#
# in:  -v date=D; what=checks (check min max band severity), then what=inputs
#      days (what name day) imports (kind name in rejected) counts campaigns spend visits steps credit, where they are
# out: check subject value min max severity verdict, a row for each check and each
#      of its subjects. verdict: ok, warn or fail, or unknown, when there is too
#      little to judge by; shares are written 0.4, whatever checks.tsv says
#
#   rows                rows of an input that came for the day. band LOW-HIGH: in
#                       percent of the median of the last 8 same weekdays, of which 4
#                       must be known, and beyond three times its square root, for
#                       small numbers are never even
#   spend_days_missing  days up to the night for which a daily report of spend has no
#                       row, of the 56 up to its last. Daily: rows on 7 days and on
#                       half of them
#   snapshot_age        days since a CRM export
#   direct              share of the visits of 28 days whose channel is direct
#   unassigned          the same of those that no channel rule knows
#   unattributed        share of the conversions of 90 days that nobody earned, by
#                       milestone
#   unmapped_cost       share of the ad cost of 28 days that campaigns.tsv does not name
#   won_without_value   deals won in 90 days without a value, or of 0
#   won_before_lead     deals won in 90 days before their lead was one
#   future_dates        rows dated after the night's day
#   silent_hours        hours of the day of which a log has no line
#   rejected            share of an input's rows of this night that could not be read
#   crm_rejected        such rows of a CRM export: each may be a deal that is missing
BEGIN {
	today = day_number(date)
	lately = day_of(today - 90)
	monthly = day_of(today - 27)
}

what == "checks" {
	nchecks++
	check[nchecks] = cell("check")
	min[nchecks] = ratio(cell("min"))
	max[nchecks] = ratio(cell("max"))
	band[nchecks] = cell("band")
	severity[nchecks] = cell("severity")
}

what == "inputs" && cell("kind") ~ /^(log|events|email)[?]?$/ {
	subject("rows", cell("name"))
	subject("rejected", cell("name"))
	if (cell("kind") ~ /^log/)
		subject("silent_hours", cell("name"))
}

what == "days" {
	days()
}

what == "counts" {
	back = today - day_number(day_of_file())
	if (back % 7 == 0 && back <= 56) {
		known_day[back] = 1
		if (cell("measure") == "in")
			came[cell("input"), back] += cell("n")
	}
	if (back == 0 && cell("measure") == "rejected")
		rejected[cell("input")] += cell("n")
	if (back == 0 && cell("measure") == "silent_hours")
		value["silent_hours", cell("input")] += cell("n")
}

what == "imports" {
	subject("rejected", cell("name"))
	value["rejected", cell("name")] = share(cell("rejected"), cell("in"))
	if (cell("kind") == "crm") {
		subject("crm_rejected", cell("name"))
		value["crm_rejected", cell("name")] = cell("rejected")
	}
}

what == "campaigns" {
	campaign_row()
	campaigns++
}

what == "spend" && cell("date") >= monthly && campaign_ad() {
	money_add("cost", cell("cost"))
	if (!((cell("platform") SUBSEP cell("campaign_id")) in campaign_name))
		money_add("unmapped", cell("cost"))
}

what == "visits" && day_of_file() >= monthly &&
    cell("fact") ~ /^(campaign|click|referrer|internal|none|declared)$/ {
	visits += cell("n")
	of_channel[cell("channel")] += cell("n")
}

what == "steps" {
	if ($1 != lead) {
		lead = $1
		won = 0
	}
	if (cell("event") == "lead")
		early += won
	if (cell("event") == "won" && substr(cell("time"), 1, 10) >= lately) {
		won++
		if (cell("value") + 0 == 0)
			worthless++
	}
}

what == "credit" {
	if (model == "")
		model = cell("model")
	if (cell("model") == model && substr(cell("time"), 1, 10) >= lately) {
		subject("unattributed", cell("milestone"))
		money_add("all" SUBSEP cell("milestone"), cell("conversions"))
		if (cell("channel") == "(unattributed)")
			money_add("none" SUBSEP cell("milestone"), cell("conversions"))
	}
}

END {
	figures()
	for (i = 1; i <= nchecks; i++) {
		for (j = 1; j <= nsubjects[check[i]]; j++)
			judge(i, subjects[check[i], j])
		if (nsubjects[check[i]] == 0)
			print check[i], "(all)", "", min[i], max[i], severity[i], "unknown"
	}
}

# What a setting means: 40% is 0.4.
function ratio(text) {
	if (text !~ /%$/)
		return text
	return share(substr(text, 1, length(text) - 1), 100)
}

function subject(name, of) {
	if (!((name, of) in is_subject)) {
		is_subject[name, of] = 1
		subjects[name, ++nsubjects[name]] = of
	}
}

function days(   name, day) {
	name = cell("name")
	day = day_number(cell("day"))
	if (cell("what") == "crm") {
		subject("snapshot_age", name)
		value["snapshot_age", name] = today - day
		return
	}
	subject("spend_days_missing", name)
	spend_on[name, day] = 1
	if (!(name in last) || day > last[name]) last[name] = day
	if (!(name in first) || day < first[name]) first[name] = day
}

function figures(   i, name, m) {
	for (i = 1; i <= nsubjects["rows"]; i++) {
		name = subjects["rows", i]
		if (0 in known_day) {
			value["rows", name] = came[name, 0] + 0
			value["rejected", name] = share(rejected[name] + 0, came[name, 0] + 0)
		}
	}
	for (i = 1; i <= nsubjects["silent_hours"]; i++) {
		name = subjects["silent_hours", i]
		if (0 in known_day) value["silent_hours", name] += 0
	}
	for (i = 1; i <= nsubjects["spend_days_missing"]; i++)
		gaps(subjects["spend_days_missing", i])
	for (i = 1; i <= nsubjects["unattributed"]; i++) {
		m = subjects["unattributed", i]
		value["unattributed", m] = share(money_text("none" SUBSEP m), money_text("all" SUBSEP m))
	}
	one("direct", share(of_channel["direct"] + 0, visits))
	one("unassigned", share(of_channel["unassigned"] + 0, visits))
	one("unmapped_cost", campaigns ? share(money_text("unmapped"), money_text("cost")) : "")
	one("won_without_value", worthless + 0)
	one("won_before_lead", early + 0)
	one("future_dates", future)
}

function one(name, figure) {
	subject(name, "(all)")
	value[name, "(all)"] = figure
}

function gaps(name,   from, d, n) {
	from = first[name] > last[name] - 55 ? first[name] : last[name] - 55
	for (d = from; d <= last[name]; d++)
		n += (name, d) in spend_on
	if (n >= 7 && 2 * n >= last[name] - from + 1)
		value["spend_days_missing", name] = last[name] - from + 1 - n + today - last[name]
}

function judge(i, of,   figure, low, high, verdict) {
	figure = value[check[i], of]
	low = min[i]
	high = max[i]
	if (band[i] != "") {
		usual(of)
		low = high = ""
		if (median != "") {
			split(band[i], limit, "-")
			low = median * limit[1] / 100 - 3 * sqrt(median)
			low = low < 0 ? 0 : int(low)
			high = int(median * limit[2] / 100 + 3 * sqrt(median) + 1)
		}
	}
	verdict = "ok"
	if (figure == "" || (low == "" && high == ""))
		verdict = "unknown"
	else if ((low != "" && figure + 0 < low + 0) || (high != "" && figure + 0 > high + 0))
		verdict = severity[i]
	print check[i], of, figure, low, high, severity[i], verdict
}

# The median of an input's rows on the last 8 same weekdays; none of fewer than 4,
# nor where there are usually none.
function usual(name,   back, n, i, t, list) {
	median = ""
	for (back = 7; back <= 56; back += 7)
		if (back in known_day) {
			t = came[name, back] + 0
			for (i = ++n; i > 1 && list[i - 1] > t; i--)
				list[i] = list[i - 1]
			list[i] = t
		}
	if (n < 4)
		return
	median = n % 2 ? list[(n + 1) / 2] : (list[n / 2] + list[n / 2 + 1]) / 2
	if (median == 0)
		median = ""
}
