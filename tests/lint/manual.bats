#!/usr/bin/env bats
# The manual, the help and the option tables are one.
load ../helper

setup() { cd "$top" || return; }

# own_options COMMAND - long names in the first table of its help
own_options() {
	"$1" -h | awk '/^options (that it shares|of every)/ { exit } { print }' |
		sed -n 's/^ \{2,6\}\(-[A-Za-z], \)\{0,1\}--\([a-z0-9-]*\).*/\2/p' | sort
}

@test "manual: mandoc finds no fault in any page" {
	for page in cmd/*.[157]; do
		mandoc -T lint -W warning "$page"
	done
}

@test "manual: page and help of each command list the same options and purpose" {
	for source in cmd/lead-*.c; do
		page=${source%.c}.1
		name=$(basename "$source" .c)
		sed -n 's/^\.It.*Fl Fl \([a-z0-9-]*\).*/\1/p' "$page" | sort >"$BATS_TEST_TMPDIR/page"
		own_options "$name" >"$BATS_TEST_TMPDIR/help"
		diff -u "$BATS_TEST_TMPDIR/page" "$BATS_TEST_TMPDIR/help" || { echo "$name"; false; }
		"$name" -h | grep -qF "$name - $(sed -n 's/^\.Nd //p' "$page")"
	done
}

@test "manual: the help of each command fits into 80 columns" {
	for source in cmd/lead-*.c; do
		run ! grep -E '^.{81}' <("$(basename "$source" .c)" -h)
	done
}

@test "manual: the options of every filter and the shared ones are in lead(7)" {
	for source in cmd/lead-*.c; do
		"$(basename "$source" .c)" -h
	done | awk '/^options (that it shares|of every)/ { on = 1 } /^lead-/ { on = 0 } on' |
		sed -n 's/^ \{2,6\}\(-[A-Za-z], \)\{0,1\}--\([a-z0-9-]*\).*/\2/p' | sort -u >"$BATS_TEST_TMPDIR/help"
	sed -n 's/^\.It.*Fl Fl \([a-z-]*\).*/\1/p' cmd/lead.7 | sort -u >"$BATS_TEST_TMPDIR/page"
	diff -u "$BATS_TEST_TMPDIR/page" "$BATS_TEST_TMPDIR/help"
}

# --list only informs, as -h does.
@test "manual: no command has more than twenty options of its own" {
	for source in cmd/lead-*.c; do
		name=$(basename "$source" .c)
		[ "$(own_options "$name" | grep -vcx list)" -le 20 ] || { echo "$name"; false; }
	done
}

@test "manual: lead-tsv(5) lists the columns of the register" {
	sed -n 's/^\.It Cm \([a-z_]*\).*/\1/p' cmd/lead-tsv.5 | sort >"$BATS_TEST_TMPDIR/page"
	tail -n +2 lib/rules/columns.tsv | cut -f1 | sort >"$BATS_TEST_TMPDIR/register"
	diff -u "$BATS_TEST_TMPDIR/page" "$BATS_TEST_TMPDIR/register"
}

@test "manual: each command prints its version and completion words" {
	for source in cmd/lead-*.c; do
		name=$(basename "$source" .c)
		[[ $("$name" --version) =~ ^$name\ [0-9]+\.[0-9]+$ ]]
		[[ $("$name" --completion) == complete*--stats*$name ]]
	done
}
