/* funnel_flow.c - from which stage to which, and how often */
#include <stdlib.h>

#include <lead/base/mem.h>

#include "funnel_state.h"

enum { FLOWS_MAX = 1 << 26, NAME_MAX = 8 << 20 };

/* --- adding --- */

struct funnel_flow *
funnel_flow_at(struct funnel *f, uint32_t cell, int from, int to)
{
	const int32_t key[] = { (int32_t)cell, from, to };
	const struct text bytes = { (const char *)key, sizeof(key) };
	bool added;
	uint32_t n = map_add(f->moves, hash_text(bytes), &added);

	if (!added)
		return &f->flow[n];
	f->flow = mem_grow(f->flow, &f->flow_cap, (size_t)n + 1, sizeof(*f->flow),
	    FLOWS_MAX, "moves between stages");
	f->flow[n] = (struct funnel_flow){ .cell = cell, .from = from, .to = to };
	return &f->flow[n];
}

void
funnel_flow_add(struct funnel *f, const struct life *l, const struct passage *p)
{
	for (size_t i = 0; i < p->nmoves; i++) {
		const struct passage_move *m = &p->move[i];
		struct book_places places;

		if (p->lead != NULL)
			book_at_lead(&f->book, l, p->lead, &m->at, &places);
		else
			book_at_deal(&f->book, l, p->deal, &m->at, &places);
		f->undated += !places.any && !m->at.dated;
		for (size_t k = 0; places.any && k < f->by.n; k++) {
			struct funnel_flow *flow = funnel_flow_at(f, places.cell[k], m->from,
			    m->to);

			flow->n++;
			if (m->has_stay)
				durations_add(&flow->stays, m->stay_us);
			funnel_flow_at(f, places.cell[k], m->from, FUNNEL_ANYWHERE)->n++;
		}
	}
}

/* --- rows --- */

struct flows {
	struct funnel *f;
	const uint32_t *rank; /* of a cell */
	struct buf name[2];
	funnel_put *put;
	void *context;
};

/* As in path: % > and a leading ( of a key are escaped. */
static void
put_place(struct buf *b, const struct stages *s, int place)
{
	struct text key;

	if (place < 0) {
		buf_string(b, place == PASSAGE_NOWHERE ? "(start)"
		    : place == PASSAGE_WON ? "(won)" : "(lost)");
		return;
	}
	key = s->v[place].key;
	for (size_t i = 0; i < key.len; i++)
		if (key.s[i] == '%')
			buf_string(b, "%25");
		else if (key.s[i] == '>')
			buf_string(b, "%3E");
		else if (key.s[i] == '(' && i == 0)
			buf_string(b, "%28");
		else
			buf_byte(b, key.s[i]);
}

static struct text
put_name(struct flows *r, int which, const struct funnel_flow *flow)
{
	struct buf *b = &r->name[which];

	b->len = 0;
	put_place(b, &r->f->stages, flow->from);
	buf_string(b, " > ");
	put_place(b, &r->f->stages, flow->to);
	return buf_text(b);
}

static int
by_place(const void *a, const void *b, void *context)
{
	struct flows *r = context;
	const struct funnel_flow *x = &r->f->flow[*(const uint32_t *)a];
	const struct funnel_flow *y = &r->f->flow[*(const uint32_t *)b];
	uint32_t i = r->rank[x->cell], k = r->rank[y->cell];

	if (i != k)
		return i < k ? -1 : 1;
	return text_compare(put_name(r, 0, x), put_name(r, 1, y));
}

static void
put_rows(struct flows *r, struct funnel_flow *flow)
{
	static const char *const names[] = { "days_median", "move_share", "moves" };
	struct funnel *f = r->f;
	struct cube_line line = cube_line(f->book.cube, flow->cell);
	char period[WHEN_TEXT], value[NUM_TEXT], part[NUM_TEXT], whole[NUM_TEXT];
	int64_t n = flow->n, all = funnel_flow_at(f, flow->cell, flow->from, FUNNEL_ANYWHERE)->n;
	int64_t micros = 0;
	num_wide twice = 0;
	struct text cell[FUNNEL_CELLS] = { when_put_period(period, f->rules.period,
		cube_get(f->book.cube, flow->cell)->period),
		breakdown_name(&f->by, line.dimension), line.segment,
		put_name(r, 0, flow) };

	durations_sort(&flow->stays);
	for (int i = 0; i < 3; i++) {
		cell[4] = text_of(names[i]);
		cell[6] = cell[7] = num_put_count(part, n);
		cell[8] = TEXT_NONE;
		cell[9] = num_put_count(whole, i == 1 ? all : n);
		if (i == 1) {
			num_ratio(n, all, &micros);
			cell[6] = num_put(value, micros);
			cell[8] = cell[9];
		}
		if (i == 0) {
			bool there = durations_median(&flow->stays, &twice) &&
			    num_ratio(twice, (num_wide)2 * WHEN_DAY, &micros);

			cell[6] = there ? num_put(value, micros) : TEXT_NONE;
			cell[7] = TEXT_NONE;
			cell[8] = cell[9] =
			    num_put_count(whole, (int64_t)flow->stays.n);
		}
		r->put(r->context, cell);
	}
}

void
funnel_flow_report(struct funnel *f, funnel_put *put, void *context)
{
	struct flows r = { .f = f, .put = put, .context = context };
	uint32_t nflows = map_count(f->moves), *order, *rank;
	struct text names[BREAKDOWN_MAX];
	const uint32_t *cell;
	size_t n, shown = 0;

	for (size_t i = 0; i < f->by.n; i++)
		names[i] = breakdown_name(&f->by, i);
	cell = cube_sort(f->book.cube, names, &n);
	rank = mem_raw(n + 1, sizeof(*rank));
	for (size_t i = 0; i < n; i++)
		rank[cell[i]] = (uint32_t)i;
	r.rank = rank;
	order = mem_raw((size_t)nflows + 1, sizeof(*order));
	for (uint32_t i = 0; i < nflows; i++)
		if (f->flow[i].to != FUNNEL_ANYWHERE)
			order[shown++] = i;
	for (int i = 0; i < 2; i++)
		buf_init(&r.name[i], NAME_MAX, "the names of stages");
	qsort_r(order, shown, sizeof(*order), by_place, &r);
	for (size_t i = 0; i < shown; i++)
		put_rows(&r, &f->flow[order[i]]);
	for (int i = 0; i < 2; i++)
		buf_clear(&r.name[i]);
	mem_free(order);
	mem_free(rank);
}
