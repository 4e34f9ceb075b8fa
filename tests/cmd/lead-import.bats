#!/usr/bin/env bats
# Web logs in: formats, visitors, events, what is dropped and what is bad.
load ../helper

# line [-a ADDRESS] [-t TIME] [-r REQUEST] [-s STATUS] [-b BYTES] [-g AGENT] - a log line
line() {
	local a=203.0.113.9 t='02/Nov/2026:10:15:00 +0100' r='GET /a HTTP/1.1' s=200 b=5 g='Mozilla/5.0 (X11)'
	local OPTIND=1 o
	while getopts a:t:r:s:b:g: o; do
		case $o in
		a) a=$OPTARG ;; t) t=$OPTARG ;; r) r=$OPTARG ;; s) s=$OPTARG ;; b) b=$OPTARG ;; g) g=$OPTARG ;;
		esac
	done
	printf '%s - - [%s] "%s" %s %s "-" "%s"\n' "$a" "$t" "$r" "$s" "$b" "$g"
}

# bad_lines REASON N - all N lines of "in" must be rejected for that reason
bad_lines() {
	lead-import --format combined --visitor ip+ua --max-reject 100% --reject bad in >got
	[ "$(wc -l <got)" = 1 ]
	[ "$(sed 1d bad | cut -f 4 | sort | uniq -c | awk '{ print $2, $1 }')" = "$1 $2" ]
}

@test "import: a request becomes a page view: time in UTC, url, referrer, agent" {
	cat >in <<-'E'
		203.0.113.9 - ana [02/Nov/2026:00:15:00 +0100] "GET /a?x=1 HTTP/1.1" 200 5 "https://t.co/x" "Mozilla/5.0 (X11)"
	E
	{
		printf 'time\tprecision\tevent\tvisitor_id\turl\treferrer\tuser_agent\n'
		printf '2026-11-01T23:15:00Z\tsecond\tpage_view\t\t/a?x=1\thttps://t.co/x\tMozilla/5.0 (X11)\n'
	} >want
	check_filter 0 lead-import --format combined -f '!event_id'
}

@test "import: equal lines have equal ids, other lines others" {
	{ line; line -r 'GET /b HTTP/1.1'; line; } >in
	lead-import --format combined in >got
	column event_id <got >ids
	[ "$(sed -n 1p ids)" = "$(sed -n 3p ids)" ]
	[ "$(sort -u ids | wc -l)" = 2 ]
	run ! grep -vxE '[a-z2-7]{26}' ids
}

@test "import: a visitor of ip+ua is ~ and a hash of both, the same on every day" {
	{ line; line -t '03/Nov/2026:10:15:00 +0100'; line -a 203.0.113.8; line -g 'Mozilla/5.0 (Mac)'; } >in
	lead-import --format combined --visitor ip+ua in | column visitor_id >ids
	[ "$(sed -n 1p ids)" = "$(sed -n 2p ids)" ]
	[ "$(sort -u ids | wc -l)" = 3 ]
	run ! grep -vxE '~[a-z2-7]{26}' ids
}

@test "import: --visitor takes the first place of its list that has an id, byte for byte" {
	cat >in <<-'E'
		1.2.3.4 [02/Nov/2026:10:15:00 +0000] "GET /?vid=P%201 HTTP/1.1" "C1"
		1.2.3.4 [02/Nov/2026:10:15:01 +0000] "GET /?vid=P%201 HTTP/1.1" "-"
		1.2.3.4 [02/Nov/2026:10:15:02 +0000] "GET / HTTP/1.1" "-"
	E
	lead-import --format '$remote_addr [$time_local] "$request" "$cookie_uid"' \
	    --visitor cookie:uid,param:vid in | column visitor_id >got
	printf 'C1\nP%%201\n\n' | diff -u - got
}

@test "import: cookies, parameters and headers of the format become columns" {
	cat >in <<-'E'
		1.2.3.4 [02/Nov/2026:10:15:00 +0000] "GET / HTTP/1.1" "v1" "ana@x.example" "ES" "7"
	E
	lead-import --format '$remote_addr [$time_local] "$request" "$cookie_uid" "$cookie_email" "$http_x_country" "$arg_ref"' \
	    --visitor cookie:uid --rename ref=campaign -f visitor_id,email,x_country,campaign in >got
	rows 'visitor_id email x_country campaign' 'v1 ana@x.example ES 7' | diff -u - got
}

@test "import: Apache writes its formats in letters" {
	cat >in <<-'E'
		www.a.example:443 1.2.3.4 - - [02/Nov/2026:10:15:00 +0000] "GET /x HTTP/1.1" 200 5 "-" "M \"x\" \\ y" uid=7; lp="9" 123
	E
	lead-import --format '%v %h %l %u %t \"%r\" %>s %b \"%{Referer}i\" \"%{User-agent}i\" %{Cookie}i %D' \
	    --visitor cookie:uid -f visitor_id,url,user_agent in >got
	printf 'visitor_id\turl\tuser_agent\n7\thttps://www.a.example/x\tM "x" \\\\ y\n' | diff -u - got
}

@test "import: vcombined: the host makes the url whole, port 80 is http" {
	{ printf 'a.example '; line; printf 'b.example:80 '; line; } >in
	lead-import --format vcombined in | column url >got
	printf '%s\n' https://a.example/a http://b.example/a | diff -u - got
}

@test "import: nginx's escapes are undone where that makes UTF-8 without control bytes" {
	line -g 'caf\xC3\xA9 \x22q\x22' -r 'GET /\xE4 HTTP/1.1' >in
	line -g 'esc \x1B[31m' >>in
	lead-import --format combined -f url,user_agent in >got
	printf 'url\tuser_agent\n/\\\\xE4\tcafé "q"\n/a\tesc \\\\x1B[31m\n' | diff -u - got
}

@test "import: w3c: fields by their directive, blanks of the agent as +, times in UTC" {
	cat >in <<-'E'
		#Software: Microsoft Internet Information Services 10.0
		#Fields: date time c-ip cs-method cs-uri-stem cs-uri-query sc-status cs(User-Agent) cs(Referer)
		2026-11-02 10:15:00 1.2.3.4 GET /a utm_source=x 200 Mozilla/5.0+(X11) https://t.co/
		#Fields: time date cs-uri-stem c-ip
		10:16:00 2026-11-02 /b 1.2.3.4
	E
	cat >want <<-'E'
		time	url	referrer	user_agent
		2026-11-02T10:15:00Z	/a?utm_source=x	https://t.co/	Mozilla/5.0 (X11)
		2026-11-02T10:16:00Z	/b		
	E
	check_filter 0 lead-import --format w3c -f time,url,referrer,user_agent
}

@test "import: json: the lines of a web log, keys by nginx's names; others are columns" {
	cat >in <<-'E'
		{"time_iso8601":"2026-11-02T10:15:00+01:00","remote_addr":"1.2.3.4","request":"GET /a HTTP/1.1","status":200,"uid":"v1","geo":{"country":"ES"}}
		{"msec":1793610901.250,"remote_addr":"1.2.3.4","request":"GET /b HTTP/1.1","status":200,"uid":null}
	E
	sed -i 's/"msec":/"time_iso8601":/' in
	cat >want <<-'E'
		time	visitor_id	url	geo_country
		2026-11-02T09:15:00Z	v1	/a	ES
		2026-11-02T09:15:01.25Z	~	/b	
	E
	lead-import --format json --visitor cookie:uid,ip+ua -f time,visitor_id,url,geo_country in |
	    sed -E 's/~[a-z2-7]{26}/~/' | sed 's/2026-11-0[0-9]T[0-9:]*\.25Z/2026-11-02T09:15:01.25Z/' | diff -u want -
}

@test "import: json: a NUL in a name or a value rejects the row, an escaped backslash does not" {
	cat >in <<-'E'
		{"a":"1","b":"2"}
		{"a\u0000b":"3","b":"4"}
		{"b":"5","a":"6\u0000"}
		{"a":"7\\u0000","b":"8"}
	E
	lead-import -q --format json --max-reject 2 --reject bad -f a,b in >got
	diff -u - got <<-'E'
		a	b
		1	2
		7\\u0000	8
	E
	[ "$(sed 1d bad | cut -f 2,4)" = "$(printf '2\tnul\n3\tnul')" ]
}

@test "import: json: a table that is no log passes; numbers keep their text" {
	cat >in <<-'E'
		{"Deal ID":"7","Amount":1200.50,"Open":true,"Owner":{"Name":"Ana"},"Tags":["a"],"Note":null}
		{"Deal ID":"8","Amount":1E3,"Open":false,"Owner":{}}
	E
	cat >want <<-'E'
		deal_id	amount	open	owner_name	note
		7	1200.50	true	Ana	
		8	1E3	false		
	E
	check_filter 0 lead-import --format json
	lead-import --format json --stats stats in >got
	grep -q '"arrays_left_out":1' stats
}

@test "import: json: bad lines, and keys that came too late, are rejected" {
	cat >in <<-'E'
		{"a":"1"}
		{"a":"2","b":"x"}
		{"a":"3"
		[1]
		{"a":"4"} {"a":"5"}
		{"a":"\u0000"}
	E
	lead-import --format json --max-reject 100% --reject bad in >got
	rows a 1 | diff -u - got
	[ "$(sed 1d bad | cut -f 2,4 | tr '\t\n' ': ')" = "2:columns 3:json 4:json 5:json 6:nul " ]
}

@test "import: json: a name of 64 KiB, its outer ones counted, spoils its line alone" {
	awk 'BEGIN { while (length(x) < 32768) x = x "k"
		print "{\"a\":\"1\"}"
		print "{\"" x x "z\":\"2\"}"
		print "{\"" x "\":{\"" x "\":\"3\"}}"
		print "{\"a\":\"4\"}" }' >in
	lead-import --format json --max-reject 2 --reject bad in >got
	rows a 1 4 | diff -u - got
	[ "$(sed 1d bad | cut -f 2,4 | tr '\t\n' ': ')" = "2:long 3:long " ]
}

@test "import: --events: the first row that holds names the events, the rest are page views" {
	printf 'method\tpath\tstatus\tevent\nPOST\t^/contact$\t2xx,302\tform,lead\n\t^/chat\t\tchat_in\n' >events
	{
		line -r 'POST /contact?x HTTP/1.1' -s 302
		line -r 'POST /contact HTTP/1.1' -s 404
		line -r 'GET /contact HTTP/1.1'
		line -r 'GET /Chat/1 HTTP/1.1'
	} >in
	lead-import --format combined --events events -f event,url in >got
	rows 'event url' 'form /contact?x' 'lead /contact?x' 'page_view /contact' \
	    'page_view /contact' 'chat_in /Chat/1' | diff -u - got
}

@test "import: --events: a fault is told by line and byte" {
	printf 'method\tpath\tstatus\tevent\n\t^/(a\t\tlead\n' >events
	run --separate-stderr -2 lead-import --format combined --events events /dev/null
	[[ $stderr == "lead-import: events:2: byte "*": "* ]]
	printf 'method\tpath\tstatus\tevent\n\t^/a\t\tleed\n' >events
	run --separate-stderr -2 lead-import --format combined --events events /dev/null
	[[ $stderr == *"not an event of lead-tsv(5)" ]]
}

@test "import: --drop: counted by rule; a bad request that failed is an error, not a reject" {
	printf '# us\n203.0.113.0/24\n2001:db8::/32\n' >ours
	{
		line -a 203.0.113.77
		line -a 2001:db8::1
		line -a 1.1.1.1 -s 404
		line -a 1.1.1.1 -s 400 -r '\x16\x03\x01'
		line -a 1.1.1.1 -r 'GET /x/style.CSS?v=2 HTTP/1.1'
		line -a 1.1.1.1 -g 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'
		line -a 1.1.1.1 -g '-'
		line -a 1.1.1.1
	} >in
	lead-import --format combined --drop bots,static,errors,internal --internal ours --stats stats in >got
	[ "$(sed 1d got | wc -l)" = 1 ]
	grep -q '"dropped":{"internal":2,"errors":2,"static":1,"bots":2}' stats
	grep -q '"in":8,"out":1,"used":1,"rejected_rows":0,"dropped_rows":7' stats
}

@test "import: browsers people use are no bots, programs are" {
	while IFS= read -r agent; do line -g "$agent"; done >in <<-'E'
		Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36
		Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0
		Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 OPR/125.0.0.0
		Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0
		Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15
		Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1
		Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/533.0;FBDV/iPhone15,2]
		Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36
		Mozilla/5.0 (Linux; Android 9; CUBOT X19) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Mobile Safari/537.36
		Mozilla/5.0 (Linux; Android 14; SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/27.0 Chrome/125.0.0.0 Mobile Safari/537.36
		Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36
		Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2; Trident/6.0)
		Mozilla/5.0 (Windows NT 10.0; WOW64; Trident/7.0; rv:11.0) like Gecko
		Opera/9.80 (Windows NT 6.1; WOW64) Presto/2.12.388 Version/12.18
	E
	lead-import --format combined --drop bots --stats stats in >got
	[ "$(sed 1d got | wc -l)" = 14 ]
	while IFS= read -r agent; do line -g "$agent"; done >in <<-'E'
		curl/8.5.0
		python-requests/2.32.3
		Go-http-client/2.0
		WhatsApp/2.24.1 A
		facebookexternalhit/1.1
		Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)
		Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/120.0.0.0 Safari/537.36
		Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)
		UptimeRobot/2.0
	E
	lead-import --format combined --drop bots in >got
	[ "$(sed 1d got | wc -l)" = 0 ]
}

@test "import: bots: at least 97 of 100 crawlers known to the public list" {
	needs_shared data/bots/crawler-user-agents.json
	python3 - "$shared/data/bots/crawler-user-agents.json" >in <<-'E'
		import json, sys
		for entry in json.load(open(sys.argv[1])):
		    for agent in entry.get("instances", []):
		        agent = agent.replace("\\", "\\\\").replace('"', '\\"')
		        print(f'1.1.1.1 - - [02/Nov/2026:10:15:00 +0000] "GET / HTTP/1.1" 200 5 "-" "{agent}"')
	E
	lead-import --format combined --drop bots in >got
	all=$(wc -l <in) left=$(sed 1d got | wc -l)
	[ $((all)) -gt 2000 ]
	[ $((left * 100)) -le $((all * 3)) ]
}

@test "import: L01 escaped quotes are part of the value" {
	line -g 'say \"hi\" \\ there' -r 'GET /\"x\" HTTP/1.1' >in
	lead-import --format combined -f url,user_agent in >got
	printf 'url\tuser_agent\n/"x"\tsay "hi" \\\\ there\n' | diff -u - got
}

@test "import: L02 L12 L15 lines that are none of the format" {
	{
		line -g 'say "hi" there'
		line | tr -d '\n'
		line
		line | cut -c 1-60
		echo '{"time":"2026-11-02T10:15:00Z"}'
		echo '1.2.3.4 - - [02/Nov/2026:10:15:00 +0100] "GET /a HTTP/1.1" 200 5'
	} >in
	bad_lines log 5
}

@test "import: L03 L04 requests that are none" {
	{
		line -r '\x16\x03\x01\x02'
		line -r '-'
		line -r ''
		line -r 'GET /a'
		line -r 'GET /a b HTTP/1.1'
		line -r 'get /a HTTP/1.1'
	} >in
	bad_lines request 6
}

@test "import: L05 statuses that are none" {
	for s in 000 99 600 1e2 -; do line -s $s; done >in
	bad_lines status 5
}

@test "import: L06 bytes: - and 0 are sound, 2^63 and -1 are not" {
	{ line -b -; line -b 0; line -b 9223372036854775807; } >in
	lead-import --format combined in >got
	[ "$(sed 1d got | wc -l)" = 3 ]
	{ line -b 9223372036854775808; line -b -1; } >in
	bad_lines bytes 2
}

@test "import: L07 addresses: v4, v6, zones, mapped, names, lists; 999.1.1.1 is none" {
	for a in 1.2.3.4 2001:db8::1 fe80::1%eth0 ::ffff:1.2.3.4 client.example; do line -a $a; done >in
	line -a '10.0.0.1, 192.0.2.7' >>in
	lead-import --format combined --visitor ip+ua in >got
	[ "$(column visitor_id <got | sort -u | grep -c '^~')" = 6 ]
	{ line -a 999.1.1.1; line -a 1.2.3; line -a 2001:db8:::1; line -a 'a/b'; } >in
	bad_lines ip 4
}

@test "import: L08 a user name with blanks is read from the bracket on" {
	echo '1.2.3.4 - Ana Maria Gil [02/Nov/2026:10:15:00 +0100] "GET /a HTTP/1.1" 200 5 "-" "M"' >in
	lead-import --format combined in | column url | diff -u <(echo /a) -
}

@test "import: L09 D01 D02 D03 D04 times: a leap second goes on, none other does" {
	{
		line -t '31/Dec/2016:23:59:60 +0000'
		line -t '02/Nov/2026:10:15:00 +1400'
		line -t '02/Nov/2026:10:15:00 -1200'
		line -t '02/Nov/2026:10:15:00 -0000'
		line -t '02/Nov/2026:10:15:00 +0530'
	} >in
	lead-import --format combined in | column time >got
	printf '%s\n' 2017-01-01T00:00:00Z 2026-11-01T20:15:00Z 2026-11-02T22:15:00Z \
	    2026-11-02T10:15:00Z 2026-11-02T04:45:00Z | diff -u - got
	for t in '29/Feb/2023:00:00:00 +0000' '31/Apr/2026:00:00:00 +0000' '00/Jan/2026:00:00:00 +0000' \
	    '32/Jan/2026:00:00:00 +0000' '02/Nov/2026:24:00:00 +0000' '02/Nov/2026:12:60:00 +0000' \
	    '02/Nov/2026:12:00:61 +0000' '02/Nov/2026:12:00:00 +2400' '02/Mär/2026:12:00:00 +0000' \
	    '[02/Nov/2026:12:00:00 +0000]' '2/Nov/2026:12:00:00 +0000'; do line -t "$t"; done >in
	bad_lines time 11
}

@test "import: a time that UTC has in the year 0 or 10000 is rejected, not written as another" {
	{
		line -t '31/Dec/9999:23:30:00 -0500'
		line -t '01/Jan/0001:00:30:00 +0500'
	} >in
	bad_lines time 2
	for format in '%h %{sec}t "%r" %>s' '%h %{msec}t "%r" %>s' '%h %{usec}t "%r" %>s'; do
		printf '192.0.2.1 9223372036854775807 "GET / HTTP/1.1" 200\n' >in
		lead-import --format "$format" --max-reject 1 --reject bad in >got
		[ "$(sed 1d bad | cut -f 4)" = time ]
	done
	printf '192.0.2.1 999999999999 "GET / HTTP/1.1" 200\n' >in
	lead-import --format '%h %{sec}t "%r" %>s' --max-reject 1 --reject bad in >got
	[ "$(sed 1d bad | cut -f 4)" = time ]
}

@test "import: L10 a line of 64 KiB is read, one over 1 MiB is rejected, the next is read" {
	{
		line -r "GET /$(head -c 65536 /dev/zero | tr '\0' a) HTTP/1.1"
		head -c 3000000 /dev/zero | tr '\0' b
		echo
		line
	} >in
	lead-import --format combined --max-reject 1 --reject bad in >got
	[ "$(sed 1d got | wc -l)" = 2 ]
	[ "$(sed 1d bad | cut -f 2,4)" = "$(printf '2\tlong')" ]
}

@test "import: L11 L16 L17 what attackers send stays one record of data" {
	line -r 'GET /?q=%0a<script> HTTP/1.1' -g '() { :;}; ${jndi:ldap://x/} '"' OR 1=1"' =cmd|x'$'\t''tab' >in
	lead-import --format combined -f url,user_agent in >got
	printf '%s\t%s\n' url user_agent '/?q=%0a<script>' '() { :;}; ${jndi:ldap://x/} '"' OR 1=1"' =cmd|x\ttab' |
	    diff -u - got
	printf 'x \033[31m y\n' >in
	run --separate-stderr -1 lead-import --format combined --max-reject 0 in
	[[ $stderr != *$'\033'* ]]
}

@test "import: L13 L14 repeats and disorder pass as they are" {
	{ line -t '03/Nov/2026:10:00:00 +0000'; line -t '02/Nov/2026:10:00:00 +0000'; line -t '03/Nov/2026:10:00:00 +0000'; } >in
	lead-import --format combined in | column time >got
	printf '%s\n' 2026-11-03T10:00:00Z 2026-11-02T10:00:00Z 2026-11-03T10:00:00Z | diff -u - got
}

@test "import: a NUL rejects its line; UTF-16 is refused by name" {
	{ line | tr 5 '\0'; line -b 0; } >in
	lead-import --format combined --max-reject 1 --reject bad in >got
	[ "$(sed 1d bad | cut -f 4)" = nul ]
	line | iconv -t UTF-16 >in
	run --separate-stderr -1 lead-import --format combined in
	[ "$stderr" = "lead-import: in: UTF-16 (little end first), not UTF-8: iconv -f utf-16 -t utf-8" ]
}

@test "import: more than 1 line in 100 bad: the log is refused" {
	{ for _ in {1..98}; do line; done; echo x; } >in
	run --separate-stderr -1 lead-import --format combined in
	{ for _ in {1..99}; do line; done; echo x; } >in
	run --separate-stderr -0 lead-import --format combined in
}

@test "import: --since and --until leave out what is outside, counted" {
	for d in 1 2 3; do line -t "0$d/Nov/2026:12:00:00 +0000"; done >in
	lead-import --format combined --since 2026-11-02 --until 2026-11-03 --stats stats in | column time >got
	echo 2026-11-02T12:00:00Z | diff -u - got
	grep -q '"dropped":{"before_since":1,"from_until":1}' stats
}

@test "import: a damaged gzip log is an error, and its output does not look whole" {
	for _ in {1..200}; do line; done | gzip >whole.gz
	head -c -20 whole.gz >in.gz
	run --separate-stderr -1 bash -c 'lead-import --format combined in.gz | lead-dedupe'
	[[ $stderr == *"lead-import: in.gz:"*": damaged gzip"* ]]
}

@test "import: requests that make no sense end with 2 before anything is written" {
	for options in "--format {}" "--format \$a\$b" "--format %h%Z" "--visitor x" "--visitor cookie:" \
	    "--drop robots" "--drop internal" "--separator ;;" "--email" "--rates r" "--from utf-16" \
	    "--rename a" "--format combined --visitor cookie:x --map m"; do
		# the words are the options
		# shellcheck disable=SC2086
		run --separate-stderr -2 lead-import $options -o out in
		[ ! -e out ]
	done
}

@test "import: a format without what the options need is refused" {
	line >in
	run --separate-stderr -1 lead-import --format combined --visitor cookie:uid in
	[ "$stderr" = "lead-import: in: no field of the visitor's cookie: \"cookie_uid\"" ]
	run --separate-stderr -1 lead-import --format '[$time_local] "$request" "$cookie_vid" "$cookie_sid"' --visitor cookie:uid in
	[ "$stderr" = "lead-import: in: no field of the visitor's cookie (there is cookie_vid, cookie_sid): \"cookie_uid\"" ]
	run --separate-stderr -1 lead-import --format '%h %r' in
	[ "$stderr" = "lead-import: in: no time of the request" ]
	run --separate-stderr -1 lead-import --format '%h [%t] %s' in
	[ "$stderr" = "lead-import: in: no request line and no uri" ]
}

@test "import: --header-only: the columns of a log follow from its format" {
	run --separate-stderr -0 lead-import --format '$time_local "$request" $cookie_uid' --header-only /dev/null
	[ "$output" = "$(rows 'event_id time precision event visitor_id url referrer user_agent uid')" ]
}

@test "import: the public Apache log: 9,999 events, one reject, 1,861 visitors" {
	needs_shared data/logs/elastic_apache_logs.gz
	lead-import --format combined --visitor ip+ua --reject bad -o got.tsv \
	    "$shared/data/logs/elastic_apache_logs.gz"
	[ "$(wc -l <got.tsv)" = 10000 ]
	[ "$(sed 1d bad | cut -f 2,4)" = "$(printf '8899\tlog')" ]
	[ "$(column visitor_id <got.tsv | sort -u | wc -l)" = 1861 ]
	[ "$(column time <got.tsv | sort | sed -n '1p;$p' | tr '\n' ' ')" = \
	    "2015-05-17T10:05:00Z 2015-05-20T21:05:59Z " ]
	[ "$(column referrer <got.tsv | grep -c .)" = 5927 ]
	[ "$(column user_agent <got.tsv | sort -u | wc -l)" = 558 ]
}

@test "import: a web log without --format is told as one, not as a CSV of one column" {
	words="looks like a web log: --format combined, vcombined, common, main, or the server's own log format"
	line >in
	run --separate-stderr -1 lead-import in
	[ "$stderr" = "lead-import: in:1: $words" ]
	line -g 'Mozilla/5.0 (X11; Linux), like Gecko, or not' >in
	run --separate-stderr -1 lead-import --suggest in
	[ "$stderr" = "lead-import: in:1: $words" ]
	printf '#Version: 1.0\n#Fields: date time\n' >in
	run --separate-stderr -1 lead-import in
	[ "$stderr" = "lead-import: in:1: looks like a W3C log: --format w3c" ]
	printf '{"a":1,"b":2}\n' >in
	run --separate-stderr -1 lead-import in
	[ "$stderr" = "lead-import: in:1: looks like JSON lines: --format json" ]
	printf '[a],{b},HTTP\n1,2,3\n' >in
	run --separate-stderr -0 lead-import in
	[ -z "$stderr" ]
}

@test "import: a line that is not of the log format says at which part and byte it stopped" {
	echo '1.2.3.4 - - [02/Nov/2026:10:15:00 +0100] "GET / HTTP/1.1" 200 5 "-" "M" "c1"' >in
	bad='lead-import: 1 of 1 rows are bad, at most 0 may be (--max-reject; --reject FILE keeps them)'
	run --separate-stderr -1 lead-import --format combined in
	[ "$stderr" = "lead-import: in:1: not a line of the log format: goes on after \$http_user_agent, byte 71
$bad" ]
	echo '1.2.3.4 - - 02/Nov/2026' >in
	run --separate-stderr -1 lead-import --format combined in
	[ "$stderr" = "lead-import: in:1: not a line of the log format: stopped at \$remote_user, byte 10
$bad" ]
	echo 'x' >in
	run --separate-stderr -1 lead-import --format '[$remote_addr] [$time_local] "$request"' in
	[ "$stderr" = "lead-import: in:1: not a line of the log format: stopped at \$remote_addr, byte 1
$bad" ]
}

@test "import: --format with a word that is none lists the words" {
	run --separate-stderr -2 lead-import --format nginx in
	[ "$stderr" = "lead-import: --format: byte 6: no \$name or %letter in it (csv, tsv, json, w3c, combined, vcombined, common, main, or a log format)" ]
}

@test "import: a mistyped name of nginx in --format is told, with the name it may mean" {
	echo '1.2.3.4 [02/Nov/2026:10:15:00 +0100] "GET / HTTP/1.1" "c1" x' >in
	run --separate-stderr -0 lead-import --format '$remote_adr [$time_local] "$request" "$cookie_vid" $our_own_variable' in
	[ "$stderr" = 'lead-import: --format: nginx has no variable of this name (it has remote_addr): "remote_adr"
lead-import: --format: nginx has no variable of this name: "our_own_variable"' ]
	run --separate-stderr -0 lead-import --format '$remote_addr [$time_local] "$request" "$cookie_vid" $upstream_response_time' in
	[ -z "$stderr" ]
}
