/* grading_sides.c - what is known of a lead beside its rows, and of the rules after */
#include <lead/base/mem.h>
#include <lead/domain/rules/event.h>
#include <lead/domain/score/grading.h>

#include "grading_sides.h"

static struct grading_reading
read_identity(struct grading *g)
{
	g->identity = identity_new(g->zone);
	return (struct grading_reading){ identity_columns, IDENTITY_COLUMNS, identity_add,
		g->identity };
}

static struct grading_reading
read_attributes(struct grading *g, struct text header)
{
	struct grading_reading t = { .row = joined_add };

	g->profile = profile_new(g->rules, header, g->key_name);
	t.columns = profile_names(g->profile, &t.ncolumns);
	t.to = profile_table(g->profile);
	return t;
}

static struct grading_reading
read_previous(struct grading *g)
{
	g->previous_key = mem_copy(g->key_name.s, g->key_name.len);
	g->previous_columns[0] = g->previous_key;
	g->previous_columns[1] = "mql_at";
	g->previous = joined_new(1);
	return (struct grading_reading){ g->previous_columns, 2, joined_add, g->previous };
}

struct grading_reading
grading_side(struct grading *g, enum grading_side side, struct text header)
{
	switch (side) {
	case GRADING_IDENTITY:
		return read_identity(g);
	case GRADING_ATTRIBUTES:
		return read_attributes(g, header);
	case GRADING_PREVIOUS:
		return read_previous(g);
	case GRADING_SIDES:
		break;
	}
	return (struct grading_reading){ 0 };
}

void
grading_sides_read(struct grading *g)
{
	g->customers = customer_new();
	if (g->identity != NULL)
		identity_ready(g->identity);
	if (g->profile != NULL)
		profile_add_customers(g->profile, g->as_of_us, g->customers);
}

static bool
names_known_event(const struct scoring_rule *r)
{
	struct text rest = r->event, name;

	while (text_next(&rest, ',', &name))
		if (event_find(text_trim(name)) != NULL)
			return true;
	return false;
}

const struct scoring_rule *
grading_idle(const struct grading *g, size_t *i)
{
	while (g->event >= 0 && *i < g->rules->nrules) {
		const struct scoring_rule *r = &g->rules->rules[(*i)++];

		if (r->event.len != 0 && !names_known_event(r) &&
		    !score_saw(g->score, *i - 1))
			return r;
	}
	return NULL;
}

void
grading_clear(struct grading *g)
{
	score_free(g->score);
	scoring_free(g->rules);
	identity_free(g->identity);
	profile_free(g->profile);
	joined_free(g->previous);
	mem_free(g->previous_key);
	customer_free(g->customers);
}
