#!/usr/bin/env bash
# Three ways to a lead: Facebook, blog, form; Facebook, fair, mail, chat; and Ella,
# who reads a mail, calls, and buys. Darío has the same office phone as Ella.
set -Eeuo pipefail
export LC_ALL=C
cd "$(dirname "$0")"
PATH=${BUILD:-../../build}/bin:$PATH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# the web server's own log format, with the first-party cookie behind it
format='$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" "$cookie_lp_vid"'

lead-import --format "$format" --visitor cookie:lp_vid access.log |
	lead-parse-utm --site www.soleo.example -f '!url,!referrer,!user_agent' \
		-o "$work/web.tsv"
for export in contacts calls crm; do
	lead-import --map maps/$export.tsv -o "$work/$export.tsv" $export.csv
done
lead-identify --plain-ids --default-country ES -o "$work/identity.tsv" \
	"$work"/{web,contacts,calls,crm}.tsv
lead-journey --lines --identity "$work/identity.tsv" --identified \
	-f lead_id,name,path,method,first_source,lead_source,value \
	"$work"/{web,contacts,calls,crm}.tsv
