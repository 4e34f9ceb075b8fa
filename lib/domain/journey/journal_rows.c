/* journal_rows.c - which rows count, and to which group each belongs */
#include <lead/domain/journey/journal.h>

#include "journal_rows.h"

static const struct group_refusal no_key = { .rule = "no_key" };
static const struct group_refusal not_identified = { .rule = "not_identified" };

/* bad is the column's place among kept, or of the table. */
static const struct group_refusal *
refuse(struct journal *j, const struct arrange_problem *p, bool grouped)
{
	int col = j->table.column(j->table.of, text_of(p->column));
	size_t i = 0;

	while (grouped && j->fields.kept[i] != col)
		i++;
	j->refusal = (struct group_refusal){ .bad = grouped ? i : (size_t)col,
		.column = p->column, .reason = p->reason, .why = p->why };
	return &j->refusal;
}

/* Is the row sound, and of the time that is asked for? */
static const struct group_refusal *
judge(struct journal *j, const struct fields_row *r, bool grouped,
    struct arrange_place *place)
{
	struct arrange_row a = fields_arrange(&j->fields, r);
	const struct arrange_problem *problem = arrange_read(&a, place);

	if (problem != NULL)
		return refuse(j, problem, grouped);
	if (place->at == INT64_MAX)
		return NULL;
	j->refusal.rule = j->words.outside(j->words.of, place->at);
	return j->refusal.rule != NULL ? &j->refusal : NULL;
}

/* --- rows in any order --- */

static const struct group_refusal *
keep(const struct journal *j, const struct owner_row *who, struct text key)
{
	return j->words.identified && !owner_is_named(j->owner, who, key)
	    ? &not_identified : NULL;
}

const struct group_refusal *
journal_take(struct journal *j, const struct tsv_block *b, size_t r,
    struct journal_row *in)
{
	struct fields_row row = fields_of_block(b, r);
	const struct group_refusal *no = judge(j, &row, false, &in->place);
	struct owner_row who;

	if (no != NULL)
		return no;
	in->waits = false;
	fields_owner(&j->fields, &row, in->place.at, j->words.visit_gap_us, &who);
	switch (owner_group(j->owner, &who, &in->key)) {
	case OWNER_NOBODY:
		return &no_key;
	case OWNER_WAITS:
		held_add(&j->waiting, b, r, (size_t)j->table.ncolumns);
		in->waits = true;
		return NULL;
	case OWNER_GROUP:
		break;
	}
	return keep(j, &who, in->key);
}

/* All rows were seen: the earliest lead of each account is known. */
const struct tsv_block *
journal_waiting(struct journal *j, size_t i, const struct group_refusal **no,
    struct journal_row *in)
{
	struct fields_row row;
	struct owner_row who;

	if (i == j->waiting.n)
		return NULL;
	row = fields_of_block(&j->waiting.rows[i], 0);
	judge(j, &row, false, &in->place);
	fields_owner(&j->fields, &row, in->place.at, j->words.visit_gap_us, &who);
	in->waits = false;
	in->key = owner_earliest(j->owner, owner_lead(j->owner, &who).account_id,
	    who.deal_id);
	*no = keep(j, &who, in->key);
	return &j->waiting.rows[i];
}

/* --- groups --- */

const struct group_refusal *
journal_open(struct journal *j, const struct group *g, struct arena *a)
{
	struct fields_row first = fields_of_group(g, 0);
	struct owner_row who;

	j->group = (struct journey_group){ .g = g };
	j->arena = a;
	if (!j->words.sorted)
		return NULL;
	fields_owner(&j->fields, &first, 0, 0, &who);
	if (keep(j, &who, g->key) != NULL)
		return &not_identified;
	j->given = *g;
	j->place = arena_new(a, g->nrows + 1, sizeof(*j->place));
	j->sound = arena_new(a, g->nrows, sizeof(*j->sound));
	j->sorted = *g;
	j->sorted.given = j->sound;
	j->sorted.nrows = 0;
	return NULL;
}

/* A deal without a key cannot be put where it belongs: that place is past. */
static const struct group_refusal *
without_key(struct journal *j, const struct fields_row *r)
{
	static const struct arrange_problem lost = { "deal_id", "key",
		"a deal without a key: run without --sorted" };

	return fields_cell(r, j->fields.columns.step[STEP_DEAL_ID]).len != 0
	    ? refuse(j, &lost, true) : &no_key;
}

const struct group_refusal *
journal_add(void *journal, size_t i)
{
	struct journal *j = journal;
	struct fields_row row = fields_of_group(&j->given, i);
	size_t n = j->sorted.nrows;
	const struct group_refusal *no = judge(j, &row, true, &j->place[n]);

	if (no == NULL && j->given.key.len == 0)
		no = without_key(j, &row);
	if (no == NULL)
		j->sound[j->sorted.nrows++] = j->given.given[i];
	return no;
}

void
journal_arrange(struct journal *j)
{
	struct group sound = j->sorted;
	int64_t *at;

	arrange_group(&sound, j->place, j->fields.columns.step[STEP_EVENT_ID], j->arena,
	    &j->sorted);
	at = arena_new(j->arena, j->sorted.nrows + 1, sizeof(*at));
	for (size_t i = 0; i < j->sorted.nrows; i++)
		at[i] = j->place[i].at;
	j->group = (struct journey_group){ .g = &j->sorted, .at = at };
}
