/* buf.c - bytes that grow up to a named ceiling */
#include <lead/base/buf.h>
#include <lead/base/mem.h>

void
buf_init(struct buf *b, size_t max, const char *what)
{
	*b = (struct buf){ .max = max, .what = what };
}

void
buf_clear(struct buf *b)
{
	mem_free(b->s);
	buf_init(b, b->max, b->what);
}

char *
buf_room(struct buf *b, size_t n)
{
	if (n > b->cap - b->len) {
		size_t need = n > b->max ? n : b->len + n;

		b->s = mem_grow(b->s, &b->cap, need, 1, b->max, b->what);
	}
	return b->s + b->len;
}

void
buf_put(struct buf *b, struct text t)
{
	if (t.len == 0)
		return;
	memcpy(buf_room(b, t.len), t.s, t.len);
	b->len += t.len;
}

void
buf_byte(struct buf *b, char c)
{
	*buf_room(b, 1) = c;
	b->len++;
}

void
buf_string(struct buf *b, const char *z)
{
	buf_put(b, text_of(z));
}
