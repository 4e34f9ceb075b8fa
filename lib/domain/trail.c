/* trail.c - a path as one text: "paid_search > email > (lead) > direct" */
#include <lead/domain/trail.h>

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
