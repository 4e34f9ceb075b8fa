/* visit.c - which page rows are one visit, and whose is its source? */
#include <stddef.h>

#include <lead/domain/journey/visit.h>

static const int64_t RESUME_US = INT64_C(24) * 3600 * 1000000;

static const struct {
	const char *name;
	enum visit_evidence evidence;
} names[] = {
	{ "campaign", VISIT_CAMPAIGN },
	{ "click", VISIT_CAMPAIGN },
	{ "declared", VISIT_CAMPAIGN },
	{ "referrer", VISIT_REFERRER },
	{ "internal", VISIT_INTERNAL },
	{ "none", VISIT_NONE },
};

static enum visit_evidence
infer(const struct visit_source *s)
{
	if (text_is(s->medium, "internal"))
		return VISIT_INTERNAL;
	if (s->campaign.len != 0 || s->click_id.len != 0)
		return VISIT_CAMPAIGN;
	if (s->source.len != 0 && !text_is(s->source, "(direct)"))
		return VISIT_REFERRER;
	return VISIT_NONE;
}

enum visit_evidence
visit_evidence(const struct visit_source *s)
{
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (text_is(s->evidence, names[i].name))
			return names[i].evidence;
	return infer(s);
}

bool
visit_alive(const struct visit *v, const struct visit_rules *r, int64_t us)
{
	return v->any && !v->ended && us - v->last_us <= r->gap_us;
}

static bool
same_campaign(const struct visit_source *a, const struct visit_source *b)
{
	return text_equal(a->source, b->source) && text_equal(a->medium, b->medium) &&
	    text_equal(a->campaign, b->campaign);
}

static enum visit_verdict
start(struct visit *v, enum visit_evidence e, const struct visit_source *s)
{
	v->any = true;
	v->ended = false;
	v->evidence = e;
	v->source = *s;
	return e == VISIT_INTERNAL ? VISIT_DIRECT : VISIT_STARTS;
}

static enum visit_verdict
go_on(struct visit *v, enum visit_evidence e, const struct visit_source *s)
{
	if (e < VISIT_REFERRER)
		return VISIT_GOES_ON;
	if (v->evidence >= VISIT_REFERRER) {
		if (e == VISIT_REFERRER ||
		    (v->evidence == VISIT_CAMPAIGN && same_campaign(&v->source, s)))
			return VISIT_GOES_ON;
		return start(v, e, s);
	}
	v->evidence = e;
	v->source = *s;
	return VISIT_TAKES;
}

enum visit_verdict
visit_admit(struct visit *v, const struct visit_rules *r, int64_t us,
    const struct visit_source *s)
{
	enum visit_evidence e = visit_evidence(s);
	bool alive = visit_alive(v, r, us);
	bool resumes = e == VISIT_INTERNAL && !r->first_source && v->any &&
	    !v->ended && us - v->last_us <= RESUME_US;

	v->last_us = us;
	if (alive)
		return r->first_source ? VISIT_GOES_ON : go_on(v, e, s);
	return resumes ? VISIT_RESUMES : start(v, e, s);
}

void
visit_extend(struct visit *v, int64_t us)
{
	v->last_us = us;
}
