# changes.awk - what last night said, and tonight says otherwise
#
# in:  -v since=D, the last night's day; -v period=KIND; -v rules=yes when the
#      company's settings are not those of last night; then, what=
#      list      lead-kpi --list
#      forgotten store/forget.tsv
#      was, is   facts (facts.awk) that only one of the nights has, the civil day
#                before them
#      leads     lead, day that it became one; of those in these facts, and of
#                those forgotten
#      deals     lead, day of one of its milestones; of those in these facts
#      had, has  lead ids of last night, of tonight
#      before    last night's changes
#      kpi, credit, funnel, claims, coverage   rows that only one of the nights has,
#                was or is before them
#      adjust.kpi and so on   what frozen figures would be (freeze.awk)
#      -v forgotten_was=N -v forgotten_is=N, people forgotten as of each night
# out: kind table period dimension segment measure model was is delta cause
#
#   kind fact        facts up to last night that are known otherwise: counts, and of
#                    deals their value and time; those of the night's own day are no
#                    change. How many people were forgotten
#   kind restated    a figure of a period that had ended last night
#   kind adjustment  a frozen figure: was as published, is what it would be tonight,
#                    in every night since; published + delta is the truth
#
# cause, several with a comma between: late rows (and what a known lead did while
# nobody knew it was him), late conversion, merge, split, edited deal, refund,
# erasure: facts of that period that changed so. A touch or a
# lead that changed may move every later period's credit too. rules: the settings are
# others. maturing: a cohort that is followed further, or a funnel, whose deals are
# those that began in the period. An adjustment keeps its cause while it stays as it is.
BEGIN {
	OFS = "\t"
	ncauses = split("late rows,late conversion,merge,split,edited deal,refund,erasure,rules",
		causes, ",")
}

# The facts have no header; cells.awk took their first line for one.
FNR == 1 && what ~ /^(was|is|leads|deals|adjust.*)$/ {
	next
}

what == "list" {
	figure_list()
}

what == "forgotten" && cell("lead_id") != "" {
	forgotten[cell("lead_id")] = 1
}

what == "was" || what == "is" {
	fact()
}

what == "leads" {
	created[$1] = $2
}

what == "deals" && $2 != "" && !(($1, period_of($2, period)) in has_deals) {
	has_deals[$1, period_of($2, period)] = 1
	deals_in[$1] = deals_in[$1] FS period_of($2, period)
}

what == "had" && $1 in mentioned {
	had[$1] = 1
}

what == "has" && $1 in mentioned {
	has[$1] = 1
}

what == "before" && cell("kind") == "adjustment" {
	id = cell("table") OFS cell("period") OFS cell("dimension") OFS cell("segment") OFS \
		cell("measure") OFS cell("model")
	was_adjusted[id] = 1
	adjusted_to[id] = cell("is")
	adjusted_by[id] = cell("cause")
}

what in nfigures {
	if (!judged_facts)
		facts()
	figures()
}

what ~ /^adjust/ {
	if (!judged_facts)
		facts()
	adjustment(substr(what, 8))
}

END {
	if (!judged_facts)
		facts()
	for (id in counted)
		tell("fact", "steps" OFS counted_in[id] OFS "" OFS "(all)" OFS counted_of[id] OFS "",
			was_count[id] + 0, is_count[id] + 0, counted_by[id])
	for (id in cost_of)
		if (differs(id))
			mark_cost(cost_of[id])
	for (id in basis_of)
		restated(id)
	if (forgotten_was != "" && forgotten_is + 0 != forgotten_was + 0)
		tell("fact", "store" OFS "(all)" OFS "" OFS "(all)" OFS "forgotten people" OFS "",
			forgotten_was, forgotten_is, "erasure")
}

# --- facts ---

function fact(   id) {
	id = $2 OFS $3 OFS $4
	if ($2 == "row")
		id = id OFS $5
	ids[id] = 1
	mentioned[$6] = 1
	day_of_fact[what, id] = $1
	time_of[what, id] = $5
	lead_of[what, id] = $6
	value_of[what, id] = $7
	rest_of[what, id] = $8
}

# First who is who, then what became of each fact.
function facts(   id, part) {
	judged_facts = 1
	if (forgotten_was != "" && forgotten_is + 0 > forgotten_was + 0)
		unknown()
	for (id in ids)
		if ((("was", id) in lead_of) && (("is", id) in lead_of))
			moved(lead_of["was", id], lead_of["is", id])
	for (id in ids) {
		split(id, part, OFS)
		if (part[1] == "deal" && (("was", id) in lead_of))
			told_of[part[3]] = 1
	}
	for (id in ids) {
		split(id, part, OFS)
		if (part[1] == "deal")
			deal(id, part[2], part[3])
		else
			other(id, part[1], part[2])
	}
}

# Of a person who was forgotten since, what the map of keys knew is gone.
function unknown(   id) {
	for (id in forgotten)
		if (id in created)
			mark("C", period_of(created[id], period), "erasure")
}

function moved(from, to) {
	if (from == to || (from, to) in moves)
		return
	moves[from, to] = 1
	sources[to]++
}

# Why a fact of lead FROM is one of lead TO: "" when only the id is another.
function who(from, to) {
	if (to in forgotten || from in forgotten)
		return "erasure"
	if (from in has)
		return "split"
	if (to in had || sources[to] > 1)
		return "merge"
	return ""
}

# Why there is no such fact of lead FROM any more, or a new one of lead TO.
function gone(from,   i, part) {
	if (from in forgotten)
		return "erasure"
	for (i in moves) {
		split(i, part, SUBSEP)
		if (part[1] == from || part[2] == from)
			return who(part[1], part[2])
	}
	return "late rows"
}

function other(id, class, event,   cause, both, day) {
	both = (("was", id) in lead_of) && (("is", id) in lead_of)
	day = (("is", id) in lead_of) ? day_of_fact["is", id] : day_of_fact["was", id]
	if (day > since && !(("was", id) in lead_of)) {
		later(lead_of["is", id], event, class)
		return
	}
	# of a lead that is new tonight what came before is no change
	if (class == "touch" && !(("was", id) in lead_of) && !(lead_of["is", id] in had) && \
	    gone(lead_of["is", id]) == "late rows")
		return
	if (both)
		cause = lead_of["was", id] != lead_of["is", id] ? \
			who(lead_of["was", id], lead_of["is", id]) : "late rows"
	else
		cause = gone(("is", id) in lead_of ? lead_of["is", id] : lead_of["was", id])
	if (event == "refund" && cause == "late rows")
		cause = "refund"
	if (cause == "late rows" && class == "touch" && both && rules == "yes")
		cause = "rules"
	if (cause == "")
		return
	count(class == "touch" ? "touches" : event, cause, id)
	blame(cause, "was", id, class)
	blame(cause, "is", id, class)
}

# A fact of the new day: nothing was otherwise, but the cohort of its lead is, and the
# funnel that its deal began in.
function later(lead, event, class) {
	if (class == "touch")
		return
	follow(lead, event == "refund" ? "refund" : "late conversion")
}

function follow(lead, cause,   n, i, list) {
	if (lead in created)
		mark("C", period_of(created[lead], period), cause)
	n = split(substr(deals_in[lead], 2), list, FS)
	for (i = 1; i <= n; i++)
		mark("F", list[i], cause)
}

function count(of, cause, id,   key, side, n, i) {
	n = split("was is", side, " ")
	for (i = 1; i <= n; i++) {
		if (!((side[i], id) in lead_of))
			continue
		key = period_of_fact(side[i], id) OFS of OFS cause
		counted[key] = 1
		counted_in[key] = period_of_fact(side[i], id)
		counted_of[key] = of
		counted_by[key] = cause
		if (side[i] == "was") was_count[key]++
		else is_count[key]++
	}
}

function period_of_fact(side, id) {
	return day_of_fact[side, id] == "" ? "(all)" : period_of(day_of_fact[side, id], period)
}

function deal(id, event, name,   was, is, day, cause, when) {
	was = ("was", id) in lead_of
	is = ("is", id) in lead_of
	day = is ? day_of_fact["is", id] : day_of_fact["was", id]
	if (!was && day > since) {
		later(lead_of["is", id], event, "deal")
		return
	}
	if (was && is && lead_of["was", id] != lead_of["is", id]) {
		cause = who(lead_of["was", id], lead_of["is", id])
		if (cause != "") {
			count(event, cause, id)
			blame(cause, "was", id, "lead")
			blame(cause, "is", id, "lead")
		}
	}
	if (was && is && time_of["was", id] == time_of["is", id] &&
	    value_of["was", id] == value_of["is", id] && rest_of["was", id] == rest_of["is", id])
		return
	# a deal that was won and is lost has been edited
	cause = was || name in told_of ? "edited deal" : "late conversion"
	blame(cause, "was", id, "deal")
	blame(cause, "is", id, "deal")
	when = period_of_fact(is ? "is" : "was", id)
	said(when, name, event, was ? 1 : 0, is ? 1 : 0, cause, was != is)
	said(when, name, event " value", value_of["was", id], value_of["is", id], cause, 1)
	if (was && is) {
		said(when, name, event " time", time_of["was", id], time_of["is", id], cause, 1)
		others(id, when, name, event, cause)
	}
}

function said(when, name, measure, was, is, cause, really) {
	if (was != is && really)
		tell("fact", "steps" OFS when OFS "deal" OFS name OFS measure OFS "", was, is, cause)
}

# Other columns of a deal: which, not what. They may hold words about people.
function others(id, when, name, event, cause,   n, i, list, p, before, now, column) {
	n = split(rest_of["was", id], list, "\037")
	for (i = 1; i <= n; i++) {
		p = index(list[i], "=")
		before[substr(list[i], 1, p - 1)] = substr(list[i], p + 1)
		column[substr(list[i], 1, p - 1)] = 1
	}
	n = split(rest_of["is", id], list, "\037")
	for (i = 1; i <= n; i++) {
		p = index(list[i], "=")
		now[substr(list[i], 1, p - 1)] = substr(list[i], p + 1)
		column[substr(list[i], 1, p - 1)] = 1
	}
	for (i in column)
		if (before[i] != now[i])
			tell("fact", "steps" OFS when OFS "deal" OFS name OFS event " " i OFS "", "", "", cause)
}

# --- causes ---

# The figures of a fact's period, and of its lead's cohort, may be due to it; those
# of all later periods too, when it is about whose touch or lead it is.
function blame(cause, side, id, class,   when) {
	if (!((side, id) in lead_of))
		return
	when = period_of_fact(side, id)
	mark("P", when, cause)
	follow(lead_of[side, id], cause)
	if (class == "deal" || class == "row")
		return
	mark("C", when, cause)
	if (!(cause in from) || when < from[cause])
		from[cause] = when
}

function mark(basis, when, cause) {
	marked[basis, when, cause] = 1
}

# What a cohort cost is known otherwise: no fact of a lead tells it.
function mark_cost(when) {
	if (rules != "yes")
		mark("C", when, "late rows")
}

function cause_of(basis, when,   i, text) {
	for (i = 1; i <= ncauses; i++)
		if ((basis, when, causes[i]) in marked || (causes[i] in from && from[causes[i]] <= when) ||
		    (causes[i] == "rules" && rules == "yes"))
			text = text (text == "" ? "" : ", ") causes[i]
	if (text == "")
		text = basis == "P" ? "late rows" : "maturing"
	return text
}

# --- figures ---

# The figures of a row that only one of the nights has, of a period that had ended.
function figures(   i, name, id, last) {
	last = period_last(cell("period"))
	if (last == "" || last > since)
		return
	for (i = 1; i <= nfigures[what]; i++) {
		name = figure_name(what, i)
		if (figure_again(name))
			continue
		id = what OFS figure_key(what, name)
		figure[cell("side"), id] = cell(name)
		had_figure[cell("side"), id] = 1
		if (id == "kpi" OFS cell("period") OFS "(all)" OFS "(all)" OFS "cost" OFS "")
			cost_of[id] = cell("period")
		basis_of[id] = what == "funnel" ? "F" : figure_follows(what) ? "C" : "P"
	}
}

function differs(id) {
	return figure_moved(figure["was", id], ("was", id) in had_figure, figure["is", id],
		("is", id) in had_figure)
}

function restated(id,   part) {
	if (!differs(id))
		return
	split(id, part, OFS)
	tell("restated", id, figure["was", id], figure["is", id], cause_of(basis_of[id], part[2]))
}

function adjustment(table,   id, cause) {
	id = table OFS $1 OFS $2 OFS $3 OFS $4 OFS $5
	cause = ""
	if (id in was_adjusted)
		cause = adjusted_by[id]
	if (!(id in was_adjusted) || adjusted_to[id] != $7) {
		cause = united(cause, cause_of("P", $1))
		if ($2 "" == "(all)" && $4 == "cost")
			mark_cost($1)
	}
	tell("adjustment", id, $6, $7, cause)
}

# Causes of either, each once, in their order.
function united(a, b,   i, text) {
	for (i = 1; i <= ncauses; i++)
		if (index(", " a ",", ", " causes[i] ",") || index(", " b ",", ", " causes[i] ","))
			text = text (text == "" ? "" : ", ") causes[i]
	return text
}

function tell(kind, id, was, is, cause,   delta) {
	delta = ""
	if ((was == "" || was ~ /^-?[0-9]+(\.[0-9]+)?$/) && (is == "" || is ~ /^-?[0-9]+(\.[0-9]+)?$/) &&
	    was is != "") {
		deltas++
		money_add("d" deltas, is == "" ? "0" : is)
		money_add("d" deltas, was == "" ? "0" : was ~ /^-/ ? substr(was, 2) : "-" was)
		delta = money_text("d" deltas)
	}
	print kind, id, was, is, delta, cause
}
