# identity.awk -v rows=N -v keys=K - rows of phones and visitors, in no order: a
# chain, a star and a cycle of K keys each, every edge as often as rows allow,
# each time at another time
BEGIN {
	OFS = "\t"
	edges = 3 * keys
	print "time", "phone", "visitor_id"
	for (r = 0; r < rows; r++) {
		e = (r * 7368787) % edges
		shape = int(e / keys)
		i = e % keys
		if (shape == 0) {
			phone = int((i + 1) / 2)
			visitor = "chain" int(i / 2)
		} else if (shape == 1) {
			phone = 200000000 + i
			visitor = "star"
		} else {
			phone = 400000000 + int((i + 1) / 2) % (keys / 2)
			visitor = "cycle" int(i / 2)
		}
		s = (r * 15485863) % 29030400
		day = int(s / 86400)
		printf "2026-%02d-%02dT%02d:%02d:%02dZ\t%d\t%s\n", int(day / 28) + 1, day % 28 + 1,
			int(s / 3600) % 24, int(s / 60) % 60, s % 60, 600000000 + phone, visitor
	}
}
