/* attribute_table.c - the columns that credit is read from and written to */
#include <lead/domain/credit/attribute.h>

bool
attribute_of_touch(struct text name)
{
	enum step_column c = step_find(name);

	return c == STEP_EVENT || step_of_touch(c);
}

size_t
attribute_columns(const struct attribute_options *o, int *cols)
{
	static const enum step_column used[] = { STEP_TIME, STEP_PRECISION, STEP_KIND,
		STEP_EVENT, STEP_VALUE, STEP_LEAD_ID, STEP_DEAL_ID, STEP_DEAL_TYPE,
		STEP_CHANNEL };
	size_t n = 0;

	for (size_t i = 0; i < sizeof(used) / sizeof(used[0]); i++)
		cols[n++] = o->columns[used[i]];
	for (size_t i = 0; i < o->nby; i++)
		cols[n++] = o->by[i].column;
	return n;
}

static const char *const left[] = { "model", "milestone", "period", NULL };
static const char *const right[] = { "conversions", "value", NULL };

static size_t
add_names(struct text *name, size_t n, const char *const *more)
{
	for (; *more != NULL; more++)
		name[n++] = text_of(*more);
	return n;
}

size_t
attribute_header(bool paths, const struct text *by, size_t nby, struct text *name)
{
	static const char *const path[] = { "path", "conversions", "value", "nulls", NULL };
	size_t n;

	if (paths)
		return add_names(name, 0, path);
	n = add_names(name, 0, left);
	for (size_t i = 0; i < nby; i++)
		name[n++] = by[i];
	return add_names(name, n, right);
}

size_t
attribute_effects_header(const struct text *by, size_t nby, struct text *name)
{
	static const char *const first[] = { "model", "milestone", NULL };
	static const char *const figures[] = { "probability", "mean_value", "removal",
		"removal_value", NULL };
	size_t n = add_names(name, 0, first);

	for (size_t i = 0; i < nby; i++)
		if (nby == 1 || attribute_of_touch(by[i]))
			name[n++] = by[i];
	return add_names(name, n, figures);
}

bool
attribute_is_by(struct text name)
{
	struct text own[5];
	size_t n = attribute_header(false, NULL, 0, own), i = 0;

	while (i < n && !text_equal(own[i], name))
		i++;
	return i == n;
}
