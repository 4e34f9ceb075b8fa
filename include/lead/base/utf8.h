/* utf8.h - is it UTF-8, and how Latin-1 becomes it */
#ifndef LEAD_BASE_UTF8_H
#define LEAD_BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>

#include <lead/base/text.h>

/*
 * Bytes of t that are whole, shortest-form UTF-8 (RFC 3629): t.len when all
 * are. ASCII goes by eight bytes at a time.
 */
size_t utf8_sound(struct text t);

static inline bool
utf8_is(struct text t)
{
	return utf8_sound(t) == t.len;
}

/*
 * Bytes of the character at the head of t, which is not empty. 0 when there is none:
 * *bad bytes then stand for one U+FFFD (Unicode 15, table 3-7: maximal subparts).
 */
size_t utf8_character(struct text t, size_t *bad);

/* Is what stands from byte at on the mere beginning of one character? */
bool utf8_is_cut(struct text t, size_t at);

/* How many characters sound UTF-8 has. */
size_t utf8_characters(struct text t);

/*
 * t, which is Latin-1 as the web means it (windows-1252; its five unused bytes
 * are C1 controls), as UTF-8 in to: room for 3 * t.len bytes.
 */
struct text utf8_from_latin1(char *to, struct text t);

#endif
