/* terms.c - what a command line asks of lead-attribute, checked */
#include <lead/base/buf.h>
#include <lead/domain/credit/lookback.h>
#include <lead/domain/credit/terms.h>

const char *const terms_from[] = { "lead", "conversion", NULL };
const char *const terms_value[] = { "own", "deal", NULL };
const char *const terms_period_of[] = { "conversion", "lead", "first", NULL };

static bool
wrong(struct terms_problem *p, const char *option, struct text value, const char *why)
{
	*p = (struct terms_problem){ .option = option, .why = why, .value = value };
	return false;
}

/* No model has the name: those that there are. */
static bool
no_model(struct terms_problem *p, struct text name)
{
	struct model_line line;
	struct buf b;

	buf_init(&b, sizeof(p->words), "the names of models");
	buf_string(&b, "none of ");
	for (size_t i = 0; model_line(i, &line); i++) {
		buf_string(&b, i > 0 ? ", " : "");
		buf_string(&b, line.name);
	}
	wrong(p, "model", name, p->words);
	memcpy(p->words, b.s, b.len);
	buf_clear(&b);
	return false;
}

void
terms_list(struct buf *b)
{
	struct model_line line;

	for (size_t i = 0; model_line(i, &line); i++) {
		buf_string(b, line.name);
		buf_byte(b, '\t');
		buf_string(b, line.definition);
		buf_byte(b, '\t');
		buf_string(b, line.source);
		buf_byte(b, '\n');
	}
}

/* The parts of a comma list, each once. */
static bool
read_list(const char *option, const char *words, struct text *list, size_t *n,
    struct terms_problem *p)
{
	struct text rest = text_of(words), part;

	*n = 0;
	while (words != NULL && text_next(&rest, ',', &part)) {
		if (part.len == 0)
			return wrong(p, option, text_of(words), "an empty name");
		if (*n == TERMS_LIST)
			return wrong(p, option, part, "more than 64 names");
		for (size_t i = 0; i < *n; i++)
			if (text_equal(part, list[i]))
				return wrong(p, option, part, "there twice");
		list[(*n)++] = part;
	}
	return true;
}

static bool
read_models(const struct terms_words *w, struct terms *t, struct terms_problem *p)
{
	struct text name[TERMS_LIST];
	size_t n;

	if (!read_list("model", w->model, name, &n, p))
		return false;
	t->o.model = t->model;
	for (size_t i = 0; i < n; i++) {
		struct model *m = model_new(name[i], &t->file[i]);
		const char *why = NULL;

		if (m == NULL)
			return no_model(p, name[i]);
		t->model[t->o.nmodels++] = m;
		if (w->from_paths && model_needs(m) & MODEL_TIMES)
			return wrong(p, "model", name[i], "paths have no times or roles");
		if (model_needs(m) & MODEL_POSITIONS && w->position != NULL)
			why = model_set_position(m, text_of(w->position));
		if (why != NULL)
			return wrong(p, "position", text_of(w->position), why);
		if (model_order(m) > 0 && text_find(name[i], ':') >= 0)
			why = model_set_order(m, t->file[i]);
		if (why != NULL)
			return wrong(p, "model", name[i], why);
	}
	return true;
}

static bool
read_lookback(const struct terms_words *w, struct credit_rule *rule,
    struct terms_problem *p)
{
	struct text bad;
	const char *why = lookback_parse(TEXT("90d"), rule, &bad);

	if (w->lookback != NULL)
		why = lookback_parse(text_of(w->lookback), rule, &bad);
	if (why != NULL)
		return wrong(p, "lookback", bad, why);
	if (w->half_us == 0)
		return wrong(p, "half-life", TEXT("0"), "nothing halves at once");
	lookback_half_lives(rule, w->half_us > 0 ? w->half_us : 0);
	return true;
}

static bool
read_milestones(const struct terms_words *w, struct terms *t, struct terms_problem *p)
{
	const char *why;

	if (!read_list("milestone", w->milestone, t->milestone, &t->nmilestones, p))
		return false;
	for (size_t i = 0; i < t->nmilestones; i++)
		if ((why = credit_want(&t->o.credit, t->milestone[i])) != NULL)
			return wrong(p, "milestone", t->milestone[i], why);
	return true;
}

/* Options that do not go together. */
static bool
check(const struct terms_words *w, bool partial, bool merge, const struct terms *t,
    struct terms_problem *p)
{
	bool table = w->paths || w->from_paths;

	if (w->explain && (table || partial || merge))
		return wrong(p, "explain-credit", TEXT_NONE,
		    "reads steps whole, and writes no table of sums");
	if (w->from_paths && (w->paths || merge))
		return wrong(p, "from-paths", TEXT_NONE,
		    "goes with neither --paths nor --merge");
	if (table && t->nmilestones > 1)
		return wrong(p, "milestone", text_of(w->milestone),
		    "a table of paths has one");
	if (w->removal && (w->explain || w->paths || partial))
		return wrong(p, "removal", TEXT_NONE, "is a table of its own");
	for (size_t i = 0; w->removal && !merge && i < t->o.nmodels; i++)
		if (model_order(t->model[i]) == 0)
			return wrong(p, "removal", text_of(model_name(t->model[i])),
			    "a model without a chain");
	for (size_t i = 0; w->removal && !w->from_paths && i < t->nby; i++)
		if (!attribute_of_touch(t->by[i]))
			return wrong(p, "removal", t->by[i], "no column of touches");
	if (w->from_paths && t->nby > 1)
		return wrong(p, "by", text_of(w->by), "a table of paths has one column");
	return true;
}

static void
set_options(const struct terms_words *w, struct terms *t)
{
	t->o.kind = t->kind;
	t->o.excluded = t->excluded;
	t->o.paths = w->paths;
	t->o.lines = w->explain;
	t->o.transform = (enum transform_kind)w->transform;
	t->o.period_of = (enum attribute_period_of)w->period_of;
	t->removal = w->removal;
	t->from_paths = w->from_paths;
	t->o.credit.from_conversion = w->from == 1;
	t->o.credit.deal_value = w->value == 1;
	t->o.credit.since_last = w->since_last;
	t->o.credit.acquisition = w->acquisition;
}

bool
terms_read(const struct terms_words *w, bool partial, bool merge, struct terms *t,
    struct terms_problem *p)
{
	*t = (struct terms){ 0 };
	set_options(w, t);
	return read_list("by", w->by, t->by, &t->nby, p) &&
	    read_list("touch-kinds", w->kinds, t->kind, &t->o.nkinds, p) &&
	    read_list("exclude-channel", w->exclude, t->excluded, &t->o.nexcluded, p) &&
	    read_models(w, t, p) && read_lookback(w, t->o.credit.rule, p) &&
	    read_milestones(w, t, p) && check(w, partial, merge, t, p);
}

void
terms_clear(struct terms *t)
{
	for (size_t i = 0; i < t->o.nmodels; i++)
		model_free(t->model[i]);
	t->o.nmodels = 0;
}

int
terms_find(const struct text *name, size_t n, struct text wanted)
{
	size_t i = 0;

	while (i < n && !text_equal(name[i], wanted))
		i++;
	return i < n ? (int)i : -1;
}

void
terms_bind(struct terms *t, const struct text *name, size_t n)
{
	struct attribute_options *o = &t->o;

	for (enum step_column c = 0; c < STEP_COLUMNS; c++)
		o->columns[c] = terms_find(name, n, text_of(step_name(c)));
	for (size_t i = 0; i < t->nby; i++) {
		t->column[i].column = terms_find(name, n, t->by[i]);
		t->column[i].of_touch = attribute_of_touch(t->by[i]);
	}
	o->by = t->column;
	o->nby = t->nby;
}

size_t
terms_header(const struct terms *t, struct text *name)
{
	return t->removal ? attribute_effects_header(t->by, t->nby, name)
	                  : attribute_header(t->o.paths, t->by, t->nby, name);
}
