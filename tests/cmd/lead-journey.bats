#!/usr/bin/env bats
# lead-journey: visits and milestones of each lead, in order
load ../helper

# journey COLS ARGS... - steps of "in" with these columns must be the file "want"
journey() {
	local columns=$1
	shift
	lead-journey "$@" -f "$columns" -o got in
	diff -u want got
}

# counted NAME N - the last --stats stats.json says so
counted() {
	grep -q "\"$1\":$2[,}]" stats.json || { cat stats.json; false; }
}

@test "journey: visits and milestones come out as the manual's example says" {
	table >in <<-'END'
		event_id time event visitor_id channel source medium campaign evidence page
		a3 2026-01-05T10:06:00Z lead v1 internal shop internal . internal /contact
		a1 2026-01-05T10:00:00Z page_view v1 direct (direct) (none) . none /
		a2 2026-01-05T10:05:00Z page_view v1 paid_search google cpc brand campaign /offer
	END
	table >want <<-'END'
		visitor_id time event channel pages
		v1 2026-01-05T10:00:00Z page_view paid_search 3
		v1 2026-01-05T10:06:00Z lead . .
	END
	check_filter 0 lead-journey -k visitor_id -f visitor_id,time,event,channel,pages
}

@test "journey: a call stands before the lead of the same instant, whatever the ids" {
	table >in <<-'END'
		event_id time event crm_id
		a1 2026-01-05T10:06:00Z lead 7
		z9 2026-01-05T10:06:00Z call_in 7
	END
	table >want <<-'END'
		crm_id event method channel
		7 call_in call phone
		7 lead call .
	END
	check_filter 0 lead-journey -k crm_id -f crm_id,event,channel,method
}

@test "journey: all columns of steps, the key first and once, carried ones last" {
	rows 'event_id time event deal_id rep value' 'a 2026-01-01T00:00:00Z won d1 r1 5' >in
	lead-journey -k deal_id in >got
	rows 'deal_id event_id time precision kind event stage lead_id account_id deal_type method channel source medium campaign term content campaign_id click_id click_id_type landing evidence pages value currency months rep' \
	    'd1 a 2026-01-01T00:00:00Z . milestone won . . . . . . . . . . . . . . . . . 5 . . r1' >want
	diff -u want got
}

# --- carried columns of a lead that the CRM fills in later ---

@test "journey: a lead takes the rep that its CRM row of the same instant has, whatever the ids" {
	for ids in 'a b' 'b a'; do
		# shellcheck disable=SC2086
		rows 'event_id time event crm_id deal_id rep' \
		    "${ids% *} 2026-01-05T10:00:00Z lead 7 . ." \
		    "${ids#* } 2026-01-05T10:00:00Z opp 7 d1 Ana" >in
		lead-journey -k crm_id -f event,rep in | sort | diff <(rows 'event rep' 'lead Ana' 'opp Ana' | sort) -
	done
}

@test "journey: --carry-late: a lead has the first rep told so much later, not after, and no sale has" {
	table >in <<-'END'
		event_id time event crm_id deal_id rep page
		a 2026-01-05T09:00:00Z page_view 7 . . /
		b 2026-01-05T10:00:00Z lead 7 . . .
		c 2026-01-05T10:00:00Z won 7 d1 . .
		d 2026-01-05T10:02:00Z contacted 7 . Ana .
		e 2026-01-05T10:03:00Z opp 7 d2 Ben .
		f 2026-01-05T11:00:00Z lead 8 . . .
		g 2026-01-05T11:02:00.000001Z contacted 8 . Eva .
	END
	want() {
		rows 'crm_id event rep' '7 page_view .' "7 lead $1" '7 won .' '7 contacted Ana' '7 opp Ben' \
		    "8 lead $2" '8 contacted Eva' | diff -u - got
	}
	lead-journey -k crm_id -f crm_id,event,rep in >got
	want . .
	lead-journey -k crm_id -f crm_id,event,rep --carry-late 2m in >got
	want Ana .
	lead-journey -k crm_id -f crm_id,event,rep --carry-late 1d in >got
	want Ana Eva
	lead-journey -k crm_id -f crm_id,event,rep --carry-late 1d --as-of 2026-01-05T11:01:00Z in >got
	diff -u <(rows 'crm_id event rep' '7 lead Ana' '8 lead .') <(grep -E 'event|lead' got)
	lead-journey -k crm_id --carry-late 1d in |
		lead-kpi --by rep --as-of 2026-02-01 |
		awk -F '\t' '$2 == "rep" && $4 == "leads" && $6 > 0 { print $3, $6 }' |
		diff <(printf 'Ana 1\nEva 1\n') -
}

# --- visits ---

@test "journey: a pause of exactly the gap goes on, a second more starts a visit" {
	table >in <<-'END'
		event_id time event visitor_id page
		a 2026-01-01T10:00:00Z page_view v1 /a
		b 2026-01-01T10:30:00Z page_view v1 /b
		c 2026-01-01T11:00:01Z page_view v1 /c
		d 2026-01-01T23:59:00Z page_view v2 /d
		e 2026-01-02T00:01:00Z page_view v2 /e
	END
	table >want <<-'END'
		visitor_id event_id landing pages
		v1 a /a 2
		v1 c /c 1
		v2 d /d 2
	END
	journey visitor_id,event_id,landing,pages -k visitor_id
	table >want <<-'END'
		visitor_id event_id landing pages
		v1 a /a 3
		v2 d /d 2
	END
	journey visitor_id,event_id,landing,pages -k visitor_id --visit-gap 31m
}

@test "journey: another campaign splits, unless the visit is direct or internal; a referrer replaces and never splits" {
	table >in <<-'END'
		event_id time event visitor_id channel source medium campaign evidence page
		a1 2026-01-01T10:00:00Z page_view split paid_search google cpc one campaign /
		a2 2026-01-01T10:01:00Z page_view split paid_search google cpc one campaign /
		a3 2026-01-01T10:02:00Z page_view split paid_search google cpc two campaign /
		a4 2026-01-01T10:03:00Z page_view split email crm email two click /
		a5 2026-01-01T10:04:00Z page_view split referral blog referral . referrer /
		a6 2026-01-01T10:05:00Z page_view split direct (direct) (none) . none /
		b1 2026-01-01T10:00:00Z page_view takes direct (direct) (none) . none /
		b2 2026-01-01T10:01:00Z page_view takes internal shop internal . internal /
		b3 2026-01-01T10:02:00Z page_view takes paid_search google cpc one campaign /
		c1 2026-01-01T10:00:00Z page_view replaces direct (direct) (none) . none /
		c2 2026-01-01T10:01:00Z page_view replaces referral blog referral . referrer /
		c3 2026-01-01T10:02:00Z page_view replaces referral news referral . referrer /
		d1 2026-01-01T10:00:00Z page_view then referral blog referral . referrer /
		d2 2026-01-01T10:01:00Z page_view then paid_search google cpc one campaign /
		e1 2026-01-01T10:00:00Z page_view utm internal shop internal . internal /
		e2 2026-01-01T10:01:00Z page_view utm paid_search google cpc one campaign /
	END
	table >want <<-'END'
		visitor_id event_id source campaign evidence pages
		replaces c1 blog . referrer 3
		split a1 google one campaign 2
		split a3 google two campaign 1
		split a4 crm two click 3
		takes b1 google one campaign 3
		then d1 blog . referrer 1
		then d2 google one campaign 1
		utm e1 google one campaign 2
	END
	journey visitor_id,event_id,source,campaign,evidence,pages -k visitor_id
}

@test "journey: a visit that starts inside the site within 24 hours continues the one before; else it is direct" {
	table >in <<-'END'
		event_id time event visitor_id channel source medium campaign evidence page
		a1 2026-01-01T10:00:00Z page_view v1 paid_search google cpc one campaign /
		a2 2026-01-02T10:00:00Z page_view v1 internal shop internal . internal /x
		a3 2026-01-03T10:00:01Z page_view v1 internal shop internal . internal /y
		b1 2026-01-01T10:00:00Z page_view v2 internal shop internal . internal /z
	END
	table >want <<-'END'
		visitor_id event_id channel source medium campaign landing evidence pages
		v1 a1 paid_search google cpc one / campaign 2
		v1 a3 direct (direct) (none) . /y internal 1
		v2 b1 direct (direct) (none) . /z internal 1
	END
	journey visitor_id,event_id,channel,source,medium,campaign,landing,evidence,pages \
	    -k visitor_id --stats stats.json
	counted resumed 1
}

@test "journey: --visit-source first: nothing splits, replaces or resumes" {
	table >in <<-'END'
		event_id time event visitor_id channel source medium campaign evidence page
		a1 2026-01-01T10:00:00Z page_view v1 direct (direct) (none) . none /
		a2 2026-01-01T10:10:00Z page_view v1 paid_search google cpc one campaign /
		a3 2026-01-01T10:20:00Z page_view v1 paid_search google cpc two campaign /
		a4 2026-01-01T12:00:00Z page_view v1 internal shop internal . internal /
	END
	table >want <<-'END'
		visitor_id event_id channel source evidence pages
		v1 a1 direct (direct) none 3
		v1 a4 direct (direct) internal 1
	END
	journey visitor_id,event_id,channel,source,evidence,pages -k visitor_id \
	    --visit-source first
}

@test "journey: --visit-end: the row after a won starts a visit; the won is in its own" {
	table >in <<-'END'
		event_id time event visitor_id page
		a1 2026-01-01T10:00:00Z page_view v1 /a
		a2 2026-01-01T10:01:00Z won v1 /b
		a3 2026-01-01T10:02:00Z won v1 /c
		a4 2026-01-01T10:03:00Z page_view v1 /d
	END
	table >want <<-'END'
		visitor_id event_id kind event landing pages
		v1 a1 touch page_view /a 2
		v1 a2 milestone won . .
		v1 a3 touch page_view /c 1
		v1 a3 milestone won . .
		v1 a4 touch page_view /d 1
	END
	journey visitor_id,event_id,kind,event,landing,pages -k visitor_id --visit-end won
}

@test "journey: without a column page, rows with a channel that is not declared are pages" {
	table >in <<-'END'
		event_id time event visitor_id channel evidence
		a1 2026-01-01T10:00:00Z lead v1 email campaign
		a2 2026-01-01T10:01:00Z won v1 . .
		a3 2026-01-01T10:02:00Z opp v1 event declared
		a4 2026-01-01T10:40:00Z call_in v1 phone .
	END
	table >want <<-'END'
		visitor_id event_id kind event channel landing pages
		v1 a1 touch page_view email . 1
		v1 a1 milestone lead . . .
		v1 a2 milestone won . . .
		v1 a3 milestone opp . . .
		v1 a4 touch call_in phone . .
	END
	journey visitor_id,event_id,kind,event,channel,landing,pages -k visitor_id
}

@test "journey: --not-marketing pages keep a visit alive and make no touch" {
	table >in <<-'END'
		event_id time event visitor_id channel page host
		a1 2026-01-01T10:00:00Z page_view v1 direct /login/x www.shop.com
		a2 2026-01-01T10:20:00Z page_view v2 email /offer shop.com
		a3 2026-01-01T10:40:00Z page_view v2 direct /login shop.com
		a4 2026-01-01T11:05:00Z page_view v2 direct /log shop.com
		a5 2026-01-01T10:00:00Z page_view v3 direct /any app.shop.com
		a6 2026-01-01T10:00:00Z page_view v4 direct /loginx shop.com
	END
	table >want <<-'END'
		visitor_id event_id pages
		v2 a2 3
		v4 a6 1
	END
	journey visitor_id,event_id,pages -k visitor_id --not-marketing /login,app.shop.com \
	    --stats stats.json
	counted act 2
	printf '# pages of customers\n/login/\napp.shop.com\n' >list
	journey visitor_id,event_id,pages -k visitor_id --not-marketing @list
	cut -f1-6 in >nohost
	run -2 --separate-stderr lead-journey -k visitor_id --not-marketing app.shop.com nohost
	[[ $stderr == *"hosts need a column host or url"* ]]
}

# --- touches without a page ---

@test "journey: a call, chat or form up to 30 minutes after a visit is in it; its method is the lead's" {
	table >in <<-'END'
		event_id time event visitor_id channel page method
		a1 2026-01-01T10:00:00Z page_view v1 email / .
		a2 2026-01-01T10:30:00Z call_in v1 phone . call
		a3 2026-01-01T10:59:00Z lead v1 . . .
		b1 2026-01-01T10:00:00Z page_view v2 email / .
		b2 2026-01-01T10:30:01Z chat_in v2 . . .
		b3 2026-01-01T11:00:01Z lead v2 . . .
		c1 2026-01-01T10:00:00Z form_offline v3 . . .
		c2 2026-01-01T10:30:01Z lead v3 . . .
		d1 2026-01-01T10:00:00Z form v4 . . .
		d2 2026-01-01T10:00:00Z lead v4 . . event
		e1 2026-01-01T10:00:00Z page_view v5 email / .
		e2 2026-01-01T10:05:00Z webinar v5 . . .
	END
	table >want <<-'END'
		visitor_id event_id event method channel landing pages
		v1 a1 page_view . email / 1
		v1 a3 lead call . . .
		v2 b1 page_view . email / 1
		v2 b2 chat_in chat chat . .
		v2 b3 lead chat . . .
		v3 c1 form_offline form form . .
		v3 c2 lead . . . .
		v4 d2 lead event . . .
		v5 e1 page_view . email / 1
		v5 e2 webinar event webinar . .
	END
	journey visitor_id,event_id,event,method,channel,landing,pages -k visitor_id \
	    --stats stats.json
	counted folded 1
	counted act 1
}

@test "journey: a mail click a minute before a visit of its campaign is in it (T30), any other is a touch" {
	table >in <<-'END'
		event_id time event visitor_id channel campaign evidence page machine
		a1 2025-02-03T10:15:02Z email_clicked t30 . nurture . . .
		a2 2025-02-03T10:15:05Z page_view t30 email nurture campaign / .
		b1 2025-02-03T10:15:00Z email_clicked edge . nurture . . .
		b2 2025-02-03T10:16:00Z page_view edge email nurture campaign / .
		c1 2025-02-03T10:15:00Z email_clicked late . nurture . . .
		c2 2025-02-03T10:16:01Z page_view late email nurture campaign / .
		d1 2025-02-03T10:15:00Z email_clicked other . nurture . . .
		d2 2025-02-03T10:15:05Z page_view other email spring campaign / .
		e1 2025-02-03T10:15:00Z email_clicked robot . nurture . . 1
		e2 2025-02-03T10:15:00Z email_opened robot . nurture . . .
		f1 2025-02-03T10:15:00Z page_view during email nurture campaign / .
		f2 2025-02-03T10:20:00Z email_clicked during . nurture . . .
		g1 2025-02-03T10:15:00Z email_clicked two . spring . . .
		g2 2025-02-03T10:15:01Z email_clicked two . nurture . . .
		g3 2025-02-03T10:15:03Z page_view two email nurture campaign / .
		g4 2025-02-03T10:15:04Z page_view two email spring campaign / .
	END
	table >want <<-'END'
		visitor_id event_id event channel campaign pages
		during f1 page_view email nurture 1
		edge b2 page_view email nurture 1
		late c1 email_clicked email nurture .
		late c2 page_view email nurture 1
		other d1 email_clicked email nurture .
		other d2 page_view email spring 1
		t30 a2 page_view email nurture 1
		two g3 page_view email nurture 1
		two g4 page_view email spring 1
	END
	journey visitor_id,event_id,event,channel,campaign,pages -k visitor_id --stats stats.json
	counted machine 1
	counted act 1
	counted folded 5
}

@test "journey: --touches-of names the touches; acts and unknown events are counted" {
	table >in <<-'END'
		event_id time event visitor_id channel
		a1 2026-01-01T10:00:00Z webinar v1 .
		a2 2026-01-01T11:00:00Z demo_day v1 event
		a3 2026-01-01T12:00:00Z email_opened v1 .
	END
	table >want <<-'END'
		visitor_id event_id event channel
		v1 a1 webinar webinar
		v1 a2 page_view event
	END
	journey visitor_id,event_id,event,channel -k visitor_id --stats stats.json
	counted act 1
	sed -i '1s/$/\tpage/; 2,$s/$/\t/' in
	table >want <<-'END'
		visitor_id event_id event channel
		v1 a2 demo_day event
	END
	journey visitor_id,event_id,event,channel -k visitor_id --touches-of demo_day \
	    --stats stats.json
	counted act 2
	table >want <<-'END'
		visitor_id event_id event channel
		v1 a1 webinar webinar
	END
	journey visitor_id,event_id,event,channel -k visitor_id --stats stats.json
	counted unknown_event 1
}

@test "journey: a declared source is a touch if the lead has no other up to its first milestone" {
	table >in <<-'END'
		event_id time event crm_id channel source evidence page
		a1 2026-01-01T10:00:00Z lead alone event fair declared .
		a2 2026-01-02T10:00:00Z mql alone event fair declared .
		a3 2026-01-03T10:00:00Z opp alone email mail declared .
		b1 2026-01-01T09:00:00Z page_view before email mail campaign /
		b2 2026-01-01T10:00:00Z lead before event fair declared .
		c1 2026-01-01T10:00:00Z lead after event fair declared .
		c2 2026-01-01T11:00:00Z page_view after email mail campaign /
	END
	table >want <<-'END'
		crm_id event_id kind event source evidence
		after c1 touch declared fair declared
		after c1 milestone lead . .
		after c2 touch page_view mail campaign
		alone a1 touch declared fair declared
		alone a1 milestone lead . .
		alone a2 milestone mql . .
		alone a3 milestone opp . .
		before b1 touch page_view mail campaign
		before b2 milestone lead . .
	END
	journey crm_id,event_id,kind,event,source,evidence -k crm_id
	lead-journey -k crm_id --declared always -f crm_id,event_id,event in >got
	grep declared got | tr '\t' ' ' >always
	printf '%s\n' 'after c1 declared' 'alone a1 declared' 'alone a3 declared' \
	    'before b2 declared' >want
	diff -u want always
	lead-journey -k crm_id --declared never -f event in >got
	run ! grep -q declared got
}

# --- milestones ---

@test "journey: milestones count once per lead, once per deal, or each row" {
	table >in <<-'END'
		event_id time event crm_id deal_id value
		a1 2026-01-01T10:00:00Z lead c1 . .
		a2 2026-01-02T10:00:00Z lead c1 . .
		b1 2026-01-03T10:00:00Z opp c1 d1 5
		b2 2026-01-04T10:00:00Z opp c1 d1 7
		b3 2026-01-05T10:00:00Z opp c1 d2 9
		b4 2026-01-06T10:00:00Z opp c1 . 1
		b5 2026-01-07T10:00:00Z opp c1 . 2
		c1 2026-01-08T10:00:00Z payment c1 d1 1
		c2 2026-01-09T10:00:00Z payment c1 d1 1
	END
	table >want <<-'END'
		crm_id event_id time event deal_id value
		c1 a1 2026-01-01T10:00:00Z lead . .
		c1 b1 2026-01-03T10:00:00Z opp d1 7
		c1 b3 2026-01-05T10:00:00Z opp d2 9
		c1 b4 2026-01-06T10:00:00Z opp . 1
		c1 b5 2026-01-07T10:00:00Z opp . 2
		c1 c1 2026-01-08T10:00:00Z payment d1 1
		c1 c2 2026-01-09T10:00:00Z payment d1 1
	END
	journey crm_id,event_id,time,event,deal_id,value -k crm_id --stats stats.json
	counted later_milestone 1
}

@test "journey: a deal edited between two exports counts once, latest value (T18)" {
	table >in <<-'END'
		event_id time event crm_id deal_id deal_type value currency rep
		x1 2026-01-05T23:59:59Z won c1 d1 new 100 EUR ann
		x2 2026-01-06T23:59:59Z won c1 d1 . 120 USD .
		x3 2026-01-07T23:59:59Z won c1 d1 . . . bob
	END
	rows 'crm_id event_id time deal_id deal_type value currency rep' \
	    'c1 x1 2026-01-05T23:59:59Z d1 new 100 EUR bob' >want
	journey crm_id,event_id,time,deal_id,deal_type,value,currency,rep -k crm_id
	sed -i '$d' in
	rows 'crm_id event_id time deal_id deal_type value currency rep' \
	    'c1 x1 2026-01-05T23:59:59Z d1 new 120 USD ann' >want
	journey crm_id,event_id,time,deal_id,deal_type,value,currency,rep -k crm_id
}

@test "journey: a deal's last of won, lost and disqualified decides" {
	table >in <<-'END'
		event_id time event crm_id deal_id
		a1 2026-01-01T10:00:00Z won c1 d1
		a2 2026-01-02T10:00:00Z lost c1 d1
		b1 2026-01-01T10:00:00Z lost c2 d2
		b2 2026-01-02T10:00:00Z won c2 d2
		b3 2026-01-03T10:00:00Z won c2 d2
		c1 2026-01-01T10:00:00Z won c3 d3
		c2 2026-01-02T10:00:00Z lost c3 d3
		c3 2026-01-03T10:00:00Z won c3 d3
		d1 2026-01-01T10:00:00Z disqualified c4 d4
		d2 2026-01-02T10:00:00Z won c4 d4
		d3 2026-01-03T10:00:00Z disqualified c4 d5
		e1 2026-01-01T10:00:00Z won c5 d6
		e2 2026-01-02T10:00:00Z lost c5 d7
		e3 2026-01-03T10:00:00Z disqualified c5 .
	END
	table >want <<-'END'
		crm_id event_id event
		c1 a2 lost
		c2 b2 won
		c3 c3 won
		c4 d2 won
		c4 d3 disqualified
		c5 e1 won
		c5 e2 lost
		c5 e3 disqualified
	END
	journey crm_id,event_id,event -k crm_id --stats stats.json
	counted reopened 2
}

@test "journey: a deal won and lost at one instant is counted: its ids decide; of one day the list does" {
	table >in <<-'END'
		event_id time precision event crm_id deal_id
		a 2026-01-05T10:00:00Z . lost c1 d1
		b 2026-01-05T10:00:00Z . won c1 d1
		a 2026-01-05T23:59:59Z day lost c2 d2
		b 2026-01-05T23:59:59Z day won c2 d2
		a 2026-01-05T10:00:00Z . lost c3 d3
		b 2026-01-05T10:00:01Z . won c3 d3
	END
	rows 'crm_id event' 'c1 won' 'c2 lost' 'c3 won' >want
	journey crm_id,event -k crm_id --stats stats.json
	counted tied_outcome 1
}

@test "journey: no figure hangs on the ids of a lead, its opp and their outcome of one instant and value" {
	printf 'key\tlabel\torder\tkind\nopp\tOpp\t1\topen\nwon\tWon\t2\twon\nlost\tLost\t3\tlost\n' >stages
	for outcome in won lost; do
		rm -f wanted
		for ids in abc bac cba; do
			rows 'event_id time event deal_id crm_id channel value currency' \
			    'x 2026-01-04T10:00:00Z call_in . 7 phone . .' \
			    "${ids:0:1} 2026-01-05T10:00:00Z lead . 7 . . ." \
			    "${ids:1:1} 2026-01-05T10:00:00Z opp d1 7 . 100 EUR" \
			    "${ids:2:1} 2026-01-05T10:00:00Z $outcome d1 7 . 100 EUR" >in
			lead-journey -k crm_id -o steps in
			{
				lead-kpi --as-of 2026-02-01 steps
				lead-funnel --stages stages --as-of 2026-02-01 steps
				lead-attribute --model u,w,full-path --milestone lead,opp,won steps
			} >got
			[ -e wanted ] || cp got wanted
			diff -u wanted got
		done
	done
	grep -q 'days_to_close' wanted # time passes without a negative sign
	run ! grep -P '\t-[0-9]' wanted
}

@test "journey: order is time, exact before day, the list of events, event_id; undated rows last" {
	table >in <<-'END'
		event_id time precision event crm_id
		x 2026-01-01T23:59:59Z day won c1
		y 2026-01-01T23:59:59Z day opp c1
		z 2026-01-01T23:59:59Z day trade_show c1
		w 2026-01-01T23:59:59Z second webinar c1
		b 2026-01-01T10:00:00Z . payment c1
		a 2026-01-01T10:00:00Z . refund c1
		u . undated lost c1
		t . undated webinar c1
		s 2027-01-01T10:00:00Z . payment c1
	END
	printf '%s\n' event_id a b w z y x s u >want
	journey event_id -k crm_id --stats stats.json
	counted undated_touch 1
	tail -n +2 in | tac | cat <(head -1 in) - >other
	lead-journey -k crm_id -f event_id other >got
	diff -u want got
}

@test "journey: rows of one time and event_id are one; without an id those of equal bytes" {
	table >in <<-'END'
		event_id time event crm_id value
		a 2026-01-01T10:00:00Z payment c1 1
		a 2026-01-01T10:00:00Z payment c1 1
		. 2026-01-01T10:00:00Z payment c1 2
		. 2026-01-01T10:00:00Z payment c1 2
		. 2026-01-01T10:00:00Z payment c1 3
		a 2026-01-01T10:00:00Z payment c2 1
		a 2026-01-02T10:00:00Z payment c1 1
	END
	table >want <<-'END'
		crm_id event_id value
		c1 . 2
		c1 . 3
		c1 a 1
		c1 a 1
		c2 a 1
	END
	journey crm_id,event_id,value -k crm_id --stats stats.json
	counted repeat 2
}

@test "journey: carried columns are the latest known at the row; a milestone's own cell wins" {
	table >in <<-'END'
		event_id time event crm_id deal_id rep country
		a 2026-01-01T10:00:00Z webinar c1 . . .
		b 2026-01-02T10:00:00Z opp c1 d1 ann ES
		c 2026-01-03T10:00:00Z webinar c1 . . .
		d 2026-01-04T10:00:00Z won c1 d1 bob .
		e 2026-01-05T10:00:00Z webinar c1 . . .
	END
	table >want <<-'END'
		crm_id event_id rep country
		c1 a . .
		c1 b ann ES
		c1 c ann ES
		c1 d bob ES
		c1 e bob ES
	END
	journey crm_id,event_id,rep,country -k crm_id
	rows 'crm_id event_id country' >want
	tail -n +2 got | cut -f1,2,4 >>want
	lead-journey -k crm_id --carry country in | cut -f1,2,28- >got
	diff -u want got
	[ "$(lead-journey -k crm_id --carry none --header-only in | tr '\t' '\n' | tail -1)" = months ]
	run -1 --separate-stderr lead-journey -k crm_id --carry colour in
	[[ $stderr == *"no column"*colour* ]]
}

@test "journey: two deals of one lead, two reps: each rep his own (T17)" {
	table >in <<-'END'
		event_id time event lead_id deal_id value rep
		a 2026-01-01T10:00:00Z won l1 d1 12 ann
		b 2026-02-01T10:00:00Z won l1 d2 5 bob
	END
	table >want <<-'END'
		lead_id deal_id value rep
		l1 d1 12 ann
		l1 d2 5 bob
	END
	journey lead_id,deal_id,value,rep
}

@test "journey: a date-only close stands below the last touch of its day (T19)" {
	table >in <<-'END'
		event_id time precision event lead_id page
		w 2026-01-01T23:59:59Z day won l1 .
		p 2026-01-01T23:59:59Z second page_view l1 /
	END
	printf '%s\n' event p w | sed 's/^p$/page_view/; s/^w$/won/' >want
	journey event
}

@test "journey: of more touches than --max-touches the middle goes" {
	{
		rows 'event_id time event lead_id'
		for i in 1 2 3 4 5 6 7; do
			rows "w$i 2026-01-0${i}T10:00:00Z webinar l1"
		done
		rows 'x 2026-01-04T11:00:00Z lead l1' 'y 2026-01-01T10:00:00Z webinar l2'
	} >in
	printf '%s\n' event_id w1 w2 w3 x w6 w7 y >want
	journey event_id --max-touches 5 --stats stats.json
	counted cut_touches 2
	printf '%s\n' event_id w1 w2 w3 w4 x w5 w6 w7 y >want
	journey event_id --max-touches 0
}

# --- whose row is it ---

# map - an identity map: two leads of one account, one of none
map() {
	table >map <<-'END'
		key_type key lead_id account_id since rule
		crm_id c1 ann acme . .
		email ann@acme.com ann acme . .
		visitor_id v1 ann acme . .
		crm_id c2 ben acme . .
		visitor_id v2 ben acme . .
		visitor_id v3 eve . . .
		visitor_id shared ann acme 2026-01-01T10:20:00Z shared
		visitor_id shared ben acme 2026-01-01T12:00:00Z shared
	END
}

@test "journey: --identity: the strongest key decides, a lead_id of its own stays" {
	map
	table >in <<-'END'
		event_id time event visitor_id crm_id email lead_id
		a 2026-01-01T10:00:00Z webinar v2 c1 . .
		b 2026-01-01T10:00:00Z webinar v2 . ann@acme.com .
		c 2026-01-01T10:00:00Z webinar v2 . . .
		d 2026-01-01T10:00:00Z webinar v2 . . zoe
		e 2026-01-01T10:00:00Z webinar v9 . . .
	END
	table >want <<-'END'
		lead_id event_id account_id
		ann a acme
		ann b acme
		ben c acme
		zoe d .
	END
	journey lead_id,event_id,account_id --identity map --stats stats.json
	counted no_key 1
	sed -i '/zoe/d' want
	journey lead_id,event_id,account_id --identity map --identified --stats stats.json
	counted not_identified 1
}

@test "journey: rows of a shared key go to the next identification in the visit, else to the last before" {
	map
	table >in <<-'END'
		event_id time event visitor_id
		a 2026-01-01T09:00:00Z webinar shared
		b 2026-01-01T09:50:00Z webinar shared
		c 2026-01-01T10:30:00Z webinar shared
		d 2026-01-01T11:45:00Z webinar shared
		e 2026-01-01T13:00:00Z webinar shared
	END
	table >want <<-'END'
		lead_id event_id
		ann b
		ann c
		ben d
		ben e
	END
	journey lead_id,event_id --identity map --stats stats.json
	counted no_key 1
}

@test "journey: a deal goes to its person, a contact, its account's earliest lead, or a group of its own" {
	map
	table >in <<-'END'
		event_id time event crm_id account_id deal_id link value
		a 2026-01-05T10:00:00Z lead c1 acme . . .
		b 2026-01-04T10:00:00Z lead c2 acme . . .
		c 2026-01-09T10:00:00Z won c1 acme d1 c2;c1 1
		d 2026-01-09T10:00:00Z won . acme d2 c9;c1;c2 2
		e 2026-01-09T10:00:00Z won . acme d3 c9 3
		f 2026-01-09T10:00:00Z won . nobody d4 . 4
		g 2026-01-09T10:00:00Z won . . d5 . 5
		h 2026-01-09T10:00:00Z lead . . . . .
	END
	table >want <<-'END'
		lead_id account_id deal_id value
		ann acme . .
		ann acme d1 1
		ann acme d2 2
		ben acme . .
		ben acme d3 3
		deal:d4 nobody d4 4
		deal:d5 . d5 5
	END
	journey lead_id,account_id,deal_id,value --identity map --stats stats.json
	counted no_key 1
}

@test "journey: -k account_id: all people of the account, visits and milestones each their own" {
	map
	table >in <<-'END'
		event_id time event visitor_id crm_id account_id deal_id page rep
		a 2026-01-01T10:00:00Z page_view v1 . . . /a .
		b 2026-01-01T10:05:00Z page_view v2 . . . /b .
		c 2026-01-01T10:10:00Z lead v1 . . . /c r1
		d 2026-01-01T10:15:00Z lead v2 . . . /d .
		e 2026-01-02T10:00:00Z won . . acme d1 . .
		f 2026-01-02T10:00:00Z page_view v3 . . . /e .
		g 2026-01-02T10:00:00Z won . . . d2 . .
	END
	table >want <<-'END'
		account_id event_id event lead_id pages rep
		acme a page_view ann 2 .
		acme b page_view ben 2 .
		acme c lead ann . r1
		acme d lead ben . .
		acme e won . . .
		deal:d2 g won . . .
	END
	journey account_id,event_id,event,lead_id,pages,rep -k account_id --identity map \
	    --stats stats.json
	counted no_key 1
}

@test "journey: --with keeps the groups that have the milestone, and no other" {
	table >in <<-'END'
		event_id time event crm_id deal_id
		a 2026-01-01T10:00:00Z webinar c1 .
		b 2026-01-02T10:00:00Z won c1 d1
		c 2026-01-01T10:00:00Z webinar c2 .
		d 2026-01-02T10:00:00Z won c3 d3
		e 2026-01-03T10:00:00Z lost c3 d3
	END
	table >want <<-'END'
		crm_id event_id
		c1 a
		c1 b
	END
	journey crm_id,event_id -k crm_id --with won --stats stats.json
	counted not_with 3
	run -2 --separate-stderr lead-journey -k crm_id --with webinar in
	[[ $stderr == *'--with: no milestone is called "webinar"'* ]]
}

# --- journeys ---

@test "journey: --lines: the path, its marks escaped, and the sources of first, lead, won and last" {
	table >in <<-'END'
		event_id time event lead_id channel source evidence page value currency rep
		a 2026-01-01T10:00:00Z page_view l1 (a)>b% one campaign / . . .
		b 2026-01-02T10:00:00Z page_view l1 e(m) two campaign / . . .
		c 2026-01-02T10:01:00Z lead l1 . . . /form . . .
		d 2026-01-03T10:00:00Z page_view l1 direct (direct) none / . . .
		e 2026-01-04T10:00:00Z won l1 . . . . 10.5 EUR r1
		f 2026-01-05T10:00:00Z page_view l1 sms three campaign / . . .
		g 2026-01-06T10:00:00Z refund l1 . . . . -3 EUR .
		h 2026-01-07T10:00:00Z won l1 . . . . 1 EUR r2
	END
	table >want <<-'END'
		lead_id path touches first_at last_at lead_at won_at refund_at value currency
		l1 %28a)%3Eb%25~>~e(m)~>~(lead)~>~direct~>~(won)~>~sms~>~(refund)~>~(won) 4 2026-01-01T10:00:00Z 2026-01-05T10:00:00Z 2026-01-02T10:01:00Z 2026-01-04T10:00:00Z 2026-01-06T10:00:00Z 8.5 EUR
	END
	journey lead_id,path,touches,first_at,last_at,lead_at,won_at,refund_at,value,currency --lines
	table >want <<-'END'
		lead_id first_source lead_source won_channel won_source last_source rep
		l1 one two direct (direct) three r2
	END
	journey lead_id,first_source,lead_source,won_channel,won_source,last_source,rep --lines
}

@test "journey: --lines without touches, in two currencies, or undated prints nothing there" {
	table >in <<-'END'
		event_id time precision event lead_id value currency
		a 2026-01-01T10:00:00Z . won l1 1 EUR
		b 2026-01-01T10:00:00Z . won l1 1 USD
		c . undated won l2 1 EUR
		d 2026-01-01T10:00:00Z . email_sent l3 . .
	END
	table >want <<-'END'
		lead_id path touches first_at won_at value currency first_source
		l1 (won)~>~(won) 0 . 2026-01-01T10:00:00Z . . .
		l2 . 0 . . 1 EUR .
	END
	journey lead_id,path,touches,first_at,won_at,value,currency,first_source --lines
}

@test "journey: first and last source and the method of T10; the first touch is kept for half a year (T20)" {
	table >in <<-'END'
		event_id time event lead_id channel source evidence page method
		a1 2026-01-01T10:00:00Z page_view sam organic_social facebook referrer / .
		a2 2026-01-02T10:00:00Z page_view sam referral blog referrer / .
		a3 2026-01-02T10:05:00Z lead sam internal shop internal /form form
		b1 2026-01-01T10:00:00Z page_view kim organic_social facebook referrer / .
		b2 2026-01-02T10:00:00Z trade_show kim . . . . .
		b3 2026-01-03T10:00:00Z page_view kim email mail campaign / .
		b4 2026-01-03T10:05:00Z chat_in kim . . . . .
		b5 2026-01-03T10:06:00Z lead kim . . . . .
		c1 2026-01-01T10:00:00Z page_view ella email mail campaign / .
		c2 2026-01-01T10:11:00Z call_in ella . . . . .
		c3 2026-01-01T10:11:00Z lead ella . . . . .
		c4 2026-07-01T10:11:00Z won ella . . . . .
	END
	table >want <<-'END'
		lead_id path method first_source lead_source won_source
		ella email~>~(lead)~>~(won) call mail mail mail
		kim organic_social~>~event~>~email~>~(lead) chat facebook mail .
		sam organic_social~>~referral~>~(lead) form facebook blog .
	END
	journey lead_id,path,method,first_source,lead_source,won_source --lines
}

# --- steps read again ---

# world - events of many leads, with ties, repeats, deals and stray rows
world() {
	awk -v OFS='\t' 'BEGIN {
		srand(7)
		split("page_view page_view page_view lead opp won lost payment webinar call_in email_clicked form", ev, " ")
		split("paid_search email direct internal referral", ch, " ")
		split("campaign campaign none internal referrer", how, " ")
		print "event_id", "time", "precision", "event", "visitor_id", "deal_id", "channel",
		    "source", "medium", "campaign", "evidence", "page", "value", "rep"
		for (i = 0; i < 6000; i++) {
			e = ev[1 + int(rand() * 12)]; c = 1 + int(rand() * 5); web = e == "page_view" || rand() < .2
			mile = e ~ /lead|opp|won|lost|payment/
			t = sprintf("2026-01-%02dT%02d:%02d:00Z", 1 + rand() * 9, rand() * 24, int(rand() * 6) * 10)
			id = sprintf("%08x%04x", i * 2654435761 % 4294967296, int(rand() * 65536))
			row = id OFS t OFS (rand() < .05 ? "day" : "") OFS e OFS "v" int(rand() * 60) OFS \
			    (mile ? "d" int(rand() * 40) : "") OFS (web ? ch[c] : "") OFS (web ? "s" c : "") OFS \
			    (web ? "m" : "") OFS (web && c < 3 ? "x" int(rand() * 3) : "") OFS (web ? how[c] : "") OFS \
			    (web ? "/" int(rand() * 9) : "") OFS (mile ? int(rand() * 1000) / 100 : "") OFS \
			    (rand() < .1 ? "r" int(rand() * 5) : "")
			print row
			if (rand() < .02) print row
		}
	}'
}

@test "journey: steps read again are the same steps; events join them" {
	world >events
	lead-journey -k visitor_id --declared always events >steps
	[ "$(wc -l <steps)" -gt 3000 ]
	lead-journey -k visitor_id steps >again
	cmp steps again
	lead-journey -k visitor_id --lines --declared always -f '!rep' events >want
	lead-journey -k visitor_id --lines -f '!rep' steps >got
	cmp want got
	rows 'event_id time event visitor_id page' 'new 2026-02-01T10:00:00Z page_view v1 /n' >more
	lead-journey -k visitor_id steps more | grep '	new	' >got
	[ "$(cut -f1,2,5,6,22,24 got | tr '\t' ' ')" = "v1 new touch page_view /n 1" ]
	[ "$(lead-journey -k visitor_id steps more | wc -l)" -eq $(($(wc -l <steps) + 1)) ]
}

@test "journey: 40,000 leads of one account at one instant take no minute" {
	awk -v OFS='\t' 'BEGIN { print "account_id", "event_id", "time", "event", "lead_id"
		for (i = 0; i < 40000; i++) print "A", i, "2026-01-02T00:00:00Z", "lead", "L" i }' >in
	(ulimit -t 5 && lead-journey -k account_id in >got)
	[ "$(sed 1d got | wc -l)" = 40000 ]
}

@test "journey: 40,000 clicks and as many pages of other campaigns in one minute take no minute" {
	awk -v OFS='\t' 'BEGIN { print "visitor_id", "event_id", "time", "event", "campaign", "page"
		for (i = 0; i < 40000; i++) print "A", "c" i, "2026-01-02T00:00:00Z", "email_clicked", "c" i, ""
		for (i = 0; i < 40000; i++)
			print "A", "p" i, "2026-01-02T00:00:01Z", "page_view", i ? "none" : "c7", "/" }' >in
	(ulimit -t 5 && lead-journey -k visitor_id --max-touches 0 --stats stats in >got)
	grep -q '"folded":1\b' stats
	[ "$(grep -c email_clicked got)" = 39999 ]
}

@test "journey: the same bytes whatever memory, threads, files, order of rows, locale and zone" {
	world >events
	lead-journey -k visitor_id events >want
	[ "$(wc -l <want)" -gt 3000 ]
	head -1 events >header
	tail -n +2 events | split -n r/7 - part.
	for part in part.??; do cat header "$part" >"$part.tsv"; done
	tail -n +2 events | sort -t $'\t' -k9 | cat header - >permuted
	lead-journey -k visitor_id -S 16M -j 2 events | cmp want -
	lead-journey -k visitor_id -S 1G -j 1 events | cmp want -
	lead-journey -k visitor_id -S 64K part.*.tsv | cmp want -
	lead-journey -k visitor_id -S 20K -T . -j 2 --stats stats.json permuted | cmp want -
	run ! grep -q '"bytes_spilled":0' stats.json
	LC_ALL=tr_TR.UTF-8 TZ=Asia/Kathmandu LEAD_HASH_SEED=1 lead-journey -k visitor_id permuted | cmp want -
	(ulimit -n 16; lead-journey -k visitor_id -S 1K permuted | cmp want -)
	lead-journey -k visitor_id --with won events >with
	lead-journey -k visitor_id --with won -S 32K permuted | cmp with -
}

@test "journey: --sorted gives the same, given the rows of each key together" {
	world >events
	lead-journey -k visitor_id events >want
	{ head -1 events; tail -n +2 events | sort -t $'\t' -k5,5 -k2,2; } >sorted
	lead-journey -k visitor_id --sorted --stats stats.json sorted | cmp want -
	counted balanced true
	tail -n +2 sorted | tac | cat <(head -1 sorted) - >wrong
	run -1 --separate-stderr lead-journey -k visitor_id --sorted wrong
	[[ $stderr == *"not sorted by the key"* ]]
	rows 'time event deal_id visitor_id' '2026-01-01T00:00:00Z won d1 .' >lost
	run -1 --separate-stderr lead-journey -k visitor_id --sorted lost
	[[ $stderr == *'lost:2: deal_id: a deal without a key: run without --sorted, of "": "d1"'* ]]
	rows 'time event deal_id visitor_id' '2026-01-01T00:00:00Z webinar . .' >lost
	lead-journey -k visitor_id --sorted --stats stats.json lost >got
	counted no_key 1
}

@test "journey: rows later than --as-of, before --since and from --until on are left out and counted" {
	table >in <<-'END'
		event_id time event lead_id
		a 2026-01-01T10:00:00Z payment l1
		b 2026-01-02T10:00:00Z payment l1
		c 2026-01-03T10:00:00Z payment l1
		d 2026-01-04T10:00:00Z payment l1
	END
	printf '%s\n' event_id b >want
	journey event_id --as-of 2026-01-03T10:00:00Z --since 2026-01-02T00:00:00Z \
	    --until 2026-01-03T10:00:00Z --stats stats.json
	counted after_as_of 1
	counted before_since 1
	counted from_until 1
	counted balanced true
}

# --- bad input and requests ---

@test "journey: a row without a sound time, precision, kind or value is rejected with its place" {
	table >in <<-'END'
		event_id time precision event lead_id kind value
		a 2026-13-01T10:00:00Z . won l1 . .
		b . . won l1 . .
		c 2026-01-01T10:00:00Z undated won l1 . .
		d 2026-01-01T10:00:00Z hour won l1 . .
		e 2026-01-01T10:00:00Z . won l1 visit .
		f 2026-01-01T10:00:00Z . webinar l1 milestone .
		g 2026-01-01T10:00:00Z . won l1 . 1,5
		h 2026-01-01T10:00:00Z . won l1 . 1.5
	END
	run --separate-stderr -0 lead-journey --max-reject 7 --reject bad -f event_id in
	[ "$output" = $'event_id\nh' ]
	[ "${stderr_lines[0]}" = 'lead-journey: in:2: time: not a time: "2026-13-01T10:00:00Z"' ]
	[ "$(tail -n +2 bad | cut -f2-4 | tr '\t\n' ' ,')" = "2 time time,3 time time,4 time time,5 precision precision,6 kind kind,7 event event,8 value value," ]
	run -1 lead-journey in
}

@test "journey: requests that cannot be met end with 2, a missing column with 1" {
	rows 'time event visitor_id' >in
	run -1 --separate-stderr lead-journey in
	[[ $stderr == *"no column 'lead_id'"* ]]
	run -2 --separate-stderr lead-journey -k time,event in
	[[ $stderr == *"one column"* ]]
	run -2 --separate-stderr lead-journey -k visitor_id --identified in
	[[ $stderr == *"--identified needs --identity"* ]]
	run -2 lead-journey -k visitor_id --visit-end nothing in
	run -2 lead-journey -k visitor_id --identity absent in
	run -1 lead-journey -k visitor_id <(rows 'event visitor_id')
	run -0 lead-journey -k visitor_id in
}

# --- real data ---

@test "journey: the Apache log has 3,223 runs of hits, 261 of them resumed: 2,962 touches" {
	needs_shared data/logs
	lead-import --format combined --visitor ip+ua --max-reject 1 \
	    "$shared/data/logs/elastic_apache_logs.gz" 2>err |
		lead-parse-utm --site semicomplete.com >events
	lead-journey -k visitor_id --stats stats.json events >steps
	counted resumed 261
	[ "$(tail -n +2 steps | cut -f1 | sort -u | wc -l)" -eq 1861 ]
	[ "$(tail -n +2 steps | wc -l)" -eq 2962 ]
	lead-journey -k visitor_id --visit-source first events >steps
	[ "$(tail -n +2 steps | wc -l)" -eq 3223 ]
	table >want <<-'END'
		2962 9980
	END
	lead-journey -k visitor_id events | column pages | awk -v OFS='\t' '
		{ n++; s += $1 } END { print n, s }' >got
	diff -u want got
}

@test "journey: 8,800 opportunities: by deal and by account the same sales of the same agents" {
	needs_shared data/crm
	lead-import --format csv --map "$top/pipelines/conf/maps/maven.tsv" \
	    "$shared/data/crm/sales_pipeline.csv" -o events
	lead-journey -k deal_id events >by_deal
	lead-journey -k account_id events >by_account
	for steps in by_deal by_account; do
		[ "$(column event <$steps | grep -c '^won$')" -eq 4238 ]
		[ "$(column event <$steps | grep -c '^lost$')" -eq 2473 ]
		[ "$(column precision <$steps | grep -c '^undated$')" -eq 500 ]
		paste <(column event <$steps) <(column rep <$steps) <(column value <$steps) |
			awk -F '\t' '$1 == "won" { n[$2]++; s[$2] += $3 }
				END { for (r in n) print r "\t" n[r] "\t" s[r] }' | sort >got
		tail -n +2 "$shared/data/crm/expected_maven_by_agent.tsv" |
			cut -f1,4,7 | sort >want
		diff -u want got
	done
	[ "$(tail -n +2 by_account | cut -f1 | grep '^deal:' | sort -u | wc -l)" -eq 1425 ]
}

@test "journey: consent to tell ad platforms is carried, though lead-tsv(5) knows it" {
	table >in <<-'END'
	event_id time event visitor_id consent_ads channel page
	A 2026-11-01T00:00:00Z page_view v1 . direct /
	B 2026-11-01T00:01:00Z form v1 granted . .
	C 2026-11-02T10:00:00Z lead v1 . . .
	D 2026-11-03T10:00:00Z complained v1 denied . .
	E 2026-11-04T10:00:00Z won v1 . . .
	END
	table >want <<-'END'
	visitor_id event consent_ads
	v1 page_view .
	v1 lead granted
	v1 won denied
	END
	lead-journey -k visitor_id -f visitor_id,event,consent_ads in >got
	diff -u want got
}
