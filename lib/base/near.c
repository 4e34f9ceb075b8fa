/* near.c - which name did somebody mean who wrote another? */
#include <lead/base/near.h>

enum { BYTES_MAX = 64, BEGINNING_MIN = 4 };

static size_t
least(size_t a, size_t b)
{
	return a < b ? a : b;
}

/* Bytes to put in, take out or change; of texts no longer than BYTES_MAX. */
static size_t
distance(struct text a, struct text b)
{
	size_t row[BYTES_MAX + 1];

	for (size_t j = 0; j <= b.len; j++)
		row[j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		size_t diagonal = row[0];

		row[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			size_t above = row[j];

			row[j] = least(least(above, row[j - 1]) + 1,
			    diagonal + (a.s[i - 1] != b.s[j - 1]));
			diagonal = above;
		}
	}
	return row[b.len];
}

/* Is one a beginning of the other that says which: long, or whole words? */
static bool
begins(struct text a, struct text b)
{
	struct text less = a.len < b.len ? a : b, more = a.len < b.len ? b : a;

	return text_starts(more, less) && (less.len >= BEGINNING_MIN ||
	    (more.len > less.len && more.s[less.len] == '_'));
}

int
near_find(struct text wrong, const struct text *name, size_t n)
{
	char small[2][BYTES_MAX];
	struct text a = text_trim(wrong);
	size_t best = a.len / 3 + 1;
	int found = -1;

	if (a.len == 0 || a.len > BYTES_MAX)
		return -1;
	a = text_lower(small[0], a);
	for (size_t i = 0; i < n; i++) {
		struct text b = text_trim(name[i]);
		size_t d;

		if (b.len == 0 || b.len > BYTES_MAX)
			continue;
		b = text_lower(small[1], b);
		d = distance(a, b);
		if (begins(a, b))
			d = least(d, a.len / 3);
		if (d < best) {
			best = d;
			found = (int)i;
		}
	}
	return found;
}
