#!/usr/bin/env bats
# A quick selection of tests/faults/run, which has all of it.
load ../helper
load filters
load ../faults/kit

setup_file() {
	[ -e "$BATS_TEST_DIRNAME/../../../shared/chaos" ] || return 0
	top=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
	kit_build "$BATS_FILE_TMPDIR/kit"
}

setup() {
	needs_shared chaos
	command -v strace >/dev/null || skip "no strace"
	[ -z "${LEAD_VALGRIND-}" ] || skip "not under valgrind"
	[[ $BUILD != */san ]] || skip "sanitizers allocate on their own"
	kit=$BATS_FILE_TMPDIR/kit
	cd "$BATS_TEST_TMPDIR"
	steps >in.tsv
	gzip -kn in.tsv
}

# sweep FUNCTION N - for every filter
sweep() {
	local name must
	for name in $(table_filters); do
		mapfile -t must < <(options "$name")
		"$1" "$2" "$name" "${must[@]}"
	done
}

@test "faults: a failed system call is never silent, torn, a crash or litter" {
	sweep kit_calls 4
}

@test "faults: a failed allocation is never silent or a crash" {
	sweep kit_memory 25
}

@test "faults: a full disk is never silent or torn" {
	sweep kit_space 6
}

@test "faults: 113 gzip files, 12 sound and 101 spoiled: none is mistaken" {
	kit_gzip_specimens
}

@test "faults: every bit and cut of a gzip file is seen, save the cut that no reader can see" {
	kit_gzip_bits
}
