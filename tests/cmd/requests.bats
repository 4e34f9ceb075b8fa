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

@test "requests: an option is given once, and its name is not cut short" {
	rows 'event time visitor_id' >in
	run --separate-stderr -2 lead-journey --tz UTC --tz UTC in
	[[ $stderr == *"given twice: option 'tz'"* ]]
	run --separate-stderr -2 lead-journey --vis 1h in
	[[ $stderr == *"unknown option '--vis'"* ]]
}
