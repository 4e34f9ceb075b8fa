/* model: who earns, and in which proportion */
#include <lead/domain/credit/model.h>

#include "tap.h"

enum { MOST = 8 };

/* Weights by touch in percent of their sum, as "0:40 2:60". */
static void
weighs(const char *name, struct model_path *p, const char *want, const char *title)
{
	struct text argument;
	struct model *m = model_new(text_of(name), &argument);
	uint32_t touch[MOST + MODEL_ROLES];
	int64_t weight[MOST + MODEL_ROLES];
	double sum = 0;
	char got[200] = "";
	size_t n = model_weigh(m, p, touch, weight), at = 0;

	for (size_t i = 0; i < n; i++)
		sum += (double)weight[i];
	for (size_t i = 0; i < n; i++)
		at += (size_t)snprintf(got + at, sizeof(got) - at, "%s%u:%.4g",
		    i ? " " : "", touch[i], 100 * (double)weight[i] / sum);
	is(text_of(got), want, "%s: %s", name, title);
	model_free(m);
}

static void
paths(void)
{
	struct model_touch t[MOST] = { 0 };
	struct model_path p = { .touch = t, .n = 4, .half_us = 10 };

	for (uint32_t i = 0; i < MOST; i++)
		t[i] = (struct model_touch){ .at_us = 10 * (int64_t)i, .tuple = i % 2, .seq = i };
	memset(p.role, 0xff, sizeof(p.role));
	p.role[MODEL_FIRST] = 0;
	p.role[MODEL_LEAD] = 1;
	p.role[MODEL_OPP] = 1;
	p.role[MODEL_CLOSE] = 3;
	weighs("first", &p, "0:100", "the first");
	weighs("linear", &p, "0:25 1:25 2:25 3:25", "all the same");
	weighs("linear-unique", &p, "0:50 1:50", "tuples the same, at their first touch");
	weighs("time-decay", &p, "0:6.667 1:13.33 2:26.67 3:53.33", "half for each half-life");
	weighs("w", &p, "0:30 1:60 2:5 3:5", "two roles on one touch");
	weighs("full-path", &p, "0:22.5 1:45 2:10 3:22.5", "three");
	p.window = 2;
	weighs("first", &p, "2:100", "the first within the lookback");
	weighs("linear", &p, "2:50 3:50", "those within the lookback");
	weighs("w", &p, "0:30 1:60 2:5 3:5", "roles earn before it");
	weighs("u", &p, "0:40 1:40 2:10 3:10", "in order");
	p.window = 4;
	weighs("linear", &p, "", "nobody within the lookback");
	weighs("u", &p, "0:50 1:50", "roles alone");
	p.window = 0;
	p.n = 0;
	memset(p.role, 0xff, sizeof(p.role));
	weighs("u", &p, "", "no touch at all");
	weighs("last-non-direct", &p, "", "no touch at all");
}

static void
direct(void)
{
	struct model_touch t[3] = { { .direct = true }, { .direct = false }, { .direct = true } };
	struct model_path p = { .touch = t, .n = 3, .half_us = 1 };

	weighs("last-non-direct", &p, "1:100", "the last that is not direct");
	p.window = 2;
	weighs("last-non-direct", &p, "2:100", "all direct: the last");
}

static void
names(void)
{
	static const char *const none[] = { "", "frist", "custom", "custom:", "first:x",
		"FIRST" };
	struct text argument;
	struct model *m;
	struct model_line line;
	size_t i = 0;

	for (size_t k = 0; k < sizeof(none) / sizeof(none[0]); k++)
		ok(model_new(text_of(none[k]), &argument) == NULL, "'%s' is none", none[k]);
	m = model_new(TEXT("custom:a:b.tsv"), &argument);
	is(argument, "a:b.tsv", "a file may have a colon");
	is(text_of(model_name(m)), "custom:a:b.tsv", "a model keeps its whole name");
	model_free(m);
	for (; model_line(i, &line); i++)
		ok(line.definition[0] != '\0' && line.source[0] != '\0', "%s is told", line.name);
	ok(i >= 13, "all are listed");
}

int
main(void)
{
	paths();
	direct();
	names();
	return tap_end();
}
