# company.bash - the filters over a made company, one after another, no night
# shellcheck shell=bash

last_export=2026-11-30
log_format='$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" "$cookie_lp_vid"'

# company LEADS SEED - its systems in the folder "in"
company() {
	world --leads "$1" --seed "$2" --days 30 --out in
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
		lead-import -q --map "$conf/maps/soleo-$system.tsv" --rates in/rates.tsv \
			-o events/$system.tsv in/$system/*.csv
	done
	lead-import -q --email --map "$conf/maps/soleo-mail.tsv" -o events/mail.tsv in/email/*.csv
	for export in contacts deals stages; do
		lead-import -q --map "$conf/maps/soleo-$export.tsv" --rates in/rates.tsv \
			-o events/$export.tsv in/crm/$export-$last_export.csv
	done
}
