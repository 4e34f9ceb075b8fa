/* mrr.c - what payments that cover months come to a month, and how that moves */
#include <stdlib.h>

#include <lead/domain/figures/mrr.h>

/* A group of more subscriptions than that seeks renewals among the latest. */
enum { MONTHS_MAX = 1200, SOUGHT_MAX = 1024 };

/* Paid time of one thing that the group subscribes to. */
struct stream {
	int64_t began;     /* first day: months are counted from it */
	int64_t months;    /* paid in all */
	int64_t end;       /* first day that is not paid */
	int64_t last_from; /* first day of the last payment's months */
	int64_t rate;
	struct text deal_id;
};

struct change {
	int64_t day, micros;
};

struct reader {
	const struct mrr_rules *rules;
	struct stream *stream;
	size_t nstreams;
	struct change *change;
	size_t nchanges;
};

/* --- one payment --- */

static bool
is_payment(const struct step *s)
{
	return s->kind == STEP_MILESTONE && s->event->rank == EVENT_PAYMENT;
}

const struct step_problem *
mrr_problem(const struct step *s)
{
	static const struct step_problem bad = { STEP_MONTHS, "months",
		"not a whole number of months up to 1200" };
	int64_t months = 0;
	enum num_verdict v;

	if (!is_payment(s))
		return NULL;
	v = num_parse_count(step_text(s, STEP_MONTHS), &months);
	return (v == NUM_OK || v == NUM_EMPTY) && months <= MONTHS_MAX ? NULL : &bad;
}

/* The same day so many months on; the last of a month that is shorter. */
static int64_t
months_after(int64_t day, int64_t months)
{
	int year, month, mday;
	int64_t at, first, next;

	when_civil(day, &year, &month, &mday);
	at = (int64_t)year * 12 + month - 1 + months;
	first = when_day_of((int)(at / 12), (int)(at % 12) + 1, 1);
	next = when_day_of((int)((at + 1) / 12), (int)((at + 1) % 12) + 1, 1);
	return first + mday - 1 < next ? first + mday - 1 : next - 1;
}

static void
add_change(struct reader *r, int64_t day, int64_t micros)
{
	r->change[r->nchanges++] = (struct change){ day, micros };
}

/* Does a payment of that day follow on the stream's paid time? */
static bool
follows(const struct reader *r, const struct stream *s, int64_t day)
{
	int64_t before = (s->end - s->last_from) / 2;

	if (before > r->rules->grace_days)
		before = r->rules->grace_days;
	return day >= s->end - before && day <= s->end + r->rules->grace_days;
}

static int64_t
distance(const struct stream *s, int64_t day)
{
	return day < s->end ? s->end - day : day - s->end;
}

static bool
is_nearer(const struct stream *s, const struct stream *than, int64_t day,
    struct text deal_id)
{
	bool same = text_equal(s->deal_id, deal_id);

	if (same != text_equal(than->deal_id, deal_id))
		return same;
	return distance(s, day) < distance(than, day);
}

static struct stream *
stream_of(struct reader *r, int64_t day, struct text deal_id)
{
	struct stream *best = NULL;

	for (size_t i = r->nstreams > SOUGHT_MAX ? r->nstreams - SOUGHT_MAX : 0;
	     i < r->nstreams; i++) {
		struct stream *s = &r->stream[i];

		if (follows(r, s, day) &&
		    (best == NULL || is_nearer(s, best, day, deal_id)))
			best = s;
	}
	if (best == NULL) {
		best = &r->stream[r->nstreams++];
		*best = (struct stream){ .began = day, .end = day };
	}
	return best;
}

static void
pay(struct reader *r, int64_t day, int64_t value, int64_t months, struct text deal_id)
{
	struct stream *s = stream_of(r, day, deal_id);
	int64_t rate = 0;

	num_ratio(value, (num_wide)months * NUM_MICROS, &rate);
	add_change(r, s->end, rate - s->rate);
	s->rate = rate;
	s->deal_id = deal_id;
	s->months += months;
	s->last_from = s->end;
	s->end = months_after(s->began, s->months);
}

/* --- the group --- */

static void
read_payments(struct mrr *m, struct reader *r, const struct life *l)
{
	for (size_t i = 0; i < l->nsteps; i++) {
		const struct step *s = &l->step[i];
		struct life_when at;
		int64_t months = 0;

		if (!is_payment(s))
			continue;
		num_parse_count(step_text(s, STEP_MONTHS), &months);
		at = life_when(s, r->rules->zone);
		if (months == 0 || s->value <= 0 || !at.dated) {
			m->uncovered++;
			continue;
		}
		if (m->payments++ == 0)
			m->row = (ptrdiff_t)i;
		pay(r, at.day, s->value, months, step_text(s, STEP_DEAL_ID));
	}
}

/* Paid time that ended, and whose grace is over, counts no more. */
static void
end_streams(struct reader *r)
{
	for (size_t i = 0; i < r->nstreams; i++) {
		const struct stream *s = &r->stream[i];

		if (s->end + r->rules->grace_days < r->rules->as_of_day)
			add_change(r, s->end, -s->rate);
	}
}

static int
by_day(const void *a, const void *b)
{
	const struct change *x = a, *y = b;

	return (x->day > y->day) - (x->day < y->day);
}

static enum mrr_kind
kind_of(num_wide was, num_wide is, bool paid_before)
{
	if (was == 0)
		return paid_before ? MRR_REACTIVATED : MRR_NEW;
	if (is == 0)
		return MRR_CHURNED;
	return is > was ? MRR_EXPANSION : MRR_CONTRACTION;
}

/* The net of each day, up to as-of. */
static void
move_by_day(struct mrr *m, const struct reader *r)
{
	num_wide was = 0;

	for (size_t i = 0; i < r->nchanges && r->change[i].day <= r->rules->as_of_day;) {
		int64_t day = r->change[i].day;
		num_wide is = was;

		for (; i < r->nchanges && r->change[i].day == day; i++)
			is += r->change[i].micros;
		if (is != was) {
			m->move[m->nmoves] = (struct mrr_move){ day,
				kind_of(was, is, m->nmoves > 0),
				is > was ? is - was : was - is };
			m->nmoves++;
		}
		was = is;
	}
}

void
mrr_read(struct mrr *m, const struct life *l, const struct mrr_rules *rules,
    struct arena *arena)
{
	struct reader r = { .rules = rules };
	size_t n = 0;

	*m = (struct mrr){ .row = LIFE_NONE };
	for (size_t i = 0; i < l->nsteps; i++)
		n += is_payment(&l->step[i]);
	if (n == 0)
		return;
	r.stream = arena_new(arena, n, sizeof(*r.stream));
	r.change = arena_new(arena, 2 * n, sizeof(*r.change));
	m->move = arena_new(arena, 2 * n, sizeof(*m->move));
	read_payments(m, &r, l);
	end_streams(&r);
	if (r.nchanges > 1)
		qsort(r.change, r.nchanges, sizeof(*r.change), by_day);
	move_by_day(m, &r);
}
