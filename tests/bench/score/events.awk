# events.awk - ten events of each of `leads` leads, by lead and time
function rnd(n) { seed = (seed * 69069 + 12345) % 4294967296; return int(seed / 65536) % n }
BEGIN {
	OFS = "\t"; seed = 7
	split("/ /pricing /precios/solar /blog/a /careers /contact /docs/x /jobs /producto/kit /case/one", page, " ")
	split("page_view page_view page_view page_view page_view form email_clicked email_opened chat_in call_in", ev, " ")
	split("CEO director buyer assistant analyst CTO student", job, " ")
	split("ES PT PL DE FR", country, " "); split("trial quote newsletter contact", form, " ")
	print "lead_id", "time", "event", "page", "form", "job", "country", "employees"
	for (l = 1; l <= leads; l++) {
		j = job[rnd(7) + 1]; c = rnd(8) ? country[rnd(5) + 1] : ""; n = rnd(3) ? rnd(2000) : ""
		t = rnd(300) * 86400
		for (e = 1; e <= 10; e++) {
			t += rnd(200000)
			s = t % 86400
			d = int(t / 86400) # days of 2026 from 1 January
			for (m = 1; d >= len(m); m++) d -= len(m)
			if (m > 12) { m = 12; d = 30 }
			v = ev[rnd(10) + 1]
			printf "%08d\t2026-%02d-%02dT%02d:%02d:%02dZ\t", l, m, d + 1, s / 3600,
				(s / 60) % 60, s % 60
			print v, v == "page_view" ? page[rnd(10) + 1] : "",
				v == "form" ? form[rnd(4) + 1] : "", e == 1 ? j : "",
				e == 1 ? c : "", e == 1 ? n : ""
		}
	}
}
function len(m) { return m == 2 ? 28 : m == 4 || m == 6 || m == 9 || m == 11 ? 30 : m > 12 ? 999 : 31 }
