/* fields.c - where a table of events has what journeys look at */
#include <lead/base/mem.h>
#include <lead/domain/journey/fields.h>
#include <lead/domain/journey/stepout.h>

static enum owner_by
by_of(struct text key)
{
	return text_is(key, "lead_id") ? OWNER_LEAD
	    : text_is(key, "account_id") ? OWNER_ACCOUNT : OWNER_COLUMN;
}

void
fields_init(struct fields *f, const struct fields_table *t, struct text key,
    const struct identity *map)
{
	struct journey_columns *c = &f->columns;

	*f = (struct fields){ .by = by_of(key), .key = t->column(t->of, key) };
	for (enum step_column i = 0; i < STEP_COLUMNS; i++)
		c->step[i] = t->column(t->of, text_of(step_name(i)));
	c->page = t->column(t->of, TEXT("page"));
	c->machine = t->column(t->of, TEXT("machine"));
	c->host = t->column(t->of, TEXT("host"));
	c->url = t->column(t->of, TEXT("url"));
	f->link = t->column(t->of, TEXT("link"));
	f->nkeys = map != NULL ? identity_ntypes(map) : 0;
	for (size_t i = 0; i < f->nkeys; i++)
		f->keys[i] = t->column(t->of, identity_type(map, i));
	f->carried = mem_new((size_t)t->ncolumns, sizeof(*f->carried));
	for (int i = 0; i < t->ncolumns; i++)
		if (i != f->key && !stepout_is_known(t->name(t->of, i)))
			f->carried[f->ncarried++] = i;
}

void
fields_clear(struct fields *f)
{
	mem_free(f->carried);
	mem_free(f->kept);
	f->carried = f->kept = NULL;
}

static bool
has(const int *list, size_t n, int col)
{
	for (size_t i = 0; i < n; i++)
		if (list[i] == col)
			return true;
	return false;
}

bool
fields_carry(struct fields *f, const struct fields_table *t, struct text list,
    struct text *missing)
{
	f->ncarried = 0;
	if (text_is(list, "none"))
		return true;
	while (text_next(&list, ',', missing)) {
		int col = t->column(t->of, *missing);

		if (col < 0)
			return false;
		if (!has(f->carried, f->ncarried, col))
			f->carried[f->ncarried++] = col;
	}
	return true;
}

static void
keep(struct fields *f, int col)
{
	if (col >= 0 && !has(f->kept, f->nkept, col))
		f->kept[f->nkept++] = col;
}

void
fields_keep(struct fields *f, const struct fields_table *t)
{
	const struct journey_columns *c = &f->columns;
	const int more[] = { c->page, c->machine, c->host, c->url };

	f->kept = mem_new((size_t)t->ncolumns, sizeof(*f->kept));
	keep(f, c->step[STEP_EVENT]); /* the first one is the fastest to find */
	for (enum step_column i = 0; i < STEP_COLUMNS; i++)
		keep(f, c->step[i]);
	for (size_t i = 0; i < sizeof(more) / sizeof(more[0]); i++)
		keep(f, more[i]);
	for (size_t i = 0; i < f->ncarried; i++)
		keep(f, f->carried[i]);
	if (f->nkeys != 0 && f->by != OWNER_LEAD) {
		keep(f, f->link);
		for (size_t i = 0; i < f->nkeys; i++)
			keep(f, f->keys[i]);
	}
	for (int i = 0; c->step[STEP_EVENT_ID] < 0 && i < t->ncolumns; i++)
		keep(f, i);
	f->columns.kept = f->kept;
	f->columns.nkept = f->nkept;
}

struct arrange_row
fields_arrange(const struct fields *f, const struct fields_row *r)
{
	const int *step = f->columns.step;

	return (struct arrange_row){
		.time = fields_cell(r, step[STEP_TIME]),
		.precision = fields_cell(r, step[STEP_PRECISION]),
		.event = fields_cell(r, step[STEP_EVENT]),
		.kind = fields_cell(r, step[STEP_KIND]),
		.page = fields_cell(r, f->columns.page),
		.value = fields_cell(r, step[STEP_VALUE]),
	};
}

void
fields_owner(const struct fields *f, const struct fields_row *r, int64_t at,
    int64_t gap_us, struct owner_row *o)
{
	const int *step = f->columns.step;

	o->key = fields_cell(r, f->key);
	o->lead_id = fields_cell(r, step[STEP_LEAD_ID]);
	o->account_id = fields_cell(r, step[STEP_ACCOUNT_ID]);
	o->deal_id = fields_cell(r, step[STEP_DEAL_ID]);
	o->event = fields_cell(r, step[STEP_EVENT]);
	o->link = fields_cell(r, f->link);
	for (size_t i = 0; i < f->nkeys; i++)
		o->keys[i] = fields_cell(r, f->keys[i]);
	o->timed = at != INT64_MAX;
	o->us = o->timed ? at : 0;
	o->until_us = o->us + gap_us;
}

/* --- rows --- */

static struct text
block_cell(const void *b, size_t row, int column)
{
	return tsv_field(b, row, column);
}

struct fields_row
fields_of_block(const struct tsv_block *b, size_t r)
{
	return (struct fields_row){ block_cell, b, r };
}

static struct text
group_cell(const void *g, size_t row, int column)
{
	return group_field(g, row, column);
}

struct fields_row
fields_of_group(const struct group *g, size_t i)
{
	return (struct fields_row){ group_cell, g, i };
}

void
fields_leads(const struct fields *f, const struct owner *o, int64_t gap_us,
    struct arena *a, struct journey_group *jg)
{
	const struct group *g = jg->g;
	struct owner_row who = { .lead_id = g->key };
	struct journey_lead *leads;

	if (f->by == OWNER_LEAD && !owner_is_deal(g->key)) {
		jg->all = owner_lead(o, &who);
		return;
	}
	if (f->nkeys == 0)
		return;
	leads = arena_new(a, g->nrows, sizeof(*leads));
	for (size_t i = 0; i < g->nrows; i++) {
		struct fields_row row = fields_of_group(g, i);

		fields_owner(f, &row, jg->at != NULL ? jg->at[i] : group_at(g, i),
		    gap_us, &who);
		leads[i] = owner_lead(o, &who);
	}
	jg->leads = leads;
}
