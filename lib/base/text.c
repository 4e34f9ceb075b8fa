/* text.c - a run of bytes that somebody else owns */
#include <lead/base/text.h>

bool
text_starts(struct text a, struct text prefix)
{
	return a.len >= prefix.len && text_equal(text_head(a, prefix.len), prefix);
}

bool
text_ends(struct text a, struct text suffix)
{
	return a.len >= suffix.len &&
	    text_equal(text_from(a, a.len - suffix.len), suffix);
}

ptrdiff_t
text_find(struct text a, char c)
{
	const char *at = a.len != 0 ? memchr(a.s, c, a.len) : NULL;

	return at != NULL ? at - a.s : -1;
}

ptrdiff_t
text_search(struct text a, struct text needle)
{
	if (needle.len == 0)
		return 0;
	for (size_t i = 0; i + needle.len <= a.len; i++) {
		const char *at = memchr(a.s + i, needle.s[0],
		    a.len - needle.len - i + 1);

		if (at == NULL)
			return -1;
		if (memcmp(at, needle.s, needle.len) == 0)
			return at - a.s;
		i = (size_t)(at - a.s);
	}
	return -1;
}

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

struct text
text_trim(struct text a)
{
	while (a.len > 0 && is_blank(a.s[0])) {
		a.s++;
		a.len--;
	}
	while (a.len > 0 && is_blank(a.s[a.len - 1]))
		a.len--;
	return a;
}

bool
text_next(struct text *rest, char sep, struct text *part)
{
	ptrdiff_t at;

	if (rest->s == NULL)
		return false;
	at = text_find(*rest, sep);
	if (at < 0) {
		*part = *rest;
		*rest = (struct text){ NULL, 0 };
	} else {
		*part = text_head(*rest, (size_t)at);
		rest->s += at + 1;
		rest->len -= (size_t)at + 1;
	}
	return true;
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

struct text
text_part(struct text a, char sep, int n)
{
	struct text part = TEXT_NONE;

	for (; n >= 0; n--)
		if (!text_next(&a, sep, &part))
			return TEXT_NONE;
	return part;
}

bool
text_listed(struct text list, char sep, struct text item)
{
	struct text part;

	while (text_next(&list, sep, &part))
		if (text_equal(part, item))
			return true;
	return false;
}

struct text
text_lower(char *to, struct text a)
{
	for (size_t i = 0; i < a.len; i++)
		to[i] = lower(a.s[i]);
	return (struct text){ to, a.len };
}

bool
text_same(struct text a, struct text b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (lower(a.s[i]) != lower(b.s[i]))
			return false;
	return true;
}
