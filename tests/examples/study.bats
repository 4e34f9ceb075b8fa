#!/usr/bin/env bats
# The models against what the maker of the example company knows.
load ../helper

setup_file() {
	"$top/examples/study/run.sh" >"$BATS_FILE_TMPDIR/got"
}

# nearest COLUMN - the model with the least error in it (2 first, 3 lead, 4 sale)
nearest() {
	sed 1,3d "$BATS_FILE_TMPDIR/got" | sort -k "$1,$1n" | sed -n '1s/ .*//p'
}

@test "study: the table of README.md is what comes out" {
	awk '/^```console$/ { on = 1; next } /^```$/ { on = 0 } on' \
		"$top/examples/study/README.md" | sed 1d >want
	[ -s want ]
	diff -u want "$BATS_FILE_TMPDIR/got"
}

@test "study: each model that answers one question is nearest to that answer" {
	[ "$(nearest 2)" = first ]
	[ "$(nearest 4)" = last ]
	case $(nearest 3) in u | w | full-path) ;; *) nearest 3; false ;; esac
}

@test "study: the sales are those that the maker wrote down" {
	world --leads 1500 --exports 1 --out w
	n=$(column deal_type <w/truth.tsv | grep -c '^new$')
	grep -q "^$n sales, " "$BATS_FILE_TMPDIR/got"
}
