# leads=N - steps of N leads over twelve months, grouped by lead, the same every time
function below(n) {
	seed = (seed * 69069 + 12345) % 4294967296
	return int(seed / 4294967296 * n)
}
# A second of 2025 and after, from its number.
function clock(s,   d, m) {
	d = int(s / 86400)
	s -= d * 86400
	for (m = 1; d >= days[m]; m++) d -= days[m]
	return sprintf("%s-%02dT%02d:%02d:%02dZ", name[m], d + 1, s / 3600, s / 60 % 60, s % 60)
}
function step(s, kind, event, channel, deal, value) {
	print id, clock(s), kind, event, channel, deal, value, rep, country
}
BEGIN {
	OFS = "\t"; seed = 7
	split("31 28 31 30 31 30 31 31 30 31 30 31", of, " ")
	for (m = 1; m <= 24; m++) {
		days[m] = of[(m - 1) % 12 + 1]
		name[m] = sprintf("%d-%02d", 2025 + int((m - 1) / 12), (m - 1) % 12 + 1)
	}
	split("paid_search paid_social organic_search email direct referral display affiliate", channels, " ")
	split("ES PT FR IT DE PL NL BE AT SE", countries, " ")
	print "lead_id", "time", "kind", "event", "channel", "deal_id", "value", "rep", "country"
	for (i = 1; i <= leads; i++) {
		id = sprintf("lead%09d", i); rep = "rep" below(40) + 1
		country = countries[below(10) + 1]
		at = below(360) * 86400 + 3600 + below(80000)
		step(at - 600, "touch", "page_view", channels[below(8) + 1], "", "")
		step(at, "milestone", "lead", "", "", "")
		if (below(4)) step(at += 60 + below(100000), "milestone", "contacted", "", "", "")
		if (below(2)) step(at += below(500000), "milestone", "mql", "", "", "")
		if (below(3)) continue
		step(at += below(500000), "milestone", "sql", "", "", "")
		step(at += below(500000), "milestone", "opp", "", "D" i, "")
		outcome = below(3)
		if (outcome == 1) step(at + below(2000000), "milestone", "won", "", "D" i, 10 + below(5000))
		if (outcome == 2) step(at + below(2000000), "milestone", "lost", "", "D" i, "")
	}
}
