# freeze.awk - figures of closed periods as they were published
#
# in:  -v date=D -v days=FREEZE_DAYS -v new=FILE -v adjust=FILE -v table=NAME;
#      what=list (lead-kpi --list), what=frozen (rows of closed periods, as they
#      were), what=truth (tonight's table)
# out: tonight's table; a row of a closed period is the frozen one
#
# A period closes FREEZE_DAYS after its last day. The rows of one that is not
# among the frozen are written to FILE new, without a header, for the store: from
# then on they stand. What tonight's figures would be goes to FILE adjust: period
# dimension segment measure model was is (of counts and sums the value, of ratios
# numerator and denominator too). A dimension, figure or model that was
# not published when the period closed stands as it is tonight. Figures that follow
# a cohort (basis C) never freeze: they are about what came after.
BEGIN {
	OFS = "\t"
	today = day_number(date)
}

what == "list" {
	if (cell("basis") ~ /C/)
		cohort[cell("kpi")] = 1
}

what == "frozen" && closed(cell("period")) {
	id = key()
	frozen[id] = 1
	known[combination()] = 1
	for (name in at)
		was[id, name] = $(at[name])
	was_frozen[cell("period")] = 1
}

what == "truth" {
	if (!columns)
		header()
	if (!closed(cell("period")) || cell("kpi") in cohort) {
		print
	} else if (!(cell("period") in was_frozen)) {
		print
		print >new
	} else if (combination() in known) {
		compare(key())
	} else {
		print
	}
}

END {
	for (id in frozen)
		put(id)
}

function header(   i) {
	for (i in at)
		named[at[i]] = i
	columns = NF
}

function closed(period,   last) {
	if (!(period in is_closed)) {
		last = period_last(period)
		is_closed[period] = last != "" && day_number(last) + days <= today
	}
	return is_closed[period]
}

function combination() {
	if (table == "kpi")
		return cell("period") OFS cell("dimension") OFS cell("kpi") OFS cell("model")
	return cell("period") OFS cell("model") OFS cell("milestone")
}

# What a row is of: period dimension segment measure model.
function key(   i, by, of) {
	if (table == "kpi")
		return cell("period") OFS cell("dimension") OFS cell("segment") OFS cell("kpi") OFS cell("model")
	split("", name_at)
	for (i in at)
		name_at[at[i]] = i
	for (i = at["period"] + 1; i < at["conversions"]; i++) {
		by = by (by == "" ? "" : "+") name_at[i]
		of = of (i == at["period"] + 1 ? "" : " > ") $i
	}
	return cell("period") OFS by OFS of OFS cell("milestone") OFS cell("model")
}

# Tonight's row of a closed period: what would it change?
function compare(id,   n, list, i) {
	seen[id] = 1
	plain = was[id, "denominator"] cell("denominator") == ""
	n = split(table == "kpi" ? "value numerator denominator" : "conversions value", list, " ")
	for (i = 1; i <= n; i++)
		note(id, list[i], id in frozen ? was[id, list[i]] : "", cell(list[i]))
}

function note(id, figure, before, now,   part) {
	if (before == now || (figure == "numerator" && plain))
		return
	split(id, part, OFS)
	print part[1], part[2], part[3], measure(part[4], figure), part[5],
		before, now >adjust
}

# A kpi's value is called as it is; for the others the part of it is named.
function measure(name, figure) {
	return figure == "value" && table == "kpi" ? name : name " " figure
}

# The frozen row, in the columns of tonight; one that tonight has not is undone.
function put(id,   i, line, n, list) {
	line = ""
	for (i = 1; i <= columns; i++)
		line = line (i > 1 ? OFS : "") was[id, named[i]]
	print line
	if (id in seen)
		return
	plain = was[id, "denominator"] == ""
	n = split(table == "kpi" ? "value numerator denominator" : "conversions value", list, " ")
	for (i = 1; i <= n; i++)
		note(id, list[i], was[id, list[i]], "")
}
