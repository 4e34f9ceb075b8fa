# cells.awk - cells by name, shares and sums, for the tables of trust
#
# Tables are told apart by assignments between the files: what=steps FILE ...
BEGIN {
	FS = OFS = "\t"
}

FNR == 1 {
	split("", at)
	for (i = 1; i <= NF; i++)
		at[$i] = i
	next
}

# cell(NAME) - that cell of the row at hand; empty where there is no such column
function cell(name) {
	return name in at ? $(at[name]) : ""
}

# share(N, OF) - their ratio, to six decimals, half away from zero; empty of none
function share(n, of,   millionths, text) {
	if (of == "" || of + 0 == 0)
		return ""
	millionths = n / of * 1000000
	millionths = millionths < 0 ? -int(0.5 - millionths) : int(millionths + 0.5)
	text = sprintf("%.6f", millionths / 1000000)
	sub(/\.?0+$/, "", text)
	return text == "-0" ? "0" : text
}

# words(TEXT) - a name without case, its blanks and signs as one _ each.
function words(text) {
	text = tolower(text)
	gsub(/[-_ .\/]+/, "_", text)
	return text
}

# campaign_of() - the campaign of the row of spend at hand, as campaigns.tsv names
# it; else its own words. Rows of campaigns.tsv were given to campaign_row().
function campaign_of(   id) {
	id = cell("platform") SUBSEP cell("campaign_id")
	return id in campaign_name ? campaign_name[id] : tolower(cell("campaign"))
}

function campaign_row(   id) {
	id = cell("platform") SUBSEP cell("campaign_id")
	campaign_name[id] = cell("campaign")
	campaign_kind[id] = cell("kind")
	campaign_untracked[id] = cell("trackable") == "no"
}

# campaign_ad() - is the row of spend at hand an advertisement that visits can be
# told from?
function campaign_ad(   id) {
	id = cell("platform") SUBSEP cell("campaign_id")
	if (id in campaign_name && campaign_untracked[id])
		return 0
	return (id in campaign_name && campaign_kind[id] != "" ? campaign_kind[id] : cell("kind")) == "ad"
}

# day_of_file() - the day in the name of the file at hand, .../dt=2026-11-05.tsv
function day_of_file() {
	return substr(FILENAME, length(FILENAME) - 13, 10)
}

# day_number(DAY) - days since 1970; day_of() is the way back
function day_number(day,   y, m) {
	m = substr(day, 6, 2) + 0
	y = substr(day, 1, 4) - (m < 3)
	m = (m + 9) % 12
	y = 365 * y + int(y / 4) - int(y / 100) + int(y / 400)
	return y + int((153 * m + 2) / 5) + substr(day, 9, 2) - 719469
}

function day_of(n,   e, c, y, d, m) {
	n += 719468
	e = int(n / 146097)
	n -= e * 146097
	y = int((n - int(n / 1460) + int(n / 36524) - int(n / 146096)) / 365)
	d = n - (365 * y + int(y / 4) - int(y / 100))
	m = int((5 * d + 2) / 153)
	return sprintf("%04d-%02d-%02d", y + 400 * e + (m > 9), m < 10 ? m + 3 : m - 9,
		d - int((153 * m + 2) / 5) + 1)
}

# period_of(DAY, KIND) - the day, week, month, quarter or year that it lies in
function period_of(day, kind,   n, year) {
	if (kind == "day")
		return day
	if (kind == "month")
		return substr(day, 1, 7)
	if (kind == "quarter")
		return substr(day, 1, 5) "Q" int((substr(day, 6, 2) + 2) / 3)
	if (kind == "year")
		return substr(day, 1, 4)
	if (kind != "week")
		return "(all)"
	# a week is of the year that its Thursday is of
	n = day_number(day)
	n += 3 - (n + 3) % 7
	year = substr(day_of(n), 1, 4)
	return sprintf("%s-W%02d", year, int((n - day_number(year "-01-01")) / 7) + 1)
}

# period_last(PERIOD) - its last day; empty of (all)
function period_last(period,   year, n) {
	year = substr(period, 1, 4)
	if (period !~ /^[0-9][0-9][0-9][0-9]/)
		return ""
	if (length(period) == 10)
		return period
	if (length(period) == 4)
		return year "-12-31"
	n = substr(period, 7) + 0
	if (substr(period, 6, 1) == "W") {
		year = day_number(year "-01-04")
		return day_of(year - (year + 3) % 7 + 7 * n - 1)
	}
	n = substr(period, 6, 1) == "Q" ? 3 * n : substr(period, 6) + 0
	return day_of(day_number(sprintf("%04d-%02d-01", year + (n == 12), n % 12 + 1)) - 1)
}
