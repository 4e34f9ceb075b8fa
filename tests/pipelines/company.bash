# company.bash - the filters over a made company, one after another, no night
# shellcheck shell=bash

last_export=2026-11-30
log_format='$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" "$cookie_lp_vid"'

# company LEADS SEED - its systems in the folder "in"
company() {
	world --leads "$1" --seed "$2" --days 30 --out in
}

# take NAME OPTION... - an export by the map that the night takes it by
take() {
	local map
	map=$(awk -F '\t' -v name="$1" '$1 == name { print $4 }' "$top/pipelines/conf/inputs.tsv")
	shift
	lead-import -q --tz Europe/Madrid --map "$top/pipelines/conf/maps/$map.tsv" "$@"
}

# company_events - what they hold, in the folder "events": one file a system
company_events() {
	local conf=$top/pipelines/conf system export
	mkdir events
	lead-import -q --format "$log_format" --visitor cookie:lp_vid --drop bots,static,errors,internal \
		--events "$conf/events.tsv" --internal "$conf/internal.txt" in/logs/*.gz |
		lead-parse-utm -q --site www.soleo.example,app.soleo.example \
			--campaigns "$conf/campaigns.tsv" -f '!url,!referrer,!user_agent' |
		lead-dedupe -o events/web.tsv
	for system in forms chats calls; do
		take $system --rates in/rates.tsv -o events/$system.tsv in/$system/*.csv
	done
	take mail --email -o events/mail.tsv in/email/*.csv
	for export in contacts deals stages; do
		take $export --rates in/rates.tsv -o events/$export.tsv \
			in/crm/$export-$last_export.csv
	done
}
