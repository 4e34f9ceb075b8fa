/* grading_sides.c - what is known of a lead beside its rows */
#include <lead/base/mem.h>
#include <lead/domain/score/grading.h>

#include "grading_sides.h"

static struct tsv_taker
read_identity(void *grading, struct text header)
{
	struct grading *g = grading;

	(void)header;
	g->identity = identity_new(g->zone);
	return (struct tsv_taker){ identity_columns, IDENTITY_COLUMNS, identity_add,
		g->identity };
}

static struct tsv_taker
read_attributes(void *grading, struct text header)
{
	struct grading *g = grading;
	struct tsv_taker t = { .row = joined_add };

	g->profile = profile_new(g->rules, header, g->key_name);
	t.columns = profile_names(g->profile, &t.ncolumns);
	t.to = profile_table(g->profile);
	return t;
}

static struct tsv_taker
read_previous(void *grading, struct text header)
{
	struct grading *g = grading;

	(void)header;
	g->previous_key = mem_copy(g->key_name.s, g->key_name.len);
	g->previous_columns[0] = g->previous_key;
	g->previous_columns[1] = "mql_at";
	g->previous = joined_new(1);
	return (struct tsv_taker){ g->previous_columns, 2, joined_add, g->previous };
}

struct tsv_taker (*const grading_sides[GRADING_SIDES])(void *, struct text) = {
	[GRADING_IDENTITY] = read_identity,
	[GRADING_ATTRIBUTES] = read_attributes,
	[GRADING_PREVIOUS] = read_previous,
};

void
grading_sides_read(struct grading *g)
{
	g->customers = customer_new();
	if (g->identity != NULL)
		identity_ready(g->identity);
	if (g->profile != NULL)
		profile_add_customers(g->profile, g->as_of_us, g->customers);
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
