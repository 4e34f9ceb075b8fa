/* text.h - a run of bytes that somebody else owns */
#ifndef LEAD_BASE_TEXT_H
#define LEAD_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

/* No NUL at the end, any byte inside. { NULL, 0 } and { "", 0 } are empty. */
struct text {
	const char *s;
	size_t len;
};

/* A literal as text: TEXT("won"). TEXT_NONE is the empty one. */
#define TEXT(lit) ((struct text){ "" lit, sizeof(lit) - 1 })
#define TEXT_NONE ((struct text){ "", 0 })

/* The text of a NUL-terminated string, borrowed. NULL gives the empty text. */
static inline struct text
text_of(const char *z)
{
	return z != NULL ? (struct text){ z, strlen(z) } : TEXT_NONE;
}

static inline bool
text_equal(struct text a, struct text b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.s, b.s, a.len) == 0);
}

/* Is a this literal or NUL-terminated string? */
static inline bool
text_is(struct text a, const char *z)
{
	return text_equal(a, text_of(z));
}

/* <0, 0, >0 in byte order; a prefix sorts before what it begins. */
static inline int
text_compare(struct text a, struct text b)
{
	size_t n = a.len < b.len ? a.len : b.len;
	int c = n != 0 ? memcmp(a.s, b.s, n) : 0;

	return c != 0 ? c : (a.len > b.len) - (a.len < b.len);
}

/* Everything from byte n on; empty when n is past the end. */
static inline struct text
text_from(struct text a, size_t n)
{
	return n < a.len ? (struct text){ a.s + n, a.len - n } : TEXT_NONE;
}

/* The first n bytes, or all of it. */
static inline struct text
text_head(struct text a, size_t n)
{
	return (struct text){ a.s, n < a.len ? n : a.len };
}

bool text_starts(struct text a, struct text prefix);
bool text_ends(struct text a, struct text suffix);

/* Where c (or the first place of needle) is, or -1. */
ptrdiff_t text_find(struct text a, char c);
ptrdiff_t text_search(struct text a, struct text needle);

/* a without ASCII blanks (space, tab, CR, LF, VT, FF) at both ends. */
struct text text_trim(struct text a);

/*
 * Take the part of *rest before the next sep and step past it; false when
 * none is left. "a,,b" has three parts, "" has one, which is empty. Start
 * with the whole text in *rest; its s is NULL once the last part was taken.
 */
bool text_next(struct text *rest, char sep, struct text *part);

/* Part n (from 0) of text_next(); empty past the last, or when n < 0. */
struct text text_part(struct text a, char sep, int n);

/* Is item one of the parts of list between sep? */
bool text_listed(struct text list, char sep, struct text item);

/* ASCII letters lowered from a into to (a.len bytes); returns to as text. */
struct text text_lower(char *to, struct text a);

/* Equal when ASCII case is ignored. */
bool text_same(struct text a, struct text b);

#endif
