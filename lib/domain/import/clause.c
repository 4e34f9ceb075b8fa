/* clause.c - "COLUMN op VALUE && COLUMN op VALUE" of an import map, in parts */
#include <lead/domain/import/clause.h>

static const struct text both = { " && ", 4 };

/* Take a column in quotes off *t. */
static bool
quoted_column(struct text *t, struct text *column)
{
	ptrdiff_t end;

	if (!text_starts(*t, TEXT("\"")))
		return false;
	end = text_find(text_from(*t, 1), '"');
	if (end < 0)
		return false;
	*column = text_head(text_from(*t, 1), (size_t)end);
	*t = text_from(*t, (size_t)end + 2);
	return true;
}

/* Cut a clause at its first word that is an operator. */
static bool
split(struct text t, struct text *column, struct text *op, struct text *value)
{
	bool quoted = quoted_column(&t, column);
	struct text rest = t, word;

	while (text_next(&rest, ' ', &word)) {
		if (!condition_is_op(word))
			continue;
		*op = word;
		*value = rest.s != NULL ? text_trim(rest) : TEXT_NONE;
		if (!quoted)
			*column = text_trim(text_head(t, (size_t)(word.s - t.s)));
		return column->len != 0;
	}
	return false;
}

bool
clause_next(struct text whole, struct text *rest, struct clause *out,
    struct condition_error *error)
{
	struct text one = *rest, op, value;
	ptrdiff_t end = text_search(*rest, both);

	error->why = NULL;
	if (rest->len == 0)
		return false;
	if (end >= 0)
		one = text_head(*rest, (size_t)end);
	*rest = end >= 0 ? text_from(*rest, (size_t)end + both.len) : TEXT_NONE;
	one = text_trim(one);
	if (!split(one, &out->column, &op, &value)) {
		*error = (struct condition_error){ "not COLUMN op VALUE",
			(size_t)(one.s - whole.s) };
		return false;
	}
	out->condition = condition_new(op, value, error);
	if (out->condition == NULL)
		error->at += (size_t)((value.len != 0 ? value.s : op.s) - whole.s);
	return out->condition != NULL;
}
