# check.awk - is a table of the night what schema.tsv says?
#
# in:  schema.tsv, then the table; -v table=
# out: the first fault, as line: column: what; exit 1 when there is one
#
# The columns stand in schema.tsv's order, those marked ? may be missing. Each cell
# is of its type, and no two rows have one key. A table marked + has columns of
# yours among them, and is one filter's own writing: its rows are not read again.
BEGIN {
	FS = "\t"
	form["time"] = "^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9:]+(\\.[0-9]+)?Z$"
	form["day"] = "^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]$"
	form["money"] = form["number"] = "^-?[0-9]+(\\.[0-9]+)?$"
	form["count"] = "^[0-9]+$"
	form["flag"] = "^[01]$"
}
FNR == 1 { file++ }
file == 1 {
	if ($1 != table) next
	known = 1
	if ($2 == "") { open = $4 == "+"; next }
	n++
	column[n] = $2; type[n] = $3; mark[n] = $4
	next
}
FNR == 1 {
	if (!known) fault("", "schema.tsv has no such table")
	if (open) look_for_all()
	for (i = at = 1; i <= n; i++)
		if ($at == column[i]) { place[at] = i; at++ }
		else if (mark[i] != "?") fault(column[i], "not where schema.tsv has it")
	if (at <= NF) fault($at, "not in schema.tsv")
	width = NF
	next
}
{
	key = ""
	for (i = 1; i <= width; i++) {
		c = place[i]
		if (mark[c] == "key") key = key FS $i
		if ($i != "" && (type[c] in form) && $i !~ form[type[c]])
			fault(column[c], "no " type[c] ": \"" substr($i, 1, 80) "\"")
	}
	if (key != "" && seen[key]++) fault("", "the key of another row:" key)
}
function look_for_all(   i, there) {
	for (i = 1; i <= NF; i++) there[$i] = 1
	for (i = 1; i <= n; i++)
		if (!(column[i] in there) && mark[i] != "?") fault(column[i], "no such column")
	exit
}
function fault(column, why) {
	print FNR ": " (column == "" ? "" : column ": ") why
	exit failed = 1
}
END { exit failed }
