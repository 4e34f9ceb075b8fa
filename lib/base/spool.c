/* spool.c - rows set aside in the order they came, past a bound in a file */
#include <errno.h>
#include <unistd.h>

#include <lead/base/io.h>
#include <lead/base/mem.h>
#include <lead/base/spool.h>

/*
 * A place is chunk number and offset in one number. Records do not cross
 * chunks: a tag, a length, the bytes; a length of NONE ends a chunk early.
 * Chunk c is in slot c % nslots until it must make room, then in the file.
 */
enum { CHUNK_BITS = 21, CHUNK = 1 << CHUNK_BITS, LIKELY = 1 << 12 };
static const uint32_t NONE = UINT32_MAX;

struct head {
	struct spool_tag tag;
	uint32_t len;
};
enum { HEAD = offsetof(struct head, len) + sizeof(uint32_t) };
_Static_assert((int)HEAD >= (int)SPOOL_STEP, "places are that far apart");

struct spool {
	char **slots;
	size_t nslots;
	uint64_t chunks;        /* begun; the last one is written to */
	uint64_t spilled;       /* of them in the file */
	size_t used;            /* bytes of the last chunk */
	const char *dir;
	int fd;
	char *one;              /* a record read back */
	char *page;             /* a chunk read back, of number in_page */
	uint64_t in_page, next;
};

struct spool *
spool_new(size_t memory, const char *dir)
{
	struct spool *s = mem_new(1, sizeof(*s));

	s->nslots = memory / CHUNK > 2 ? memory / CHUNK : 2;
	s->slots = mem_new(s->nslots, sizeof(*s->slots));
	s->dir = dir;
	s->fd = -1;
	s->used = CHUNK;
	s->in_page = UINT64_MAX;
	return s;
}

void
spool_free(struct spool *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->nslots; i++)
		mem_free(s->slots[i]);
	if (s->fd >= 0)
		close(s->fd);
	mem_free(s->slots);
	mem_free(s->one);
	mem_free(s->page);
	mem_free(s);
}

uint64_t
spool_spilled(const struct spool *s)
{
	return s->spilled * CHUNK;
}

static char *
slot_of(const struct spool *s, uint64_t chunk)
{
	return s->slots[chunk % s->nslots];
}

/* Write the oldest chunk out; its slot is free. */
static int
spill(struct spool *s)
{
	if (s->fd < 0 && (s->fd = io_temp(s->dir)) < 0)
		return -1;
	if (io_pwrite(s->fd, slot_of(s, s->spilled), CHUNK,
	    (off_t)(s->spilled * CHUNK)) < 0)
		return -1;
	s->spilled++;
	return 0;
}

static int
begin_chunk(struct spool *s)
{
	char **slot = &s->slots[s->chunks % s->nslots];

	if (s->used < CHUNK) /* what is left reads as NONE */
		memset(slot_of(s, s->chunks - 1) + s->used, 0xff, CHUNK - s->used);
	if (s->chunks - s->spilled == s->nslots && spill(s) < 0)
		return -1;
	if (*slot == NULL)
		*slot = mem_raw(CHUNK, 1);
	s->chunks++;
	s->used = 0;
	return 0;
}

int
spool_add(struct spool *s, const struct spool_tag *tag, struct text row,
    uint64_t *place)
{
	struct head head = { *tag, (uint32_t)row.len };
	char *to;

	if (row.len > SPOOL_ROW_MAX) {
		errno = EFBIG;
		return -1;
	}
	if (HEAD + row.len > CHUNK - s->used && begin_chunk(s) < 0)
		return -1;
	to = slot_of(s, s->chunks - 1) + s->used;
	memcpy(to, &head, HEAD);
	if (row.len != 0)
		memcpy(to + HEAD, row.s, row.len);
	*place = (s->chunks - 1) << CHUNK_BITS | s->used;
	s->used += HEAD + row.len;
	return 0;
}

/* n bytes of the file, all of them or an error. */
static int
read_back(struct spool *s, void *to, size_t n, uint64_t at)
{
	ssize_t got = io_pread_full(s->fd, to, n, (off_t)at);

	if (got >= 0 && (size_t)got < n)
		errno = EIO; /* somebody made our own file shorter */
	return got >= 0 && (size_t)got == n ? 0 : -1;
}

static uint32_t
length_at(const char *record)
{
	uint32_t len;

	memcpy(&len, record + offsetof(struct head, len), sizeof(len));
	return len;
}

/* A record of the file; most are short enough for one read. */
static int
get_spilled(struct spool *s, uint64_t place, struct text *row)
{
	size_t left = CHUNK - (place & (CHUNK - 1));
	size_t n = left < LIKELY ? left : LIKELY;

	if (s->one == NULL)
		s->one = mem_raw(CHUNK, 1);
	if (read_back(s, s->one, n, place) < 0)
		return -1;
	*row = (struct text){ s->one + HEAD, length_at(s->one) };
	if (HEAD + row->len <= n)
		return 0;
	return read_back(s, s->one + n, HEAD + row->len - n, place + n);
}

int
spool_get(struct spool *s, uint64_t place, struct text *row)
{
	const char *record;

	if (place >> CHUNK_BITS < s->spilled)
		return get_spilled(s, place, row);
	record = slot_of(s, place >> CHUNK_BITS) + (place & (CHUNK - 1));
	*row = (struct text){ record + HEAD, length_at(record) };
	return 0;
}

/* The bytes of a chunk, wherever it is; NULL and errno. */
static const char *
chunk_bytes(struct spool *s, uint64_t chunk)
{
	if (chunk >= s->spilled)
		return slot_of(s, chunk);
	if (s->page == NULL)
		s->page = mem_raw(CHUNK, 1);
	if (s->in_page != chunk) {
		if (read_back(s, s->page, CHUNK, chunk * CHUNK) < 0)
			return NULL;
		s->in_page = chunk;
	}
	return s->page;
}

int
spool_next(struct spool *s, struct spool_row *row)
{
	for (;;) {
		uint64_t chunk = s->next >> CHUNK_BITS;
		size_t at = s->next & (CHUNK - 1);
		const char *bytes;
		uint32_t len;

		if (chunk >= s->chunks || (chunk + 1 == s->chunks && at >= s->used))
			return 0;
		if ((bytes = chunk_bytes(s, chunk)) == NULL)
			return -1;
		len = CHUNK - at >= HEAD ? length_at(bytes + at) : NONE;
		if (len == NONE) {
			s->next = (chunk + 1) << CHUNK_BITS;
			continue;
		}
		row->place = s->next;
		memcpy(&row->tag, bytes + at, sizeof(row->tag));
		row->row = (struct text){ bytes + at + HEAD, len };
		s->next += HEAD + len;
		return 1;
	}
}

void
spool_rewind(struct spool *s)
{
	s->next = 0;
}

uint64_t
spool_end(const struct spool *s)
{
	return s->chunks << CHUNK_BITS;
}
