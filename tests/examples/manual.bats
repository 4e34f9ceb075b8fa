#!/usr/bin/env bats
# The examples of the manual pages run, and print what stands there.
load ../helper

# said PAGE - the literal blocks of its EXAMPLES, one after the other: a command is
# a line behind "$ " and the indented ones below it; "cat FILE" makes a file that is
# not there yet of what stands below. Prints the blocks as they should stand.
said() {
	awk '/^\.Sh /{ on = /EXAMPLES/ } /^\.Bd -literal/ { if (on) lit = 1; next }
		/^\.Ed/ { if (lit) print ""; lit = 0 } lit' "$1" |
		sed 's/\\e/\\/g; s/\\&//g' >stands
	grep -q '^\$ ' stands
	sed -n '/^\$ /,/^$/p' stands | sed '/^$/d' >blocks
	awk '/^\$ / { n++; print substr($0, 3) >("command." n); more = 1; next }
		more && /^    / { print >("command." n); next }
		{ more = 0; print >("below." n) }' blocks
	for ((i = 1; ; i++)); do
		[ -e "command.$i" ] || break
		read -r word file <"command.$i"
		[ "$word" != cat ] || [ -e "$file" ] || cp "below.$i" "$file"
		sed '1s/^/$ /' "command.$i"
		eval "$(cat "command.$i")"
	done
}

check_page() {
	said "$top/cmd/$1" >got
	diff -u <(sed 's/	*$//' blocks) <(sed 's/	*$//' got) # a page shows no tab at an end
}

@test "manual: the examples of lead-import(1) print what they show" {
	check_page lead-import.1
}

@test "manual: the examples of lead-parse-utm(1) print what they show" {
	check_page lead-parse-utm.1
}

@test "manual: the examples of lead-dedupe(1) print what they show" {
	check_page lead-dedupe.1
}

@test "manual: the examples of lead-identify(1) print what they show" {
	check_page lead-identify.1
}

@test "manual: the examples of lead-journey(1) print what they show" {
	check_page lead-journey.1
}

# The tables that the commands of lead-kpi(1) name, from the worked account.
account_tables() {
	local account=$top/examples/account name
	cp "$account"/{campaigns.tsv,mail.csv} .
	cp "$account/maps/mail.tsv" email-activity.tsv
	for name in contacts deals payments spend; do
		lead-import --map "$account/maps/$name.tsv" --rates "$account/rates.tsv" \
			-o $name.tsv "$account/$name.csv"
	done
	lead-identify --plain-ids -o identity.tsv contacts.tsv deals.tsv payments.tsv
	lead-journey -k account_id --identity identity.tsv -o steps.tsv contacts.tsv deals.tsv payments.tsv
	awk 'NR == 1' steps.tsv | tee part1.tsv >part2.tsv
	sed 1d steps.tsv | awk '{ print >>(/^A1\t/ ? "part1.tsv" : "part2.tsv") }'
}

@test "manual: the commands of lead-kpi(1) that stand without output run, each table as its own" {
	account_tables
	awk '/^\.Sh /{ on = /EXAMPLES/ } /^\.Bd -literal/ { lit = on; next } /^\.Ed/ { lit = 0 } lit' \
		"$top/cmd/lead-kpi.1" | sed 's/\\e/\\/g' |
		awk '/^(printf|lead-)/ { on = 1 } on; !/\\$/ { on = 0 }' >commands
	[ "$(grep -c '^lead-' commands)" -ge 8 ]
	bash -eo pipefail commands >out
	grep -q 'weighted_pipeline' out
}

@test "manual: the examples of lead-attribute(1) print what they show" {
	check_page lead-attribute.1
}

@test "manual: the examples of lead-funnel(1) print what they show" {
	check_page lead-funnel.1
}

@test "manual: the examples of lead-mask(1) print what they show" {
	check_page lead-mask.1
}

@test "manual: the examples of lead-fit(1) and lead-score(1) print what they show" {
	check_page lead-fit.1
	rm command.* below.*
	check_page lead-score.1
}

@test "manual: the rules in lead-rules(5) give the points that it shows" {
	check_page lead-rules.5
}

@test "manual: lead(7): from a log and a CRM to credit and figures" {
	check_page lead.7
}

@test "manual: lead-tsv(5): grep, sort, join, cut and awk keep the header" {
	check_page lead-tsv.5
}
