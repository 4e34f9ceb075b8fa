/* out.h - rows of lead TSV to a file, a pipe or gzip */
#ifndef LEAD_BASE_OUT_H
#define LEAD_BASE_OUT_H

#include <stdint.h>

#include <lead/base/io.h>
#include <lead/base/text.h>

struct out {
	char *at, *end; /* room left in the buffer */
	char *buf;
	struct io_out *file;
	struct gz_out *gz; /* the name ends in .gz; or NULL */
	uint64_t rows, bytes;
	int error; /* errno of the first failed write, or 0 */
};

/* path NULL or "-": standard output; *.gz is gzipped. NULL and errno. */
struct out *out_create(const char *path);

/* Write out what is buffered. 0, or -1 with error set. */
int out_flush(struct out *o);

/* Make room for n bytes at o->at; what is there is flushed. */
void out_room(struct out *o, size_t n);

/* Bytes that are lead TSV already. */
static inline void
out_put(struct out *o, struct text t)
{
	if (t.len > (size_t)(o->end - o->at))
		out_room(o, t.len);
	if (t.len != 0)
		memcpy(o->at, t.s, t.len);
	o->at += t.len;
}

/* A value: tabs, line feeds, CRs and backslashes are escaped. */
void out_value(struct out *o, struct text value);

static inline void
out_byte(struct out *o, char c)
{
	if (o->at == o->end)
		out_room(o, 1);
	*o->at++ = c;
}

static inline void
out_end_row(struct out *o)
{
	out_byte(o, '\n');
	o->rows++;
}

/* A row of n fields that are lead TSV already. */
static inline void
out_row(struct out *o, const struct text *field, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			out_byte(o, '\t');
		out_put(o, field[i]);
	}
	out_end_row(o);
}

/* Flush and io_commit(); frees o. 0, or -1 and errno (standard output that was
 * begun is then marked as cut). */
int out_commit(struct out *o);

/* io_abandon(); frees o. NULL does nothing. */
void out_abandon(struct out *o);

#endif
