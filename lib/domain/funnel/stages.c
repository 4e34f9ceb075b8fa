/* stages.c - the stages of a pipeline, as its user defined them */
#include <stdlib.h>

#include <lead/base/num.h>
#include <lead/base/when.h>
#include <lead/domain/funnel/stages.h>

enum { NO_LEVEL = -1, ORDER_MAX = 1000000000, DAYS_MAX = 100000 };

const char *const stages_columns[STAGES_COLUMNS] = {
	[STAGES_KEY] = "key",
	[STAGES_LABEL] = "?label",
	[STAGES_ORDER] = "order",
	[STAGES_KIND] = "kind",
	[STAGES_MAX_DAYS] = "?max_days",
};

/* --- one row --- */

static bool
read_kind(struct text t, enum stages_kind *kind)
{
	static const char *const kinds[] = { [STAGES_OPEN] = "open",
		[STAGES_LOST] = "lost", [STAGES_WON] = "won" };

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (text_is(t, kinds[i])) {
			*kind = (enum stages_kind)i;
			return true;
		}
	return false;
}

static const char *
read_days(struct text t, struct stages_stage *s)
{
	int64_t micros;

	if (t.len == 0)
		return NULL;
	if (s->kind != STAGES_OPEN)
		return "a stage that ends a deal has no limit";
	if (num_parse(t, &micros) != NUM_OK || micros <= 0 ||
	    micros > (int64_t)DAYS_MAX * NUM_MICROS)
		return "not a number of days, above 0 and at most 100000";
	s->max_us = micros * (WHEN_DAY / NUM_MICROS);
	return NULL;
}

/* The rows of these events say themselves how a deal or lead ended. */
static const char *
check_outcome(const struct stages_stage *s)
{
	if (text_is(s->key, "won") && s->kind != STAGES_WON)
		return "the stage of the milestone won is of kind won";
	if ((text_is(s->key, "lost") || text_is(s->key, "disqualified")) &&
	    s->kind != STAGES_LOST)
		return "the stage of this milestone is of kind lost";
	return NULL;
}

const char *
stages_add(void *context, const struct text *field, size_t *bad)
{
	struct stages *all = context;
	struct stages_stage s = { .level = NO_LEVEL };
	const char *why;

	*bad = STAGES_KEY;
	if (field[STAGES_KEY].len == 0)
		return "a stage needs a key";
	for (size_t i = 0; i < all->n; i++)
		if (text_equal(all->v[i].key, field[STAGES_KEY]))
			return "a key that stands above";
	if (all->n == STAGES_MAX)
		return "more than 64 stages";
	*bad = STAGES_ORDER;
	if (num_parse_count(field[STAGES_ORDER], &s.order) != NUM_OK ||
	    s.order > ORDER_MAX)
		return "not a whole number, 0 to 1000000000";
	*bad = STAGES_KIND;
	if (!read_kind(field[STAGES_KIND], &s.kind))
		return "none of open, won, lost";
	s.key = arena_text(&all->arena, field[STAGES_KEY]);
	s.label = arena_text(&all->arena, field[STAGES_LABEL]);
	if ((why = check_outcome(&s)) != NULL)
		return why;
	*bad = STAGES_MAX_DAYS;
	if ((why = read_days(field[STAGES_MAX_DAYS], &s)) != NULL)
		return why;
	all->v[all->n++] = s;
	return NULL;
}

/* --- the whole --- */

static int
by_order(const void *a, const void *b)
{
	const struct stages_stage *x = a, *y = b;
	bool lost_x = x->kind == STAGES_LOST, lost_y = y->kind == STAGES_LOST;

	if (lost_x != lost_y)
		return lost_x - lost_y;
	if (x->order != y->order)
		return x->order < y->order ? -1 : 1;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return text_compare(x->key, y->key);
}

static int
by_key(const void *a, const void *b, void *context)
{
	const struct stages *s = context;

	return text_compare(s->v[*(const int *)a].key, s->v[*(const int *)b].key);
}

static void
number_levels(struct stages *s)
{
	for (size_t i = 0; i < s->n && s->v[i].kind != STAGES_LOST; i++) {
		if (i == 0 || s->v[i].order != s->v[i - 1].order)
			s->first_of[s->levels++] = (int)i;
		s->v[i].level = s->levels - 1;
	}
}

/* A lead's milestone that a CRM's stage of deals is hardly called. */
static bool
is_of_leads(struct text key)
{
	static const char *const names[] = { "lead", "contacted", "mql", "sql" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (text_is(key, names[i]))
			return true;
	return false;
}

const char *
stages_close(struct stages *s)
{
	qsort(s->v, s->n, sizeof(s->v[0]), by_order);
	if (s->n == 0 || s->v[0].kind != STAGES_OPEN)
		return "the first stage must be an open one";
	for (size_t i = 1; i < s->n; i++)
		if ((s->v[i].kind == STAGES_OPEN && s->v[i - 1].kind == STAGES_WON) ||
		    (s->v[i].kind == STAGES_WON && s->v[i - 1].kind == STAGES_OPEN &&
		    s->v[i].order == s->v[i - 1].order))
			return "a stage of kind won must come after all open ones";
	number_levels(s);
	for (int kind = 0; kind < 3; kind++)
		s->closing[kind] = STAGES_NONE;
	for (size_t i = s->n; i-- > 0;)
		s->closing[s->v[i].kind] = (int)i;
	for (size_t i = 0; i < s->n; i++)
		s->by_key[i] = (int)i;
	qsort_r(s->by_key, s->n, sizeof(s->by_key[0]), by_key, s);
	s->of_leads = is_of_leads(s->v[0].key);
	return NULL;
}

void
stages_clear(struct stages *s)
{
	arena_clear(&s->arena);
	*s = (struct stages){ 0 };
}

/* --- which stage --- */

int
stages_find(const struct stages *s, struct text key)
{
	for (size_t i = 0; i < s->n; i++)
		if (text_equal(s->v[i].key, key))
			return (int)i;
	return STAGES_NONE;
}

int
stages_of(const struct stages *s, const struct step *step)
{
	if (step->kind != STEP_MILESTONE)
		return STAGES_NONE;
	return stages_find(s, step->event->rank == EVENT_STAGE
	    ? step_text(step, STEP_STAGE) : text_of(step->event->name));
}
