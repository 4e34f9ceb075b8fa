#!/usr/bin/env bash
# How far is each model from the truth? The example company's sales, whose true
# first visit, visit of the lead and visit of the sale the generator knows.
set -Eeuo pipefail
shopt -s inherit_errexit
export LC_ALL=C
cd "$(dirname "$0")"
export BUILD=${BUILD:-$PWD/../../build}
PATH=$BUILD/bin:$BUILD/examples:$PATH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

models=first,last,last-non-direct,linear,linear-unique,time-decay,position,j,inverse-j,u,w,full-path,markov

world --leads 1500 --exports 1 --out "$work/in"
../../pipelines/nightly --date 2026-11-30 --in "$work/in" --out "$work/out" \
	--conf ../../pipelines/conf 2>"$work/said"

# first sales, at the price they were made for: a refund comes from no channel
awk -F '\t' '
	NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; print; next }
	$(at["event"]) != "refund" && ($(at["event"]) != "won" || $(at["deal_type"]) == "new")
	' "$work/out/as_of=2026-11-30/steps.tsv" |
	lead-attribute --model "$models" --period all -o "$work/credit.tsv"

awk -F '\t' -v models="$models" '
	FNR == 1 { file++; delete at; for (i = 1; i <= NF; i++) at[$i] = i; next }
	file == 1 && $(at["deal_type"]) == "new" {
		sales++
		revenue += $(at["value"])
		for (t = 1; t <= 3; t++) {
			channel = $(at[truth(t) "_channel"])
			true_value[t, channel] += $(at["value"])
			channels[channel] = 1
		}
	}
	file == 2 {
		credit[$(at["model"]), $(at["channel"])] = $(at["value"])
		channels[$(at["channel"])] = 1
	}
	function truth(t) { return t == 1 ? "first" : t == 2 ? "lead" : "won" }
	END {
		for (c in channels) n++
		printf "%d sales, %.0f EUR, %d channels\n\n", sales, revenue, n
		printf "%-16s %12s %12s %12s\n", "mean error, EUR", "first visit",
			"at the lead", "at the sale"
		m = split(models, model, ",")
		for (i = 1; i <= m; i++) {
			printf "%-16s", model[i]
			for (t = 1; t <= 3; t++) {
				sum = 0
				for (c in channels) {
					d = credit[model[i], c] - true_value[t, c]
					sum += d < 0 ? -d : d
				}
				printf " %12.0f", sum / n
			}
			print ""
		}
	}' "$work/in/truth.tsv" "$work/credit.tsv"
