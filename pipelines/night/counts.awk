# counts.awk - the accounts of a day's imports as rows: input, measure, n
#
# in:  accounts, one JSON line each, in files .DAY.INPUT or .DAY.INPUT.parse;
#      .DAY.visits is told as the input (visits)
# out: input measure n; measure is in, used, rejected, dropped.NAME or NAME
#      (what a filter counted); what is 0 is left out, save in and used
BEGIN {
	OFS = "\t"
}

{
	input = FILENAME
	sub(/^.*\/\.[0-9-]+\./, "", input)
	parsed = sub(/\.parse$/, "", input)
	if (input == "visits")
		input = "(visits)"
	if (!parsed) {
		number("in")
		number("used")
	}
	names("rejected", "rejected")
	names("dropped", "dropped.")
	names("counted", "")
}

function number(name) {
	if (!match($0, "\"" name "\":[0-9]+"))
		exit 3
	print input, name, substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 3)
}

# The members of an object; those of rejected are one sum.
function names(object, prefix,   text, part, i, n, at, sum) {
	if (!match($0, "\"" object "\":[{][^}]*[}]"))
		exit 3
	text = substr($0, RSTART + length(object) + 4, RLENGTH - length(object) - 5)
	n = split(text, part, ",")
	for (i = 1; i <= n; i++) {
		at = index(part[i], ":")
		count = substr(part[i], at + 1) + 0
		sum += count
		if (object != "rejected" && count > 0)
			print input, prefix substr(part[i], 2, at - 3), count
	}
	if (object == "rejected" && sum > 0)
		print input, prefix, sum
}
