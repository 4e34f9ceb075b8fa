#!/usr/bin/env bats
# What is asked wrongly is answered with what may be asked.
load ../helper

@test "requests: a word that is no choice is told with the words that are" {
	rows 'event time visitor_id' >in
	run --separate-stderr -2 lead-journey -k visitor_id --declared sometimes in
	[ "$stderr" = 'lead-journey: --declared: "sometimes" is none of these: fallback, always, never' ]
	[ -z "$output" ]
}

@test "requests: a zone that there is not is told as such" {
	rows 'event time visitor_id' >in
	run --separate-stderr -2 lead-journey -k visitor_id --tz Europe/Madrit in
	[ "$stderr" = 'lead-journey: --tz: no time zone of that name here: "Europe/Madrit"' ]
}

@test "requests: lead-mask that was told nothing to hide says that nothing is hidden" {
	rows 'email value' 'ana@acme.example 1' >in
	run --separate-stderr -0 lead-mask in
	[ "$output" = "$(cat in)" ]
	[ "$stderr" = 'lead-mask: nothing is hidden without --sha256, --pseudonymise or --forget' ]
	run --separate-stderr -0 lead-mask --header-only in
	[ -z "$stderr" ]
}

@test "requests: a column that is not there is told with the one that may be meant" {
	rows 'lead_id time kind event channel value' >in
	run --separate-stderr -1 lead-attribute --by chanel in
	[ "$stderr" = "lead-attribute: in:1: no column 'chanel' in the header (there is \"channel\")" ]
	tr '\t' ' ' <in >blanks
	run --separate-stderr -1 lead-attribute blanks
	[[ $stderr == "lead-attribute: blanks:1: no column 'kind' in the header, nor a tab: tabs part the cells, not blanks"* ]]
	tr '\t' , <in >commas
	run --separate-stderr -1 lead-journey commas
	[ "$stderr" = "lead-journey: commas:1: no column 'time' in the header, nor a tab: CSV enters by lead-import" ]
}

@test "requests: the beginning of a figure's name is told with the whole" {
	rows 'lead_id time kind event channel value' >in
	run --separate-stderr -2 lead-kpi --as-of 2026-10-31 --kpi cac in
	[ "$stderr" = 'lead-kpi: --kpi: "cac": no such figure: did you mean cac_ads?' ]
}

@test "requests: an option is given once, and its name is not cut short" {
	rows 'event time visitor_id' >in
	run --separate-stderr -2 lead-journey --tz UTC --tz UTC in
	[[ $stderr == *"given twice: option 'tz'"* ]]
	run --separate-stderr -2 lead-journey --vis 1h in
	[[ $stderr == *"unknown option '--vis'"* ]]
	run --separate-stderr -2 lead-journey --visitgap=1h in
	[ "$stderr" = "lead-journey: unknown option '--visitgap': did you mean --visit-gap? (-h for help)" ]
}

@test "requests: a bound on gzip that is too large to hold is refused, not taken for none" {
	rows 'event time visitor_id' >in
	run --separate-stderr -2 lead-journey -k visitor_id --max-ratio 4294967296 in
	[ "$stderr" = 'lead-journey: --max-ratio: at most 2147483647' ]
}

@test "requests: steps without values say that money is unknown, and leave it empty" {
	rows 'lead_id event_id time precision kind event channel' \
	    'a 1 2026-01-01T00:00:00Z second touch page_view email' \
	    'a 2 2026-01-02T00:00:00Z second milestone won .' >in
	run --separate-stderr -0 lead-attribute --model last in
	[ "$stderr" = "lead-attribute: no column 'value' in the header: money is left empty" ]
	[ "${lines[1]}" = "$(rows 'last won 2026-01 email 1 .')" ]
}

@test "requests: a table that lost its header is asked for it" {
	rows 'a . b' >in
	run --separate-stderr -1 lead-attribute in
	[ "$stderr" = 'lead-attribute: in:1: column "" has no name: is this the header line?' ]
}
