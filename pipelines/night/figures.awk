# figures.awk - what the figures of a row are figures of, in each table with periods
#
# A figure is told as period dimension segment measure model, whatever table it is
# in, so that two nights can be compared. measure is the kpi's name, after the stage
# in a funnel and the milestone in credit; behind it which of the row's figures,
# where that is not its value. cells.awk has read the row.
BEGIN {
	nfigures["kpi"] = split("value numerator denominator", kpi_figure, " ")
	nfigures["funnel"] = nfigures["coverage"] = nfigures["kpi"]
	nfigures["credit"] = split("conversions value", credit_figure, " ")
	nfigures["claims"] = split("claimed_conversions claimed_value credited_conversions " \
		"credited_value", claims_figure, " ")
	# measures of coverage that follow what came after
	cohort["leads_with_visitor"] = cohort["cost_joined"] = 1
}

# figure_name(TABLE, I) - the column of a row's I-th figure
function figure_name(table, i) {
	return table == "credit" ? credit_figure[i] : table == "claims" ? claims_figure[i] : kpi_figure[i]
}

# figure_again(NAME) - does another say it too? The numerator of a count is its value,
# the denominator of a segment of all leads or all revenue is that of all of them
function figure_again(name) {
	return (name == "numerator" && cell("denominator") == "") ||
		(name == "denominator" && cell("measure") ~ /_by_evidence$|^declared$/)
}

# figure_moved(WAS, HAD, IS, HAS) - is it another? HAD and HAS: was there such a row; one
# that says nothing or 0 is no other than none
function figure_moved(was, had, is, has) {
	if (had && has)
		return was "" != is ""
	return had ? was "" != "" && was "" != "0" : is "" != "" && is "" != "0"
}

# figure_key(TABLE, NAME) - what that figure of the row at hand is of
function figure_key(table, name) {
	if (table == "kpi")
		return figure_of(cell("dimension"), cell("segment"), figure_named(cell("kpi"), name), cell("model"))
	if (table == "funnel")
		return figure_of(cell("dimension"), cell("segment"), figure_named(cell("stage") " " cell("kpi"), name),
			cell("model"))
	if (table == "coverage")
		return figure_of("", cell("segment"), figure_named(cell("measure"), name), "")
	if (table == "credit")
		return figure_of(credit_by(), credit_segment(), cell("milestone") " " name, cell("model"))
	# a platform claims whatever is credited
	if (name ~ /^claimed/)
		return figure_of("platform+campaign", cell("platform") " > " cell("campaign"), name, "")
	return figure_of("platform+campaign", cell("platform") " > " cell("campaign"),
		cell("milestone") " " name, cell("model"))
}

function figure_of(dimension, segment, measure, model) {
	return cell("period") OFS dimension OFS segment OFS measure OFS model
}

function figure_named(what_it_is, name) {
	return name == "value" ? what_it_is : what_it_is " " name
}

# The columns of credit between period and conversions: whose it is.
function credit_by(   i, name, text) {
	for (i in at)
		name[at[i]] = i
	for (i = at["period"] + 1; i < at["conversions"]; i++)
		text = text (text == "" ? "" : "+") name[i]
	return text
}

function credit_segment(   i, text) {
	for (i = at["period"] + 1; i < at["conversions"]; i++)
		text = text (i == at["period"] + 1 ? "" : " > ") $i
	return text
}

# figure_row(TABLE) - what no other row of the table is
function figure_row(table) {
	return figure_key(table, figure_name(table, nfigures[table]))
}

# figure_kind(TABLE) - without its segment: what was or was not published at all
function figure_kind(table) {
	if (table == "kpi")
		return cell("period") OFS cell("dimension") OFS cell("kpi") OFS cell("model")
	if (table == "coverage")
		return cell("period") OFS cell("measure")
	return cell("period") OFS cell("model") OFS cell("milestone")
}

# figure_follows(TABLE) - is the row at hand about what came after its period? Of
# kpi by the list of figures (lead-kpi --list), given to figure_list()
function figure_follows(table) {
	return table == "funnel" || (table == "kpi" && cell("kpi") in cohort) ||
		(table == "coverage" && cell("measure") in cohort)
}

function figure_list() {
	if (cell("basis") ~ /C/)
		cohort[cell("kpi")] = 1
}
