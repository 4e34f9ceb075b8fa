/* buf.h - bytes that grow up to a named ceiling */
#ifndef LEAD_BASE_BUF_H
#define LEAD_BASE_BUF_H

#include <lead/base/text.h>

/* Owned by the caller; s may move with every call that adds. */
struct buf {
	char *s;
	size_t len, cap, max;
	const char *what; /* named when the ceiling is hit */
};

/* Empty, nothing allocated yet; never holds more than max bytes. */
void buf_init(struct buf *b, size_t max, const char *what);

/* Free the bytes; b is empty and usable again. */
void buf_clear(struct buf *b);

/* Room for n more bytes at s + len; the caller writes them and adds to len. */
char *buf_room(struct buf *b, size_t n);

void buf_put(struct buf *b, struct text t);
void buf_byte(struct buf *b, char c);
void buf_string(struct buf *b, const char *z);

/* The bytes so far, borrowed until the next call that adds. */
static inline struct text
buf_text(const struct buf *b)
{
	return (struct text){ b->s, b->len };
}

#endif
