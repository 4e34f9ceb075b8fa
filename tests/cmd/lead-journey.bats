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
