/* brief.h - which of the texts lately seen is this? told by a few of its bytes */
#ifndef LEAD_BASE_BRIEF_H
#define LEAD_BASE_BRIEF_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>

/* A text in words that tell it from all others: its own bytes up to 16 of them,
 * else its length and hash_text(). That of the empty text is all zeros. */
struct brief {
	uint64_t a, b;
	size_t len;
};

enum { BRIEF_WHOLE = 16 };

struct brief brief_of_long(struct text t); /* over BRIEF_WHOLE bytes */

static inline uint64_t
brief_load(const char *s, size_t n)
{
	uint64_t x = 0;

	memcpy(&x, s, n);
	return x;
}

static inline struct brief
brief_of(struct text t)
{
	struct brief m = { 0, 0, t.len };

	if (t.len > BRIEF_WHOLE)
		return brief_of_long(t);
	if (t.len >= 8) {
		m.a = brief_load(t.s, 8);
		m.b = brief_load(t.s + t.len - 8, 8);
	} else if (t.len >= 4) {
		m.a = brief_load(t.s, 4);
		m.b = brief_load(t.s + t.len - 4, 4);
	} else if (t.len > 0) {
		m.a = (unsigned char)t.s[0];
		m.b = (uint64_t)(unsigned char)t.s[t.len / 2] << 8 |
		    (unsigned char)t.s[t.len - 1];
	}
	return m;
}

static inline bool
brief_equal(struct brief x, struct brief y)
{
	return x.a == y.a && x.b == y.b && x.len == y.len;
}

/* Its place among 2^bits, 0 < bits < 64: a text takes that of another. */
static inline size_t
brief_place(struct brief m, unsigned bits)
{
	return (size_t)(((m.a ^ (m.b << 32 | m.b >> 32)) * 0x9e3779b97f4a7c15) >>
	    (64 - bits));
}

#endif
