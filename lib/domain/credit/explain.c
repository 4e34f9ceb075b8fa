/* explain.c - which touch earned which share of which conversion, line by line */
#include <stdlib.h>

#include <lead/base/mem.h>
#include <lead/domain/credit/explain.h>

enum {
	CONVERSIONS_MAX = 1 << 26,
	ROLES_TEXT = 64, /* all role names and commas */
};

enum source {
	OF_CONVERSION, /* a cell of the milestone's row */
	OF_TOUCH,      /* of the touch's row; empty without one */
	OF_NAME,       /* the same, or (unattributed) */
	MILESTONE,
	PERIOD,
	MODEL,
	ROLE,
	WEIGHT,
	CONVERSIONS,
	VALUE,
};

struct column {
	struct text name;
	enum source source;
	int column; /* of the steps table, or -1 */
};

struct line {
	struct credit_conversion v;
	char period[WHEN_TEXT];
	size_t period_len;
};

struct explain {
	struct attribute *a;
	const struct attribute_options *o;
	struct column *column;
	size_t ncolumns;
	size_t *model; /* in the order of their names */

	const struct group *group;
	struct line *line; /* conversions of the group */
	size_t nlines, line_cap;
	bool sorted;
	size_t at_line, at_model; /* of share[] */

	const struct attribute_share *share;
	size_t nshares, at_share, order_cap;
	uint32_t *order;
	char role[ROLES_TEXT];
	char weight[NUM_TEXT], conversions[NUM_TEXT], value[NUM_TEXT];
};

/* --- the columns --- */

static void
add(struct explain *e, struct text name, enum source source, int column)
{
	e->column[e->ncolumns++] = (struct column){ name, source, column };
}

/* Unless it is the key, which stands first. */
static void
add_id(struct explain *e, struct text key, enum step_column c)
{
	if (!text_is(key, step_name(c)))
		add(e, text_of(step_name(c)), OF_CONVERSION, e->o->columns[c]);
}

static void
add_touch_columns(struct explain *e)
{
	for (enum step_column c = STEP_CHANNEL; c <= STEP_PAGES; c++) {
		bool named = c <= STEP_CAMPAIGN_ID;

		add(e, text_of(step_name(c)), named ? OF_NAME : OF_TOUCH,
		    e->o->columns[c]);
	}
}

static void
add_columns(struct explain *e, const struct text *name, size_t n)
{
	const int *col = e->o->columns;

	e->column = mem_new(n + STEP_COLUMNS, sizeof(*e->column));
	add(e, name[0], OF_CONVERSION, 0);
	add_id(e, name[0], STEP_LEAD_ID);
	add_id(e, name[0], STEP_ACCOUNT_ID);
	add_id(e, name[0], STEP_DEAL_ID);
	add(e, TEXT("conversion_id"), OF_CONVERSION, col[STEP_EVENT_ID]);
	add(e, TEXT("milestone"), MILESTONE, -1);
	add(e, TEXT("time"), OF_CONVERSION, col[STEP_TIME]);
	add(e, TEXT("period"), PERIOD, -1);
	add(e, TEXT("model"), MODEL, -1);
	add(e, TEXT("touch_time"), OF_TOUCH, col[STEP_TIME]);
	add(e, TEXT("role"), ROLE, -1);
	add(e, TEXT("weight"), WEIGHT, -1);
	add_touch_columns(e);
	for (size_t i = 1; i < n; i++)
		if (step_find(name[i]) == STEP_COLUMNS)
			add(e, name[i], OF_CONVERSION, (int)i);
	add(e, TEXT("conversions"), CONVERSIONS, -1);
	add(e, TEXT("value"), VALUE, -1);
}

static int
compare_models(const void *a, const void *b, void *options)
{
	const struct attribute_options *o = options;
	const char *x = model_name(o->model[*(const size_t *)a]);
	const char *y = model_name(o->model[*(const size_t *)b]);

	return text_compare(text_of(x), text_of(y));
}

struct explain *
explain_new(struct attribute *a, const struct attribute_options *o,
    const struct text *name, size_t n)
{
	struct explain *e = mem_new(1, sizeof(*e));

	e->a = a;
	e->o = o;
	add_columns(e, name, n);
	e->model = mem_new(o->nmodels, sizeof(*e->model));
	for (size_t i = 0; i < o->nmodels; i++)
		e->model[i] = i;
	qsort_r(e->model, o->nmodels, sizeof(*e->model), compare_models, (void *)o);
	return e;
}

void
explain_free(struct explain *e)
{
	if (e == NULL)
		return;
	mem_free(e->column);
	mem_free(e->model);
	mem_free(e->line);
	mem_free(e->order);
	mem_free(e);
}

size_t
explain_columns(const struct explain *e)
{
	return e->ncolumns;
}

struct text
explain_name(const struct explain *e, size_t column)
{
	return e->column[column].name;
}

/* --- conversions --- */

void
explain_group(struct explain *e, const struct group *g)
{
	e->group = g;
	e->nlines = e->at_line = e->at_model = 0;
	e->nshares = e->at_share = 0;
	e->sorted = false;
}

void
explain_conversion(struct explain *e, const struct credit_conversion *v)
{
	struct line *l;
	struct text period;

	if (e->nlines == e->line_cap)
		e->line = mem_grow(e->line, &e->line_cap, e->nlines + 1,
		    sizeof(*e->line), CONVERSIONS_MAX, "conversions of one group");
	l = &e->line[e->nlines++];
	l->v = *v;
	period = attribute_period(e->a, v, l->period);
	memmove(l->period, period.s, period.len); /* "(all)" is not in it */
	l->period_len = period.len;
}

/* The byte order of the columns from the key to the period. */
static int
compare_lines(const void *a, const void *b, void *context)
{
	const struct explain *e = context;
	const struct line *x = a, *y = b;
	int order = 0;

	for (size_t i = 1; order == 0 && e->column[i].source != PERIOD; i++) {
		const struct column *c = &e->column[i];

		if (c->source == MILESTONE)
			order = text_compare(text_of(x->v.booked->name),
			    text_of(y->v.booked->name));
		else
			order = text_compare(
			    group_field(e->group, x->v.at->row, c->column),
			    group_field(e->group, y->v.at->row, c->column));
	}
	if (order == 0)
		order = text_compare((struct text){ x->period, x->period_len },
		    (struct text){ y->period, y->period_len });
	return order != 0 ? order : (x->v.at > y->v.at) - (x->v.at < y->v.at);
}

/* --- touches --- */

/* "first,lead": all roles of a touch. */
static struct text
roles(const struct model_path *p, uint32_t touch, char out[ROLES_TEXT])
{
	size_t n = 0;

	for (unsigned part = 0; part < MODEL_PARTS; part++) {
		struct text name = text_of(model_role_name(part));

		if (part == MODEL_MIDDLE ? n > 0 : p->role[part] != touch)
			continue;
		if (n > 0)
			out[n++] = ',';
		memcpy(out + n, name.s, name.len);
		n += name.len;
	}
	return (struct text){ out, n };
}

static struct text
touch_cell(const struct explain *e, uint32_t share, int column)
{
	const struct model_path *p = &e->line[e->at_line].v.path;

	return group_field(e->group, p->touch[e->share[share].touch].row, column);
}

static int
compare_shares(const void *a, const void *b, void *context)
{
	const struct explain *e = context;
	uint32_t i = *(const uint32_t *)a, j = *(const uint32_t *)b;
	const struct model_path *p = &e->line[e->at_line].v.path;
	int column = e->o->columns[STEP_TIME];
	int order = text_compare(touch_cell(e, i, column), touch_cell(e, j, column));
	char x[ROLES_TEXT], y[ROLES_TEXT];

	if (order == 0)
		order = text_compare(roles(p, e->share[i].touch, x),
		    roles(p, e->share[j].touch, y));
	return order != 0 ? order : (i > j) - (i < j);
}

/* The shares of the conversion and model at hand, one for nobody. */
static void
load_shares(struct explain *e)
{
	e->share = attribute_share(e->a, &e->line[e->at_line].v, e->model[e->at_model],
	    &e->nshares);
	e->at_share = 0;
	if (e->nshares > e->order_cap)
		e->order = mem_grow(e->order, &e->order_cap, e->nshares,
		    sizeof(*e->order), CONVERSIONS_MAX, "touches of one group");
	for (size_t i = 0; i < e->nshares; i++)
		e->order[i] = (uint32_t)i;
	if (e->nshares > 1)
		qsort_r(e->order, e->nshares, sizeof(*e->order), compare_shares, e);
}

/* --- cells --- */

/* s NULL: nobody earned it. */
static struct text
cell_of(struct explain *e, const struct column *c, const struct attribute_share *s)
{
	const struct line *l = &e->line[e->at_line];
	const struct credit_conversion *v = &l->v;

	switch (c->source) {
	case OF_CONVERSION:
		return group_field(e->group, v->at->row, c->column);
	case OF_NAME:
		if (s == NULL)
			return TEXT(ATTRIBUTE_NOBODY);
		/* fall through */
	case OF_TOUCH:
		return s == NULL ? TEXT_NONE
		    : group_field(e->group, v->path.touch[s->touch].row, c->column);
	case MILESTONE:
		return text_of(v->booked->name);
	case PERIOD:
		return (struct text){ l->period, l->period_len };
	case MODEL:
		return text_of(model_name(e->o->model[e->model[e->at_model]]));
	case ROLE:
		return s == NULL ? TEXT_NONE : roles(&v->path, s->touch, e->role);
	case WEIGHT:
		return num_put(e->weight, s == NULL ? NUM_MICROS : s->weight);
	case CONVERSIONS:
		return num_put(e->conversions, s == NULL ? v->conversions : s->conversions);
	case VALUE:
		return num_put(e->value, s == NULL ? v->value : s->value);
	}
	return TEXT_NONE;
}

static void
fill(struct explain *e, const struct attribute_share *s, struct text *cell)
{
	for (size_t i = 0; i < e->ncolumns; i++)
		cell[i] = cell_of(e, &e->column[i], s);
}

/* To the next model, and past the last to the next conversion. */
static void
advance(struct explain *e)
{
	e->nshares = e->at_share = 0;
	if (++e->at_model == e->o->nmodels) {
		e->at_model = 0;
		e->at_line++;
	}
}

bool
explain_next(struct explain *e, struct text *cell)
{
	if (!e->sorted) {
		if (e->nlines > 1)
			qsort_r(e->line, e->nlines, sizeof(*e->line), compare_lines, e);
		e->sorted = true;
	} else if (e->at_share == e->nshares && e->at_line < e->nlines) {
		advance(e);
	}
	if (e->at_line == e->nlines)
		return false;
	if (e->nshares == 0)
		load_shares(e);
	if (e->nshares == 0) {
		fill(e, NULL, cell);
		return true;
	}
	fill(e, &e->share[e->order[e->at_share++]], cell);
	return true;
}
