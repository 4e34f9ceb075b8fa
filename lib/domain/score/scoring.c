/* scoring.c - the rules of a lead's score, as sales writes them (lead-rules(5)) */
#include <lead/base/mem.h>
#include <lead/base/num.h>
#include <lead/base/when.h>
#include <lead/domain/rules/event.h>
#include <lead/domain/rules/sheet.h>
#include <lead/domain/score/scoring.h>

enum { POINTS, EVENT, COLUMN, OP, VALUE, GROUP, CAP, HALF, WHY, COLUMNS };
static const char *const names[COLUMNS] = { "points", "event", "column", "op", "value",
	"group", "cap", "half", "why" };

/* A million points either way: the sum of all rules fits. */
static const int64_t POINTS_MAX = (int64_t)1000000 * NUM_MICROS;

struct reader {
	struct scoring *s;
	struct sheet sheet;
	struct scoring_error *error;
	scoring_report *report; /* NULL: the first fault ends it */
	void *of;
};

static bool
fail(struct reader *r, unsigned column, size_t at, const char *why)
{
	*r->error = (struct scoring_error){ why, r->sheet.line,
		sheet_place(&r->sheet, column, at) };
	return false;
}

/* --- cells --- */

static bool
read_points(struct reader *r, unsigned column, struct text t, int64_t *micros)
{
	static const char *const why[] = {
		[NUM_EMPTY] = "no number",
		[NUM_BAD] = "not a number",
		[NUM_SCALE] = "more than six decimals",
		[NUM_OVERFLOW] = "beyond a million points",
	};
	enum num_verdict v = num_parse(t, micros);

	if (v == NUM_OK && (*micros > POINTS_MAX || *micros < -POINTS_MAX))
		v = NUM_OVERFLOW;
	return v == NUM_OK || fail(r, column, 0, why[v]);
}

static bool
read_span(struct reader *r, unsigned column, struct text t, int64_t *us)
{
	size_t at = (size_t)(t.s - r->sheet.cell[column].s);

	if (when_parse_span(t, us) == WHEN_OK && *us > 0)
		return true;
	return fail(r, column, at, "not a time such as 30d");
}

static bool
read_group(struct reader *r, unsigned *group)
{
	struct scoring *s = r->s;
	struct text name = r->sheet.cell[GROUP];

	for (*group = 0; *group < s->ngroups; (*group)++)
		if (text_equal(s->groups[*group].name, name))
			return true;
	if (s->ngroups == SCORING_GROUPS_MAX)
		return fail(r, GROUP, 0, "more than 32 groups");
	s->groups[s->ngroups++].name = name;
	return true;
}

static bool
read_column(struct reader *r, int *column)
{
	struct scoring *s = r->s;
	struct text name = r->sheet.cell[COLUMN];

	*column = -1;
	if (name.len == 0)
		return true;
	for (unsigned i = 0; i < s->ncolumns; i++)
		if (text_equal(s->columns[i], name))
			*column = (int)i;
	if (*column >= 0)
		return true;
	if (s->ncolumns == SCORING_COLUMNS_MAX)
		return fail(r, COLUMN, 0, "more than 256 columns");
	*column = (int)s->ncolumns;
	s->columns[s->ncolumns++] = name;
	return true;
}

/* --- what a rule asks for --- */

/* 3/7d, or 3 of the whole life */
static bool
read_count(struct reader *r, struct scoring_rule *rule)
{
	struct text rest = rule->value, n;
	int64_t count;

	text_next(&rest, '/', &n);
	if (num_parse_count(n, &count) != NUM_OK || count < 1 ||
	    count > SCORING_COUNT_MAX)
		return fail(r, VALUE, 0, "not a number from 1 to 1000, as in 3/7d");
	rule->count = count;
	rule->kind = SCORING_COUNT;
	return rest.s == NULL || read_span(r, VALUE, rest, &rule->span_us);
}

static bool
read_condition(struct reader *r, struct scoring_rule *rule)
{
	struct condition_error e;

	if (!condition_is_op(rule->op))
		return fail(r, OP, 0, "none of = != < <= > >= in !in ~ !~ ? !? within count>= idle>=");
	if (rule->column < 0)
		return fail(r, COLUMN, 0, "an operator without a column");
	rule->condition = condition_new(rule->op, rule->value, &e);
	return rule->condition != NULL || fail(r, VALUE, e.at, e.why);
}

static bool
read_question(struct reader *r, struct scoring_rule *rule)
{
	rule->kind = rule->event.len != 0 ? SCORING_EVENT : SCORING_VALUE;
	if (text_is(rule->op, "count>="))
		return read_count(r, rule);
	if (text_is(rule->op, "idle>=")) {
		rule->kind = SCORING_IDLE;
		if (rule->column >= 0)
			return fail(r, COLUMN, 0, "idle>= takes no column");
		return read_span(r, VALUE, rule->value, &rule->span_us);
	}
	if (rule->op.len != 0)
		return read_condition(r, rule);
	if (rule->column >= 0)
		return fail(r, OP, 0, "a column without an operator");
	if (rule->value.len != 0)
		return fail(r, VALUE, 0, "a value without an operator");
	return rule->event.len != 0 || fail(r, EVENT, 0, "neither event nor column");
}

static bool
read_limits(struct reader *r, struct scoring_rule *rule)
{
	const struct text *cell = r->sheet.cell;

	if ((cell[CAP].len != 0 || cell[HALF].len != 0) && rule->never)
		return fail(r, cell[CAP].len != 0 ? CAP : HALF, 0, "never has no points");
	if (cell[CAP].len != 0) {
		rule->has_cap = true;
		if (!read_points(r, CAP, cell[CAP], &rule->cap))
			return false;
		if (rule->kind != SCORING_EVENT)
			return fail(r, CAP, 0, "only rules on each event have a cap");
		if ((rule->cap < 0) != (rule->points < 0) || rule->cap == 0)
			return fail(r, CAP, 0, "the cap has another sign than the points");
	}
	if (cell[HALF].len == 0)
		return true;
	if (rule->points < 0)
		return fail(r, HALF, 0, "negative points do not fade");
	if (rule->kind != SCORING_EVENT)
		return fail(r, HALF, 0, "only points of an event fade");
	return read_span(r, HALF, cell[HALF], &rule->half_us);
}

static bool
read_rule(struct reader *r, bool never)
{
	const struct text *cell = r->sheet.cell;
	struct scoring *s = r->s;
	struct scoring_rule *rule;

	s->rules = mem_grow(s->rules, &s->rules_cap, s->nrules + 1, sizeof(*rule),
	    SCORING_RULES_MAX, "scoring rules");
	rule = &s->rules[s->nrules];
	*rule = (struct scoring_rule){ .never = never, .event = cell[EVENT],
		.op = cell[OP], .value = cell[VALUE], .line = r->sheet.line };
	s->nrules++;
	rule->why = cell[WHY].len != 0 ? cell[WHY] :
	    cell[EVENT].len != 0 ? cell[EVENT] : cell[COLUMN];
	if (rule->why.len == 0)
		rule->why = rule->op;
	return (never || read_points(r, POINTS, cell[POINTS], &rule->points)) &&
	    read_column(r, &rule->column) && read_group(r, &rule->group) &&
	    read_question(r, rule) && read_limits(r, rule);
}

/* --- lines that are no rules --- */

static bool
read_cap(struct reader *r)
{
	unsigned n;
	int64_t value;
	struct scoring_group *g;

	if (!read_points(r, VALUE, r->sheet.cell[VALUE], &value) || !read_group(r, &n))
		return false;
	g = &r->s->groups[n];
	if (value >= 0 ? g->has_most : g->has_least)
		return fail(r, VALUE, 0, "a second cap of this group");
	if (value >= 0) {
		g->has_most = true;
		g->most = value;
	} else {
		g->has_least = true;
		g->least = value;
	}
	return true;
}

static bool
read_class(struct reader *r)
{
	struct scoring *s = r->s;
	struct text name = r->sheet.cell[WHY];
	bool mature = text_is(name, "mature");
	bool *has = mature ? &s->has_mature : &s->has_unqualified;

	if (!mature && !text_is(name, "unqualified"))
		return fail(r, WHY, 0, "a class is mature or unqualified");
	if (*has)
		return fail(r, WHY, 0, "a class twice");
	*has = true;
	*(mature ? &s->mature_line : &s->unqualified_line) = r->sheet.line;
	return read_points(r, VALUE, r->sheet.cell[VALUE],
	    mature ? &s->mature : &s->unqualified);
}

/* A>=40 */
static bool
read_step(struct reader *r, struct scoring_group *g, struct text t)
{
	size_t at = (size_t)(t.s - r->sheet.cell[VALUE].s);
	struct scoring_step *step = &g->steps[g->nsteps];
	bool letter = text_is(g->name, "fit");
	char first = letter ? 'A' : '1';

	if (t.len < 4 || !text_equal(text_head(text_from(t, 1), 2), TEXT(">=")))
		return fail(r, VALUE, at, "not a step such as A>=40");
	if (g->nsteps == (letter ? SCORING_STEPS_MAX - 1 : 8) ||
	    t.s[0] != first + (char)g->nsteps)
		return fail(r, VALUE, at,
		    "steps are named A B C of fit, 1 2 3 of other groups");
	step->name = t.s[0];
	if (num_parse(text_from(t, 3), &step->least) != NUM_OK)
		return fail(r, VALUE, at + 3, "not a number");
	if (g->nsteps > 0 && step->least >= step[-1].least)
		return fail(r, VALUE, at + 3, "not below the step before");
	g->nsteps++;
	return true;
}

static bool
read_grade(struct reader *r)
{
	struct text rest = r->sheet.cell[VALUE], t;
	unsigned n;

	if (!read_group(r, &n))
		return false;
	if (r->s->groups[n].nsteps != 0)
		return fail(r, GROUP, 0, "a second grade of this group");
	r->s->groups[n].steps_line = r->sheet.line;
	while (text_next(&rest, ' ', &t))
		if (t.len != 0 && !read_step(r, &r->s->groups[n], t))
			return false;
	return r->s->groups[n].nsteps != 0 || fail(r, VALUE, 0, "no steps");
}

static bool
read_line(struct reader *r)
{
	struct text head = r->sheet.cell[POINTS];

	if (text_is(head, "cap"))
		return read_cap(r);
	if (text_is(head, "class"))
		return read_class(r);
	if (text_is(head, "grade"))
		return read_grade(r);
	return read_rule(r, text_is(head, "never"));
}

/* A rule that is not sound is none. */
static bool
go_on(struct reader *r, size_t nrules)
{
	if (r->report == NULL)
		return false;
	r->report(r->of, r->error);
	while (r->s->nrules > nrules)
		condition_free(r->s->rules[--r->s->nrules].condition);
	return true;
}

static bool
read_all(struct reader *r)
{
	int row = sheet_begin(&r->sheet, r->sheet.rest, names, COLUMNS) ? 1 : -1;

	while (row > 0 && (row = sheet_next(&r->sheet)) > 0) {
		size_t nrules = r->s->nrules;

		if (!read_line(r) && !go_on(r, nrules))
			return false;
	}
	if (row < 0)
		*r->error = (struct scoring_error){ r->sheet.why, r->sheet.line,
			r->sheet.at };
	else if (r->s->nrules == 0)
		*r->error = (struct scoring_error){ "no rules", r->sheet.line, 1 };
	return row == 0 && r->s->nrules != 0;
}

struct scoring *
scoring_new(struct text text, struct scoring_error *error)
{
	struct reader r = { .s = mem_new(1, sizeof(*r.s)), .error = error };

	r.sheet.rest = text;
	if (read_all(&r))
		return r.s;
	scoring_free(r.s);
	return NULL;
}

struct scoring *
scoring_check(struct text text, scoring_report *report, void *of)
{
	struct scoring_error error;
	struct reader r = { .s = mem_new(1, sizeof(*r.s)), .error = &error,
		.report = report, .of = of };

	r.sheet.rest = text;
	if (!read_all(&r))
		report(of, &error);
	return r.s;
}

void
scoring_free(struct scoring *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->nrules; i++)
		condition_free(s->rules[i].condition);
	mem_free(s->rules);
	mem_free(s);
}

/* --- questions --- */

const struct scoring_group *
scoring_find_group(const struct scoring *s, const char *name)
{
	for (unsigned i = 0; i < s->ngroups; i++)
		if (text_is(s->groups[i].name, name))
			return &s->groups[i];
	return NULL;
}

char
scoring_grade(const struct scoring_group *g, int64_t sum)
{
	if (g == NULL || g->nsteps == 0)
		return '\0';
	for (size_t i = 0; i < g->nsteps; i++)
		if (sum >= g->steps[i].least)
			return g->steps[i].name;
	return (char)(g->steps[g->nsteps - 1].name + 1);
}

/* What a lead does by itself; what is sent to it or noted about it is none. */
static bool
is_doing(struct text event)
{
	static const char *const others[] = { "call_out", "email_sent", "email_delivered",
		"email_bounced" };
	const struct event *e = event_find(event);

	if (e == NULL || e->kind == EVENT_MILESTONE)
		return false;
	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (text_is(event, others[i]))
			return false;
	return true;
}

bool
scoring_is_about(const struct scoring_rule *r, struct text event)
{
	struct text rest = r->event, name;

	if (r->event.len == 0)
		return is_doing(event);
	while (text_next(&rest, ',', &name))
		if (text_equal(text_trim(name), event))
			return true;
	return false;
}

bool
scoring_is_machine(struct text event, struct text mark)
{
	if (mark.len == 0 || text_is(mark, "0") || text_is(mark, "false") ||
	    text_is(mark, "no"))
		return false;
	return text_is(event, "email_opened") || text_is(event, "email_clicked");
}
