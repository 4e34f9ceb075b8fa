#!/usr/bin/env bats
# lead-kpi: mail, and who may be written to
load ../helper

# bars - tab-separated lines from a here-document with | for each tab
bars() {
	tr '|' '\t'
}

rates=delivery_rate,bounce_rate,open_rate,open_rate_all,email_ctr,email_ctr_all,ctor,ctor_all
rates+=,unsub_rate,spam_rate,click_to_conversion,click_to_conversion_all

# company - steps, map and mail of two leads and a stranger
company() {
	bars >steps <<-'EOF'
	lead_id|time|kind|event|channel|value
	a|2026-01-01T08:00:00Z|touch|page_view|paid_search|
	a|2026-01-01T09:00:00Z|milestone|lead||
	a|2026-02-20T09:00:00Z|milestone|won||100
	b|2026-01-02T08:00:00Z|touch|page_view|email|
	b|2026-01-02T09:00:00Z|milestone|lead||
	EOF
	bars >map <<-'EOF'
	key_type|key|lead_id|account_id|since|rule
	email|ana@a.example|a|||
	email|ben@b.example|b|||
	EOF
	bars >mail <<-'EOF'
	time|event|email|message_id|campaign|url|machine
	2026-01-31T09:00:00Z|email_sent|ana@a.example|m1|n1||
	2026-01-31T09:00:01Z|email_delivered|ana@a.example|m1|n1||
	2026-01-31T09:00:04Z|email_opened|ana@a.example|m1|n1||1
	2026-02-01T10:00:00Z|email_clicked|Ana@A.example|m1|n1|/x|
	2026-02-02T10:00:00Z|email_clicked|ana@a.example|m1|n1|/y|
	2026-01-31T09:00:00Z|email_sent|ben@b.example|m1|n1||
	2026-01-31T09:00:01Z|email_delivered|ben@b.example|m1|n1||
	2026-01-31T09:01:00Z|email_opened|ben@b.example|m1|n1||
	2026-01-31T09:02:00Z|email_opened|ben@b.example|m1|n1||
	2026-01-31T09:00:02Z|email_clicked|ben@b.example|m1|n1|/x|1
	2026-01-31T09:00:00Z|email_sent|gone@c.example|m1|n1||
	2026-01-31T09:00:03Z|email_bounced|gone@c.example|m1|n1||
	2026-01-31T09:00:00Z|email_sent|joe@c.example|m1|n1||
	2026-01-31T09:00:00Z|email_delivered|joe@c.example|m1|n1||
	2026-02-03T09:00:00Z|unsubscribed|joe@c.example|m1|n1||
	2026-02-03T09:00:00Z|complained|joe@c.example|m1|n1||
	EOF
}

@test "kpi: mail, by hand: of each message and recipient once; machines only in _all" {
	company
	lead-kpi --as-of 2026-03-31 --email mail --identity map --kpi "$rates" steps |
		awk -F '\t' -v OFS='|' '$1 == "2026-01" { print $4, $6, $7, $8 }' >got
	# four sent, three delivered, one bounced; Ana's open is a machine's, her clicks
	# are one; Ben's click is a machine's; Ana bought 19 days after her first click
	cat >want <<-'EOF'
	bounce_rate|0.25|1|4
	click_to_conversion|1|1|1
	click_to_conversion_all|0.5|1|2
	ctor|0.5|1|2
	ctor_all|1|2|2
	delivery_rate|0.75|3|4
	email_ctr|0.333333|1|3
	email_ctr_all|0.666667|2|3
	open_rate|0.333333|1|3
	open_rate_all|0.666667|2|3
	spam_rate|0.333333|1|3
	unsub_rate|0.333333|1|3
	EOF
	diff -u want got
}

@test "kpi: mail counts in the month of its first row, whenever it is opened" {
	company
	lead-kpi --as-of 2026-03-31 --email mail --identity map --kpi delivery_rate,email_ctr \
	    -f period,kpi,denominator steps >got
	bars >want <<-'EOF'
	period|kpi|denominator
	2026-01|delivery_rate|4
	2026-01|email_ctr|3
	2026-02|delivery_rate|0
	2026-02|email_ctr|0
	EOF
	diff -u want got
}

@test "kpi: a recipient is in the segments of his lead; one without is in (unknown)" {
	company
	lead-kpi --as-of 2026-03-31 --email mail --identity map --by first_channel \
	    --kpi delivery_rate --since 2026-01-31T00:00:00Z --until 2026-02-01T00:00:00Z \
	    -f segment,numerator,denominator steps >got
	bars >want <<-'EOF'
	segment|numerator|denominator
	(all)|3|4
	(unknown)|1|2
	email|1|1
	paid_search|1|1
	EOF
	diff -u want got
	lead-kpi --as-of 2026-03-31 --email mail --by first_channel --kpi delivery_rate \
	    -f segment,denominator --period all steps >got
	bars >want <<-'EOF'
	segment|denominator
	(all)|4
	(unknown)|4
	email|0
	paid_search|0
	EOF
	diff -u want got
}

@test "kpi: --by email_campaign: mail alone, by its own campaign; it sums to the whole" {
	company
	bars >>mail <<-'EOF'
	2026-01-31T10:00:00Z|email_sent|ana@a.example|m2|n2||
	2026-01-31T10:00:00Z|email_sent|ben@b.example|m3|||
	EOF
	lead-kpi --as-of 2026-03-31 --email mail --identity map --by email_campaign \
	    --since 2026-01-31T00:00:00Z --until 2026-02-01T00:00:00Z \
	    --kpi delivery_rate,email_ctr,click_to_conversion,leads,deals \
	    -f segment,kpi,numerator,denominator steps | grep -v '(all)' >got
	bars >want <<-'EOF'
	segment|kpi|numerator|denominator
	(unknown)|click_to_conversion|0|0
	(unknown)|delivery_rate|0|1
	(unknown)|email_ctr|0|0
	n1|click_to_conversion|1|1
	n1|delivery_rate|3|4
	n1|email_ctr|1|3
	n2|click_to_conversion|0|0
	n2|delivery_rate|0|1
	n2|email_ctr|0|0
	EOF
	diff -u want got
	printf 'date\tcost\tcampaign\n2026-01-31\t5\tn1\n' >spend
	lead-kpi --as-of 2026-03-31 --email mail --by email_campaign --spend spend steps >all
	awk -F '\t' '$2 == "email_campaign" { print $4 }' all | sort -u | paste -sd ' ' >got
	echo 'bounce_rate ctor ctor_all delivery_rate email_ctr email_ctr_all open_rate' \
	    'open_rate_all spam_rate unsub_rate' >want
	diff -u want got
	run --separate-stderr -2 lead-kpi --as-of 2026-03-31 --by email_campaign steps
	[ "$stderr" = 'lead-kpi: --by: "email_campaign": needs --email' ]
	run --separate-stderr -2 lead-kpi --as-of 2026-03-31 --email mail --by channel,email_campaign steps
	[ "$stderr" = 'lead-kpi: --by: "email_campaign": stands alone' ]
}

@test "kpi: somebody who was erased stays in the totals: by lead_id, his message by its campaign" {
	company
	lead-kpi --as-of 2026-03-31 --email mail --identity map --by first_channel --kpi "$rates" \
	    -o before steps
	awk 'BEGIN { FS = OFS = "\t" } { print $0, NR == 1 ? "lead_id" : "" }' mail |
		awk 'BEGIN { FS = OFS = "\t" } NR > 1 && tolower($3) == "ana@a.example" {
			$3 = $4 = ""; $8 = "zz" } 1' >erased
	{ sed '/^a/d' steps; sed -n 's/^a/zz/p' steps; } >later
	grep -v ana@a.example map >others
	lead-kpi --as-of 2026-03-31 --email erased --identity others --by first_channel \
	    --kpi "$rates" later | diff -u before -
}

@test "kpi: a sale 30 days after the click is a conversion, a second later it is none" {
	company
	for span in 0 1; do
		bars >steps <<-EOF
		lead_id|time|kind|event|value
		a|2026-01-01T09:00:00Z|milestone|lead|
		a|2026-03-03T10:00:0${span}Z|milestone|won|1
		EOF
		lead-kpi --as-of 2026-03-31 --email mail --identity map --period all \
		    --kpi click_to_conversion -f value steps | sed 1d
	done >got
	printf '1\n0\n' >want
	diff -u want got
	[ "$(lead-kpi --as-of 2026-03-31 --email mail --identity map --period all \
	    --click-window 31d --kpi click_to_conversion -f value steps | sed 1d)" = 1 ]
}

@test "kpi: mail without rows of sending: what was opened was delivered, and sent" {
	company
	grep -v 'email_sent\|email_delivered' mail >bare
	lead-kpi --as-of 2026-03-31 --email bare --identity map --kpi delivery_rate,bounce_rate \
	    --period all -f kpi,numerator,denominator steps >got
	bars >want <<-'EOF'
	kpi|numerator|denominator
	bounce_rate|1|4
	delivery_rate|3|4
	EOF
	diff -u want got
}

@test "kpi: db_size and optout_rate, by hand: last word of each recipient, each month" {
	company
	bars >mail <<-'EOF'
	time|event|email|message_id
	2026-01-05T09:00:00Z|consented|ana@a.example|
	2026-01-06T09:00:00Z|consented|ben@b.example|
	2026-01-07T09:00:00Z|consented|ben@b.example|
	2026-01-08T09:00:00Z|unsubscribed|never@c.example|
	2026-02-05T09:00:00Z|consented|joe@c.example|
	2026-02-06T09:00:00Z|unsubscribed|BEN@b.example|
	2026-02-06T10:00:00Z|unsubscribed|ben@b.example|m1
	2026-04-07T09:00:00Z|consented|ben@b.example|
	2026-04-07T09:00:00Z|unsubscribed|ben@b.example|
	EOF
	lead-kpi --as-of 2026-04-30 --email mail --identity map --kpi db_size,optout_rate \
	    -f period,kpi,value,numerator,denominator,n steps >got
	bars >want <<-'EOF'
	period|kpi|value|numerator|denominator|n
	2026-01|db_size|2|2||2
	2026-01|optout_rate|0|0|2|2
	2026-02|db_size|2|2||2
	2026-02|optout_rate|0.333333|1|3|3
	2026-03|db_size|2|2||2
	2026-03|optout_rate|0|0|2|2
	2026-04|db_size|2|2||2
	2026-04|optout_rate|0.333333|1|3|3
	EOF
	diff -u want got
	lead-kpi --as-of 2026-02-28 --email mail --identity map --by first_channel \
	    --kpi db_size --since 2026-02-01T00:00:00Z -f segment,value steps >got
	bars >want <<-'EOF'
	segment|value
	(all)|2
	(unknown)|1
	email|0
	paid_search|1
	EOF
	diff -u want got
}

@test "kpi: a consent of the year 1 does not make a row of each day since: the last 10,000 are told" {
	company
	printf 'time\tevent\temail\n0001-01-01T00:00:00Z\tconsented\tana@a.example\n' >mail
	lead-kpi --as-of 2026-03-31 --period day --email mail --kpi db_size -f period,value steps |
		sed 1d | sort -u >got
	[ "$(wc -l <got)" = 10001 ]
	[ "$(tail -n 1 got)" = $'2026-03-31\t1' ]
	[ "$(sed -n 1p got)" = $'0001-01-01\t1' ]
	[ "$(sed -n 2p got)" = "$(date -ud '2026-03-31 9999 days ago' +%F)"$'\t1' ]
}

@test "kpi: mail that can not be had: by name of what it needs" {
	company
	run --separate-stderr -2 lead-kpi --as-of 2026-03-31 --kpi open_rate steps
	[ "$stderr" = 'lead-kpi: --kpi: "open_rate": needs --email' ]
	run --separate-stderr -2 lead-kpi --as-of 2026-03-31 --email mail --kpi db_size steps
	[ "$stderr" = 'lead-kpi: --kpi: "db_size": needs --email with consented' ]
	run --separate-stderr -2 lead-kpi --as-of 2026-03-31 --email mail --kpi click_to_conversion steps
	[ "$stderr" = 'lead-kpi: --kpi: "click_to_conversion": needs --email and --identity' ]
	run --separate-stderr -2 lead-kpi --as-of 2026-03-31 --identity map steps
	[ "$stderr" = 'lead-kpi: --identity needs --email' ]
	lead-kpi --as-of 2026-03-31 steps >got
	run ! grep -q 'open_rate\|db_size' got
}

@test "kpi: mail rows that count nowhere are counted; a time that is none ends it" {
	company
	bars >mail <<-'EOF'
	time|event|email|message_id|precision
	2026-01-05T09:00:00Z|page_view|ana@a.example|m1|
	2026-01-05T09:00:00Z|email_sent||m1|
	2026-01-05T09:00:00Z|email_sent|ana@a.example||
	|email_sent|ana@a.example|m1|undated
	2026-05-05T09:00:00Z|email_sent|ana@a.example|m1|
	2026-01-05T09:00:00Z|email_sent|ana@a.example|m1|
	EOF
	lead-kpi --as-of 2026-03-31 --email mail --kpi delivery_rate --stats stats -o got steps
	grep -q '"email_rows":6,"email_after_as_of":1,"email_other":4' stats
	bars >mail <<-'EOF'
	time|event|email|message_id
	yesterday|email_sent|ana@a.example|m1
	EOF
	run --separate-stderr -1 lead-kpi --as-of 2026-03-31 --email mail steps
	[ "$stderr" = 'lead-kpi: mail:2: time: not a time: "yesterday"' ]
}

@test "kpi: a random world of mail: as sets of words have it, in any order of its rows" {
	for seed in 1 2 3; do
		python3 "$top/tests/oracle/mail.py" world $seed w
		python3 "$top/tests/oracle/mail.py" w 2026-01-15T00:00:00Z | sort >want
		lead-kpi --as-of 2026-01-15T00:00:00Z --email w/mail --identity w/map --by country \
		    --kpi "$rates" --kpi db_size,optout_rate -o first w/steps
		sed 1d first | sort >got
		# months of sales alone have no mail
		comm -13 want got | awk -F '\t' '$9 != 0' >more
		[ ! -s more ]
		comm -23 want got >less
		[ ! -s less ]
		[ "$(wc -l <want)" -gt 500 ]
		{ sed -n 1p w/mail; sed 1d w/mail | sort; } >sorted
		lead-kpi --as-of 2026-01-15T00:00:00Z --email sorted --identity w/map --by country \
		    --kpi "$rates" --kpi db_size,optout_rate w/steps | cmp - first
	done
}

@test "kpi: a random world of mail: segments sum to the whole" {
	python3 "$top/tests/oracle/mail.py" world 4 w
	lead-kpi --as-of 2026-02-28 --email w/mail --identity w/map --by country \
	    --kpi "$rates" --kpi db_size,optout_rate w/steps |
		awk -F '\t' '$2 == "(all)" { n[$1, $4] += $7; d[$1, $4] += $8 }
			$2 == "country" { n[$1, $4] -= $7; d[$1, $4] -= $8 }
			END { for (k in n) { rows++; if (n[k] || d[k]) { print k; bad = 1 } }
				exit bad || rows < 100 }'
}
