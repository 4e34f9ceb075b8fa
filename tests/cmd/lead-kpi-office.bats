#!/usr/bin/env bats
load ../helper
load kpi

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	bars >hours <<-'EOF'
	weekday|from|to
	mon-fri|09:00|18:00
	EOF
}

# answered LEAD CONTACTED ... - a lead each: "in", its times as the zone's clocks show
answered() {
	local n=0
	{
		printf 'lead_id\ttime\tkind\tevent\n'
		while [ $# -gt 1 ]; do
			n=$((n + 1))
			printf 'l%02d\t%s\tmilestone\tlead\n' $n "$1"
			[ "$2" = - ] || printf 'l%02d\t%s\tmilestone\tcontacted\n' $n "$2"
			shift 2
		done
	} >in
}

# office KPI [OPTION...] - its row of all time, value|numerator|denominator|n
office() {
	local kpi=$1
	shift
	lead-kpi --as-of 2027-01-01 --period all --hours hours --tz Europe/Madrid "$@" in >got
	figure '(all)' '(all)' '(all)' "$kpi"
}

@test "kpi: T26: a lead of Sunday 09:06, called Monday 09:30: 24.4 h, half an hour of office" {
	answered 2025-01-12T08:06:00Z 2025-01-13T08:30:00Z
	[ "$(office response_median)" = '24.4||1|1' ]
	[ "$(office response_bh_median)" = '0.5||1|1' ]
	[ "$(office response_bh_mean)" = '0.5|0.5|1|1' ]
	[ "$(office response_bh_p90)" = '0.5||1|1' ]
	[ "$(office within_4h)" = '0|0|1|1' ]
	[ "$(office within_4h_bh)" = '1|1|1|1' ]
}

@test "kpi: without --hours there is no office time; asked for, it says so" {
	answered 2025-01-12T08:06:00Z 2025-01-13T08:30:00Z
	lead-kpi --as-of 2027-01-01 in | column kpi >got
	run ! grep _bh got
	run --separate-stderr -2 lead-kpi --as-of 2027-01-01 --kpi response_bh_mean in
	[ "$stderr" = 'lead-kpi: --kpi: "response_bh_mean": needs --hours' ]
	printf 'date\n2025-01-13\n' >shut
	run --separate-stderr -2 lead-kpi --as-of 2027-01-01 --holidays shut in
	[ "$stderr" = 'lead-kpi: --holidays needs --hours, with rows in it' ]
}

@test "kpi: office time: several spans a day, nights between, answers out of hours" {
	bars >hours <<-'EOF'
	weekday|from|to
	mon-thu|16:00|19:00
	mon-thu|09:00|14:00
	fri|09:00|15:00
	sun|22:00|24:00
	EOF
	# Monday 2025-01-13: 13:00 to 17:00 is 1 + 1 hours
	answered 2025-01-13T12:00:00Z 2025-01-13T16:00:00Z
	[ "$(office response_bh_mean)" = '2|2|1|1' ]
	# 20:00 to 07:00 next morning: nobody was to answer
	answered 2025-01-13T19:00:00Z 2025-01-14T06:00:00Z
	[ "$(office response_bh_mean)" = '0|0|1|1' ]
	# Friday 14:30 to Monday 09:15: half an hour, Sunday night, a quarter
	answered 2025-01-17T13:30:00Z 2025-01-20T08:15:00Z
	[ "$(office response_bh_mean)" = '2.75|2.75|1|1' ]
	# four whole weeks are four times 8 * 4 + 6 + 2
	answered 2025-01-13T00:00:00Z 2025-02-10T00:00:00Z
	[ "$(office response_bh_mean)" = '160|160|1|1' ]
}

@test "kpi: office time: --holidays are shut, whatever their order, once each" {
	printf 'date\n2025-05-02\n2025-01-06\n2025-05-01\n2025-05-01\n' >shut
	# Wednesday 17:00 to Monday 10:00, Thursday and Friday shut
	answered 2025-04-30T15:00:00Z 2025-05-05T08:00:00Z
	[ "$(office response_bh_mean)" = '20|20|1|1' ]
	[ "$(office response_bh_mean --holidays shut)" = '2|2|1|1' ]
	# Monday 6 January, shut, to Tuesday 10:00
	answered 2025-01-06T09:00:00Z 2025-01-07T09:00:00Z
	[ "$(office response_bh_mean --holidays shut)" = '1|1|1|1' ]
}

@test "kpi: office time: the days on which Madrid's clocks change" {
	printf 'weekday\tfrom\tto\nmon-sun\t00:00\t24:00\n' >hours
	# Sunday 30 March 2025 has 23 hours, Sunday 26 October 25
	answered 2025-03-29T23:00:00Z 2025-03-30T22:00:00Z
	[ "$(office response_bh_mean)" = '23|23|1|1' ]
	answered 2025-10-25T22:00:00Z 2025-10-26T23:00:00Z
	[ "$(office response_bh_mean)" = '25|25|1|1' ]
	# a night shift: 02:00 to 03:00 is not there in March, there twice in October;
	# one to 02:30 ends when the clocks jump, one from 02:30 begins then
	printf 'weekday\tfrom\tto\nsun\t02:00\t03:00\n' >hours
	answered 2025-03-29T12:00:00Z 2025-03-30T12:00:00Z
	[ "$(office response_bh_mean)" = '0|0|1|1' ]
	answered 2025-10-25T12:00:00Z 2025-10-26T12:00:00Z
	[ "$(office response_bh_mean)" = '2|2|1|1' ]
	printf 'weekday\tfrom\tto\nsun\t00:00\t02:30\nsun\t02:30\t04:00\n' >hours
	answered 2025-03-29T12:00:00Z 2025-03-30T12:00:00Z
	[ "$(office response_bh_mean)" = '3|3|1|1' ]
	# hours by the clock: 09:00 to 18:00 is nine hours on both sides of a change
	printf 'weekday\tfrom\tto\nmon-sun\t09:00\t18:00\n' >hours
	answered 2025-03-29T08:00:00Z 2025-03-31T16:00:00Z
	[ "$(office response_bh_mean)" = '27|27|1|1' ]
}

@test "kpi: office time: a night shift over midnight, when the clocks change and on a holiday" {
	printf 'weekday\tfrom\tto\nmon-sun\t22:00\t24:00\nmon-sun\t00:00\t06:00\n' >hours
	# Saturday 21:00 to Monday 07:00: 2, Sunday 6 and 2, Monday 6 hours, one of them
	# not there on 30 March and twice on 26 October
	answered 2025-03-29T20:00:00Z 2025-03-31T05:00:00Z
	[ "$(office response_bh_mean)" = '15|15|1|1' ]
	[ "$(office response_mean)" = '33|33|1|1' ]
	printf 'date\n2025-03-30\n' >shut
	[ "$(office response_bh_mean --holidays shut)" = '8|8|1|1' ]
	answered 2025-10-25T19:00:00Z 2025-10-27T06:00:00Z
	[ "$(office response_bh_mean)" = '17|17|1|1' ]
	[ "$(office response_mean)" = '35|35|1|1' ]
	printf 'date\n2025-10-26\n' >shut
	[ "$(office response_bh_mean --holidays shut)" = '8|8|1|1' ]
}

@test "kpi: office time: four hours of it count as within, a second more does not" {
	answered 2025-01-10T15:00:00Z 2025-01-13T10:00:00Z 2025-01-10T15:00:00Z \
	    2025-01-13T10:00:01Z 2025-01-10T15:00:00Z -
	[ "$(office within_4h_bh)" = '0.333333|1|3|3' ]
	[ "$(office response_bh_median)" = '4.000139||2|2' ]
	# due once four hours of office have passed, not four of the clock
	[ "$(office within_4h_bh --as-of 2025-01-13T09:59:59Z 2>/dev/null)" = '' ]
	lead-kpi --as-of 2025-01-13T09:59:59Z --period all --hours hours --tz Europe/Madrid in >got
	[ "$(figure '(all)' '(all)' '(all)' within_4h_bh)" = '|0|0|0' ]
	[ "$(figure '(all)' '(all)' '(all)' within_4h)" = '0|0|3|3' ]
}

@test "kpi: office time: answers after decades cost no more than days" {
	answered 0001-01-01T00:00:00Z 9999-12-30T00:00:00Z 2025-01-12T08:06:00Z \
	    2025-01-13T08:30:00Z
	lead-kpi --as-of 9999-12-31 --period all --hours hours in >got
	# 521,722 weeks of 45 hours from a Monday, and Monday to Wednesday of one more
	[ "$(figure '(all)' '(all)' '(all)' response_bh_p90 | cut -d '|' -f 1)" = 23477517 ]
}

@test "kpi: opening hours that cannot be are refused with their line" {
	answered 2025-01-12T08:06:00Z 2025-01-13T08:30:00Z
	refused() {
		printf 'weekday\tfrom\tto\nmon\t09:00\t14:00\n%s\t%s\t%s\n' "$1" "$2" "$3" >hours
		run --separate-stderr -1 lead-kpi --as-of 2027-01-01 --hours hours in
		[ "$stderr" = "lead-kpi: hours:3: $4" ]
	}
	refused funday 09:00 14:00 \
	    'weekday: none of mon to sun, nor a run of them such as mon-fri: "funday"'
	refused fri-mon 09:00 14:00 \
	    'weekday: none of mon to sun, nor a run of them such as mon-fri: "fri-mon"'
	refused tue 9:00 14:00 'from: no time such as 09:00: "9:00"'
	refused tue 09:00 24:01 'to: no time such as 18:00: "24:01"'
	refused tue 22:00 06:00 \
	    'to: no later than its from: a night is two rows, to 24:00 and from 00:00: "06:00"'
	refused mon-wed 13:59 18:00 'from: lies over the hours of a row above: "13:59"'
	printf 'date\n2025-02-29\n' >shut
	printf 'weekday\tfrom\tto\nmon\t09:00\t14:00\n' >hours
	run --separate-stderr -1 lead-kpi --as-of 2027-01-01 --hours hours --holidays shut in
	[ "$stderr" = 'lead-kpi: shut:2: date: not a day: "2025-02-29"' ]
}
