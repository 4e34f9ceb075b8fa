#!/usr/bin/env bats
# lead-kpi --partial and --merge: parts of whole groups, merged, are one run.
load ../helper
load kpi
load parts

# worlds of the oracles: see there
world() {
	/usr/bin/python3 "$top/tests/oracle/$1.py" world "${@:2}"
}

# spend_of FILE - campaigns of its touches, with days, kinds and numbers, at random
spend_of() {
	awk -F '\t' -v OFS='\t' 'BEGIN { srand(7)
			print "date", "platform", "campaign_id", "campaign", "channel", "cost", "impressions", "clicks", "kind" }
		NR == 1 { for (i = 1; i <= NF; i++) col[$i] = i; next }
		$col["campaign"] != "" && !($col["campaign"] in seen) && rand() < .8 { seen[$col["campaign"]]
			for (k = 0; k < 9; k++)
				print sprintf("2025-%02d-%02d", 1 + int(rand() * 12), 1 + int(rand() * 28)), "google",
				    rand() < .5 ? "n" k : "", $col["campaign"], rand() < .9 ? $col["channel"] : "",
				    int(rand() * 10000) / 100, int(rand() * 5000), int(rand() * 90),
				    rand() < .3 ? "nurture" : "" }
		END { print "2025-03-03", "bing", "x1", "nobody", "paid_search", "12.5", 9, 1, "" }' "$1"
}

@test "kpi: parts: accounts of several people: every figure but mail, of every period" {
	for seed in 1 2; do
		world kpi $seed
		for period in day month week quarter all; do
			parted steps lead-kpi --as-of 2026-02-28T23:59:59.999999Z --tz Europe/Madrid \
			    --period $period --by rep --by first_channel --by first_channel,rep \
			    --by value_band:100:5000 --spend spend --goals goals --hours hours \
			    --holidays holidays --interval -q
			[ "$(wc -l <want)" -gt 900 ]
		done
	done
}

@test "kpi: parts: --since and --until, --cohort first, few figures" {
	world kpi 3
	parted steps lead-kpi --as-of 2026-02-28 --since 2025-06-01 --until 2025-12-10 --by rep \
	    --cohort first -q
	[ "$(wc -l <want)" -gt 300 ]
	parted steps lead-kpi --as-of 2026-02-28 --since 2025-06-01 --by rep --kpi deals,leads \
	    --kpi cycle_days_median,win_rate,disq_share
	[ "$(wc -l <want)" -gt 100 ]
	parted steps lead-kpi --as-of 2026-02-28 --kpi lost
}

@test "kpi: parts: mail counts once, whoever it was sent to" {
	for seed in 1 2; do
		world mail $seed w
		parted w/steps lead-kpi --as-of 2026-01-15T00:00:00Z --email w/mail --identity w/map \
		    --by country --by email_campaign
		[ "$(wc -l <want)" -gt 500 ]
	done
}

@test "kpi: parts: nurturing, spend joined by number, cost shared by clicks and leads" {
	bars >campaigns <<-'EOF'
	platform|campaign_id|campaign|kind
	mail|n1|nurture_1|nurture
	mail|n2|nurture_2|nurture
	EOF
	world nurture 1 >in
	spend_of in >spend
	for basis in no clicks leads; do
		parted in lead-kpi --as-of 2026-03-01T00:00:00Z --campaigns campaigns --by country \
		    --by first_channel --by first_campaign,country --by nurture_campaign --spend spend \
		    --allocate $basis
		[ "$(wc -l <want)" -gt 3000 ]
	done
}

@test "kpi: parts: spend joins the least name that touches of any part give its number" {
	bars >in <<-'EOF'
	lead_id|time|kind|event|campaign|campaign_id
	a|2026-01-05T00:00:00Z|touch|page_view|beta|7
	a|2026-01-05T00:00:00Z|milestone|lead||
	b|2026-01-05T00:00:00Z|touch|page_view|alpha|7
	b|2026-01-05T00:00:00Z|milestone|lead||
	c|2026-01-05T00:00:00Z|touch|page_view|gamma|8
	EOF
	printf '%s\n' 'date|campaign_id|campaign|cost' '2026-01-05|7||5' '2026-01-05|8||2' \
	    '2026-01-05|9|delta|1' | bars >spend
	run=(lead-kpi --as-of 2026-06-30 --by first_campaign --spend spend --kpi cost,cpl)
	"${run[@]}" in >got
	[ "$(figure 2026-01 first_campaign alpha cpl)" = '5|5|1|1' ]
	parted in "${run[@]}"
	cmp got want
}

@test "kpi: parts: credit is shared once, and cost by it" {
	world nurture 2 >in
	spend_of in >spend
	lead-attribute --model first,linear,w --milestone lead,opp,won --explain-credit \
	    --by channel,campaign,country in >credit
	parted in lead-kpi --as-of 2026-03-01 --by channel --by campaign,country --spend spend \
	    --credit credit --allocate credit
	grep -q 'linear' want
	[ "$(wc -l <want)" -gt 1000 ]
}

@test "kpi: parts: recurring revenue" {
	world mrr 1 >in
	parted in lead-kpi --as-of 2026-06-30 --by country --by country,deal_id
	grep -q 'net_mrr_churn' want
	parted in lead-kpi --as-of 2026-06-30 --by country --since 2025-03-01 --until 2025-09-01
}

@test "kpi: parts: campaigns without a partner, by the last run alone" {
	world nurture 3 >in
	spend_of in >spend
	run=(lead-kpi --as-of 2026-03-01 --spend spend --by campaign)
	"${run[@]}" --unjoined want in >/dev/null
	[ "$(wc -l <want)" -gt 1 ]
	deal 3 in
	for i in 1 2 3; do "${run[@]}" --partial part.$i >sum.$i; done
	"${run[@]}" --merge --unjoined got sum.* >/dev/null
	cmp got want
	run --separate-stderr -2 "${run[@]}" --partial --unjoined got part.1
	[ "$stderr" = 'lead-kpi: --unjoined: of --merge, not of a part' ]
}

# --- what does not fit ---

# refused FILE:LINE WORDS COMMAND... - ends with 1, and says so
refused() {
	local place=$1 words=$2
	shift 2
	run --separate-stderr -1 "$@"
	# shellcheck disable=SC2053
	[[ $stderr == "lead-kpi: "$place": $words"* ]] || { echo "$stderr"; false; }
}

# two parts of a small table in "one" and "two", the options of their run in "run"
two_parts() {
	bars >in <<-'EOF'
	lead_id|time|kind|event|deal_id|value|rep|campaign
	a|2026-01-05T10:00:00Z|touch|page_view||||x
	a|2026-01-05T10:05:00Z|milestone|lead|||R1|
	a|2026-02-04T10:05:00Z|milestone|won|D1|1200|R1|
	b|2026-01-06T09:00:00Z|milestone|lead|||R2|
	c|2026-01-06T09:00:00Z|milestone|lead|||R2|
	c|2026-01-07T09:00:00Z|milestone|lost|D2||R2|
	EOF
	printf '%s\n' 'date|cost|campaign' '2026-01-05|12.5|x' '2026-01-06|1|y' | bars >spend
	run=(lead-kpi --as-of 2026-06-30 --by rep --spend spend)
	grep -e ^lead_id -e ^a in | "${run[@]}" --partial >one
	grep -v ^a in | "${run[@]}" --partial >two
	"${run[@]}" in >want
	"${run[@]}" --merge one two | cmp - want
}

@test "kpi: parts: a part that was cut, changed or put in another order is refused" {
	two_parts
	last=$(wc -l <one)
	head -n -1 one >cut
	run --separate-stderr -1 "${run[@]}" --merge two cut
	[ "$stderr" = 'lead-kpi: the last part has no end: it was cut' ]
	[ -z "${output%$'\x18'}" ]
	refused two:2 'name: the part above it has no end: it was cut: "program"' \
	    "${run[@]}" --merge cut two
	grep -v won_value one >lacks
	refused lacks:* 'name: the part is not as it was written: rows were changed or lost: ' \
	    "${run[@]}" --merge lacks two
	sed 's/1200000000/1300000000/' one >changed
	! cmp -s one changed
	refused "changed:$last" 'name: the part is not as it was written: ' "${run[@]}" --merge two changed
	{ grep -v ^sum one | grep -v ^end; grep ^sum one | tac; grep ^end one; } >mixed
	refused "mixed:$last" 'name: the part is not as it was written: ' "${run[@]}" --merge mixed two
	grep -v ^rule one >headless
	refused headless:2 'record: the part lacks its first rows: "column"' "${run[@]}" --merge headless
	head -c -1 one >unended
	run -1 "${run[@]}" --merge unended two
	# a bad row is none to leave out
	sed 's/^count\tpayments\t/count\t/' one >short
	run --separate-stderr -1 "${run[@]}" --max-reject 5 --merge two short
	[[ $stderr == *'the part is not as it was written'* ]]
}

@test "kpi: parts: a part given twice, and parts made without regard to groups, are refused" {
	two_parts
	refused two:* 'name: a group of a part that was read before: each group is of one part, and each part is given once: "' \
	    "${run[@]}" --merge two one two
	"${run[@]}" --partial --merge two one >both
	refused two:* 'name: a group of a part that was read before' "${run[@]}" --merge both two
	world kpi 5
	awk 'NR == 1 { print >"odd"; print >"even"; next } { print >(NR % 2 ? "odd" : "even") }' steps
	lead-kpi --as-of 2026-02-28 --partial -q odd >one
	lead-kpi --as-of 2026-02-28 --partial -q even >two
	refused two:* 'name: a group of a part that was read before' lead-kpi --as-of 2026-02-28 --merge one two
}

@test "kpi: parts: a part of other options, tables or steps says which" {
	two_parts
	local other option
	for other in 'as-of --as-of 2026-07-01' 'since --since 2026-01-01' 'until --until 2026-03-01' \
	    'tz --tz Atlantic/Reykjavik' 'period --period week' 'by --by first_rep' 'kpi --kpi leads' \
	    'allocate --allocate leads' 'lead-source --lead-source won' 'cohort --cohort first' \
	    'sla --sla 1h' 'close-from --close-from opp' 'no-response --no-response none' \
	    'click-window --click-window 1d' 'grace --grace 3d' 'hours --hours hours' \
	    'goals --goals goals' 'email --email mail' 'campaigns --campaigns campaigns' \
	    'credit --credit credit'; do
		printf '%s\n' 'weekday|from|to' 'mon|09:00|18:00' | bars >hours
		printf '%s\n' 'period|kpi|goal' '2026-01|leads|9' | bars >goals
		printf '%s\n' 'time|event|email|message_id' '2026-01-05T00:00:00Z|email_sent|a@b.example|m' | bars >mail
		printf '%s\n' 'platform|campaign_id|campaign' 'google|1|y' | bars >campaigns
		read -r option other <<<"$other"
		case $option in
		as-of) set -- --by rep ;;
		by) set -- --as-of 2026-06-30 ;;
		*) set -- --as-of 2026-06-30 --by rep ;;
		esac
		# shellcheck disable=SC2086
		run --separate-stderr -1 lead-kpi --spend spend "$@" $other --merge one two
		[[ $stderr == 'lead-kpi: one:'*": value: $option differs: in this run it is "* ]] ||
			{ echo "$option: $stderr"; false; }
	done
	echo '2026-01-07	3	z' >>spend
	run --separate-stderr -1 "${run[@]}" --merge one two
	[[ $stderr == *'value: spend differs: in this run it is '* ]]
	run --separate-stderr -1 lead-kpi --as-of 2026-06-30 --by rep --merge one two
	[[ $stderr == *'value: spend differs: in this run it is not given: "'* ]]
}

@test "kpi: parts: the order of rows in the tables beside does not matter" {
	two_parts
	{ head -n 1 spend; sed 1d spend | tac; } >turned
	lead-kpi --as-of 2026-06-30 --by rep --spend turned --merge one two | cmp - want
}

@test "kpi: parts: steps with other columns are refused, either way" {
	two_parts
	grep -v ^a in | awk -F '\t' -v OFS='\t' 'NR == 1 { print $0, "reason"; next } { print $0, "price" }' |
		"${run[@]}" --partial >more
	refused one:* 'record: the table of this part lacked columns that others had: "group"' \
	    "${run[@]}" --merge one more
	refused one:* 'record: the table of this part lacked columns' "${run[@]}" --merge more one
	run --separate-stderr -1 lead-kpi --as-of 2026-06-30 --by deal_id --spend spend --merge one two
	[ "$stderr" = 'lead-kpi: --by: "deal_id": the parts were made without it, or of steps that lack it' ]
	# of accounts and of leads
	sed '1s/lead_id/account_id/' in | "${run[@]}" --partial >accounts
	run --separate-stderr -1 "${run[@]}" --merge one accounts
	[[ $stderr == *'value: key differs: in this run it is lead_id: "account_id"' ]]
}

@test "kpi: parts: steps are no parts, parts no steps, nor are those of others" {
	two_parts
	refused in:1 "no column 'record' in the header: these are not parts that --partial wrote" \
	    "${run[@]}" --merge in
	refused one:1 "no column 'time' in the header: these are not the steps of lead-journey" \
	    "${run[@]}" one
	lead-attribute --by campaign --partial in >credit
	refused credit:1 "no column 'record' in the header" "${run[@]}" --merge credit
	printf 'key\torder\tkind\nlead\t1\topen\n' >stages
	lead-funnel --stages stages --as-of 2026-06-30 --partial in >funnel
	refused funnel:2 'value: program differs: in this run it is lead-kpi: "lead-funnel"' \
	    lead-kpi --as-of 2026-06-30 --merge funnel
	sed '3s/0\.1/0.0/' one >old
	refused old:3 'value: version differs: in this run it is 0.1: "0.0"' "${run[@]}" --merge old
}

@test "kpi: parts: money of two currencies is not added, nor mail of one lead twice" {
	two_parts
	bars >in <<-'EOF'
	lead_id|time|kind|event|value|currency
	a|2026-01-05T00:00:00Z|milestone|won|10|EUR
	b|2026-01-05T00:00:00Z|milestone|won|10|USD
	EOF
	grep -v ^a in | lead-kpi --as-of 2026-06-30 --partial >one
	grep -v ^b in | lead-kpi --as-of 2026-06-30 --partial >two
	refused two:* 'name: another currency than before: convert it when importing: "EUR"' \
	    lead-kpi --as-of 2026-06-30 --merge one two
	# one lead in two accounts
	bars >in <<-'EOF'
	account_id|time|kind|event|lead_id
	A|2026-01-05T00:00:00Z|milestone|lead|x
	B|2026-01-05T00:00:00Z|milestone|lead|x
	EOF
	printf '%s\n' 'time|event|email|message_id|lead_id' \
	    '2026-01-05T00:00:00Z|email_sent|a@b.example|m|x' | bars >mail
	grep -v ^A in | lead-kpi --as-of 2026-06-30 --email mail --partial >one
	grep -v ^B in | lead-kpi --as-of 2026-06-30 --email mail --partial >two
	refused two:* 'name: a lead that another part had: its mail would count twice: "x"' \
	    lead-kpi --as-of 2026-06-30 --email mail --merge one two
}

@test "kpi: parts: an empty partition is a part, no part at all is none" {
	two_parts
	head -n 1 in | "${run[@]}" --partial >none
	"${run[@]}" --merge none one two none | cmp - want
	head -n 1 in | "${run[@]}" >want
	"${run[@]}" --merge none | cmp - want
	head -n 1 one >header
	run --separate-stderr -1 "${run[@]}" --merge header
	[ "$stderr" = 'lead-kpi: there is no part to merge' ]
	"${run[@]}" --partial --merge header >part
	"${run[@]}" --merge part | cmp - want
}

@test "kpi: parts: without headers, as engines hand rows on" {
	two_parts
	columns=$(head -n 1 in | tr '\t' ,)
	header=$("${run[@]}" -N --columns="$columns" --partial --header-only </dev/null | tr '\t' ,)
	grep ^a in | "${run[@]}" -N --columns="$columns" --partial >sums
	grep ^[bc] in | "${run[@]}" -N --columns="$columns" --partial >>sums
	"${run[@]}" -N --columns="$columns" --partial </dev/null >>sums
	"${run[@]}" -N --columns="$header" --merge sums | diff <(sed 1d want) -
	[ "$(head -n 1 want)" = "$("${run[@]}" -N --columns="$header" --merge --header-only </dev/null)" ]
}

@test "kpi: parts: what was left aside is counted of all parts" {
	world kpi 6
	run=(lead-kpi --as-of 2026-02-28 -q)
	deal 3 steps
	for i in 1 2 3; do "${run[@]}" --partial part.$i >sum.$i; done
	"${run[@]}" --stats one steps >/dev/null
	"${run[@]}" --stats all --merge sum.* >/dev/null
	counts() { grep -o '"\(negative_duration\|undated_fact\|payment_uncovered\)":[0-9]*' "$1"; }
	counts one >want
	[ "$(wc -l <want)" = 3 ]
	grep -q '[1-9]$' want
	counts all | diff want -
	grep -q '"balanced":true' all
}
