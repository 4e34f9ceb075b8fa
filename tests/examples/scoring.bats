#!/usr/bin/env bats
# Points learnt from the made company, against what its maker planted.
load ../helper

setup_file() {
	"$top/examples/scoring/run.sh" >"$BATS_FILE_TMPDIR/got"
}

setup() {
	cd "$BATS_FILE_TMPDIR" || return
}

# points VALUE - of the first rules' rule on it; 0 without one
points() {
	awk -F '\t' -v v="$1" '/^points/ { if (n++) exit } $4 ~ "(^|,)" v "(,|$)" { p = $1; exit }
		END { print p + 0 }' got
}

@test "scoring: what README.md shows is what comes out" {
	awk '/^```console$/ { on = 1; next } /^```$/ { on = 0 } on' \
		"$top/examples/scoring/README.md" | sed 1d >want
	[ -s want ]
	diff -u want got
}

@test "scoring: the planted effects come out in their order" {
	# 1900 and 1500, 1000, 600 and 500 in thousand; call 1500, form 900, chat 700
	[ "$(points industria)" -gt "$(points agricultura)" ]
	[ "$(points agricultura)" -gt "$(points hostelería)" ]
	[ "$(points hostelería)" -gt "$(points hogar)" ]
	[ "$(points hogar)" = "$(points comunidad)" ]
	[ "$(points call)" -gt "$(points form)" ]
}

@test "scoring: logit parts leads it has not seen better than ratios do" {
	sed -n 's/^AUC out of sample: \([0-9.]*\), with .* \([0-9.]*\)$/\1 \2/p' got |
		awk '{ n++; if ($1 <= $2) bad = 1 } END { exit bad || n != 1 }'
}

@test "scoring: months before the turn come as promised, the one after is flagged" {
	awk -F '\t' '$1 ~ /^2026-0[78]$/ && ($6 != "" || $5 > 3 || $5 < -3) { bad = 1 }
		$1 == "2026-09" && $6 == 1 { flagged = 1 } END { exit bad || !flagged }' got
}

@test "scoring: the verdict names the rule that no longer holds, and it alone" {
	[ "$(awk -F '\t' '$4 == "lower" || $4 == "raise" { print $1 " " $4 }' got)" = 'sector = industria lower' ]
}
