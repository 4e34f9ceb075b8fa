#!/usr/bin/env bats
# lead-attribute: which touches of a path count, and when credit is booked.
load ../helper

# A path a a b a c with a lead behind its second touch and an opp behind its fourth.
repeats() {
	table <<-'E'
		lead_id time                 kind      event     deal_id channel value
		L       2026-01-30T10:00:00Z touch     page_view .       a       .
		L       2026-02-02T10:00:00Z touch     page_view .       a       .
		L       2026-02-02T11:00:00Z milestone lead      .       .       .
		L       2026-02-03T10:00:00Z touch     page_view .       b       .
		L       2026-02-04T10:00:00Z touch     page_view .       a       .
		L       2026-02-04T11:00:00Z milestone opp       D       .       .
		L       2026-03-01T10:00:00Z touch     page_view .       c       .
		L       2026-03-02T10:00:00Z milestone won       D       .       60
	E
}

@test "touches: --path-transform: neighbours, first and last of equal touches, by linear" {
	repeats >in
	got() { lead-attribute --model linear --path-transform "$1" in | tail -n +2 | cut -f 4-6; }
	diff <(rows 'a 0.6 36' 'b 0.2 12' 'c 0.2 12') <(got none)
	diff <(rows 'a 0.5 30' 'b 0.25 15' 'c 0.25 15') <(got exposure)
	diff <(rows 'a 0.333334 20' 'b 0.333333 20' 'c 0.333333 20') <(got first)
	diff <(rows 'a 0.333333 20' 'b 0.333334 20' 'c 0.333333 20') <(got last)
}

@test "touches: --path-transform: the touch that stands for a role's holder has its role" {
	repeats >in
	got() {
		lead-attribute --model full-path --explain-credit --path-transform "$1" \
		    -f touch_time,role,weight in | tail -n +2 | sed 's/T[0-9:]*Z//'
	}
	diff <(rows '2026-01-30 first 0.225' '2026-02-02 lead 0.225' '2026-02-03 middle 0.1' \
	    '2026-02-04 opp 0.225' '2026-03-01 close 0.225') <(got none)
	diff <(rows '2026-01-30 first,lead 0.45' '2026-02-03 middle 0.1' \
	    '2026-02-04 opp 0.225' '2026-03-01 close 0.225') <(got exposure)
	diff <(rows '2026-01-30 first,lead,opp 0.675' '2026-02-03 middle 0.1' \
	    '2026-03-01 close 0.225') <(got first)
	diff <(rows '2026-02-03 middle 0.1' '2026-02-04 first,lead,opp 0.675' \
	    '2026-03-01 close 0.225') <(got last)
}

@test "touches: --path-transform of a table of paths" {
	printf 'path\tconversions\na > a > b > a > c\t5\n' >in
	got() { lead-attribute --from-paths --model linear --path-transform "$1" in | tail -n +2 | cut -f 4,5; }
	diff <(rows 'a 2.5' 'b 1.25' 'c 1.25') <(got exposure)
	diff <(rows 'a 1.666667' 'b 1.666667' 'c 1.666667') <(got last)
}

@test "touches: --period-of: the month of the sale, of the lead, of the first touch" {
	repeats >in
	printf 'M\t2026-04-02T10:00:00Z\tmilestone\twon\tE\t\t7\n' >>in # neither lead nor touch
	got() { lead-attribute --model first --period-of "$1" in | tail -n +2 | cut -f 3-; }
	diff <(rows '2026-03 a 1 60' '2026-04 (unattributed) 1 7') <(got conversion)
	diff <(rows '2026-02 a 1 60' '2026-04 (unattributed) 1 7') <(got lead)
	diff <(rows '2026-01 a 1 60' '2026-04 (unattributed) 1 7') <(got first)
	lead-attribute --model first --period-of lead --explain-credit -f period in | sort -u >got
	diff <(rows 2026-02 2026-04 period) got
}

@test "touches: a half-life too short for any but the last gives it all, and is counted" {
	repeats >in
	lead-attribute --model time-decay --half-life 1s --stats s in | tail -n +2 | cut -f 4-6 >got
	diff <(rows 'c 1 60') got
	grep -q '"half_life_too_short":1' s
	lead-attribute --model time-decay --half-life 30d --stats s in >got
	run ! grep half_life s
}

@test "touches: linear-unique is the Shapley value of the set game, by brute force, up to 8 channels" {
	python3 - >in 2>want <<-'E'
		import random, sys
		from fractions import Fraction
		from itertools import permutations
		rng = random.Random(3)
		print("path", "conversions", sep="\t")
		for case in range(24):
		    n = case % 8 + 1
		    names = ["c%d_%d" % (case, i) for i in range(n)]
		    games = {}
		    for _ in range(4):
		        path = [rng.choice(names) for _ in range(rng.randint(1, 10))]
		        won = rng.randint(1, 9) * 840
		        print(" > ".join(path), won, sep="\t")
		        games[frozenset(path)] = games.get(frozenset(path), 0) + won
		    # each order in which channels come: who completes which sets?
		    credit, orders = dict.fromkeys(names, 0), 0
		    for order in permutations(names):
		        orders += 1
		        place = {c: i for i, c in enumerate(order)}
		        for players, won in games.items():
		            credit[max(players, key=place.get)] += won
		    for c in names:
		        if credit[c]:
		            assert credit[c] % orders == 0
		            print(c, credit[c] // orders, file=sys.stderr, sep="\t")
	E
	lead-attribute --from-paths --model linear-unique in | tail -n +2 | cut -f 4,5 >got
	diff <(sort want) <(sort got)
	[ "$(wc -l <got)" -gt 60 ]
}
