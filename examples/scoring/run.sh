#!/usr/bin/env bash
# Points that are learnt, used, measured and learnt again: the example company's
# leads of one year. From September on the state pays no more for the roofs of
# industry; the rules do not know.
set -Eeuo pipefail
shopt -s inherit_errexit
export LC_ALL=C
cd "$(dirname "$0")"
export BUILD=${BUILD:-$PWD/../../build}
PATH=$BUILD/bin:$BUILD/examples:$PATH
conf=$PWD/../../pipelines/conf
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# --- what happened: the exports of a year ---

world --leads 3000 --from 2026-01-01 --days 330 --turn 2026-09-01 --exports 1 --out in
take() { # NAME MAP OPTION... - exports by the map that the night takes them by
	local name=$1 map=$2
	shift 2
	lead-import -q --tz Europe/Madrid --map "$conf/maps/$map.tsv" -o "events/$name.tsv" "$@"
}
mkdir events
for system in forms:forms chats:soleo-chats calls:call-tracking; do
	take "${system%:*}" "${system#*:}" --rates in/rates.tsv in/"${system%:*}"/*.csv
done
for export in contacts:hubspot-contacts deals:hubspot-deals; do
	take "${export%:*}" "${export#*:}" --rates in/rates.tsv in/crm/"${export%:*}"-*.csv
done
lead-identify -q --plain-ids --default-country ES --tz Europe/Madrid -o identity.tsv events/*.tsv

# history AS_OF SINCE UNTIL - the leads that came then, and as of a later day how
# they ended: 1 won, 0 not after four weeks, blank not yet
history() {
	lead-journey --lines --identity identity.tsv --identified --as-of "$1" --tz Europe/Madrid \
		events/*.tsv |
		awk -F '\t' -v OFS='\t' -v since="$2" -v until="$3" -v due="$4" '
			NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; print $0, "won"; next }
			$(at["lead_at"]) >= since && $(at["lead_at"]) < until {
				print $0, $(at["won_at"]) != "" ? 1 : \
					$(at["lost_at"]) $(at["disqualified_at"]) != "" || \
					$(at["lead_at"]) < due ? 0 : ""
			}'
}

# --- learn from the first half of the year ---

history 2026-07-31 2026-01-01 2026-07-01 2026-07-01 >first-half.tsv
learn() { lead-fit -q --features sector,method,form --folds 5 "$@"; }
learn first-half.tsv >rules.tsv
learn --method ratio first-half.tsv >ratio.tsv
{ cat rules.tsv; printf 'class\t\t\t\t0\t\t\t\tmature\n'; } >nightly-rules.tsv

# told RULES WORD - a figure of the comment on parts that did not teach
told() { sed -n "s/^# out of sample:.* $2 \([0-9.]*\).*/\1/p" "$1"; }

echo 'what the first half of the year teaches: log odds are intercept + slope * points'
echo
shown() { cut -f 1,3-5,9 | sed 's/: n / | n /; s/, ratio.*//' | grep -v '^# .*sample'; }
shown <rules.tsv
echo
echo "AUC out of sample: $(told rules.tsv auc), with the ratios' points $(told ratio.tsv auc)"

# --- use them every night ---

echo
echo 'whom to call first in the evening of 14 August'
echo
lead-score --rules nightly-rules.tsv --identity identity.tsv --as-of 2026-08-14 \
	--tz Europe/Madrid events/*.tsv >scores.tsv
awk -F '\t' -v OFS='\t' '
	NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
	$(at["class"]) == "mature" && $(at["mql_at"]) >= "2026-08-12" {
		print $(at["score"]), $(at["mql_at"]), $(at["reasons"]) }' scores.tsv |
	sort -t "$(printf '\t')" -k1,1nr -k2,2 | sed 's/: n [^;]*//g' | head -n 5

# --- measure them by leads that came after ---

# measured SINCE UNTIL - the rules on the leads of these months, as they ended
measured() {
	history 2026-11-26 "$1" "$2" 2026-11-01 >later.tsv
	lead-fit -q --evaluate --rules rules.tsv --period month --tz Europe/Madrid later.tsv >found.tsv || [ $? = 1 ]
}
echo
echo 'two months later: does what was promised come?'
echo
measured 2026-07-01 2026-11-01
awk -F '\t' -v OFS='\t' '
	NR == 1 { next }
	$2 == "auc" || $2 == "observed" || $2 == "expected" || $2 == "z" || $2 == "flag" {
		if (!($1 in n)) order[++months] = $1
		n[$1]; cell[$1, $2] = $3 }
	END {
		print "month", "auc", "observed", "expected", "z", "flag"
		for (i = 1; i <= months; i++) { m = order[i]
			print m, cell[m, "auc"], cell[m, "observed"], cell[m, "expected"], cell[m, "z"], cell[m, "flag"] }
	}' found.tsv

# --- what to change ---

echo
echo 'and which rules are to blame, by the leads of September and October'
echo
measured 2026-09-01 2026-11-01
awk -F '\t' -v OFS='\t' '
	$2 ~ /^(points_old|points_new|verdict) / {
		rule = $2; sub(/^[^ ]* /, "", rule); sub(/ .*/, "", $2)
		if (!(rule in n)) order[++rules] = rule
		n[rule] = $4; cell[rule, $2] = $3 }
	END {
		print "rule", "points", "to be", "verdict", "leads"
		for (i = 1; i <= rules; i++) { r = order[i]
			print r, cell[r, "points_old"], cell[r, "points_new"], cell[r, "verdict"], n[r] }
	}' found.tsv

# --- and again ---

echo
echo 'what those months teach by themselves'
echo
learn later.tsv | shown
