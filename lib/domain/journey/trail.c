/* trail.c - a path as one text: "paid_search > email > (lead) > direct" */
#include <lead/domain/journey/trail.h>

void
trail_put(struct buf *b, struct text name)
{
	for (size_t i = 0; i < name.len; i++) {
		char c = name.s[i];

		if (c == '%')
			buf_string(b, "%25");
		else if (c == '>')
			buf_string(b, "%3E");
		else if (c == '(' && i == 0)
			buf_string(b, "%28");
		else
			buf_byte(b, c == '\t' ? ':' : c);
	}
}

void
trail_plain(struct buf *b, struct text name)
{
	static const struct {
		const char *coded;
		char plain;
	} table[] = { { "%25", '%' }, { "%3E", '>' }, { "%28", '(' } };

	while (name.len > 0) {
		size_t i = 0, n = sizeof(table) / sizeof(table[0]);

		while (i < n && !text_starts(name, text_of(table[i].coded)))
			i++;
		buf_byte(b, i < n ? table[i].plain : name.s[0]);
		name = text_from(name, i < n ? 3 : 1);
	}
}

bool
trail_next(struct text *rest, struct text *name)
{
	ptrdiff_t at;

	if (rest->s == NULL)
		return false;
	at = text_search(*rest, TEXT(TRAIL_SEPARATOR));
	if (at < 0) {
		*name = *rest;
		*rest = (struct text){ NULL, 0 };
		return true;
	}
	*name = text_head(*rest, (size_t)at);
	/* Its s stays, though it be empty: "a > " ends in a touch without a name. */
	at += (ptrdiff_t)sizeof(TRAIL_SEPARATOR) - 1;
	*rest = (struct text){ rest->s + at, rest->len - (size_t)at };
	return true;
}
