#!/usr/bin/env bats
load ../helper

# rules LINE... - a rules file; cells parted by ;, the nine columns of lead-rules(5)
rules() {
	printf 'points\tevent\tcolumn\top\tvalue\tgroup\tcap\thalf\twhy\n' >rules
	printf '%s\n' "$@" | tr ';' '\t' >>rules
}

score() {
	lead-score -r rules --as-of 2026-01-31T00:00:00Z -f '!rules_id' "$@"
}

# of LEAD COLUMN - one figure of "got"
of() {
	awk -F '\t' -v lead="$1" -v name="$2" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) c = i }
		$1 == lead { print $c }' got
}

@test "score: points, fading, a cap below zero (the page's example)" {
	sed -n '/^\$ cat rules/,/^\$ cat events/p' "$top/cmd/lead-score.1" | sed '1d;$d;s/\\e/\\/g' >rules
	sed -n '/^\$ cat events/,/^\$ lead-score/p' "$top/cmd/lead-score.1" | sed '1d;$d' >in
	sed -n '/^\$ lead-score/,/^\.Ed/p' "$top/cmd/lead-score.1" | sed '1d;$d' >want
	check_filter 0 lead-score -r rules --as-of 2026-01-31T00:00:00Z -f '!rules_id'
}

@test "score: T11: a competitor's domain is unqualified, whatever the points" {
	rules '90;;sector;=;banking;fit;;;bank' 'never;;email;~;@(rival1|rival2)\.;;;;competitor' \
	    'class;;;;60;;;;mature'
	rows 'lead_id email sector' 'a ana@rival1.com banking' 'b ben@acme.com banking' >in
	score in >got
	[ "$(of a class)" = unqualified ]
	[ "$(of a score)" = 90 ]
	[ "$(of a mql)" = 0 ]
	[ "$(of a reasons)" = 'never competitor; +90 bank' ]
	[ "$(of b class)" = mature ]
	[ "$(of b mql_at)" = 2026-01-31T00:00:00Z ]
}

@test "score: T12: the careers page takes points and says so" {
	rules '8;page_view;page;~;^/pricing;engage;24;;key page' \
	    '-20;page_view;page;~;^/(careers|jobs);engage;-20;;recruitment page'
	table >in <<-END
	lead_id time event page
	a 2026-01-01T00:00:00Z page_view /pricing
	a 2026-01-02T00:00:00Z page_view /careers
	a 2026-01-03T00:00:00Z page_view /careers/dev
	END
	score in >got
	[ "$(of a score)" = -12 ]
	[ "$(of a reasons)" = '-20 recruitment page; +8 key page' ]
}

@test "score: T13: the end of a trial counts inside its window, both ends included, not outside" {
	rules '15;;trial_end;within;-7d..+3d;engage;;;end of trial'
	table >in <<-END
	lead_id trial_end
	a 2026-01-24
	b 2026-01-23
	c 2026-02-03
	d 2026-02-04
	e .
	END
	score in >got
	[ "$(tail -n +2 got | cut -f1-2 | tr '\t' '=' | paste -sd' ')" = 'a=15 b=0 c=15 d=0 e=0' ]
}

@test "score: blank is never a fault: it meets !? alone" {
	rules '1;;c;!in;ES;a' '2;;c;!=;ES;a' '4;;c;!~;E;a' '8;;c;?;;a' '16;;c;!?;;a' '32;;c;<;Z;a'
	rows 'lead_id c' 'a .' 'b ES' 'c FR' >in
	score in >got
	[ "$(tail -n +2 got | cut -f2 | paste -sd' ')" = '16 40 47' ]
}

@test "score: a rule scores once; with a cap it repeats up to it" {
	rules '5;email_clicked;;;;engage;;;once' '5;form;;;;engage;12;;capped'
	table >in <<-END
	lead_id time event
	a 2026-01-01T00:00:00Z email_clicked
	a 2026-01-02T00:00:00Z email_clicked
	a 2026-01-01T00:00:00Z form
	b 2026-01-01T00:00:00Z form
	b 2026-01-02T00:00:00Z form
	b 2026-01-03T00:00:00Z form
	END
	score in >got
	[ "$(of a score)" = 10 ]
	[ "$(of b score)" = 12 ]
}

@test "score: decay, then the rule's cap, then the group's, then the sum" {
	rules '8;page_view;;;;engage;20;10d;pages' '30;;sector;=;x;engage;;;sector' \
	    '7;;sector;=;x;fit;;;fits' 'cap;;;;40;engage'
	table >in <<-END
	lead_id time event sector
	a 2026-01-31T00:00:00Z page_view x
	a 2026-01-21T00:00:00Z page_view x
	a 2026-01-11T00:00:00Z page_view x
	b 2026-01-31T00:00:00Z page_view .
	b 2026-01-31T00:00:00Z page_view .
	b 2026-01-21T00:00:00Z page_view .
	b 2026-01-11T00:00:00Z page_view .
	END
	score in >got
	[ "$(cut -f2-4 got | sed -n 2p)" = "$(printf '47\t7\t40')" ]
	[ "$(of b score)" = 20 ]
	lead-score -r rules --as-of 2026-01-31T00:00:00Z --explain-score in >got
	[ "$(awk -F '\t' '$1 == "a" { s += $9 } END { print s }' got)" = 47 ]
	[ "$(awk -F '\t' '$10 == "pages" { print $1, $8, $9 }' got | paste -sd' ')" = 'a 3 14 b 4 20' ]
	grep -q "cap of the group" got
}

@test "score: half-lives agree with awk to a millionth" {
	rules '25;form;;;;engage;1000;90d;forms'
	table >in <<-END
	lead_id time event
	a 2026-01-02T10:00:00Z form
	a 2025-11-13T17:31:07Z form
	a 2025-02-01T00:00:01Z form
	END
	score in >got
	want=$(awk 'BEGIN { d = 86400 * 90
		a = 28 * 86400 + 14 * 3600; b = 78 * 86400 + 6 * 3600 + 28 * 60 + 53; c = 364 * 86400 - 1
		printf "%.6f", 25 * (2^(-a/d) + 2^(-b/d) + 2^(-c/d)) }')
	[ "$(of a score)" = "${want%0}" ] || [ "$(of a score)" = "$want" ]
}

@test "score: count>= counts civil days in the window, or values of a column" {
	rules '6;page_view;;count>=;3/7d;engage;;;days' '1;page_view;page;count>=;3;engage;;;pages'
	table >in <<-END
	lead_id time event page
	a 2026-01-24T00:00:00Z page_view /1
	a 2026-01-28T00:00:00Z page_view /1
	a 2026-01-29T00:00:00Z page_view /1
	b 2026-01-23T23:59:59Z page_view /1
	b 2026-01-28T00:00:00Z page_view /2
	b 2026-01-28T10:00:00Z page_view /3
	b 2026-01-29T00:00:00Z page_view /1
	END
	score in >got
	[ "$(of a score)" = 6 ]
	[ "$(of b score)" = 1 ]
	[ "$(score --tz America/New_York in | cut -f2 | paste -sd' ')" = 'score 6 1' ]
}

@test "score: idle>= asks for what the lead does, not for what is sent to it" {
	rules '-10;;;idle>=;30d;engage;;;silent'
	table >in <<-END
	lead_id time event
	a 2026-01-01T00:00:00Z page_view
	a 2026-01-30T00:00:00Z email_sent
	b 2026-01-01T00:00:01Z page_view
	c 2025-12-01T00:00:00Z lead
	c 2026-01-30T00:00:00Z stage
	END
	score in >got
	[ "$(cut -f2 got | paste -sd' ')" = 'score -10 0 -10' ]
}

@test "score: events after as-of and machine clicks do not count" {
	rules '5;email_clicked;;;;engage;50;;clicks'
	table >in <<-END
	lead_id time event machine
	a 2026-01-01T00:00:00Z email_clicked .
	a 2026-01-01T00:00:03Z email_clicked 1
	a 2026-02-01T00:00:00Z email_clicked .
	END
	score --stats stats in >got
	[ "$(of a score)" = 5 ]
	grep -q '"dropped":{"machine":1,"after_as_of":1}' stats
	grep -q '"balanced":true' stats
}

@test "score: classes, and customers outside them, by the lead's own deal or its account's" {
	rules '10;form;;;;engage;;;form' '-30;page_view;;;;engage;;;page' \
	    'class;;;;10;;;;mature' 'class;;;;-20;;;;unqualified'
	table >in <<-END
	lead_id time event account_id
	a 2026-01-01T00:00:00Z form .
	b 2026-01-01T00:00:00Z page_view .
	c 2026-01-01T00:00:00Z call_in .
	d 2026-01-01T00:00:00Z form acme
	e 2026-01-05T00:00:00Z won acme
	f 2026-02-05T00:00:00Z won .
	f 2026-01-05T00:00:00Z call_in .
	END
	score in >got
	[ "$(cut -f6-8 got | tail -n +2 | tr '\t' ' ' | paste -sd,)" = "mature 1 2026-01-01T00:00:00Z,unqualified 0 ,cold 0 ,customer 1 2026-01-01T00:00:00Z,customer 0 ,cold 0 " ]
}

@test "score: mql_at is the first instant at or above the cut, and sticks" {
	rules '10;form;;;;engage;100;1d;forms' 'class;;;;15;;;;mature'
	table >in <<-END
	lead_id time event
	a 2026-01-01T00:00:00Z form
	a 2026-01-02T00:00:00Z form
	a 2026-01-10T00:00:00Z form
	b 2026-01-01T00:00:00Z form
	END
	score in >got
	[ "$(of a mql_at)" = 2026-01-02T00:00:00Z ]
	[ "$(of a class)" = cold ]
	[ "$(of b mql)" = 0 ]
	lead-score -r rules --as-of 2026-01-31T00:00:00Z --emit-events in >events
	[ "$(cut -f1,3,4 events)" = "$(rows 'lead_id time event' 'a 2026-01-02T00:00:00Z mql')" ]
	[ "$(sed -n 2p events | cut -f2 | grep -cE '^[a-z2-7]{26}$')" = 1 ]
	rules '1;form;;;;engage;;;forms' 'class;;;;15;;;;mature'
	score --previous got in >later
	[ "$(cut -f1,7,8 later)" = "$(cut -f1,7,8 got)" ]
}

@test "score: a customer does not become an MQL, one before the sale stays one" {
	rules '10;form;;;;engage;;;form' 'class;;;;10;;;;mature'
	table >in <<-END
	lead_id time event
	a 2026-01-01T00:00:00Z won
	a 2026-01-02T00:00:00Z form
	b 2026-01-01T00:00:00Z form
	b 2026-01-02T00:00:00Z won
	END
	score in >got
	[ "$(cut -f6-8 got | tail -n +2 | tr '\t' ' ' | paste -sd,)" = "customer 0 ,customer 1 2026-01-01T00:00:00Z" ]
}

@test "score: rules_id is the hash of the rules file" {
	rules '1;form;;;;engage'
	rows 'lead_id time event' 'a 2026-01-01T00:00:00Z form' >in
	one=$(lead-score -r rules --as-of 2026-01-31 in | column rules_id)
	echo '# a comment' >>rules
	two=$(lead-score -r rules --as-of 2026-01-31 in | column rules_id)
	[[ "$one" =~ ^[a-z2-7]{26}$ ]]
	[ "$one" != "$two" ]
}

@test "score: values are the latest as of the time; --attributes stand before them" {
	rules '1;;size;>;9;fit;;;size' '2;;plan;=;pro;fit;;;plan' 'grade;;;;A>=3 B>=1;fit' 'grade;;;;1>=1;engage'
	table >in <<-END
	lead_id time event size plan
	a 2026-01-01T00:00:00Z form 10 pro
	a 2026-01-02T00:00:00Z form . free
	b 2026-01-01T00:00:00Z form 9 .
	c . form 10 .
	END
	table >more <<-END
	lead_id plan won_at account_id
	a pro . .
	c . 2026-01-01T00:00:00Z acme
	END
	score in >got
	[ "$(cut -f1,2,5 got | tail -n +2 | tr '\t' ' ' | paste -sd,)" = 'a 1 B2,b 0 C2,c 1 B2' ]
	score --attributes more in >got
	[ "$(cut -f1,2,5,6 got | tail -n +2 | tr '\t' ' ' | paste -sd,)" = 'a 3 A2 cold,b 0 C2 cold,c 1 B2 customer' ]
	mkfifo pipe
	cat more >pipe &
	score --attributes pipe in | diff -u got -
	echo 'a	free		' >>more
	run --separate-stderr -1 score --attributes more in
	[ "$stderr" = 'lead-score: more:4: lead_id: a lead twice: "a"' ]
}

@test "score: --identity gives rows their lead; rows of nobody are counted" {
	rules '1;page_view;;;;engage;10;;pages'
	table >in <<-END
	time event visitor_id email
	2026-01-01T00:00:00Z page_view v1 .
	2026-01-02T00:00:00Z page_view v2 .
	2026-01-03T00:00:00Z page_view . ana@acme.com
	END
	table >map <<-END
	key_type key lead_id account_id since rule
	email ana@acme.com ana . . .
	visitor_id v1 ana . . .
	END
	score --identity map --stats stats in >got
	[ "$(cut -f1-2 got)" = "$(rows 'lead_id score' 'ana 2')" ]
	grep -q '"no_lead":1' stats
	run --separate-stderr -1 score in
	[ "$stderr" = "lead-score: in:1: no column 'lead_id' in the header: these are not events with time and event, nor rows by lead (--identity MAP finds leads)" ]
}

@test "score: --capacity prints the cut that sales can serve" {
	rules '1;form;;;;engage;1000;;forms' 'class;;;;3;;;;mature'
	{ rows 'lead_id time event'
	for lead in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16; do
		for n in $(seq $lead); do echo "l$lead	2026-01-0$((n % 9 + 1))T00:00:$((n + 10))Z	form"; done
	done
	for n in $(seq 20); do echo "old	2025-11-01T00:00:$((n + 10))Z	form"; done; } >in
	lead-score -r rules --as-of 2026-01-31T00:00:00Z --capacity 1/week in >got
	[ "$(cat got)" = "$(rows 'cut leads weeks leads_per_week' '9 8 8 1')" ]
	run --separate-stderr -2 score --capacity many in
	[ -z "$output" ]
	run --separate-stderr -2 score --capacity 1 --explain-score in
	[[ "$stderr" == *"one at a time" ]]
}

@test "score: R01 R02 R11: a fault in the rules is exit 2 with line and byte" {
	rows 'lead_id job' 'a x' >in
	while IFS='~' read -r line at why; do
		rules "${line//@/;}"
		run --separate-stderr -2 score in
		[ "$stderr" = "lead-score: rules:2: $at: $why" ] || { echo "$line: $stderr"; false; }
		[ -z "$output" ]
	done <<-'END'
	x@@job@=@a~1~not a number
	nan@@job@=@a~1~not a number
	1e400@@job@=@a~1~not a number
	1000001@@job@=@a~1~beyond a million points
	@@job@=@a~1~no number
	1@@job@is@a~8~none of = != < <= > >= in !in ~ !~ ? !? within count>= idle>=
	1@@job@@~8~a column without an operator
	1@@@=@a~4~an operator without a column
	1@@@@~3~neither event nor column
	1@form@@count>=@0/7d~17~not a number from 1 to 1000, as in 3/7d
	1@form@@count>=@3/7~19~not a time such as 30d
	1@form@@@@g@-5~13~the cap has another sign than the points
	-1@form@@@@g@@30d~15~negative points do not fade
	1@@job@=@a@g@@30d~15~only points of an event fade
	1@@job@=@a@g@5~14~only rules on each event have a cap
	class@@@@5@@@@ripe~15~a class is mature or unqualified
	grade@@@@A>=4 C>=2@fit~15~steps are named A B C of fit, 1 2 3 of other groups
	grade@@@@A>=4 B>=4@fit~18~not below the step before
	END
	rules '1;;job;~;(;g'
	run --separate-stderr -2 score in
	[[ "$stderr" == "lead-score: rules:2: 11: "* ]]
	rules
	run --separate-stderr -2 score in
	[[ "$stderr" == *"no rules" ]]
	run --separate-stderr -2 lead-score --as-of 2026-01-01 in
	[ "$stderr" = 'lead-score: --rules FILE must be given' ]
}

@test "score: --check tells every fault at its line and byte, reads no rows, and ends with 1" {
	rules 'x;;job;=;a;fit;;;points' '5;;job;=;ceo;fit;;;good' '1;form;;count>=;0/7d;engage' \
	    '-1;form;;;;engage;;30d;fades' 'class;;;;5;;;;ripe'
	run --separate-stderr -1 lead-score --check --rules rules
	[ -z "$output" ]
	[ "$stderr" = "lead-score: rules:2: 1: not a number
lead-score: rules:4: 17: not a number from 1 to 1000, as in 3/7d
lead-score: rules:5: 20: negative points do not fade
lead-score: rules:6: 15: a class is mature or unqualified" ]
	rules '5;;job;=;ceo;fit;;;good' 'class;;;;5;;;;mature'
	run --separate-stderr -0 lead-score --check --rules rules
	[ -z "$output$stderr" ]
	run --separate-stderr -2 lead-score --check
	[ "$stderr" = 'lead-score: --rules FILE must be given' ]
}

@test "score: --check doubts what can never hold, always does, stands twice or reaches nothing" {
	rules '5;;job;=;ceo;fit;;;one' '7;;job;=;ceo;fit;;;one again' '8;pageview;page;~;^/p;engage;;;a slip' \
	    '3;page_view;page;~;x*;engage;;;any page' '9;form;;;;engage;6;;cut' '0;form;form;=;a;engage' \
	    '2;;size;>=;10k;fit;;;text' 'class;;;;60;;;;mature' 'class;;;;-20;;;;unqualified' \
	    'grade;;;;A>=40 B>=15 C>=5;fit'
	run --separate-stderr -0 lead-score --check --rules rules
	[ -z "$output" ]
	# fit 5 + 7 + 2 = 14, engage 8 + 3 + 6 = 17
	[ "$stderr" = "lead-score: rules:3: asks what another rule asks already, in line 2
lead-score: rules:4: not an event of lead-tsv(5), holds only if yours: pageview
lead-score: rules:5: the pattern matches the empty text: any value meets it, or none
lead-score: rules:6: the cap is less than the points of one event
lead-score: rules:7: adds nothing
lead-score: rules:8: neither a number nor a date: compared byte by byte
lead-score: rules:9: no lead can be mature: all rules together add at most 31
lead-score: rules:10: no lead can be unqualified: no score is less than 0
lead-score: rules:11: no lead can have grade A: its group adds at most 14
lead-score: rules:11: no lead can have grade B: its group adds at most 14" ]
}

@test "score: a rule on an event that no row has, and no table of ours names, is warned about" {
	rules '8;pageview;page;~;^/p;engage;;;a slip' '3;trade_show;;;;engage;;;none came' \
	    '4;demo_run;;;;engage;;;our own'
	{ rows 'lead_id time event page' 'a 2026-01-01T00:00:00Z page_view /p' \
	    'a 2026-01-02T00:00:00Z demo_run .'; } >in
	run --separate-stderr -0 lead-score -r rules --as-of 2026-01-31 -f lead_id,score in
	[ "$output" = "$(rows 'lead_id score' 'a 4')" ]
	[ "$stderr" = 'lead-score: rules:2: no row has event "pageview": the rule never held' ]
}

@test "score: R03: a pattern that is too hard rejects the row, and is never no match" {
	rules '1;page_view;page;~;^(a|aa)+$;engage;;;hard'
	{ rows 'lead_id time event page'
	printf 'x\t2026-01-01T00:00:00Z\tpage_view\t%s!\n' "$(head -c 5000 /dev/zero | tr '\0' a)"
	rows 'x 2026-01-02T00:00:00Z page_view aa'; } >in
	run --separate-stderr -1 score in
	run --separate-stderr -0 score --max-reject 1 --stats stats in
	grep -q '"rejected":{"rule-limit":1}' stats
	grep -q '"balanced":true' stats
}

@test "score: a column has the same bytes whatever others are asked for" {
	rules '30;form;;;;engage;60;30d;asked' '10;;job;=;CEO;fit;;;chief' '-5;;;idle>=;20d;engage;;;silent' \
	    'class;;;;50;;;;mature' 'grade;;;;A>=10;fit'
	table >in <<-END
	lead_id time event job
	a 2026-01-01T00:00:00Z form .
	a 2026-01-02T00:00:00Z form CEO
	b 2026-01-30T00:00:00Z form .
	END
	score in >whole
	[ "$(column mql_at <whole)" = "$(printf '2026-01-02T00:00:00Z\n\n')" ]
	for column in score fit engage grade class mql mql_at reasons; do
		lead-score -r rules --as-of 2026-01-31T00:00:00Z -f "$column" in |
			diff -u <(awk -F '\t' -v name="$column" 'NR == 1 {
				for (i = 1; i <= NF; i++) if ($i == name) c = i } { print $c }' whole) -
	done
}

@test "score: --sorted: a row that is late or has no time is told with its line, and counts for nothing" {
	rules '1;form;;;;engage;9;;asked'
	table >in <<-END
	lead_id time event
	a 2026-01-02T00:00:00Z form
	a 2026-01-01T00:00:00Z form
	b 2026-01-01T00:00:00Z form
	b noon form
	b 2026-02-01T00:00:00Z form
	END
	run --separate-stderr -0 lead-score -r rules --as-of 2026-01-31 --sorted --max-reject 2 --stats stats -f lead_id,score in
	[ "$output" = "$(rows 'lead_id score' 'a 1' 'b 1')" ]
	[ "${stderr_lines[0]}" = 'lead-score: in:3: time: earlier than the row before of its lead (--sorted), of "a": "2026-01-01T00:00:00Z"' ]
	[ "${stderr_lines[1]}" = 'lead-score: in:5: time: not a time, of "b": "noon"' ]
	grep -q '"after_as_of":1' stats
}

@test "score: the same bytes sorted, permuted, split, in little memory" {
	rules '8;page_view;page;~;^/p;engage;24;30d;pages' '6;page_view;;count>=;3/7d;engage;;;days' \
	    '10;;job;in;ceo,cto;fit;;;job' '-10;;;idle>=;20d;engage' 'class;;;;20;;;;mature'
	awk 'BEGIN { srand(4); OFS = "\t"; print "lead_id", "time", "event", "page", "job"
		for (i = 0; i < 3000; i++)
			print sprintf("l%02d", rand() * 60), sprintf("2026-01-%02dT%02d:00:%02dZ",
			    1 + rand() * 30, rand() * 24, i % 60), rand() < .7 ? "page_view" : "form",
			    rand() < .3 ? "/p" int(rand() * 5) : "/", rand() < .1 ? "ceo" : "" }' >in
	score in >want
	{ head -n 1 in; tail -n +2 in | sort -t "$(printf '\t')" -k1,1 -k2,2; } >sorted
	score -S 64K in | diff -u want -
	{ head -n 1 in; tail -n +2 in | sort -R; } >mixed
	score mixed | diff -u want -
	{ head -n 1 in; sed -n 2,1000p in; } >part1
	{ head -n 1 in; sed -n '1001,$p' in; } >part2
	score part1 part2 | diff -u want -
	lead-score --sorted -r rules --as-of 2026-01-31T00:00:00Z -f '!rules_id' sorted | diff -u want -
}

@test "score: 12 worlds come out as the plain oracle has them" {
	rules '5.5;;sector;=;bank;fit;;;bank' '-7;;sector;!in;bank,it;fit;;;other' \
	    '3;;sector;!?;;fit;;;blank' '8;page_view;page;~;^/p;engage;24;9d;pages' \
	    '9;form;;;;engage;;6d;form' '4;form;page;?;;engage;11;;forms' \
	    '6;page_view;;count>=;3/7d;engage;;;days' '-4;;;idle>=;5d;engage;;;silent' \
	    '-6;page_view;page;=;/jobs;engage;-9;;jobs' 'cap;;;;38;engage' \
	    'class;;;;20;;;;mature' 'class;;;;-3;;;;unqualified'
	for seed in $(seq 12); do
		awk -v seed="$seed" 'BEGIN { srand(seed); OFS = "\t"
			print "lead_id", "time", "event", "page", "sector"
			split("page_view form email_clicked email_sent lead", events, " ")
			split("/p1 /p2 /jobs / ", pages, " "); split("bank it x", sectors, " ")
			for (i = 0; i < 150; i++)
				print "l" int(rand() * 12), sprintf("2026-01-%02dT%02d:%02d:00Z",
				    1 + rand() * 31, rand() * 24, rand() * 60), events[int(1 + rand() * 5)],
				    rand() < .7 ? pages[int(1 + rand() * 4)] : "",
				    rand() < .1 ? sectors[int(1 + rand() * 3)] : "" }' >in
		python3 "$top/tests/oracle/score.py" rules 2026-01-30T00:00:00Z in >want
		lead-score -r rules --as-of 2026-01-30T00:00:00Z in |
			awk -F '\t' 'BEGIN { OFS = FS } NR > 1 { print $1, $2, $6, $8 }' >got
		[ "$(wc -l <got)" = "$(wc -l <want)" ]
		paste want got | awk -F '\t' -v OFS='\t' '{ d = $2 - $6
			if ($1 != $5 || d * d > 9e-12 || $3 != $7 || $4 != $8) { print; bad = 1 } }
			END { exit bad }' || { echo "world $seed"; false; }
	done
}
