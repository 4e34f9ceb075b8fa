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
