# unmapped.awk - what campaigns.tsv and sources.tsv do not name, and what they name in vain
#
# in:  what=campaigns sources spend visits steps, each before its files, steps last;
#      -v declared=COLUMN of the CRM's own source
# out: side platform campaign_id campaign rows first last
#
#   side spend          cost of a campaign_id that campaigns.tsv lacks
#   side touch          a paid touch whose campaign it knows neither by number nor by
#                       name; platform is its source
#   side source         a source that a tag or an export named, and that neither
#                       sources.tsv, campaigns.tsv, spend nor a referrer has; the
#                       night leaves those away that lead-parse-utm knows
#   side campaigns.tsv  a campaign of it without spend and without visits
#   side sources.tsv    a name of it that nobody came by, nor the CRM said
what == "campaigns" {
	campaign_row()
	is_platform[cell("platform")] = 1
	has_id[cell("campaign_id")] = has_name[cell("campaign")] = 1
	mapped[cell("platform") OFS cell("campaign_id") OFS cell("campaign")] = 1
	campaigns++
}

what == "sources" {
	names[cell("name")] = 1
	alias[cell("name"), ++naliases[cell("name")]] = words(cell("alias"))
}

what == "spend" {
	is_platform[cell("source")] = 1
	spent[cell("platform") OFS cell("campaign_id") OFS campaign_of()] = 1
	if (campaigns && cell("campaign_id") != "" && \
	    !((cell("platform") SUBSEP cell("campaign_id")) in campaign_name))
		note("spend" OFS cell("platform") OFS cell("campaign_id") OFS cell("campaign"),
			1, cell("date"))
}

what == "visits" {
	came(cell("source"), cell("campaign"), "")
	if (cell("fact") ~ /^(campaign|declared)$/)
		note("source" OFS cell("source") OFS OFS, cell("n"), day_of_file())
	else if (cell("fact") ~ /^(click|referrer|internal|none)$/)
		is_platform[cell("source")] = 1
}

what == "steps" {
	if (declared != "" && cell(declared) != "")
		said[words(cell(declared))] = 1
	if (cell("kind") != "touch")
		next
	came(cell("source"), cell("campaign"), cell("campaign_id"))
	if (campaigns && cell("channel") ~ /^(paid_|display|cross_network)/ && !named())
		note("touch" OFS cell("source") OFS cell("campaign_id") OFS cell("campaign"), 1,
			substr(cell("time"), 1, 10))
}

END {
	for (key in rows) {
		split(key, part, OFS)
		if (part[1] != "source" || !(part[2] == "" || part[2] in names || part[2] in is_platform))
			print key, rows[key], first[key], last[key]
	}
	for (key in mapped)
		if (!(key in spent) && !visited(key))
			print "campaigns.tsv", key, 0, "", ""
	for (key in names)
		if (!(key in came_from) && !spoken(key))
			print "sources.tsv", key, "", "", 0, "", ""
}

function came(source, campaign, id) {
	came_from[source] = came_by[campaign] = came_to[id] = 1
}

# Does campaigns.tsv know the touch at hand, or is there nothing to know?
function named() {
	if (cell("campaign_id") == "" && cell("campaign") == "")
		return 1
	return cell("campaign_id") in has_id || cell("campaign") in has_name
}

function visited(key,   part) {
	split(key, part, OFS)
	return (part[2] != "" && part[2] in came_to) || (part[3] != "" && part[3] in came_by)
}

function spoken(name,   i) {
	for (i = 1; i <= naliases[name]; i++)
		if (alias[name, i] in said)
			return 1
	return words(name) in said
}

function note(key, n, day) {
	rows[key] += n
	if (!(key in first) || day < first[key]) first[key] = day
	if (!(key in last) || day > last[key]) last[key] = day
}
