/* file.c - what is written, byte by byte, and where */
#include "world.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <lead/base/diag.h>
#include <lead/base/gz.h>
#include <lead/base/io.h>

enum { FILE_MAX = 1 << 30, PATH_LEN = 4096 };

void
file_begin(struct buf *b)
{
	buf_init(b, FILE_MAX, "a file of the example world");
}

void
file_add(struct buf *b, const char *format, ...)
{
	enum { ROOM = 4096 };
	va_list ap;
	int n;

	va_start(ap, format);
	n = vsnprintf(buf_room(b, ROOM), ROOM, format, ap);
	va_end(ap);
	if (n < 0 || n >= ROOM)
		diag_die(DIAG_REQUEST, NULL, "a piece of text is over %d bytes", ROOM);
	b->len += (size_t)n;
}

void
file_cell(struct buf *b, const char *value, const char *after)
{
	if (strpbrk(value, ",\"\r\n") == NULL) {
		buf_string(b, value);
	} else {
		buf_byte(b, '"');
		for (; *value != '\0'; value++) {
			if (*value == '"')
				buf_byte(b, '"');
			buf_byte(b, *value);
		}
		buf_byte(b, '"');
	}
	buf_string(b, after);
}

void
file_cents(struct buf *b, int64_t cents)
{
	file_add(b, "%s%lld.%02d", cents < 0 ? "-" : "",
	    (long long)(cents < 0 ? -cents : cents) / 100,
	    (int)((cents < 0 ? -cents : cents) % 100));
}

static int
emit(void *ctx, const void *from, size_t n)
{
	return io_put(ctx, from, n);
}

static int
pack(struct io_out *o, struct text t)
{
	struct gz_out *z = gz_out_new(6, emit, o);
	int status = gz_out_put(z, t.s, t.len) | gz_out_finish(z);

	gz_out_free(z);
	return status;
}

static void
make_folder(const char *path)
{
	if (mkdir(path, 0777) != 0 && errno != EEXIST)
		diag_die_sys(&(struct diag_at){ .file = path }, "cannot make the folder");
}

void
file_write(const struct world *w, const char *folder, const char *name,
    struct buf *b)
{
	char path[PATH_LEN];
	struct text t = buf_text(b);
	struct io_out *o;
	int n;

	make_folder(w->out);
	n = snprintf(path, sizeof(path), "%s/%s", w->out, folder);
	if (n > 0 && n < PATH_LEN && *folder != '\0')
		make_folder(path);
	n = snprintf(path, sizeof(path), "%s/%s%s%s", w->out, folder,
	    *folder != '\0' ? "/" : "", name);
	if (n < 0 || n >= PATH_LEN)
		diag_die(DIAG_REQUEST, NULL, "the name of the folder is too long");
	o = io_create(path);
	if (o == NULL)
		diag_die_sys(&(struct diag_at){ .file = path }, "cannot write");
	if ((text_ends(text_of(name), TEXT(".gz")) ? pack(o, t) :
	    io_put(o, t.s, t.len)) != 0 || io_commit(o) != 0)
		diag_die_sys(&(struct diag_at){ .file = path }, "cannot write");
	buf_clear(b);
}
