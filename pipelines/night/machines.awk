# machines.awk - opens and clicks of a day's mail, and those that a machine made
#
# in:  mail activity. out: input measure n, input being (mail)
BEGIN {
	FS = OFS = "\t"
}

NR == 1 {
	for (i = 1; i <= NF; i++)
		at[$i] = i
	next
}

$(at["event"]) == "email_opened" || $(at["event"]) == "email_clicked" {
	n[$(at["event"])]++
	if (("machine" in at) && $(at["machine"]) != "")
		n[$(at["event"]) ".machine"]++
}

END {
	for (measure in n)
		print "(mail)", measure, n[measure]
}
