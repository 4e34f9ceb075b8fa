#!/usr/bin/env bats
# Import maps: events, spend and e-mail from exports; the maps that ship.
load ../helper

maps=$top/pipelines/conf/maps

# map ROW... - the map "map"; | parts the cells
map() {
	printf '%s\n' 'event|column|from|as|when' "$@" | tr '|' '\t' >map
}

@test "import map: the example of the design: two deals, what is there becomes events" {
	map '@|zone|Europe/Madrid' '@|currency|EUR' \
	    '@|snapshot|Opportunity ID|modified:Last Modified' \
	    '*|deal_id|Opportunity ID|text' '*|crm_id|Contact ID|text' '*|rep|Owner|text' \
	    'opp|time|Created Date|date:%d/%m/%Y@end' \
	    'won|time|Close Date|date:%d/%m/%Y@end|Stage = Closed Won' \
	    'won|value|Amount|money:1.234,56|Stage = Closed Won' \
	    'lost|time|Close Date|date:%d/%m/%Y@end|Stage = Closed Lost' \
	    'lost|reason|Loss Reason|text|Stage = Closed Lost'
	cat >in <<-'E'
		Opportunity ID;Contact ID;Owner;Created Date;Close Date;Stage;Amount;Loss Reason;Last Modified
		D1;C1;Ana;02/11/2026;;Negotiation;900,00;;2026-11-02
		D2;C2;Ben;03/11/2026;05/11/2026;Closed Lost;50,00;price;2026-11-05
		D1;C1;Ana;02/11/2026;30/06/2027;Closed Won;1.234,50;;2027-06-30
	E
	table >want <<-'E'
		time                 precision event deal_id crm_id rep value  reason currency
		2026-11-02T22:59:59Z day       opp   D1      C1     Ana .      .      .
		2027-06-30T21:59:59Z day       won   D1      C1     Ana 1234.5 .      EUR
		2026-11-03T22:59:59Z day       opp   D2      C2     Ben .      .      .
		2026-11-05T22:59:59Z day       lost  D2      C2     Ben .      price  .
	E
	check_filter 0 lead-import --map map -f '!event_id'
}

@test "import map: the example of the manual" {
	printf '%s\n' 'Opportunity ID;Stage;Close Date;Amount' 'D1;Closed Won;30/06/2027;1.234,50' >deals.csv
	map '@|zone|Europe/Madrid' '@|currency|EUR' '*|deal_id|Opportunity ID' \
	    'won|time|Close Date|date:%d/%m/%Y|Stage = Closed Won' 'won|value|Amount|money:1.234,56'
	run --separate-stderr -0 lead-import --map map -f time,event,deal_id,value,currency deals.csv
	[ "$output" = "$(rows 'time event deal_id value currency' '2027-06-30T21:59:59Z won D1 1234.5 EUR')" ]
}

@test "import map: snapshot: the newest version of a key over all files, in any order" {
	map '@|snapshot|id|modified:at' '*|deal_id|id' 'won|time|won|date' 'won|value|v|money'
	printf 'id,at,won,v\n7,2026-11-02,2026-11-01,100\n8,2026-11-01,2026-11-01,5\n' >a
	printf 'v,won,at,id\n120,2026-11-01,2026-11-03,7\n110,2026-11-01,2026-11-03,7\n1,2026-11-01,,9\n' >b
	lead-import --map map --stats stats a b >ab
	lead-import --map map b a >ba
	diff ab ba
	[ "$(cut -f 5,6 ab | sed 1d | tr '\t\n' ': ')" = "7:120 8:5 9:1 " ]
	grep -q '"in":5,"out":3,"used":3,"rejected_rows":0,"dropped_rows":2' stats
	grep -q '"dropped":{"superseded":2}' stats
}

@test "import map: a date without time ends its day for milestones, begins it for touches" {
	map '@|zone|America/New_York' 'trade_show|time|d|date:%Y-%m-%d' 'lead|time|d|date:%Y-%m-%d' \
	    'mql|time|d|date:%Y-%m-%d@start' 'form|time|d|date:%Y-%m-%d@end' \
	    'sql|time|d|date:%Y-%m-%d %H:%M|d ~ :'
	printf 'd,x\n2026-11-01,\n' >in
	table >want <<-'E'
		time                 precision event
		2026-11-01T04:00:00Z day       trade_show
		2026-11-02T04:59:59Z day       lead
		2026-11-01T04:00:00Z day       mql
		2026-11-02T04:59:59Z day       form
	E
	check_filter 0 lead-import --map map -f time,precision,event
}

@test "import map: --tz is the zone of a map without one; a time may bring its own" {
	map 'lead|time|d|date:%Y-%m-%d %H:%M:%S|d !~ Z' 'lead|time|d|date'
	printf 'd,x\n2026-07-01 12:00:00,\n2026-07-01T12:00:00Z,\n2026-07-01 12:00:00+0300,\n' >in
	sed -i 's/+0300/+03:00/' in
	map 'lead|time|d|date'
	lead-import --map map --tz Europe/Madrid in | column time >got
	printf '%s\n' 2026-07-01T10:00:00Z 2026-07-01T12:00:00Z 2026-07-01T09:00:00Z | diff -u - got
}

@test "import map: D05 the hour that the clocks jump over is rejected, of two the first counts" {
	map '@|zone|Europe/Madrid' 'lead|time|d|date'
	printf 'd,x\n2026-03-29 02:30:00,\n2026-10-25 02:30:00,\n' >in
	lead-import --map map --reject bad in | column time >got
	echo 2026-10-25T00:30:00Z | diff -u - got
	[ "$(sed 1d bad | cut -f 2-4)" = "$(printf '2\td\ttime')" ]
}

@test "import map: a day that ends in the year 10000 of UTC is rejected, not written as the year 0" {
	map '@|zone|America/New_York' '*|deal_id|id' 'opp|time|close|date:%Y-%m-%d@end'
	printf 'id,close\n1,9999-12-31\n2,9999-12-30\n' >in
	lead-import --map map --max-reject 1 --reject bad in | column time >got
	echo 9999-12-31T04:59:59Z | diff -u - got
	[ "$(sed 1d bad | cut -f 2-4)" = "$(printf '2\tclose\ttime')" ]
}

@test "import map: D09 C20 only the declared form is read" {
	map '*|value|v|money:1.234,56' 'won|time|d|date:%m/%d/%Y'
	printf 'd;v\n11/02/2026;1.234,5\n13/01/2026;1\n11/02/2026;1,234.56\n11/02/2026;1234,56\n11/02/2026;1.23\n' >in
	lead-import --map map --max-reject 3 --reject bad in | column value >got
	printf '1234.5\n1234.56\n' | diff -u - got
	[ "$(sed 1d bad | cut -f 2,4 | tr '\t\n' ': ')" = "3:time 4:number 6:number " ]
}

@test "import map: money: micros, rounding where the map says so, else M03" {
	map '*|a|a|money:micros' '*|b|b|money:round' '*|c|c|money' 'won|time|d|date'
	printf 'd,a,b,c\n2026-11-02,36150000,0.0000005,12.\n2026-11-02,1,1.0000004,-0.50\n2026-11-02,1,1,0.0000005\n' >in
	lead-import --map map --reject bad -f a,b,c in >got
	rows 'a b c' '36.15 0.000001 12' '0.000001 1 -0.5' | diff -u - got
	[ "$(sed 1d bad | cut -f 2,4)" = "$(printf '4\tscale')" ]
}

@test "import map: money: with the form's currency alone; each other amount says why it is none" {
	map '*|value|Importe|money:1.234,56 €' 'won|time|d|date'
	printf '%s\n' 'd;Importe' '2026-11-02;1.234,56 €' '2026-11-02;-€ 7' '2026-11-02;$5' '2026-11-02;5,00' \
	    '2026-11-02;(5,00 €)' >in
	run --separate-stderr -0 lead-import --max-reject 3 --map map -f value,currency in
	[ "$output" = "$(rows 'value currency' '1234.56 EUR' '-7 EUR')" ]
	diff -u - <(echo "$stderr") <<-'E'
		lead-import: in:4: Importe: another currency than that of money:1.234,56 €: "$5"
		lead-import: in:5: Importe: without the currency of money:1.234,56 €: "5,00"
		lead-import: in:6: Importe: not of the form money:1.234,56 €: "(5,00 €)"
	E
}

@test "import map: money: accountants' parentheses and dashes, blanks and apostrophes of all kinds" {
	map '*|value|v|money:(1,234.56)' '*|fr|fr|money:1 234,56' '*|ch|ch|money:CHF 1'"'"'234.56' 'won|time|d|date'
	printf 'd;v;fr;ch\n2026-11-02;(1,234.50);1\xc2\xa0234,5;CHF 1\xe2\x80\x99234.5\n' >in
	printf '2026-11-02;-;\xe2\x88\x921\xe2\x80\xaf234,5;CHF 5\n' >>in
	lead-import --map map -f value,fr,ch in >got
	rows 'value fr ch' '-1234.5 1234.5 1234.5' '0 -1234.5 5' | diff -u - got
}

@test "import map: money: the sign tells the currency, but never against the row or the map" {
	# told TEMPLATE CELL CURRENCY - "value currency", or the reason of the reject
	told() {
		map "${4:-*|rep|r?}" "*|value|v|money:$1" '*|currency|c' 'won|time|d|date'
		printf 'd;v;c\n2026-11-02;%s;%s\n' "$2" "$3" >in
		lead-import --map map --max-reject 1 --reject bad -f value,currency in 2>/dev/null | sed 1d | tr '\t' ' '
		sed 1d bad | cut -f 3,4 | tr '\t' ' '
	}
	[ "$(told '€1,234.56' '€5' '')" = '5 EUR' ]
	[ "$(told '€1,234.56' '€5' 'EUR')" = '5 EUR' ]
	[ "$(told '€1,234.56' '€5' 'USD')" = 'currency currency' ]
	[ "$(told '€1,234.56' '€5' '' '@|currency|USD')" = '5 EUR' ]
	[ "$(told '$1,234.56' '$5' '')" = '5 ' ]
	[ "$(told '$1,234.56' '$5' 'CAD')" = '5 CAD' ]
	[ "$(told '$1,234.56' '$5' '' '@|currency|AUD')" = '5 AUD' ]
	[ "$(told '$1,234.56' '$5' 'EUR')" = 'currency currency' ]
	[ "$(told '$1,234.56' '$5' '' '@|currency|EUR')" = 'currency currency' ]
	[ "$(told '1,234.56' '5' '' '@|currency|EUR')" = '5 EUR' ]
}

@test "import map: codes of currencies in small letters are those in capitals, for --rates too" {
	map '*|value|v|money' '*|currency|c' 'won|time|d|date'
	printf '%s\n' d,v,c 2026-11-02,5,eur 2026-11-02,5,Usd 2026-11-02,,usd '2026-11-02,5,us dollar' >in
	lead-import --map map -f value,currency in >got
	rows 'value currency' '5 EUR' '5 USD' '. USD' '5 us~dollar' | diff -u - got
	rows 'date from to rate' '2026-11-01 USD EUR 0.5' >rates
	lead-import --map map --rates rates --max-reject 1 -f value,currency in 2>err | head -3 >got
	rows 'value currency' '5 EUR' '2.5 EUR' | diff -u - got
}

@test "import map: money: a column of several currencies: a row of the map for each" {
	map '*|value|Amount|money:USD 1,234.56|Amount ~ USD' '*|value|Amount|money:EUR 1,234.56' 'won|time|d|date'
	printf 'd,Amount\n%s\n' '2026-11-02,"USD 1,234.50"' >in
	printf '%s\n' '2026-11-02,EUR 7' '2026-11-02,GBP 7' '2026-11-02,' >>in
	lead-import --map map --reject bad -f value,currency in >got
	rows 'value currency' '1234.5 USD' '7 EUR' '. .' | diff -u - got
	[ "$(sed 1d bad | cut -f 2-4 | tr '\t' ' ')" = '4 Amount currency' ]
}

@test "import map: undated: a blank date makes the event all the same, without a time" {
	map '*|deal_id|id' 'opp|time|d|date:%Y-%m-%d@end|undated'
	sed -i 's/@end\tundated/@end|undated/' map
	printf 'id,d\n1,\n2,2026-11-02\n' >in
	table >want <<-'E'
		time                 precision event deal_id
		.                    undated   opp   1
		2026-11-02T23:59:59Z day       opp   2
	E
	check_filter 0 lead-import --map map -f '!event_id'
}

@test "import map: the event's own row goes before *, the first with a value counts" {
	map '*|rep|owner' '*|rep|team' 'opp|time|d|date' 'won|time|d|date' 'won|rep|closer'
	printf 'd,owner,team,closer\n2026-11-02,Ana,T1,\n2026-11-02,,T1,Eve\n' >in
	lead-import --map map -f event,rep in >got
	rows 'event rep' 'opp Ana' 'won Ana' 'opp T1' 'won Eve' | diff -u - got
}

@test "import map: when: every operator of rules, several joined, names in quotes" {
	map '*|id|id' '*|a|id|const:1|Total in EUR > 9.5' '*|b|id|const:1|Stage in won,lost && Total in EUR ?' \
	    '*|c|id|const:1|Stage !~ ^W' '*|d|id|const:1|Stage !?' 'won|time|d|date'
	sed -i 's/Total in EUR/"Total in EUR"/' map
	printf 'id,d,Stage,Total in EUR\n1,2026-11-02,won,10\n2,2026-11-02,lost,9.5\n3,2026-11-02,,100\n' >in
	lead-import --map map -f id,a,b,c,d in >got
	rows 'id a b c d' '1 1 1 . .' '2 . 1 1 .' '3 1 . . 1' | diff -u - got
}

@test "import map: lists: all parts, or the first" {
	map '*|crm_id|c|first:;' '*|link|c|list:;' 'opp|time|d|date'
	printf 'd,c\n2026-11-02," 70004 ;;70005"\n2026-11-02,\n' >in
	lead-import --map map -f crm_id,link in >got
	rows 'crm_id link' '70004 70004;70005' '. .' | diff -u - got
}

@test "import map: C19 what spreadsheets make of cells is no value, rounded numbers no key" {
	map '*|phone|p' '*|note|n' 'lead|time|d|date'
	printf 'd,p,n\n2026-11-02,1.23E+11,\n2026-11-02,"=""0091""",\n2026-11-02,,#REF!\n2026-11-02,,####\n2026-11-02,,1.23E+11\n' >in
	lead-import --map map --max-reject 4 --reject bad -f phone,note in >got
	rows 'phone note' '. 1.23E+11' | diff -u - got
	[ "$(sed 1d bad | cut -f 2-4 | tr '\t\n' ': ')" = "2:p:value 3:p:value 4:n:value 5:n:value " ]
}

@test "import map: a column by another name; ? one that may be missing; else it is told" {
	map '*|email|E-Mail|EMAIL ADDRESS' '*|job|Job?' 'lead|time|d|date'
	sed -i 's/E-Mail\tEMAIL ADDRESS/E-Mail|EMAIL ADDRESS/' map
	printf 'd,email address\n2026-11-02,a@b.c\n' >in
	lead-import --map map -f email,job in >got
	rows 'email job' 'a@b.c .' | diff -u - got
	printf 'd,x\n2026-11-02,a@b.c\n' >in
	run --separate-stderr -1 lead-import --map map in
	[ "$stderr" = 'lead-import: in: no such column in the header: "E-Mail|EMAIL ADDRESS" of line 2 of the map' ]
}

@test "import map: records without an event, and those of a drop rule, are counted" {
	map '@|drop|deleted||gone = yes' '*|id|id' 'lead|time|d|date'
	printf 'id,d,gone\n1,2026-11-02,\n2,,\n3,2026-11-02,yes\n' >in
	lead-import --map map --stats stats in | column id >got
	echo 1 | diff -u - got
	grep -q '"dropped":{"no_event":1,"deleted":1}' stats
}

@test "import map: --rates: amounts by the last rate on the day or before, what they were is kept" {
	map '*|value|v|money' '*|currency|c' 'won|time|d|date'
	rows 'date from to rate' '2026-11-01 USD EUR 0.8692' '2026-11-03 USD EUR 0.8665' '2026-11-01 JPY EUR 0.005612345678' >rates
	printf 'd,v,c\n2026-11-02,100,USD\n2026-11-03,100,USD\n2026-11-02,5,EUR\n2026-11-02,1000,JPY\n2026-10-31,1,USD\n2026-11-02,1,GBP\n2026-11-02,,USD\n' >in
	lead-import --map map --rates rates --max-reject 2 --reject bad -f value,currency,value_orig,currency_orig in >got
	table <<-'E' | diff -u - got
		value    currency value_orig currency_orig
		86.92    EUR      100        USD
		86.65    EUR      100        USD
		5        EUR      .          .
		5.612346 EUR      1000       JPY
		.        USD      .          .
	E
	[ "$(sed 1d bad | cut -f 2-4 | tr '\t\n' ': ')" = "6:currency:currency 7:currency:currency " ]
}

@test "import map: --email: acts of a machine are marked: 10 s after delivery, 3 links in 2 s" {
	map '@|table|email' '*|email|to' '*|message_id|m' '*|url|u' \
	    'email_delivered|time|t|date|e = delivered' 'email_opened|time|t|date|e = opened' \
	    'email_clicked|time|t|date|e = clicked'
	cat >in <<-'E'
		t,e,to,m,u
		2026-11-02T10:00:10Z,opened,a,1,
		2026-11-02T10:00:00Z,delivered,a,1,
		2026-11-02T10:00:11Z,clicked,a,1,x
		2026-11-02T10:00:10Z,clicked,b,1,x
		2026-11-02T11:00:00Z,clicked,a,1,x
		2026-11-02T11:00:01Z,clicked,a,1,y
		2026-11-02T11:00:02Z,clicked,a,1,z
		2026-11-02T11:00:03Z,clicked,a,1,x
		2026-11-02T12:00:00Z,clicked,a,1,x
		2026-11-02T12:00:01Z,clicked,a,1,x
		2026-11-02T12:00:02Z,clicked,a,1,y
	E
	table >want <<-'E'
		time                 event           email message_id url machine
		2026-11-02T10:00:00Z email_delivered a     1          .   .
		2026-11-02T10:00:10Z email_clicked   b     1          x   .
		2026-11-02T10:00:10Z email_opened    a     1          .   1
		2026-11-02T10:00:11Z email_clicked   a     1          x   .
		2026-11-02T11:00:00Z email_clicked   a     1          x   1
		2026-11-02T11:00:01Z email_clicked   a     1          y   1
		2026-11-02T11:00:02Z email_clicked   a     1          z   1
		2026-11-02T11:00:03Z email_clicked   a     1          x   1
		2026-11-02T12:00:00Z email_clicked   a     1          x   .
		2026-11-02T12:00:01Z email_clicked   a     1          x   .
		2026-11-02T12:00:02Z email_clicked   a     1          y   .
	E
	lead-import --email --map map -f time,event,email,message_id,url,machine in >got
	diff -u <(sort want) <(sort got)
	[ "$(column time <got)" = "$(column time <got | sort)" ]
}

@test "import map: --email: without message_id it is said, once, that machines cannot be told" {
	map '@|table|email' '*|email|to' '*|message_id|m?' 'email_delivered|time|t|date|e = delivered' \
	    'email_clicked|time|t|date|e = clicked'
	printf '%s\n' t,e,to 2026-11-02T10:00:00Z,delivered,a 2026-11-02T10:00:01Z,clicked,a >in
	run -0 --separate-stderr lead-import --email --map map in in
	[ "$stderr" = 'lead-import: no message_id: opens and clicks of machines cannot be told' ]
	[ "${#lines[@]}" = 5 ]
	# nothing to be told of a delivery alone; and with a message_id all is well
	sed -i 3d in
	run -0 --separate-stderr lead-import --email --map map in
	[ -z "$stderr" ]
	printf '%s\n' t,e,to,m 2026-11-02T10:00:01Z,clicked,a,1 >in
	run -0 --separate-stderr lead-import --email --map map in
	[ -z "$stderr" ]
}

@test "import map: spend: a row a record, the date a civil day whatever the zone" {
	map '@|table|spend' '@|zone|America/New_York' '@|currency|USD' '*|date|Day|date:%m/%d/%Y' \
	    '*|platform||const:google' '*|cost|Cost|money' '*|clicks|Clicks|count:1,234'
	printf 'Day,Cost,Clicks\n11/01/2026,1.50,"1,200"\n' >in
	lead-import --map map in >got
	printf '%s\t' date platform account campaign_id channel source medium campaign term cost currency \
	    impressions clicks >want
	printf 'kind\n2026-11-01\tgoogle\t\t\t\t\t\t\t\t1.5\tUSD\t\t1200\t\n' >>want
	diff -u want got
}

@test "import map: faults of a map are told by line and byte, before anything is written" {
	tell() {
		map "$1"
		run --separate-stderr -2 lead-import --map map -o out /dev/null
		[ "$stderr" = "lead-import: map$2" ] || { echo "$stderr"; false; }
		[ ! -e out ]
	}
	tell 'leed|time|d|date' ':2: byte 1: not an event of this table'
	tell 'lead|time|d|dates' ':2: byte 13: not date or date:FORMAT'
	tell 'lead|time|d|date:%Q%!' ':2: byte 13: an unknown letter in the format'
	tell 'lead|time|d|text' ':2: byte 13: a time is read by date:'
	tell 'lead|time|d|date|Stage is won' ':2: byte 18: not COLUMN op VALUE'
	tell 'lead|email|e' ': an event without a time'
	tell '@|zone|Europe/Atlantis' ':2: byte 8: no such time zone'
	tell '@|moon|full' ':2: byte 3: not zone, currency, table, snapshot or drop'
	tell 'lead|event_id|d' ':2: byte 6: this column is not the map'"'"'s to set'
	tell '*|email|e' ': no row names an event: add one such as lead, time, COLUMN, date:%d/%m/%Y with tabs between, or the setting @, table, spend'
}

@test "import map: --suggest: a skeleton that is a map of the file" {
	printf 'Opportunity ID,Stage,Amount,Create Date,Close Date,Color\nD1,Closed Won,"1,200.50",13/11/2026,20/11/2026,red\n' >in
	lead-import --suggest in >map
	tr '|' '\t' <<-'E' | diff -u - map
		event|column|from|as|when
		# @|zone|Europe/Madrid||
		# @|currency|EUR||
		*|deal_id|Opportunity ID|text|
		*|stage|Stage|text|
		won|value|Amount|money:1,234.56|
		# lead|time|Create Date|date:%d/%m/%Y|
		opp|time|Create Date|date:%d/%m/%Y|
		won|time|Close Date|date:%d/%m/%Y|Stage = Closed Won
		# lost|time|Close Date|date:%d/%m/%Y|Stage = VALUE
		*|color|Color|text|
	E
	lead-import --map map -f event,value in >got
	rows 'event value' 'won 1200.5' 'opp .' | sort | diff -u - <(sort got)
}

@test "import map: --suggest: deals of a Spanish CRM are imported right by the map as it was suggested" {
	printf '\xef\xbb\xbfRecord ID;E-mail;Teléfono;Fecha creación;Deal;Etapa;Fecha cierre;Importe\r\n' >in
	printf '1;a@b.es;+34 600;02/11/2026;D1;Ganado;20/11/2026;1.234,56\r\n' >>in
	printf '2;c@d.es;;05/11/2026;D2;Perdido;21/11/2026;500,00\r\n' >>in
	printf '3;;;06/11/2026;D3;Abierto;;2.000,00\r\n4;e@f.es;;07/11/2026;;;;\r\n' >>in
	lead-import --suggest in >map
	tr '|' '\t' <<-'E' | diff -u - map
		event|column|from|as|when
		# @|zone|Europe/Madrid||
		# @|currency|EUR||
		*|crm_id|Record ID|text|
		*|email|E-mail|text|
		*|phone|Teléfono|text|
		lead|time|Fecha creación|date:%d/%m/%Y|
		opp|time|Fecha creación|date:%d/%m/%Y|Deal ?
		*|deal_id|Deal|text|
		*|stage|Etapa|text|
		won|time|Fecha cierre|date:%d/%m/%Y|Etapa = Ganado
		lost|time|Fecha cierre|date:%d/%m/%Y|Etapa = Perdido
		won|value|Importe|money:1.234,56|
	E
	lead-import --map map --tz Europe/Madrid -f time,event,crm_id,email,phone,deal_id,value in >got
	table <<-'E' | diff -u - <(head -n 1 got; sed 1d got | sort -s -k 1,1)
		time event crm_id email phone deal_id value
		2026-11-02T22:59:59Z lead 1 a@b.es +34~600 D1 .
		2026-11-02T22:59:59Z opp 1 a@b.es +34~600 D1 .
		2026-11-05T22:59:59Z lead 2 c@d.es . D2 .
		2026-11-05T22:59:59Z opp 2 c@d.es . D2 .
		2026-11-06T22:59:59Z lead 3 . . D3 .
		2026-11-06T22:59:59Z opp 3 . . D3 .
		2026-11-07T22:59:59Z lead 4 e@f.es . . .
		2026-11-20T22:59:59Z won 1 a@b.es +34~600 D1 1234.56
		2026-11-21T22:59:59Z lost 2 c@d.es . D2 .
	E
}

@test "import map: --suggest: costs with clicks become a table of spend" {
	printf 'Día,Campaña,ID de campaña,Plataforma,Coste,Impresiones,Clics,CPC medio\n' >in
	printf '2026-11-02,brand,77,google,20.50,"1,000",30,0.68\n' >>in
	lead-import --suggest in >map
	tr '|' '\t' <<-'E' | diff -u - map
		event|column|from|as|when
		# @|zone|Europe/Madrid||
		# @|currency|EUR||
		@|table|spend||
		*|date|Día|date:iso|
		*|campaign|Campaña|text|
		*|campaign_id|ID de campaña|text|
		*|platform|Plataforma|text|
		*|cost|Coste|money|
		*|impressions|Impresiones|count:1,234|
		*|clicks|Clics|count|
		# *|cpc_medio|CPC medio|text|
		*|kind||const:ad|
	E
	lead-import --map map -f date,platform,campaign_id,campaign,cost,impressions,clicks,kind in >got
	table <<-'E' | diff -u - got
		date platform campaign_id campaign cost impressions clicks kind
		2026-11-02 google 77 brand 20.5 1000 30 ad
	E
}

@test "import map: --suggest knows the names of deals in six languages, and what their values say is won" {
	knows() {
		printf '%s\nD1,02/11/2026,20/11/2026,"%s",%s,a@b.c,600,x,y,z\n' "$1" "$2" "$3" >in
		lead-import --suggest in >map
		lead-import --map map -f event,deal_id,value,email,phone,rep,source,campaign in | sort >got
		rows 'event deal_id value email phone rep source campaign' 'opp D1 . a@b.c 600 x y z' \
		    'won D1 1234.5 a@b.c 600 x y z' | sort | diff -u - got
	}
	knows 'Deal ID,Created,Closed,Amount,Stage,E-mail,Phone,Owner,Source,Campaign' 1,234.50 'Closed Won'
	knows 'OpportunityId,CreatedDate,CloseDate,Amount,StageName,Email,MobilePhone,OwnerName,LeadSource,Campaign' 1,234.50 'Closed Won'
	knows 'ID de negocio,Fecha de creación,Fecha de cierre,Importe,Etapa,Correo,Teléfono,Propietario,Origen,Campaña' 1.234,50 Ganado
	knows 'Deal-ID,Erstellt am,Abschlussdatum,Betrag,Phase,E-Mail,Telefon,Zuständig,Quelle,Kampagne' 1.234,50 Gewonnen
	knows 'ID affaire,Créé le,Date de clôture,Montant,Étape,Courriel,Téléphone,Propriétaire,Provenance,Campagne' '1 234,50' Gagné
	knows 'ID trattativa,Data creazione,Data di chiusura,Importo,Fase,Email,Cellulare,Responsabile,Fonte,Campagna' 1.234,50 Vinto
	knows 'ID do negócio,Data de criação,Data de fechamento,Valor,Estágio,E-mail,Celular,Responsável,Origem,Campanha' 1.234,50 Ganho
}

@test "import map: --suggest: its map of each of the usual exports runs as it is, or says what to choose" {
	for export in "$top"/tests/data/lead-import/suggest/*/; do
		echo "$export" # shown where it fails
		lead-import --suggest "$export/in" >map
		if [ -e "$export/choose" ]; then
			grep '^# choose' map | tr -d '\t' | diff -u "$export/choose" -
			run --separate-stderr -2 lead-import --map map "$export/in"
			[[ $stderr == "lead-import: map: no row names an event"* ]]
			continue
		fi
		run ! grep '^# choose' map
		lead-import --map map "$export/in" >got
		awk -F '\t' -f "$top/tests/data/lead-import/suggest/shown.awk" got | diff -u "$export/want" -
	done
}

@test "import map: --suggest: whatever a column is called, the map runs" {
	printf 'Name,C\\D,Time,Precision,Event,Email,Total in EUR,Created,"Is ""in""",A|B,x?,#,"Li\nne"\n' >in
	printf '2,3,10:00,x,y,a@b.c,5,2026-11-02,won,1,2,4,3\n' >>in
	lead-import --suggest in >map
	lead-import --map map -f time,event,export_time,export_event,email,a_b,x_ in >got
	rows 'time event export_time export_event email a_b x_' '2026-11-02T23:59:59Z lead 10:00 y a@b.c 1 2' |
		diff -u - got
}

@test "import map: --suggest: one date with a 13th tells the order of all; where none has, it is to be chosen" {
	forms() {
		printf 'Email,Created,Closed\na@b.c,%s,%s\n' "$1" "$2" >in
		lead-import --suggest in | grep -e "$(printf '\tCreated\t')" -e choose | cut -f 1,4 | tr '\t' ' '
	}
	[ "$(forms 01/02/2026 02/13/2026)" = 'lead date:%m/%d/%Y' ]
	[ "$(forms 01/02/2026 13/02/2026)" = 'lead date:%d/%m/%Y' ]
	[ "$(forms 2026-01-02 2026-02-13)" = 'lead date:iso' ]
	[ "$(forms 01/02/2026 02/03/2026)" = "$(printf '%s\n' 'lead date:%d/%m/%Y' \
	    '# choose: do dates have the day first (%d/%m/%Y) or the month (%m/%d/%Y)? All fit both ')" ]
}

@test "import map: --suggest: amounts with their currency, several of them, dashes for none" {
	# form CELL... - the rows of the value, between | and blanks
	form() {
		{ echo 'Deal;Close date;Stage;Amount'; printf '1;2026-11-02;won;%s\n' "$@"; } >in
		lead-import --suggest in >map
		awk -F '\t' '$2 == "value" { print $4 "|" $5 }' map
		lead-import --map map in >got
	}
	[ "$(form '$1,234.50' '$2')" = 'money:$1,234.56|' ]
	[ "$(form '1.234,50 €' '-2,00 €')" = 'money:1.234,56 €|' ]
	[ "$(form '(1,234.50)' '2.00' '-')" = 'money:(1,234.56)|' ]
	[ "$(form '$1,234.50' '2')" = "$(printf '%s\n' 'money:$1,234.56|Amount ~ [$]' 'money:1,234.56|')" ]
	[ "$(form '$5' 'US$1,234')" = "$(printf '%s\n' 'money:US$1,234.56|Amount ~ US[$]' 'money:$1,234.56|')" ]
	[ "$(form '5' '--' '7')" = 'money|Amount != --' ]
	[ "$(form '5' '--' '-' '7')" = 'money|Amount !in --,-' ]
	[ "$(form '5 pieces')" = '' ]
}

@test "import map: --suggest: files whose columns differ are one table, whatever stands where" {
	printf 'Deal ID,Closed,Amount,Stage\nD1,2026-11-02,5,won\n' >a
	printf 'Stage,Deal ID\nlost,D2\n' >b
	lead-import --suggest a b | tr '\t' '|' | sed 1,3d >got
	diff -u - got <<-'X'
		*|deal_id|Deal ID|text|
		won|time|Closed|date:iso|Stage = won
		lost|time|Closed|date:iso|Stage = lost
		won|value|Amount|money|
		*|stage|Stage|text|
		# lead|time|COLUMN|date:%d/%m/%Y|
	X
}

@test "import map: --suggest: 1.500 and 12.000 are thousands, 1.5 is one and a half" {
	form() {
		printf 'Deal;Close date;Amount\n1;2026-11-02;%s\n2;2026-11-02;%s\n' "$1" "$2" >in
		[ "$(lead-import --suggest in | awk -F '\t' '$2 == "value" { print $4 }')" = "$3" ]
	}
	form 1.500 12.000 money:1.234,56
	form 1.500 12 money:1.234,56
	form 1.5 12.000 money
	form 1500 12 money
	form 500,00 1.234,56 money:1.234,56
	form 500,00 1234,56 money:1.234,56
}

@test "import map: --suggest: where no value means won, those there are stand beside rows to fill in" {
	printf 'Deal,Created,Closed,Stage\n1,2026-11-02,2026-11-03,Phase 7\n2,2026-11-02,,Phase 2\n' >in
	lead-import --suggest in | grep -e Phase -e ' = ' | tr '\t' '|' >got
	diff -u - got <<-'E'
		# values of Stage: Phase 7, Phase 2||||
		# won|time|Closed|date:iso|Stage = VALUE
		# lost|time|Closed|date:iso|Stage = VALUE
	E
}

@test "import map: --suggest: an amount without any date makes no event by itself" {
	printf 'Account,Revenue\nx,5\n' >in
	lead-import --suggest in | tr '\t' '|' | sed 1,3d >got
	diff -u - got <<-'E'
		*|account|Account|text|
		# won|value|Revenue|money|
		# lead|time|COLUMN|date:%d/%m/%Y|
		# choose: which column is a key (email, phone, crm_id, deal_id, visitor_id)? Without one these rows are nobody's||||
	E
}

@test "import map: json and foreign TSV take maps too" {
	map '*|email|who.mail' 'lead|time|at|date'
	echo '{"at":"2026-11-02T10:00:00Z","who":{"mail":"a@b.c"}}' >in
	lead-import --format json --map map -f time,email in >got
	rows 'time email' '2026-11-02T10:00:00Z a@b.c' | diff -u - got
	printf 'who.mail\tat\na@b.c\t2026-11-02\n' >in
	lead-import --format tsv --map map -f time,email in >got
	rows 'time email' '2026-11-02T23:59:59Z a@b.c' | diff -u - got
}

@test "import map: columns that the file lacks are all told, by the map's line, with a near name" {
	map 'lead|time|Fecha creacion|date:%d/%m/%Y' '*|stage|Etapas' '*|deal_id|Deal' '*|rep|Owner'
	printf 'Fecha creación;Etapa;Deal\n02/11/2026;x;D1\n' >in
	run --separate-stderr -1 lead-import --map map in
	[ "$stderr" = 'lead-import: in: no such column in the header: "Fecha creacion" of line 2 of the map (there is "Fecha creación"), "Etapas" of line 3 of the map (there is "Etapa"), "Owner" of line 5 of the map' ]
}

@test "import map: a value that is not of the map's form: the form is told, and UTF-8 names stand as they are" {
	map 'lead|time|Fecha creación|date:%d/%m/%Y' 'lead|value|Importe|money:1.234,56'
	printf 'Fecha creación;Importe\n2026-11-02;1\n02/11/2026;1.5 €\n' >in
	run --separate-stderr -0 lead-import --max-reject 5 --map map in
	diff -u - <(echo "$stderr") <<-'E'
		lead-import: in:2: Fecha creación: not of the form date:%d/%m/%Y: "2026-11-02"
		lead-import: in:3: Importe: a currency, unlike money:1.234,56: "1.5 €"
	E
}

@test "messages: control bytes, bytes that are no UTF-8 and signs that turn the writing come out as hex" {
	for bad in '\x1b' '\xc2\x9b' '\xe2\x80\xae' '\xef\xbb\xbf' '\xe2\x81\xa6'; do
		map 'lead|time|d|date'
		printf "d,x\n2026-11-02z${bad}é,1\n" >in
		run --separate-stderr -0 lead-import --map map --max-reject 1 in
		[ "$stderr" = "lead-import: in:2: d: not of the form date (2026-11-02 10:15:00; date:%d/%m/%Y is another): \"2026-11-02z${bad}é\"" ]
	done
}

@test "import map: blanks where tabs should be are told as such" {
	printf 'event column  from as when\n' >map
	run --separate-stderr -2 lead-import --map map /dev/null
	[ "$stderr" = "lead-import: map:1: byte 1: no tab in the header line: tabs part the cells, not blanks" ]
	printf 'event,column,from,as,when\n' >map
	run --separate-stderr -2 lead-import --map map /dev/null
	[ "$stderr" = "lead-import: map:1: byte 1: no tab in the header line: tabs part the cells, not commas" ]
	while IFS='|' read -r row at; do
		printf 'event\tcolumn\tfrom\tas\twhen\n%b\n' "$row" >map
		run --separate-stderr -2 lead-import --map map /dev/null
		[ "$stderr" = "lead-import: map:2: byte $at: a blank where a tab should part the cells" ]
	done <<-'E'
		lead   time  d  date|1
		lead\ttime d date|6
		lead\ttime\td date|11
		lead time\td\tdate|1
		@ zone Europe/Madrid|1
		@\tzone Europe/Madrid|3
	E
}

# --- the maps that ship ---

# events MAP - "event column=value" of the file "in", one an event, those columns
shipped() {
	lead-import --map "$maps/$1.tsv" --tz Europe/Madrid -f "$2" in >got
}

@test "maps: hubspot-contacts" {
	printf '\xef\xbb\xbfRecord ID,Email,Phone Number,Create Date,Record Source,Became a Marketing Qualified Lead Date,Last Modified Date,Merged Contact IDs\r\n7,a@b.c,+34 600,2026-11-02 10:15,FORM,2026-11-03 09:00,2026-11-03 09:00,5;6\r\n8,d@e.f,,2026-11-02 10:15,Import,,2026-11-02 10:15,' >in
	shipped hubspot-contacts time,event,crm_id,alias,email,method
	table <<-'E' | diff -u - got
		time                 event crm_id alias email method
		2026-11-02T09:15:00Z lead  7      5;6   a@b.c .
		2026-11-03T08:00:00Z mql   7      5;6   a@b.c .
		2026-11-02T09:15:00Z lead  8      .     d@e.f import
	E
}

@test "maps: hubspot-deals and hubspot-stages" {
	cat >in <<-'E'
		Record ID,Deal Stage,Amount,Currency,Create Date,Close Date,Deal owner,Deal Type,Associated Contact IDs,Closed Lost Reason,Refund Date,Refund Amount,Last Modified Date
		1,Closed Won,100.50,EUR,2026-11-02 10:00:00,2026-11-20 10:00:00,Ana,Existing Business,7;8,,2026-12-01 10:00:00,-20,2026-12-01 10:00:00
		2,Closed Lost,50,EUR,2026-11-02 10:00:00,2026-11-21 10:00:00,Ben,New Business,,price,,,2026-11-21 10:00:00
	E
	shipped hubspot-deals event,deal_id,crm_id,link,deal_type,value,currency,reason
	table <<-'E' | diff -u - got
		event  deal_id crm_id link deal_type value currency reason
		opp    1       7      7;8  expansion 100.5 EUR      .
		won    1       7      7;8  expansion 100.5 EUR      .
		refund 1       7      7;8  expansion -20   EUR      .
		opp    2       .      .    new       50    EUR      .
		lost   2       .      .    new       .     .        price
	E
	printf 'Deal ID,Stage,Date Entered\n1,proposal,2026-11-03 10:00:00\n' >in
	shipped hubspot-stages time,event,deal_id,stage
	rows 'time event deal_id stage' '2026-11-03T09:00:00Z stage 1 proposal' | diff -u - got
}

@test "maps: salesforce-opportunities, by a report and by the API" {
	cat >in <<-'E'
		Opportunity ID,Account ID,Type,Stage,Amount,Created Date,Close Date,Opportunity Owner,Loss Reason,Last Modified Date
		006A,001A,New Business,Closed Won,"1,200.00",11/2/2026,11/20/2026,Ana,,11/20/2026
		006B,001A,Renewal,Closed Lost,10,11/2/2026,11/21/2026,Ana,price,11/21/2026
	E
	shipped salesforce-opportunities time,precision,event,deal_id,account_id,deal_type,value,reason
	table >want <<-'E'
		time                 precision event deal_id account_id deal_type value reason
		2026-11-02T22:59:59Z day       opp   006A    001A       new       1200  .
		2026-11-20T22:59:59Z day       won   006A    001A       new       1200  .
		2026-11-02T22:59:59Z day       opp   006B    001A       renewal   10    .
		2026-11-21T22:59:59Z day       lost  006B    001A       renewal   .     price
	E
	diff -u want got
	printf 'Id,StageName,Amount,CreatedDate,CloseDate,IsDeleted,LastModifiedDate\n006A,Closed Won,1200,2026-11-02T10:00:00.000Z,2026-11-20,false,2026-11-20T10:00:00.000Z\n006B,Closed Won,1,2026-11-02T10:00:00.000Z,2026-11-20,true,\n' >in
	shipped salesforce-opportunities time,event,deal_id
	rows 'time event deal_id' '2026-11-02T10:00:00Z opp 006A' '2026-11-20T22:59:59Z won 006A' | diff -u - got
}

@test "maps: zoho-leads" {
	cat >in <<-'E'
		Record Id,Lead Owner,Email,Phone,Lead Status,Created Time,Modified Time,Last Activity Time,Lead Source
		zcrm_1,Ana,a@b.c,,Contacted,2026-11-02 10:00:00,2026-11-03 10:00:00,2026-11-03 10:00:00,Facebook
		zcrm_2,Ana,,600,Junk Lead,2026-11-02 10:00:00,2026-11-04 10:00:00,,Google
		zcrm_3,Ana,,601,Not Contacted,2026-11-02 10:00:00,2026-11-04 10:00:00,2026-11-04 10:00:00,Google
	E
	shipped zoho-leads time,event,crm_id,original_source,reason
	table <<-'E' | diff -u - got
		time                 event        crm_id original_source reason
		2026-11-02T09:00:00Z lead         zcrm_1 Facebook        .
		2026-11-03T09:00:00Z contacted    zcrm_1 Facebook        .
		2026-11-02T09:00:00Z lead         zcrm_2 Google          .
		2026-11-04T09:00:00Z disqualified zcrm_2 Google          Junk~Lead
		2026-11-02T09:00:00Z lead         zcrm_3 Google          .
	E
}

@test "maps: google-ads, meta, microsoft, linkedin: spend by day and campaign" {
	columns=date,platform,campaign_id,campaign,cost,currency,impressions,clicks,kind
	rows "${columns//,/ }" '2026-11-01 google 11 Brand 23.04 EUR 1385 51 ad' >want
	printf 'Day,Campaign ID,Campaign,Currency code,Cost micros,Clicks,Impressions\n2026-11-01,11,Brand,EUR,23040000,51,1385\n' >in
	shipped google-ads $columns
	diff -u want got
	printf 'Day,Campaign ID,Campaign,Currency code,Cost,Clicks,Impr.\n2026-11-01,11,Brand,EUR,23.04,51,"1,385"\n' >in
	shipped google-ads $columns
	diff -u want got
	sed -i 's/google/meta/' want
	printf 'Campaign ID,Campaign name,Amount spent (EUR),Impressions,Link clicks,Reporting starts,Reporting ends\n11,Brand,23.04,1385,51,2026-11-01,2026-11-01\n' >in
	shipped meta $columns
	diff -u want got
	sed -i 's/meta/microsoft/' want
	printf 'date,account_id,campaign_id,campaign_name,currency_code,clicks,impressions,spend\n2026-11-01,1,11,Brand,EUR,51,1385,23.04\n' >in
	shipped microsoft $columns
	diff -u want got
	sed -i 's/microsoft/linkedin/' want
	printf 'Start Date (in UTC),Campaign ID,Campaign Name,Currency,Total Spent,Impressions,Clicks\n11/1/2026,11,Brand,EUR,23.04,1385,51\n' >in
	shipped linkedin $columns
	diff -u want got
}

@test "maps: call-tracking: a call in is a lead, answered also a contact; a call out a contact" {
	cat >in <<-'E'
		Call ID,Start Time,Direction,Customer Phone Number,Answered,Visitor ID,Source
		1,2026-11-02 10:00:00,Inbound,+34600,Yes,v1,google
		2,2026-11-02 11:00:00,Inbound,+34601,No,,
		3,2026-11-02 12:00:00,Outbound,+34602,No,,
	E
	shipped call-tracking event,phone,visitor_id,source,method
	table <<-'E' | diff -u - got
		event     phone  visitor_id source method
		call_in   +34600 v1         google call
		lead      +34600 v1         google call
		contacted +34600 v1         google call
		call_in   +34601 .          .      call
		lead      +34601 .          .      call
		call_out  +34602 .          .      .
		contacted +34602 .          .      call
	E
}

@test "maps: email-activity: acts by the names that senders give them" {
	cat >in <<-'E'
		Time,Event,Recipient,Message ID,Campaign,URL
		2026-11-02T10:00:00Z,SENT,a@b.c,m1,c1,
		2026-11-02T10:00:01Z,processed,a@b.c,m1,c1,
		2026-11-02T10:00:02Z,Delivered,a@b.c,m1,c1,
		2026-11-02T10:00:03Z,bounce,d@e.f,m1,c1,
		2026-11-02T10:00:05Z,open,a@b.c,m1,c1,
		2026-11-02T10:10:00Z,clicked,a@b.c,m1,c1,https://x/
		2026-11-02T10:11:00Z,unsubscribe,a@b.c,m1,c1,
		2026-11-02T10:12:00Z,spamreport,a@b.c,m1,c1,
	E
	lead-import --email --map "$maps/email-activity.tsv" -f event,email,url,machine in >got
	table <<-'E' | diff -u - got
		event           email url        machine
		email_sent      a@b.c .          .
		email_delivered a@b.c .          .
		email_bounced   d@e.f .          .
		email_opened    a@b.c .          1
		email_clicked   a@b.c https://x/ .
		unsubscribed    a@b.c .          .
		complained      a@b.c .          .
	E
}

@test "maps: forms, generic" {
	printf 'Submission ID,Submitted At,Form,Page URL,Email,Phone,Visitor ID\nF1,2026-11-02 10:00:00,contact,https://x/c,a@b.c,600,v1\n' >in
	shipped forms time,event,email,visitor_id,form,url,method
	table <<-'E' | diff -u - got
		time                 event email visitor_id form    url         method
		2026-11-02T09:00:00Z form  a@b.c v1         contact https://x/c .
		2026-11-02T09:00:00Z lead  a@b.c v1         contact https://x/c form
	E
	printf 'email,lead_at,won_at,value,deal_id\na@b.c,2026-11-02,2026-11-20T10:00:00Z,99.5,D1\n' >in
	shipped generic time,event,email,deal_id,value
	table <<-'E' | diff -u - got
		time                 event email deal_id value
		2026-11-02T22:59:59Z lead  a@b.c D1      .
		2026-11-20T10:00:00Z won   a@b.c D1      99.5
	E
}

@test "maps: each is sound, and can be read whole before its first file" {
	for map in "$maps"/*.tsv; do
		run --separate-stderr -1 lead-import --map "$map" /dev/null
		[ "$stderr" = "lead-import: /dev/null:1: no header line" ]
	done
}

@test "maps: the real exports: no row is lost" {
	needs_shared data/spend/exports
	data=$shared/data
	while read -r map file used; do
		lead-import --map "$maps/$map.tsv" --stats stats "$data/$file" >got
		grep -q "\"used\":$used,\"rejected_rows\":0" stats || { cat stats; false; }
	done <<-'E'
		google-ads spend/exports/google_ads_campaign_stats_data.csv 16
		meta spend/exports/facebook_ads_basic_ad_data.csv 10
		microsoft spend/exports/microsoft_ads_campaign_performance_daily_report_data.csv 2630
		linkedin spend/exports/linkedin_ad_analytics_by_campaign_data.csv 20
		hubspot-contacts email/hubspot/contact_data.csv 22
		hubspot-deals email/hubspot/deal_data.csv 44
		hubspot-stages email/hubspot/deal_stage_data.csv 14
		forms email/hubspot/contact_form_submission_data.csv 5
		email-activity email/hubspot/email_event_data.csv 97
		maven crm/sales_pipeline.csv 8800
	E
}

@test "maps: cost of the real spend exports is theirs to the last millionth" {
	needs_shared data/spend/exports
	python3 - "$shared/data/spend/exports" >want <<-'E'
		import csv, sys
		from decimal import Decimal
		for map, f, c, micros in (
		    ("google-ads", "google_ads_campaign_stats_data", "cost_micros", 1),
		    ("meta", "facebook_ads_basic_ad_data", "spend", 10**6),
		    ("microsoft", "microsoft_ads_campaign_performance_daily_report_data", "spend", 10**6),
		    ("linkedin", "linkedin_ad_analytics_by_campaign_data", "cost_in_local_currency", 10**6)):
		    rows = csv.DictReader(open(f"{sys.argv[1]}/{f}.csv", newline=""))
		    print(map, f, int(sum(Decimal(r[c] or 0) for r in rows) * micros))
	E
	while read -r map file micros; do
		lead-import --map "$maps/$map.tsv" "$shared/data/spend/exports/$file.csv" |
			column cost >costs
		[ "$(awk '{ sum += $1 * 1000000 } END { printf "%.0f", sum }' costs)" = "$micros" ]
	done <want
}

@test "maps: email-activity: HubSpot's events by type as in the expected table" {
	needs_shared data/email/expected_hubspot_events_by_type.tsv
	lead-import --email --map "$maps/email-activity.tsv" --stats stats \
	    "$shared/data/email/hubspot/email_event_data.csv" >got
	{
		awk -F '\t' 'NR > 1 && $1 != "PROCESSED" { print "email_" ($1 == "OPEN" ? "opened" : tolower($1)), $2 }' \
		    "$shared/data/email/expected_hubspot_events_by_type.tsv"
	} | sort >want
	column event <got | sort | uniq -c | awk '{ print $2, $1 }' | diff -u want -
	grep -q '"dropped":{"processed":3}' stats
	[ "$(awk -F '\t' 'NR > 1 && $4 == "email_opened" { print $5 }' got | sort -u | wc -l)" = 19 ]
}

@test "maps: maven: won, lost, undated and revenue as in the expected totals" {
	needs_shared data/crm/expected_maven_totals.tsv
	lead-import --map "$maps/maven.tsv" "$shared/data/crm/sales_pipeline.csv" >got
	awk -F '\t' 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i; next }
		{ n[$at["event"]]++; v += $at["value"]; u += $at["precision"] == "undated" }
		END { print n["opp"], n["won"], n["lost"], u, v }' got >totals
	echo '8800 4238 2473 500 10005534' | diff -u - totals
	[ "$(column account_id <got | grep -c '^$')" = 1425 ]
	column product <got | grep -q '^GTXPro$'
}
