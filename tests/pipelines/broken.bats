#!/usr/bin/env bats
# A pipeline whose first filter fails: the last one fails too, without
# pipefail, and no table that looks whole is left.
load ../helper
load company

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return
	company 300 5
	cat in/logs/*.gz >log.gz
	printf 'method\tpath\tstatus\tevent\nGET\t^/precios\t\tlead\nGET\t^/casos\t\twon\n' >events.tsv
}

setup() {
	cd "$BATS_TEST_TMPDIR" || return
	cp "$BATS_FILE_TMPDIR"/{log.gz,events.tsv} .
	set +o pipefail
}

# import OPTION... - a log as events, some of them milestones
import() {
	lead-import -q --format "$log_format" --visitor cookie:lp_vid --events events.tsv "$@"
}

# chain FIRST... - from the first to credit
chain() {
	"$@" 2>err.1 | lead-parse-utm 2>err.2 | lead-journey -k visitor_id 2>err.3 |
		lead-attribute --model linear --milestone lead,won 2>err.4
}

# lines COMMAND - in a bash of its own, without pipefail
lines() {
	bash -c "$(declare -f import chain); log_format='$log_format'; $*"
}

# broken FIRST... - the chain behind it must fail, to a file and into -o
broken() {
	local status
	run -1 lines "chain $* >out"
	[ ! -s out ] || [ "$(tail -c 1 out | od -An -tx1)" = ' 18' ]
	run -1 lines "chain $* | lead-dedupe -k model,channel,period,milestone -o whole"
	[ ! -e whole ]
	grep -qE '^lead-attribute: <stdin>:1: empty' err.4
}

@test "broken: the chain that is sound ends with 0" {
	run -0 lines "chain import log.gz >out"
	[ "$(wc -l <out)" -gt 5 ]
	[ ! -s err.4 ]
}

@test "broken: a log cut at the end, in the middle, at the start" {
	for size in -9 -20000 30 0; do
		cp "$BATS_FILE_TMPDIR/log.gz" cut.gz
		truncate -s $size cut.gz
		broken import cut.gz
	done
}

@test "broken: a log damaged in the middle" {
	printf '\0\0\0\0\0\0\0\0' | dd of=log.gz bs=1 seek=200000 conv=notrunc status=none
	broken import log.gz
}

@test "broken: a log that is not there, a folder, an option that is none" {
	broken import none.gz
	broken import log.gz none.gz
	broken import .
	broken import --no-such-option log.gz
	broken import --events none log.gz
}

@test "broken: a second log of rubbish after a sound one" {
	seq 20000 >rubbish
	broken import log.gz rubbish
}

@test "broken: a filter behind, killed, stopped by memory or by a full disk of its own" {
	slow() {
		"$@" | lead-parse-utm 2>/dev/null | (ulimit -v 1000000; exec lead-journey -T /dev/null -S 64K -k visitor_id 2>err.3) |
			lead-attribute --model linear --milestone lead,won -o whole 2>err.4
	}
	run -1 bash -c "$(declare -f import slow); log_format='$log_format'; slow import log.gz"
	[ ! -e whole ]
	grep -q '^lead-journey: temporary file in /dev/null' err.3
	grep -q '^lead-attribute: <stdin>:1: empty' err.4
}
