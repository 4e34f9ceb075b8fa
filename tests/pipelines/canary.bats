#!/usr/bin/env bats
# One person whose address and phone stand everywhere: after a night they are in the
# keys of the store, and nowhere else.
load ../helper

day=2026-11-21

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return
	world --leads 30 --days 21 --exports 1 --out all
	mkdir in
	cp -R all/crm all/spend all/rates.tsv in
	for kind in logs forms chats calls email; do
		mkdir in/$kind
		cp all/$kind/*-$day.* in/$kind
	done
	cp -R "$top/pipelines/conf" conf
	sed -i 's/^REPROCESS_DAYS=.*/REPROCESS_DAYS=1/' conf/nightly.conf
	printf '%032d' 7 >conf/key
	chmod 600 conf/key
	sed -i 's/^KEY_FILE=.*/KEY_FILE=key/; s/^EXPORTS=.*/EXPORTS=google --hashes; hubspot/' conf/nightly.conf
	plant
	mkdir tmp
	TMPDIR=$PWD/tmp "$top/pipelines/nightly" --date $day --in in --out out --conf conf >messages 2>&1 || { cat messages >&2; false; }
}

# plant - Canary comes by an advert with her address in the url, fills a form, calls,
# is a contact, gets mail; some of it is broken, so that there is something to tell
plant() {
	local log=in/logs/access-$day.log.gz mail='canary%40hidden.example' agent='"Mozilla/5.0 (X11) Firefox/128.0" "c0ffee0123456789"'
	zcat $log >log
	while IFS=' ' read -r clock request referrer; do
		echo "198.51.100.77 - - [21/Nov/2026:$clock +0100] \"GET $request HTTP/2.0\" 200 5120 \"$referrer\" $agent"
	done >>log <<-END
	10:00:00 /?email=$mail&utm_source=google&utm_medium=cpc&utm_term=canary@hidden.example&gclid=c4n4ry1 https://www.google.com/?q=canary@hidden.example
	10:01:00 /gracias/canary@hidden.example?tel=%2B34699111222 https://www.soleo.example/?email=canary@hidden.example
	10:02:00 /contacto?e=canary@hidden.example&phone=699111222 https://blog.example/canary@hidden.example
	END
	echo '198.51.100.77 - - [21/Nov/2026:10:03:00 +0100] "GET /canary@hidden.example' >>log
	gzip -n <log >$log
	cat >>in/forms/forms-$day.csv <<-'END'
	F900001,2026-11-21 10:04:00,quote,https://www.soleo.example/contacto?email=canary@hidden.example&tel=699111222,Canary@Hidden.example,699 111 222,"Canary, S.L.",c0ffee0123456789,yes
	F900002,at noon,quote,https://www.soleo.example/contacto,canary@hidden.example,699111222,,c0ffee0123456789,yes
	END
	cat >>in/calls/calls-$day.csv <<-'END'
	K9000001,2026-11-21 11:00:00,Inbound,+34699111222,Yes,60,,
	END
	printf '%s\r\n' '79001,Canary,Bird,canary@hidden.example,+34 699111222,,,España,hostelería,Nuria Vidal,c0ffee0123456789,2026-11-21 12:00:00,2026-11-21 12:10:00,2026-11-21 12:20:00,,,2026-11-21 12:00:00,"call canary@hidden.example, 699111222"' \
		>>in/crm/contacts-$day.csv
	printf '%s\r\n' '99901,"Canary, S.L.",Closed Won,1000.00,EUR,2026-11-21 12:30:00,2026-11-21 13:00:00,Nuria Vidal,New Business,Nave 60 kW,79001,,,,2026-11-21 13:00:00' \
		>>in/crm/deals-$day.csv
	cat >>in/email/email-$day.csv <<-'END'
	2026-11-21T13:00:00Z,DELIVERED,canary@hidden.example,m9-1,nurture_9,
	2026-11-21T13:10:00Z,CLICK,canary@hidden.example,m9-1,nurture_9,https://www.soleo.example/?email=canary@hidden.example&tel=699111222
	2026-11-21T25:10:00Z,CLICK,canary@hidden.example,m9-1,nurture_9,https://www.soleo.example/?email=canary@hidden.example
	END
}

setup() {
	cd "$BATS_FILE_TMPDIR" || return
}

# seen FILE... - those of them in which she stands, whole or in part
seen() {
	local file
	for file; do
		zcat -f -- "$file" | grep -qiE 'canary|699.?111.?222|c4n4ry@|79001' && echo "$file" || true
	done
}

@test "canary: she came, and is a customer by her advert" {
	awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		$(at["click_id"]) == "c4n4ry1" && $(at["kind"]) == "touch" { id = $1 }
		$1 == id && $(at["event"]) == "won" { n++ } END { exit n != 1 }' out/as_of=$day/steps.tsv
	zcat out/store/crm/contacts.tsv.gz | grep -q canary@hidden.example
}

@test "canary: no table of the night holds a key of hers, nor the columns of keys" {
	[ -z "$(seen out/as_of=$day/*)" ]
	for table in out/as_of=$day/*.tsv; do
		run ! grep -qxE 'email|phone|crm_id|visitor_id|url|referrer|user_agent|ip' <(sed -n 1p "$table" | tr '\t' '\n')
	done
	run ! grep -rlF c0ffee0123456789 out/as_of=$day
}

@test "canary: no message names her, though some are of her rows" {
	grep -q 'forms-2026-11-21.csv:.*: not ' messages
	[ -z "$(seen messages)" ]
}

@test "canary: no temporary file is left, nor anything of the night's stage" {
	[ -z "$(ls -A tmp)" ]
	[ "$(ls -A out)" = "$(printf '%s\n' .lock as_of=$day exports store)" ]
}

@test "canary: in the store she stands in keys alone" {
	for file in $(find out/store -type f); do
		zcat -f "$file" | awk -F '\t' -v file="$file" '
			NR == 1 { for (i = 1; i <= NF; i++) name[i] = $i; next }
			{
				for (i = 1; i <= NF; i++)
					if (name[i] !~ /^(email|phone|crm_id|visitor_id|key|held|alias|link)$/ &&
						tolower($i) ~ /canary|699.?111.?222/) { print file, name[i], $i; exit }
			}'
	done >places
	[ ! -s places ] || { cat places; false; }
	# the whole list of files that hold keys
	seen $(find out/store -type f) | sort >got
	printf 'out/store/%s\n' crm/contacts.tsv.gz crm/deals.tsv.gz edges/crm.tsv edges/dt=$day.tsv \
		email/dt=$day.tsv.gz events/dt=$day.tsv.gz exports/hubspot-contacts/dt=$day.tsv \
		identity.tsv identity/dt=$day.tsv.gz | sort | diff -u - got
}

@test "canary: what goes out has digests of her, and the CRM's own ids" {
	run ! grep -rqiE 'canary|699.?111.?222' out/exports out/store/exports
	grep -q '^79001,' out/exports/hubspot-contacts-$day.csv
	digest=$(printf canary@hidden.example | sha256sum)
	grep -q "^c4n4ry1,${digest%% *},[0-9a-f]*,Purchase,.*,1000,EUR,99901$" out/exports/google-conversions-$day.csv
}

@test "canary: no address of the network is in the store or a table" {
	run ! grep -qE '198\.51\.100|203\.0\.113|192\.0\.2' <(find out -type f -exec zcat -f {} +)
	for file in out/store/events/*.gz; do
		run ! grep -qxE 'ip|ip_net|remote_addr|user_agent|referrer|url' <(zcat "$file" | sed -n 1p | tr '\t' '\n')
	done
}
