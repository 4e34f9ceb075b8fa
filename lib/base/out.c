/* out.c - rows of lead TSV to a file, a pipe or gzip */
#include <errno.h>

#include <lead/base/gz.h>
#include <lead/base/mem.h>
#include <lead/base/out.h>

enum { OUT_BUFFER = 256 << 10, GZIP_LEVEL = 6 };

static int
emit(void *file, const void *from, size_t n)
{
	return io_put(file, from, n);
}

struct out *
out_create(const char *path)
{
	struct io_out *file = io_create(path);
	struct out *o;

	if (file == NULL)
		return NULL;
	o = mem_new(1, sizeof(*o));
	o->file = file;
	o->buf = mem_raw(OUT_BUFFER, 1);
	o->at = o->buf;
	o->end = o->buf + OUT_BUFFER;
	if (path == NULL || !text_ends(text_of(path), TEXT(".gz")) ||
	    (o->gz = gz_out_new(GZIP_LEVEL, emit, file)) != NULL)
		return o;
	out_abandon(o);
	return NULL;
}

int
out_flush(struct out *o)
{
	size_t n = (size_t)(o->at - o->buf);

	o->at = o->buf;
	o->bytes += n;
	if (o->error != 0)
		return -1;
	if (n != 0 && (o->gz != NULL ? gz_out_put(o->gz, o->buf, n)
	    : io_put(o->file, o->buf, n)) != 0) {
		o->error = errno;
		return -1;
	}
	return 0;
}

void
out_room(struct out *o, size_t n)
{
	size_t cap = (size_t)(o->end - o->buf);

	out_flush(o);
	if (n <= cap)
		return;
	o->buf = mem_resize(o->buf, n, 1);
	o->at = o->buf;
	o->end = o->buf + n;
}

void
out_value(struct out *o, struct text value)
{
	for (size_t i = 0; i < value.len; i++) {
		char c = value.s[i];

		if (c != '\t' && c != '\n' && c != '\r' && c != '\\') {
			out_byte(o, c);
			continue;
		}
		out_byte(o, '\\');
		out_byte(o, c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : c);
	}
}

static void
free_out(struct out *o)
{
	gz_out_free(o->gz);
	mem_free(o->buf);
	mem_free(o);
}

int
out_commit(struct out *o)
{
	int error = 0;

	if (out_flush(o) != 0 || (o->gz != NULL && gz_out_finish(o->gz) != 0)) {
		error = o->error != 0 ? o->error : errno;
		io_abandon(o->file);
	} else if (io_commit(o->file) != 0) {
		error = errno;
	}
	free_out(o);
	errno = error;
	return error != 0 ? -1 : 0;
}

void
out_abandon(struct out *o)
{
	if (o == NULL)
		return;
	io_abandon(o->file);
	free_out(o);
}
