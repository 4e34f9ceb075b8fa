#!/usr/bin/env bats
# lead-journey: visits and milestones of each lead, in order
load ../helper

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
		crm_id event channel method
		7 call_in phone call
		7 lead . call
	END
	check_filter 0 lead-journey -k crm_id -f crm_id,event,channel,method
}
