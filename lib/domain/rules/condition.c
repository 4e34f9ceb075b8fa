/* condition.c - does a value meet "column op value" of a rules file or map? */
#include <lead/base/mem.h>
#include <lead/base/num.h>
#include <lead/base/re.h>
#include <lead/base/when.h>
#include <lead/domain/rules/condition.h>

enum { LIST_MAX = 4096 };

struct condition {
	const struct operator *op;
	struct text value;      /* owned */
	bool is_number;         /* of an order: compare as numbers */
	int64_t number;
	struct text *list;      /* of in */
	size_t nlist;
	struct re *re;          /* of ~ */
	int64_t from_us, to_us; /* of within, from as-of */
};

typedef const char *compile_fn(struct condition *c, size_t *at);
typedef enum condition_verdict test_fn(const struct condition *c, struct text t,
    int64_t as_of_us);

struct operator {
	const char *sign;
	compile_fn *compile;
	test_fn *test;
	bool negated, operand;
};

/* --- compile --- */

static const char *
compile_none(struct condition *c, size_t *at)
{
	(void)at;
	return c->value.len != 0 ? "this operator takes no value" : NULL;
}

static const char *
compile_text(struct condition *c, size_t *at)
{
	(void)at;
	return c->value.len == 0 ? "no value: ? and !? ask for blanks" : NULL;
}

static const char *
compile_order(struct condition *c, size_t *at)
{
	(void)at;
	c->is_number = num_parse(c->value, &c->number) == NUM_OK;
	return compile_text(c, at);
}

static const char *
compile_list(struct condition *c, size_t *at)
{
	struct text rest = c->value, part;
	size_t cap = 0;

	while (text_next(&rest, ',', &part)) {
		part = text_trim(part);
		*at = part.len != 0 ? 0 : (size_t)(part.s - c->value.s);
		if (part.len == 0)
			return "a list with nothing between commas";
		c->list = mem_grow(c->list, &cap, c->nlist + 1, sizeof(part), LIST_MAX,
		    "values of a list");
		c->list[c->nlist++] = part;
	}
	return NULL;
}

static const char *
compile_pattern(struct condition *c, size_t *at)
{
	const char *why = NULL;

	if (c->value.len == 0)
		return compile_text(c, at);
	c->re = re_new(c->value, true, &why, at);
	return why;
}

/* -7d or +3d or 0d */
static bool
parse_signed_span(struct text t, int64_t *us)
{
	bool minus = text_starts(t, TEXT("-"));

	t = text_from(t, minus || text_starts(t, TEXT("+")) ? 1 : 0);
	if (when_parse_span(t, us) != WHEN_OK)
		return false;
	*us = minus ? -*us : *us;
	return true;
}

static const char *
compile_window(struct condition *c, size_t *at)
{
	ptrdiff_t dots = text_search(c->value, TEXT(".."));

	(void)at;
	if (dots < 0 ||
	    !parse_signed_span(text_head(c->value, (size_t)dots), &c->from_us) ||
	    !parse_signed_span(text_from(c->value, (size_t)dots + 2), &c->to_us))
		return "not a window such as -7d..+3d";
	return c->from_us > c->to_us ? "the window ends before it begins" : NULL;
}

/* --- test: the text is not blank --- */

static enum condition_verdict
verdict(bool holds)
{
	return holds ? CONDITION_YES : CONDITION_NO;
}

static enum condition_verdict
test_any(const struct condition *c, struct text t, int64_t as_of_us)
{
	(void)c, (void)t, (void)as_of_us;
	return CONDITION_YES;
}

static enum condition_verdict
test_equal(const struct condition *c, struct text t, int64_t as_of_us)
{
	(void)as_of_us;
	return verdict(text_equal(t, c->value));
}

/* -1 0 1, or 2 when the text cannot be compared. */
static int
order(const struct condition *c, struct text t)
{
	int64_t n;
	int way;

	if (c->is_number) {
		if (num_parse(t, &n) != NUM_OK)
			return 2;
		return (n > c->number) - (n < c->number);
	}
	way = text_compare(t, c->value);
	return (way > 0) - (way < 0);
}

static enum condition_verdict
test_less(const struct condition *c, struct text t, int64_t as_of_us)
{
	(void)as_of_us;
	return verdict(order(c, t) == -1);
}

static enum condition_verdict
test_at_most(const struct condition *c, struct text t, int64_t as_of_us)
{
	(void)as_of_us;
	return verdict(order(c, t) <= 0);
}

static enum condition_verdict
test_more(const struct condition *c, struct text t, int64_t as_of_us)
{
	(void)as_of_us;
	return verdict(order(c, t) == 1);
}

static enum condition_verdict
test_at_least(const struct condition *c, struct text t, int64_t as_of_us)
{
	int way = order(c, t);

	(void)as_of_us;
	return verdict(way == 0 || way == 1);
}

static enum condition_verdict
test_in(const struct condition *c, struct text t, int64_t as_of_us)
{
	(void)as_of_us;
	for (size_t i = 0; i < c->nlist; i++)
		if (text_equal(t, c->list[i]))
			return CONDITION_YES;
	return CONDITION_NO;
}

static enum condition_verdict
test_pattern(const struct condition *c, struct text t, int64_t as_of_us)
{
	(void)as_of_us;
	switch (re_match(c->re, t)) {
	case RE_NO:
		return CONDITION_NO;
	case RE_YES:
		return CONDITION_YES;
	case RE_LIMIT:
		break;
	}
	return CONDITION_LIMIT;
}

static enum condition_verdict
test_window(const struct condition *c, struct text t, int64_t as_of_us)
{
	int64_t at, from = as_of_us + c->from_us, to = as_of_us + c->to_us;

	if (when_parse_day(t, &at) == WHEN_OK)
		return verdict(at >= when_floor(from, WHEN_DAY) &&
		    at <= when_floor(to, WHEN_DAY));
	return verdict(when_parse(t, &at) == WHEN_OK && at >= from && at <= to);
}

/* --- the table --- */

static const struct operator operators[] = {
	{ "=", compile_text, test_equal, false, true },
	{ "!=", compile_text, test_equal, true, true },
	{ "<", compile_order, test_less, false, true },
	{ "<=", compile_order, test_at_most, false, true },
	{ ">", compile_order, test_more, false, true },
	{ ">=", compile_order, test_at_least, false, true },
	{ "in", compile_list, test_in, false, true },
	{ "!in", compile_list, test_in, true, true },
	{ "~", compile_pattern, test_pattern, false, true },
	{ "!~", compile_pattern, test_pattern, true, true },
	{ "?", compile_none, test_any, false, false },
	{ "!?", compile_none, test_any, true, false },
	{ "within", compile_window, test_window, false, true },
};

static const struct operator *
find(struct text op)
{
	for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++)
		if (text_is(op, operators[i].sign))
			return &operators[i];
	return NULL;
}

bool
condition_is_op(struct text op)
{
	return find(op) != NULL;
}

bool
condition_takes_any(const struct condition *c)
{
	return c->re != NULL && re_match(c->re, TEXT_NONE) == RE_YES;
}

bool
condition_is_bytewise(const struct condition *c)
{
	int64_t day;

	return c->op->compile == compile_order && !c->is_number &&
	    when_parse_day(c->value, &day) != WHEN_OK &&
	    when_parse(c->value, &day) != WHEN_OK;
}

struct condition *
condition_new(struct text op, struct text value, struct condition_error *error)
{
	struct condition *c;

	*error = (struct condition_error){ "none of = != < <= > >= in !in ~ !~ ? !? within", 0 };
	if (find(op) == NULL)
		return NULL;
	c = mem_new(1, sizeof(*c));
	c->op = find(op);
	value = text_trim(value);
	c->value = mem_text(value);
	error->why = c->op->compile(c, &error->at);
	if (error->why == NULL)
		return c;
	condition_free(c);
	return NULL;
}

void
condition_free(struct condition *c)
{
	if (c == NULL)
		return;
	re_free(c->re);
	mem_free(c->list);
	mem_free_text(c->value);
	mem_free(c);
}

enum condition_verdict
condition_test(const struct condition *c, struct text t, int64_t as_of_us)
{
	enum condition_verdict v;

	if (text_trim(t).len == 0)
		return verdict(c->op->negated && !c->op->operand);
	v = c->op->test(c, t, as_of_us);
	if (v == CONDITION_LIMIT || !c->op->negated)
		return v;
	return v == CONDITION_YES ? CONDITION_NO : CONDITION_YES;
}
