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
# dimension segment measure model was is (figures.awk). A dimension, figure or model
# that was not published when the period closed stands as it is tonight. Figures
# that follow a cohort (basis C) never freeze: they are about what came after.
BEGIN {
	OFS = "\t"
	today = day_number(date)
}

what == "list" {
	figure_list()
}

what == "frozen" && closed(cell("period")) {
	id = figure_row(table)
	frozen[id] = 1
	known[figure_kind(table)] = 1
	for (name in at)
		was[id, name] = $(at[name])
	for (i = 1; i <= nfigures[table]; i++)
		if (!figure_again(figure_name(table, i)))
			key[id, i] = figure_key(table, figure_name(table, i))
	was_frozen[cell("period")] = 1
}

what == "truth" {
	if (!columns)
		header()
	if (!closed(cell("period")) || figure_follows(table)) {
		print
	} else if (!(cell("period") in was_frozen)) {
		print
		print >new
	} else if (figure_kind(table) in known) {
		compare(figure_row(table))
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
		column[at[i]] = i
	columns = NF
}

function closed(period,   last) {
	if (!(period in is_closed)) {
		last = period_last(period)
		is_closed[period] = last != "" && day_number(last) + days <= today
	}
	return is_closed[period]
}

# Tonight's row of a closed period: what would it change?
function compare(id,   i, name) {
	seen[id] = 1
	for (i = 1; i <= nfigures[table]; i++) {
		name = figure_name(table, i)
		if (!figure_again(name) && figure_moved(was[id, name], id in frozen, cell(name), 1))
			print figure_key(table, name), was[id, name], cell(name) >adjust
	}
}

# The frozen row, in the columns of tonight; one that tonight has not is undone.
function put(id,   i, line) {
	line = ""
	for (i = 1; i <= columns; i++)
		line = line (i > 1 ? OFS : "") was[id, column[i]]
	print line
	for (i = 1; i <= nfigures[table] && !(id in seen); i++)
		if ((id, i) in key && figure_moved(was[id, figure_name(table, i)], 1, "", 0))
			print key[id, i], was[id, figure_name(table, i)], "" >adjust
}
