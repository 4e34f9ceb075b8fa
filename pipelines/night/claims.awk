# claims.awk - what the ad platforms say that they brought, and what they are credited
#
# in:  -v period=KIND; what=campaigns spend (with claimed_conversions, claimed_value),
#      what=credit (explain-credit)
# out: period platform campaign milestone model claimed_conversions claimed_value
#      credited_conversions credited_value over_conversions over_value
#
# A row for each milestone and model of each campaign that claims something in the
# period, and of the campaign (all) of each platform. over is claimed / credited. A
# touch is of a campaign by its campaign_id, else by its campaign's name; where
# several platforms have one of that name, by the source that their spend has. A
# claim's period is that of its day, a credit's that of its conversion. A value in
# foreign money is converted as the cost of its row was, or the last row before.
what == "campaigns" {
	campaign_row()
	place(cell("platform"), cell("campaign"))
	id_at[cell("campaign_id")] = cell("platform") OFS cell("campaign")
}

what == "spend" {
	spend()
}

what == "credit" {
	credit()
}

END {
	for (on in claimed)
		for (pair in pairs)
			tell(on, pair)
}

function place(platform, campaign) {
	if (campaign == "" || (platform, campaign) in placed)
		return
	placed[platform, campaign] = 1
	platforms[campaign] = platforms[campaign] FS platform
}

function spend(   on) {
	place(cell("platform"), campaign_of())
	on = cell("platform") OFS campaign_of()
	if (cell("campaign_id") != "")
		id_at[cell("campaign_id")] = on
	from_source[cell("platform"), cell("source")] = 1
	if (cell("currency_orig") != "" && cell("cost_orig") + 0 != 0)
		rate[cell("currency_orig")] = cell("cost") / cell("cost_orig")
	claim(period_of(cell("date"), period), on)
	claim(period_of(cell("date"), period), cell("platform") OFS "(all)")
}

function claim(when, on,   value, key) {
	if (cell("claimed_conversions") cell("claimed_value") == "")
		return
	key = when OFS on
	claimed[key] = 1
	if (cell("claimed_conversions") != "") {
		money_add("conversions" OFS key, cell("claimed_conversions"))
		has["conversions" OFS key] = 1
	}
	value = cell("claimed_value")
	if (value == "" || (cell("currency_orig") != "" && !(cell("currency_orig") in rate)))
		return
	if (cell("currency_orig") != "")
		value = sprintf("%.6f", value * rate[cell("currency_orig")])
	money_add("value" OFS key, value)
	has["value" OFS key] = 1
}

function credit(   on, platform, key, pair) {
	pair = cell("milestone") OFS cell("model")
	pairs[pair] = 1
	on = ""
	if (cell("campaign_id") in id_at && cell("campaign_id") != "")
		on = id_at[cell("campaign_id")]
	else if (cell("campaign") in platforms)
		on = platform_of(cell("campaign"), cell("source")) OFS cell("campaign")
	if (on == "")
		return
	platform = substr(on, 1, index(on, OFS) - 1)
	key = cell("period") OFS on OFS pair
	money_add("credited" OFS key, cell("conversions"))
	money_add("worth" OFS key, cell("value"))
	key = cell("period") OFS platform OFS "(all)" OFS pair
	money_add("credited" OFS key, cell("conversions"))
	money_add("worth" OFS key, cell("value"))
}

function platform_of(campaign, source,   n, list, i, least) {
	n = split(substr(platforms[campaign], 2), list, FS)
	for (i = 1; i <= n; i++) {
		if ((list[i], source) in from_source)
			return list[i]
		if (least == "" || list[i] < least)
			least = list[i]
	}
	return least
}

function tell(on, pair,   conversions, value, credited, worth) {
	if ("conversions" OFS on in has) conversions = money_text("conversions" OFS on)
	if ("value" OFS on in has) value = money_text("value" OFS on)
	credited = money_text("credited" OFS on OFS pair)
	worth = money_text("worth" OFS on OFS pair)
	print on, pair, conversions, value, credited, worth,
		conversions == "" ? "" : share(conversions, credited),
		value == "" ? "" : share(value, worth)
}
