# people.awk - of whom nothing may leave, and by which digests the others are known
#
# in:   each after its kind: list (key_type digest), gone (lead ids of people who were
#       erased), digests (lead_id email phone), map (identity, with digests), steps
# out:  kind id reason email_sha256 phone_sha256: leads, and the deals and contacts
#       that are theirs, of whom there is something to say; and the events of those
#       who are held back: an order without a deal is known by its event
BEGIN {
	FS = OFS = "\t"
	print "kind", "id", "reason", "email_sha256", "phone_sha256"
}
kind == "list" { listed[$1, $2] = 1; next }
kind == "gone" { reason[$1] = "forgotten"; next }
FNR == 1 {
	delete at
	for (i = 1; i <= NF; i++) at[$i] = i
	next
}
kind == "digests" {
	if ($2 != "") email[$1] = $2
	if ($3 != "") phone[$1] = $3
	meet($1)
	next
}
kind == "map" {
	if (($1, $7) in listed && !($3 in reason)) reason[$3] = "suppressed"
	if ($1 == "crm_id") { contacts++; contact[contacts] = $2; of[contacts] = $3 }
	meet($3)
	next
}
kind == "steps" {
	id = $(at["lead_id"])
	meet(id)
	if ("deal_id" in at && $(at["deal_id"]) != "") deal[$(at["deal_id"])] = id
	if (id in reason && "event_id" in at && $(at["event_id"]) != "")
		event[$(at["event_id"])] = id
}
END {
	for (i = 1; i <= leads; i++) told("lead", name[i], name[i])
	for (i = 1; i <= contacts; i++) told("contact", contact[i], of[i])
	for (id in deal) told("deal", id, deal[id])
	for (id in event) told("event", id, event[id])
}

function meet(id) {
	if (id in known) return
	known[id] = 1
	name[++leads] = id
}

function told(which, id, person) {
	if (person in reason) print which, id, reason[person], "", ""
	else if (person in email || person in phone)
		print which, id, "", email[person], phone[person]
}
