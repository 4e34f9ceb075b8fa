# told.awk - what is new since the last upload
#
# in:   each after its kind: people (people.awk), due, told (the ledger of the nights
#       before, oldest first); -v since=TIME (older clicks are not taken), -v at=TIME
#       (the night's end), -v adjusts=0 where the platform takes no adjustments
# out:  action order_id conversion click_id click_time time value currency credit
#       at email_sha256 phone_sha256: the ledger of the night; on stderr, how many
#       were not told, and why
BEGIN {
	FS = OFS = "\t"
	print "action", "order_id", "conversion", "click_id", "click_time", "time",
		"value", "currency", "credit", "at", "email_sha256", "phone_sha256"
}
FNR == 1 { next }
kind == "people" {
	if ($1 == "contact") next
	if ($3 != "") apart[$2] = $3
	email[$2] = $4
	phone[$2] = $5
	next
}
kind == "due" {
	due[++dues] = $0
	still[$1, $2] = 1
	next
}
{
	if (!(($2, $3) in row)) seen[++nseen] = $2 SUBSEP $3
	row[$2, $3] = $0
	action[$2, $3] = $1
}
END {
	for (i = 1; i <= dues; i++) {
		split(due[i], d, FS)
		key = d[1] SUBSEP d[2]
		id = whose(d[1])
		if (id in apart) drop(apart[id])
		else if (d[5] == "") drop("undated")
		else if (d[8] != "granted") drop("no_consent")
		else if (d[9] == "currency") drop("refund_of_other_currency")
		else if (!(key in row)) first_time()
		else if (action[key] == "retract") drop("retracted")
		else again()
	}
	for (i = 1; i <= nseen; i++)
		if (!(seen[i] in still) && action[seen[i]] != "retract") {
			split(row[seen[i]], s, FS)
			id = whose(s[2])
			if (id in apart) drop(apart[id])
			else if (s[4] == "") drop("forgotten")
			else adjust("retract", "", "")
		}
	account()
}

function first_time() {
	if (d[9]) drop("refunded")
	else if (d[3] == "") drop("no_click")
	else if (substr(d[4], 1, 19) < substr(since, 1, 19)) drop("old_click")
	else {
		count["conversion"]++
		print "conversion", d[1], d[2], d[3], d[4], d[5], d[6], d[7],
			d[10], at, email[id], phone[id]
	}
}

# the deal or lead of an order id, which may have a number or a click behind it
function whose(order) {
	if (!(order in apart) && !(order in email)) sub(/:.*/, "", order)
	return order
}

# it was told before: what has become of it
function again() {
	split(row[key], s, FS)
	if (s[4] == "") drop("forgotten")
	else if (d[9]) adjust("retract", "", "")
	else if (s[7] != d[6] || s[8] != d[7]) adjust("restate", d[6], d[7])
	else drop("told_before")
}

# the click and the time are those that were told
function adjust(how, value, currency) {
	if (!adjusts) { drop("no_adjustments_there"); return }
	count[how]++
	print how, s[2], s[3], s[4], s[5], s[6], value, currency,
		s[9], at, email[id], phone[id]
}

function drop(why) { dropped[why]++ }

function account(   i, n, order) {
	n = split("told_before no_click old_click no_consent refunded retracted " \
		"undated refund_of_other_currency no_adjustments_there suppressed forgotten", order, " ")
	line = count["conversion"] + 0 " new, " count["restate"] + 0 " restated, " \
		count["retract"] + 0 " retracted"
	for (i = 1; i <= n; i++)
		if (order[i] in dropped) line = line "; " dropped[order[i]] " " order[i]
	print line >"/dev/stderr"
}
