# kpi.bash - what the tests of lead-kpi share

# bars - tab-separated lines from a here-document with | for each tab
bars() {
	tr '|' '\t'
}

# figure PERIOD DIMENSION SEGMENT KPI [MODEL] - its row's last four cells in "got"
figure() {
	awk -F '\t' -v p="$1" -v d="$2" -v s="$3" -v k="$4" -v m="${5-}" '$1 == p && $2 == d &&
		$3 == s && $4 == k && $5 == m { print $6 "|" $7 "|" $8 "|" $9 }' "${got-got}"
}
