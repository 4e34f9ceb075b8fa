/* packed.c - distinct rows of a few numbers and a time, in few bytes */
#include <string.h>

#include <lead/base/mem.h>
#include <lead/base/order.h>
#include <lead/base/packed.h>
#include <lead/base/when.h>

/*
 * A bundle's bytes: which words it has, one bit each; twice the number of its
 * times, plus 1 when they are whole seconds; the words; the first time, signed,
 * and the steps to the others. All numbers are seven bits a byte, low end
 * first. No bundle begins with a zero, so a zero ends a chunk.
 */
enum {
	CHUNK_BITS = 20, /* of a bundle's number: its place in the chunk */
	CHUNK = 1 << CHUNK_BITS,
	CHUNKS_MAX = 1 << (32 - CHUNK_BITS),
	VARINT = 10, /* bytes at most */
	TIMES_MAX = 100, /* of a bundle */
	BUNDLE_MAX = (PACKED_WORDS_MAX + 2 + TIMES_MAX) * VARINT,
	PENDING = 1 << 16, /* rows sorted at a time */
	RUNS_MAX = 64,
};

/* Whole seconds are counted from 2025-01-01: four bytes for years around. */
static const int64_t EPOCH_S = 1735689600;

struct run {
	uint8_t **chunks;
	size_t nchunks, cap;
	size_t used; /* of the last chunk */
	uint64_t rows;
};

struct packed {
	unsigned words;
	size_t stride; /* of a pending row, in words: its time is two */
	uint32_t *pending;
	size_t npending, pending_cap;
	struct run runs[RUNS_MAX];
	unsigned nruns;
};

struct packed *
packed_new(unsigned words)
{
	struct packed *p = mem_new(1, sizeof(*p));

	p->words = words;
	p->stride = words + 2;
	return p;
}

static void
free_run(struct run *r)
{
	for (size_t i = 0; i < r->nchunks; i++)
		mem_free(r->chunks[i]);
	mem_free(r->chunks);
}

void
packed_free(struct packed *p)
{
	if (p == NULL)
		return;
	for (unsigned i = 0; i < p->nruns; i++)
		free_run(&p->runs[i]);
	mem_free(p->pending);
	mem_free(p);
}

/* --- numbers --- */

static uint8_t *
put_number(uint8_t *to, uint64_t n)
{
	for (; n >= 0x80; n >>= 7)
		*to++ = (uint8_t)(n | 0x80);
	*to++ = (uint8_t)n;
	return to;
}

static uint64_t
get_number(const uint8_t **at)
{
	uint64_t n = 0;
	unsigned shift = 0;

	do
		n |= (uint64_t)(**at & 0x7f) << shift;
	while (shift += 7, (*(*at)++ & 0x80) != 0);
	return n;
}

/* 0 -1 1 -2 … as 0 1 2 3 … */
static uint64_t
fold(int64_t n)
{
	return (uint64_t)n << 1 ^ (uint64_t)(n >> 63);
}

static int64_t
unfold(uint64_t n)
{
	return (int64_t)(n >> 1 ^ -(n & 1));
}

/* --- writing a run --- */

struct writer {
	struct run *to;
	unsigned words;
	bool any; /* word and us are those of a row */
	uint32_t word[PACKED_WORDS_MAX];
	int64_t us[TIMES_MAX]; /* of the bundle to come */
	size_t n;
	int64_t last_us;
};

static bool
is_whole(int64_t us)
{
	return us % WHEN_SECOND == 0;
}

/* Room for a bundle at the end of a run. */
static uint8_t *
room(struct run *r)
{
	if (r->nchunks == 0 || CHUNK - r->used < BUNDLE_MAX) {
		r->chunks = mem_grow(r->chunks, &r->cap, r->nchunks + 1,
		    sizeof(*r->chunks), CHUNKS_MAX, "MiB of rows with keys");
		r->chunks[r->nchunks++] = mem_raw(1, CHUNK);
		r->used = 0;
	}
	return r->chunks[r->nchunks - 1] + r->used;
}

static uint8_t *
put_times(const struct writer *w, uint8_t *to)
{
	bool whole = is_whole(w->us[0]);
	int64_t unit = whole ? WHEN_SECOND : 1;

	to = put_number(to, fold(w->us[0] / unit - (whole ? EPOCH_S : 0)));
	for (size_t i = 1; i < w->n; i++)
		to = put_number(to, ((uint64_t)w->us[i] - (uint64_t)w->us[i - 1]) /
			(uint64_t)unit);
	return to;
}

static void
flush(struct writer *w)
{
	uint8_t *from, *to;
	uint64_t has = 0;

	if (w->n == 0)
		return;
	from = to = room(w->to);
	for (unsigned i = 0; i < w->words; i++)
		has |= (uint64_t)(w->word[i] != PACKED_NONE) << i;
	to = put_number(to, has);
	to = put_number(to, (uint64_t)w->n << 1 | is_whole(w->us[0]));
	for (unsigned i = 0; i < w->words; i++)
		if (w->word[i] != PACKED_NONE)
			to = put_number(to, w->word[i]);
	to = put_times(w, to);
	*to = 0; /* BUNDLE_MAX has room for it */
	w->to->used += (size_t)(to - from);
	w->to->rows += w->n;
	w->n = 0;
}

/* Rows come in order; repeats are left out. */
static void
put_row(struct writer *w, const uint32_t *word, int64_t us)
{
	bool same = w->any && memcmp(w->word, word, w->words * sizeof(*word)) == 0;

	if (same && us == w->last_us)
		return;
	if (!same || w->n == TIMES_MAX || (w->n != 0 && is_whole(us) != is_whole(w->us[0])))
		flush(w);
	if (!same)
		memcpy(w->word, word, w->words * sizeof(*word));
	w->any = true;
	w->last_us = w->us[w->n++] = us;
}

/* --- reading one --- */

/* The bundle at at of rows of so many words. */
static void
read_bundle(unsigned words, const uint8_t *at, struct packed_bundle *b)
{
	uint64_t has = get_number(&at), n = get_number(&at);

	for (unsigned i = 0; i < words; i++)
		b->word[i] = (has >> i & 1) != 0 ? (uint32_t)get_number(&at) : PACKED_NONE;
	b->left = (uint32_t)(n >> 1);
	b->unit = (n & 1) != 0 ? WHEN_SECOND : 1;
	b->us = unfold(get_number(&at)) + ((n & 1) != 0 ? EPOCH_S : 0);
	b->us *= b->unit;
	b->at = at;
}

/* What follows a bundle of which no time was taken. */
static const uint8_t *
behind(const struct packed_bundle *b)
{
	const uint8_t *at = b->at;

	for (uint32_t left = b->left - 1; left != 0; )
		left -= (*at++ & 0x80) == 0;
	return at;
}

bool
packed_time(struct packed_bundle *b, int64_t *us)
{
	if (b->left == 0)
		return false;
	*us = b->us;
	if (--b->left != 0)
		b->us = (int64_t)((uint64_t)b->us + get_number(&b->at) * (uint64_t)b->unit);
	return true;
}

/* A run being read to its end, chunk by chunk given back. */
struct reader {
	struct run *run;
	unsigned words;
	size_t chunk;
	struct packed_bundle b; /* its at is the next bundle when no time is left */
	int64_t us;
};

/* Go to the run's next chunk; false when there is none. */
static bool
next_chunk(struct reader *r)
{
	if (r->b.at != NULL) {
		mem_free(r->run->chunks[r->chunk]);
		r->run->chunks[r->chunk++] = NULL;
	}
	if (r->chunk == r->run->nchunks)
		return false;
	r->b.at = r->run->chunks[r->chunk];
	return true;
}

static bool
read_row(struct reader *r)
{
	while (!packed_time(&r->b, &r->us)) {
		if ((r->b.at == NULL || *r->b.at == 0) && !next_chunk(r))
			return false;
		read_bundle(r->words, r->b.at, &r->b);
	}
	return true;
}

static int
order(unsigned words, const uint32_t *a, int64_t a_us, const uint32_t *b, int64_t b_us)
{
	int c = memcmp(a, b, words * sizeof(*a));

	return c != 0 ? c : (a_us > b_us) - (a_us < b_us);
}

/* The last two runs become one. */
static void
merge(struct packed *p)
{
	struct run *a = &p->runs[p->nruns - 2], *b = a + 1, to = { 0 };
	struct writer w = { .to = &to, .words = p->words };
	struct reader ra = { .run = a, .words = p->words };
	struct reader rb = { .run = b, .words = p->words };
	bool has_a = read_row(&ra), has_b = read_row(&rb);

	while (has_a || has_b) {
		if (has_a && (!has_b ||
			order(p->words, ra.b.word, ra.us, rb.b.word, rb.us) <= 0)) {
			put_row(&w, ra.b.word, ra.us);
			has_a = read_row(&ra);
		} else {
			put_row(&w, rb.b.word, rb.us);
			has_b = read_row(&rb);
		}
	}
	flush(&w);
	free_run(a);
	free_run(b);
	*a = to;
	p->nruns--;
}

/* --- rows in --- */

static int64_t
time_of(const uint32_t *row, unsigned words)
{
	int64_t us;

	memcpy(&us, row + words, sizeof(us));
	return us;
}

static int
row_order(const void *pa, const void *pb, void *packed)
{
	const uint32_t *a = pa, *b = pb;
	unsigned words = ((const struct packed *)packed)->words;

	return order(words, a, time_of(a, words), b, time_of(b, words));
}

/* What is pending becomes a run; runs stay at least twice as long as the next,
 * so there are few and each row is merged a few times. */
static void
end_pending(struct packed *p)
{
	struct run *r = &p->runs[p->nruns];
	struct writer w = { .to = r, .words = p->words };

	if (p->npending == 0)
		return;
	order_array(p->pending, p->npending, p->stride * sizeof(*p->pending), row_order, p);
	*r = (struct run){ 0 };
	for (size_t i = 0; i < p->npending; i++) {
		const uint32_t *row = p->pending + i * p->stride;

		put_row(&w, row, time_of(row, p->words));
	}
	flush(&w);
	p->npending = 0;
	p->nruns++;
	while (p->nruns > 1 && p->runs[p->nruns - 2].rows < 2 * p->runs[p->nruns - 1].rows)
		merge(p);
}

void
packed_add(struct packed *p, const uint32_t *word, int64_t us)
{
	uint32_t *row;

	p->pending = mem_grow(p->pending, &p->pending_cap, p->npending + 1,
	    p->stride * sizeof(*p->pending), PENDING, "pending rows");
	row = p->pending + p->npending++ * p->stride;
	memcpy(row, word, p->words * sizeof(*word));
	memcpy(row + p->words, &us, sizeof(us));
	if (p->npending == PENDING)
		end_pending(p);
}

void
packed_close(struct packed *p)
{
	end_pending(p);
	while (p->nruns > 1)
		merge(p);
	mem_free(p->pending);
	p->pending = NULL;
	p->pending_cap = 0;
}

size_t
packed_bytes(const struct packed *p)
{
	size_t n = p->pending_cap * p->stride * sizeof(*p->pending);

	for (unsigned i = 0; i < p->nruns; i++)
		if (p->runs[i].nchunks != 0)
			n += (p->runs[i].nchunks - 1) * CHUNK + p->runs[i].used;
	return n;
}

/* --- bundles out --- */

uint32_t
packed_first(const struct packed *p)
{
	return p->nruns != 0 ? 0 : PACKED_END;
}

uint32_t
packed_next(const struct packed *p, uint32_t n, struct packed_bundle *b)
{
	const struct run *r = &p->runs[0];
	size_t chunk = n >> CHUNK_BITS;
	const uint8_t *start = r->chunks[chunk], *next;

	read_bundle(p->words, start + (n & (CHUNK - 1)), b);
	next = behind(b);
	if (*next != 0)
		return (uint32_t)(chunk << CHUNK_BITS | (size_t)(next - start));
	return chunk + 1 == r->nchunks ? PACKED_END : (uint32_t)((chunk + 1) << CHUNK_BITS);
}
