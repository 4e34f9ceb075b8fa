#!/usr/bin/env bats
# lead-attribute against its definition worked in fractions by another program.
load ../helper

oracle() { python3 "$top/tests/data/lead-attribute/oracle.py" "$@"; }

# agrees SEED OPTIONS... - the two agree on a random world, byte for byte
agrees() {
	oracle world "$1" 400 >in
	shift
	oracle credit "$@" in >want
	lead-attribute "$@" in >got
	diff -u want got
	[ "$(wc -l <got)" -gt 3 ]
}

all=first,last,last-non-direct,linear,linear-unique,time-decay,position,j,inverse-j,u,w,full-path

@test "attribute: random worlds: every model, every milestone" {
	agrees 1 --model $all --milestone won,opp,lead,mql,payment
	agrees 2 --model $all --milestone won,sql,contacted --period all --by channel,campaign
}

@test "attribute: random worlds: lookbacks" {
	agrees 3 --model $all --lookback 0
	agrees 4 --model $all --lookback 9d
	agrees 5 --model $all --lookback 7d --lookback-from conversion
	agrees 6 --model $all --lookback 1h --half-life 1d
}

@test "attribute: random worlds: which touches" {
	agrees 7 --model $all --since-last --milestone won,opp
	agrees 8 --model $all --exclude-channel direct
	agrees 9 --model $all --exclude-channel direct,email,paid_search --lookback 20d
	agrees 10 --model $all --touch-kinds webinar,call_in --by event
	agrees 11 --model $all --acquisition --by campaign
	agrees 12 --model $all --since-last --exclude-channel email --lookback 9d --by event,channel
}

@test "attribute: random worlds: credit and (unattributed) are what the CRM has" {
	for seed in 21 22 23; do
		oracle world $seed 2000 >in
		lead-attribute --model $all --period all in >got
		sqlite3 -cmd '.mode tabs' -cmd '.import in steps' :memory: \
		    "SELECT sum(event = 'won'), sum(CAST(round(value * 1000000) AS INTEGER))
			FROM steps WHERE kind = 'milestone' AND event IN ('won', 'refund')" >want
		for model in ${all//,/ }; do
			awk -F '\t' -v m="$model" 'function micros(t,  p, s) { split(t "." , p, ".")
				s = t ~ /^-/ ? -1 : 1; sub(/^-/, "", p[1])
				return s * (p[1] * 1000000 + substr(p[2] "000000", 1, 6)) }
				$1 == m { c += micros($5); v += micros($6) }
				END { printf "%d\t%d\n", c / 1000000, v }' got | diff want -
		done
	done
}
