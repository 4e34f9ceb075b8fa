/* keep.c - rows held back until all are known, then given in their order */
#include <stdlib.h>

#include <lead/base/arena.h>
#include <lead/base/mem.h>
#include <lead/domain/import/keep.h>
#include <lead/domain/import/mailing.h>
#include <lead/domain/rules/event.h>

enum { ID, TIME, PRECISION, EVENT };
static const size_t ROWS_MAX = (size_t)1 << 31;

struct row {
	struct text *cell;
	size_t n;      /* cells */
	int64_t us;
	unsigned rank; /* of rows whose time is a day; 0 for the precise */
	bool timed;
	size_t number; /* as it was added */
};

struct keep {
	struct keep_columns columns;
	struct mailing *mailing;
	struct arena arena;
	struct row *v;
	size_t n, cap, next;
	bool sorted;
	bool acts, messages; /* was there an open or a click; a message_id? */
};

struct keep *
keep_new(const struct keep_columns *columns)
{
	struct keep *k = mem_new(1, sizeof(*k));

	k->columns = *columns;
	k->mailing = mailing_new();
	return k;
}

void
keep_free(struct keep *k)
{
	if (k == NULL)
		return;
	mailing_free(k->mailing);
	arena_clear(&k->arena);
	mem_free(k->v);
	mem_free(k);
}

void
keep_add(struct keep *k, const struct text *cell, bool timed, int64_t us)
{
	const struct keep_columns *c = &k->columns;
	struct row row = { arena_new(&k->arena, c->n, sizeof(*cell)), c->n, us, 0, timed,
		k->n };

	for (size_t i = 0; i < c->n; i++)
		row.cell[i] = arena_text(&k->arena, cell[i]);
	if (!text_is(cell[PRECISION], "second"))
		row.rank = 1 + event_rank(cell[EVENT]);
	k->acts |= text_is(cell[EVENT], "email_opened") ||
	    text_is(cell[EVENT], "email_clicked");
	k->messages |= cell[c->message].len != 0;
	mailing_add(k->mailing, us, timed ? cell[EVENT] : TEXT_NONE, cell[c->email],
	    cell[c->message], cell[c->url]);
	k->v = mem_grow(k->v, &k->cap, k->n + 1, sizeof(*k->v), ROWS_MAX,
	    "rows of e-mail");
	k->v[k->n++] = row;
}

bool
keep_is_blind(const struct keep *k)
{
	return k->acts && !k->messages;
}

static int
in_order(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	int c = (int)y->timed - (int)x->timed;

	if (c == 0)
		c = (x->us > y->us) - (x->us < y->us);
	if (c == 0)
		c = (x->rank > y->rank) - (x->rank < y->rank);
	for (size_t i = 0; c == 0 && i < x->n; i++)
		c = text_compare(x->cell[i], y->cell[i]);
	return c;
}

/* What the map says of machines stays. */
static void
judge(struct keep *k)
{
	mailing_judge(k->mailing);
	for (size_t i = 0; i < k->n; i++)
		if (mailing_is_machine(k->mailing, k->v[i].number))
			k->v[i].cell[k->columns.machine] = TEXT("1");
	if (k->n != 0)
		qsort(k->v, k->n, sizeof(*k->v), in_order);
	k->sorted = true;
}

bool
keep_next(struct keep *k, const struct text **cell, bool *timed, int64_t *us)
{
	if (!k->sorted)
		judge(k);
	if (k->next == k->n)
		return false;
	*cell = k->v[k->next].cell;
	*timed = k->v[k->next].timed;
	*us = k->v[k->next++].us;
	return true;
}
