#!/usr/bin/env bats
# lead-attribute: what each conversion gives away is what it brought, by every model.
# LEAD_CONVERSIONS=1000000 asks for so many conversions instead of 20,000.
load ../helper

all=first,last,last-non-direct,linear,linear-unique,shapley,time-decay,position,j,inverse-j
all+=,u,w,full-path,custom:mine.tsv,markov,markov:2

# random_steps CONVERSIONS - lives of 0 to 12 touches with leads, opps, one to three
# sales and refunds; the column amount repeats the value
random_steps() {
	awk -v want="$1" -v OFS='\t' '
		function rnd(n) { seed = seed * 16807 % 2147483647; return seed % n }
		function amount(  k) {
			k = rnd(8)
			if (k == 0) return "0.01"
			if (k == 1) return "-5.00"
			if (k == 2) return "0"
			if (k == 3) return rnd(1000) "." sprintf("%06d", rnd(1000000))
			if (k == 4) return rnd(2000000000) ".999999"
			return rnd(100000) "." rnd(100)
		}
		function row(kind, event, deal, channel, value) {
			clock += rnd(3) * 86400 + rnd(86400)
			day = int(clock / 86400)
			print lead, "e" ++id, sprintf("%d-%02d-%02dT%02d:%02d:%02dZ", 2024 + int(day / 336),
			    1 + int(day % 336 / 28), 1 + day % 28, int(clock % 86400 / 3600),
			    int(clock % 3600 / 60), clock % 60), kind, event, deal, channel, value, value
		}
		function touches(n) {
			while (n-- > 0)
				row("touch", "page_view", "", rnd(4) ? "c" rnd(9) : "direct", "")
		}
		BEGIN {
			seed = 20261122
			print "lead_id", "event_id", "time", "kind", "event", "deal_id", "channel", "value", "amount"
			while (sold < want) {
				lead = sprintf("L%07d", ++leads); clock = rnd(8640000)
				touches(rnd(4))
				if (rnd(4)) row("milestone", "lead", "", "", "")
				touches(rnd(5))
				if (rnd(3)) row("milestone", "opp", "D1", "", "")
				touches(rnd(4))
				for (deals = 1 + (rnd(3) == 0) + (rnd(9) == 0); deals > 0 && sold < want; deals--) {
					row("milestone", "won", "D" deals, "", amount()); sold++
					if (rnd(6) == 0) row("milestone", "refund", "D" deals, "", "-" rnd(900) ".5")
					touches(rnd(2))
				}
			}
		}'
}

@test "sums: credit, weight and conversions of each conversion sum to the whole, by every model" {
	rows 'role weight' 'first 1' 'lead 2.5' 'opp 0.333333' 'close 4' 'middle 0.000001' >mine.tsv
	random_steps "${LEAD_CONVERSIONS:-20000}" >in
	lead-attribute --model "$all" --explain-credit --period all -f conversion_id,model,weight,amount,conversions,value in |
		awk -F '\t' '
			function micros(t,  p, s) {
				s = t ~ /^-/ ? -1 : 1; sub(/^-/, "", t); split(t ".", p, ".")
				return s * (p[1] * 1000000 + substr(p[2] "000000", 1, 6))
			}
			function close_one() {
				if (n && (w != 1000000 || v != micros(worth) || c != (id in refund ? 0 : 1000000))) {
					print "does not sum: " id " " model " " w " " c " " v " not " worth; bad = 1
				}
				n = w = c = v = 0
			}
			FILENAME == "in" { if ($5 == "refund") refund[$2]; if ($5 == "won" || $5 == "refund") {
				sales++; value += micros($8) } next }
			FNR == 1 { next }
			$1 != id || $2 != model { close_one(); id = $1; model = $2; worth = $4; groups++ }
			{ n++; w += micros($3); c += micros($5); v += micros($6) }
			END { close_one(); printf "%d %d\n", groups, sales; exit bad || groups != 16 * sales }' in - >got
	cat got
	[ "$(cut -d ' ' -f 2 got)" -gt "${LEAD_CONVERSIONS:-20000}" ]
	# and each model's table sums to what was sold
	lead-attribute --model "$all" --period all in >table
	python3 - <<-'P'
		from decimal import Decimal
		sold = [Decimal(0), Decimal(0)]
		for line in open("in"):
		    f = line.rstrip("\n").split("\t")
		    if f[4] in ("won", "refund"):
		        sold[0] += f[4] == "won"
		        sold[1] += Decimal(f[7])
		credit = {}
		for line in list(open("table"))[1:]:
		    f = line.rstrip("\n").split("\t")
		    c = credit.setdefault(f[0], [Decimal(0), Decimal(0)])
		    c[0] += Decimal(f[4])
		    c[1] += Decimal(f[5])
		assert len(credit) == 16 and all(c == sold for c in credit.values()), (sold, credit)
	P
}
