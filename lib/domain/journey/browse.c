/* browse.c - is this row a page that somebody looked at? */
#include <lead/base/url.h>
#include <lead/domain/journey/browse.h>

bool
browse_is_page(const struct journey *j, const struct journey_columns *c, size_t row,
    struct text name)
{
	const struct event *event;

	if (text_is(name, "page_view"))
		return true;
	if (text_starts(name, TEXT("email_")))
		return false;
	if (c->page >= 0)
		return journey_cell(j, row, c->page).len != 0;
	event = event_find(name);
	return (event == NULL || event->channel == NULL) &&
	    journey_cell(j, row, c->step[STEP_CHANNEL]).len != 0 &&
	    !text_is(journey_cell(j, row, c->step[STEP_EVIDENCE]), "declared");
}

bool
browse_is_portal(const struct journey *j, const struct journey_columns *c,
    const struct portal *p, size_t row)
{
	struct text host = journey_cell(j, row, c->host);
	char name[URL_HOST];
	struct url url;

	if (host.len == 0) {
		url_split(journey_cell(j, row, c->url), &url);
		host = url.host;
	}
	return portal_has(p, url_host(host, name), journey_cell(j, row, c->page));
}

struct visit_source
browse_source(const struct journey *j, const struct journey_columns *c, size_t row)
{
	return (struct visit_source){
		.evidence = journey_cell(j, row, c->step[STEP_EVIDENCE]),
		.source = journey_cell(j, row, c->step[STEP_SOURCE]),
		.medium = journey_cell(j, row, c->step[STEP_MEDIUM]),
		.campaign = journey_cell(j, row, c->step[STEP_CAMPAIGN]),
		.click_id = journey_cell(j, row, c->step[STEP_CLICK_ID]),
	};
}
