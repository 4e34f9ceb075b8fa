/* truth.c - the planted answer: where each sale came from
 *
 * first, lead and won are the last word on the first visit, the last at or
 * before the lead and the last at or before the sale. A first visit on a device
 * that nobody tied to the person is marked unseen: no tracking can find it, and
 * seen_* is the first that it can.
 */
#include "world.h"

#include <lead/base/num.h>

static const struct visit *
choose(const struct person *p, int64_t until, bool first, bool all)
{
	const struct visit *found = NULL;

	for (uint32_t i = 0; i < p->nvisits; i++) {
		const struct visit *v = &p->visit[i];

		if (v->at > until || (v->device != 0 && !all))
			continue;
		if (!first || found == NULL)
			found = v;
	}
	return found;
}

static void
put_way(struct buf *b, const struct visit *v)
{
	const struct way *way = &ways[v != NULL ? v->way : WAY_PHONE];

	file_add(b, "\t%s\t%s", way->channel, way->campaign);
}

/* A call without a visit is a touch of its own, at the time of the lead. */
static const struct visit *
last_known(const struct person *p, int64_t until)
{
	const struct visit *v = choose(p, until, false, false);
	bool called = p->method == ACT_CALL && choose(p, p->lead, false, true) == NULL;

	return called && v != NULL && v->at < p->lead ? NULL : v;
}

static void
sale(struct buf *b, const struct world *w, const struct person *p,
    const struct deal *d)
{
	static const char *const methods[] = { "form", "chat", "call" };
	char at[CALENDAR_TEXT];
	int64_t rate = d->dollars ? rate_of(w, calendar_day_of(d->closed)) : 10000;
	char value[NUM_TEXT];
	struct text t = num_put(value, d->cents * rate); /* 10^-2 * 10^-4 */
	bool called = p->method == ACT_CALL && choose(p, p->lead, false, true) == NULL;

	file_add(b, "%u\t%s\t%s\t%.*s\t%s\t%s\t%s", d->id, p->email,
	    calendar_put_utc(at, d->closed), (int)t.len, t.s,
	    d->expansion ? "expansion" : "new", reps[d->rep],
	    methods[p->method]);
	put_way(b, called ? NULL : choose(p, d->closed, true, true));
	put_way(b, called ? NULL : choose(p, d->closed, true, false));
	put_way(b, last_known(p, p->lead));
	put_way(b, last_known(p, d->closed));
	file_add(b, "\n");
}

void
truth_write(const struct world *w)
{
	struct buf b;

	file_begin(&b);
	file_add(&b, "deal_id\temail\twon_at\tvalue\tdeal_type\trep\tmethod\t"
	    "first_channel\tfirst_campaign\tseen_channel\tseen_campaign\t"
	    "lead_channel\tlead_campaign\twon_channel\twon_campaign\n");
	for (uint32_t i = 0; i < w->npeople; i++)
		for (uint32_t j = 0; j < w->person[i].ndeals; j++) {
			const struct deal *d = &w->person[i].deal[j];

			if (d->state == DEAL_WON && d->closed < world_end(w))
				sale(&b, w, &w->person[i], d);
		}
	file_write(w, "", "truth.tsv", &b);
}
