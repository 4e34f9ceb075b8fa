/* spill.c - groups that did not fit in memory, in a nameless file */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <lead/base/buf.h>
#include <lead/base/io.h>
#include <lead/base/mem.h>
#include <lead/base/spill.h>

/*
 * A group: u32 of 2 * key length + mark, key; each row: u32 of its length,
 * bytes; u32 0.
 */
enum {
	BUFFER_MIN = 4 << 10,
	BUFFER_MAX = 256 << 10,
	RUNS_MAX = 256, /* read at once */
};
static const size_t RECORD_MAX = (size_t)16 << 20;

/* One run being read: the group it stands at and what is loaded of the rest. */
struct source {
	off_t at, end; /* the next byte to load, and the run's end */
	struct buf loaded;
	size_t used; /* of loaded */
	struct buf key;
	bool mark;
	bool in_group; /* rows of it are still to come */
};

struct run {
	off_t from, end;
};

struct spill {
	int fd;
	const char *dir;
	size_t buffer, fan_in;
	off_t size; /* of the file */
	struct buf out;
	bool in_group; /* the group being written is not ended */
	struct run *runs;
	size_t first, nruns, cap; /* runs[first..nruns-1] are still there */
	struct source *heap[RUNS_MAX]; /* by key, the least first */
	size_t nheap;
	struct source *joined[RUNS_MAX]; /* those that stand at the group */
	size_t njoined, reading;
};

static size_t
between(size_t least, size_t n, size_t most)
{
	return n < least ? least : n > most ? most : n;
}

struct spill *
spill_new(const char *dir, size_t memory)
{
	struct spill *s = mem_new(1, sizeof(*s));

	s->fd = -1;
	s->dir = dir;
	s->buffer = between(BUFFER_MIN, memory / 64, BUFFER_MAX);
	s->fan_in = between(2, memory / 2 / s->buffer, RUNS_MAX);
	buf_init(&s->out, SIZE_MAX / 2, "spilled rows");
	return s;
}

static void
close_source(struct source *r)
{
	buf_clear(&r->loaded);
	buf_clear(&r->key);
	mem_free(r);
}

void
spill_free(struct spill *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->nheap; i++)
		close_source(s->heap[i]);
	for (size_t i = 0; i < s->njoined; i++)
		close_source(s->joined[i]);
	buf_clear(&s->out);
	mem_free(s->runs);
	if (s->fd >= 0)
		close(s->fd);
	mem_free(s);
}

uint64_t
spill_bytes(const struct spill *s)
{
	return (uint64_t)s->size;
}

/* --- writing --- */

static int
flush(struct spill *s)
{
	if (io_pwrite(s->fd, s->out.s, s->out.len, s->size) != 0)
		return -1;
	s->size += (off_t)s->out.len;
	s->out.len = 0;
	return 0;
}

static int
put(struct spill *s, uint32_t head, struct text body)
{
	buf_put(&s->out, (struct text){ (const char *)&head, sizeof(head) });
	buf_put(&s->out, body);
	return s->out.len >= s->buffer ? flush(s) : 0;
}

static int
end_group(struct spill *s)
{
	bool open = s->in_group;

	s->in_group = false;
	return open ? put(s, 0, TEXT_NONE) : 0;
}

int
spill_run_begin(struct spill *s)
{
	if (s->fd < 0 && (s->fd = io_temp(s->dir)) < 0)
		return -1;
	s->runs = mem_grow(s->runs, &s->cap, s->nruns + 1, sizeof(*s->runs),
	    UINT32_MAX, "spilled runs");
	s->runs[s->nruns++] = (struct run){ s->size, s->size };
	return 0;
}

int
spill_group(struct spill *s, struct text key, bool mark)
{
	if (end_group(s) != 0)
		return -1;
	s->in_group = true;
	return put(s, (uint32_t)(2 * key.len + mark), key);
}

int
spill_row(struct spill *s, struct text row)
{
	return put(s, (uint32_t)row.len, row);
}

int
spill_run_end(struct spill *s)
{
	if (end_group(s) != 0 || flush(s) != 0)
		return -1;
	s->runs[s->nruns - 1].end = s->size;
	return 0;
}

/* --- one run, read --- */

/* Have n bytes at loaded.s + used. */
static int
load(struct spill *s, struct source *r, size_t n)
{
	size_t left = r->loaded.len - r->used, want;
	ssize_t got;

	if (left >= n)
		return 0;
	if (left != 0)
		memmove(r->loaded.s, r->loaded.s + r->used, left);
	r->loaded.len = left;
	r->used = 0;
	want = n - left > s->buffer ? n - left : s->buffer;
	if ((off_t)want > r->end - r->at)
		want = (size_t)(r->end - r->at);
	got = io_pread_full(s->fd, buf_room(&r->loaded, want), want, r->at);
	if (got < 0)
		return -1;
	r->loaded.len += (size_t)got;
	r->at += got;
	if (r->loaded.len >= n)
		return 0;
	errno = EIO;
	return -1;
}

static int
take(struct spill *s, struct source *r, size_t n, struct text *bytes)
{
	if (load(s, r, n) != 0)
		return -1;
	*bytes = (struct text){ r->loaded.s + r->used, n };
	r->used += n;
	return 0;
}

static int
take_number(struct spill *s, struct source *r, uint32_t *n)
{
	struct text bytes;

	if (take(s, r, sizeof(*n), &bytes) != 0)
		return -1;
	memcpy(n, bytes.s, sizeof(*n));
	return 0;
}

static int
source_row(struct spill *s, struct source *r, struct text *row)
{
	uint32_t len;

	if (!r->in_group)
		return 0;
	if (take_number(s, r, &len) != 0)
		return -1;
	r->in_group = len != 0;
	if (len == 0)
		return 0;
	return take(s, r, len, row) == 0 ? 1 : -1;
}

/* Go to the run's next group: 1, 0 at its end, -1. */
static int
source_group(struct spill *s, struct source *r)
{
	struct text rest;
	uint32_t head;
	int got;

	while ((got = source_row(s, r, &rest)) > 0)
		;
	if (got < 0)
		return -1;
	if (r->at == r->end && r->used == r->loaded.len)
		return 0;
	if (take_number(s, r, &head) != 0 || take(s, r, head / 2, &rest) != 0)
		return -1;
	r->key.len = 0;
	buf_put(&r->key, rest);
	r->mark = head % 2 != 0;
	r->in_group = true;
	return 1;
}

/* --- all runs as one --- */

static bool
source_before(const struct source *a, const struct source *b)
{
	return text_compare(buf_text(&a->key), buf_text(&b->key)) < 0;
}

static void
heap_push(struct spill *s, struct source *r)
{
	size_t at = s->nheap++;

	for (; at > 0 && source_before(r, s->heap[(at - 1) / 2]); at = (at - 1) / 2)
		s->heap[at] = s->heap[(at - 1) / 2];
	s->heap[at] = r;
}

static struct source *
heap_pop(struct spill *s)
{
	struct source *least = s->heap[0], *last = s->heap[--s->nheap];
	size_t at = 0, child;

	while ((child = 2 * at + 1) < s->nheap) {
		if (child + 1 < s->nheap &&
		    source_before(s->heap[child + 1], s->heap[child]))
			child++;
		if (!source_before(s->heap[child], last))
			break;
		s->heap[at] = s->heap[child];
		at = child;
	}
	if (s->nheap != 0)
		s->heap[at] = last;
	return least;
}

/* Put the source back at its next group, or away at its end. */
static int
requeue(struct spill *s, struct source *r)
{
	int got = source_group(s, r);

	if (got > 0)
		heap_push(s, r);
	else
		close_source(r);
	return got < 0 ? -1 : 0;
}

/* Take the first n of the runs that are left to be read. */
static int
open_runs(struct spill *s, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct run run = s->runs[s->first++];
		struct source *r = mem_new(1, sizeof(*r));

		r->at = run.from;
		r->end = run.end;
		buf_init(&r->loaded, RECORD_MAX, "a spilled row");
		buf_init(&r->key, RECORD_MAX, "a key");
		if (requeue(s, r) != 0)
			return -1;
	}
	return 0;
}

int
spill_next_group(struct spill *s, struct text *key, bool *mark)
{
	while (s->njoined > 0)
		if (requeue(s, s->joined[--s->njoined]) != 0)
			return -1;
	s->reading = 0;
	if (s->nheap == 0)
		return 0;
	*mark = false;
	do {
		struct source *r = heap_pop(s);

		*mark |= r->mark;
		s->joined[s->njoined++] = r;
		*key = buf_text(&s->joined[0]->key);
	} while (s->nheap != 0 && text_equal(buf_text(&s->heap[0]->key), *key));
	return 1;
}

int
spill_next_row(struct spill *s, struct text *row)
{
	int got = 0;

	while (s->reading < s->njoined &&
	    (got = source_row(s, s->joined[s->reading], row)) == 0)
		s->reading++;
	return got;
}

/* Copy what the open runs hold into a new one. */
static int
write_joined(struct spill *s)
{
	struct text key, row;
	bool mark;
	int got, more;

	if (spill_run_begin(s) != 0)
		return -1;
	while ((got = spill_next_group(s, &key, &mark)) > 0) {
		if (spill_group(s, key, mark) != 0)
			return -1;
		while ((more = spill_next_row(s, &row)) > 0)
			if (spill_row(s, row) != 0)
				return -1;
		if (more < 0)
			return -1;
	}
	return got < 0 ? -1 : spill_run_end(s);
}

/* Merge the oldest n runs into one behind the others. Their place on the disk
 * is given back where the file system can: not having done so harms nothing. */
static int
merge_oldest(struct spill *s, size_t n)
{
	size_t from = s->first;

	if (open_runs(s, n) != 0 || write_joined(s) != 0)
		return -1;
	for (size_t i = from; i < from + n; i++)
		(void)fallocate(s->fd, FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
		    s->runs[i].from, s->runs[i].end - s->runs[i].from);
	return 0;
}

int
spill_read_begin(struct spill *s)
{
	size_t left;

	while ((left = s->nruns - s->first) > s->fan_in) {
		size_t n = left - s->fan_in + 1;

		if (merge_oldest(s, n < s->fan_in ? n : s->fan_in) != 0)
			return -1;
	}
	return open_runs(s, left);
}
