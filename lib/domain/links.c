/* links.c - which keys stood in one row, and when */
#include <stdlib.h>

#include <lead/base/dict.h>
#include <lead/base/mem.h>
#include <lead/base/when.h>
#include <lead/domain/links.h>

/* What a key's rows of its own say. */
struct claim {
	int64_t us;
	uint32_t account;
} __attribute__((packed));

/*
 * A row is stride words: the keys by type, the account, the twin and the event
 * where they are kept, and the time in two.
 */
struct links {
	const struct keyring *ring;
	struct dict *accounts, *events; /* NULL: not kept */
	unsigned ntypes;
	unsigned account_at, twin_at, event_at; /* words of a row, or 0 */
	size_t stride;
	uint32_t *rows;
	size_t nrows, rows_cap;
	int64_t *alone; /* by number: time of its first row alone */
	struct claim *claims; /* by number; NULL without accounts */
	size_t nnumbers, alone_cap, claims_cap;
};

static const size_t ROWS_MAX = UINT32_MAX;

struct links *
links_new(const struct keyring *ring, unsigned keep)
{
	struct links *l = mem_new(1, sizeof(*l));
	unsigned at = keyring_ntypes(ring);

	l->ring = ring;
	l->ntypes = at;
	if ((keep & LINKS_ACCOUNTS) != 0) {
		l->accounts = dict_new();
		l->account_at = at++;
	}
	if ((keep & LINKS_TWINS) != 0)
		l->twin_at = at++;
	if ((keep & LINKS_EVENTS) != 0) {
		l->events = dict_new();
		l->event_at = at++;
	}
	l->stride = at + 2;
	return l;
}

void
links_free(struct links *l)
{
	if (l == NULL)
		return;
	dict_free(l->accounts);
	dict_free(l->events);
	mem_free(l->rows);
	mem_free(l->alone);
	mem_free(l->claims);
	mem_free(l);
}

static uint32_t *
row(const struct links *l, size_t i)
{
	return l->rows + i * l->stride;
}

static void
set_us(const struct links *l, uint32_t *r, int64_t us)
{
	memcpy(r + l->stride - 2, &us, sizeof(us));
}

static int64_t
us_of(const struct links *l, const uint32_t *r)
{
	int64_t us;

	memcpy(&us, r + l->stride - 2, sizeof(us));
	return us;
}

/* A word of a row, or KEYRING_NONE where the rows have none. */
static uint32_t
word(const uint32_t *r, unsigned at)
{
	return at != 0 ? r[at] : KEYRING_NONE;
}

static uint32_t
account_of(const struct links *l, const uint32_t *r)
{
	return word(r, l->account_at);
}

static uint32_t
twin_of(const struct links *l, const uint32_t *r)
{
	return word(r, l->twin_at);
}

static struct text
event_of(const struct links *l, const uint32_t *r)
{
	uint32_t n = word(r, l->event_at);

	return n == KEYRING_NONE ? TEXT_NONE : dict_text(l->events, n);
}

/* --- adding --- */

/* Numbers of ring that are new have no row of their own yet. */
static void
cover_numbers(struct links *l)
{
	size_t n = keyring_count(l->ring);

	if (n == l->nnumbers)
		return;
	l->alone = mem_grow(l->alone, &l->alone_cap, n, sizeof(*l->alone), ROWS_MAX,
	    "keys");
	if (l->accounts != NULL)
		l->claims = mem_grow(l->claims, &l->claims_cap, n, sizeof(*l->claims),
		    ROWS_MAX, "keys");
	for (; l->nnumbers < n; l->nnumbers++) {
		l->alone[l->nnumbers] = LINKS_NEVER;
		if (l->accounts != NULL)
			l->claims[l->nnumbers] = (struct claim){ 0, KEYRING_NONE };
	}
}

/* Is account a at time us newer than what is claimed? Undated is oldest; at one
 * time the greater bytes count. */
static bool
is_newer(const struct links *l, int64_t us, uint32_t a, const struct claim *than)
{
	if (than->account == KEYRING_NONE)
		return true;
	if (us != than->us)
		return us != LINKS_UNDATED &&
		    (than->us == LINKS_UNDATED || us > than->us);
	return text_compare(dict_text(l->accounts, a),
		   dict_text(l->accounts, than->account)) > 0;
}

static void
add_alone(struct links *l, uint32_t key, int64_t us, uint32_t account)
{
	if (us < l->alone[key])
		l->alone[key] = us;
	if (account != KEYRING_NONE && is_newer(l, us, account, &l->claims[key]))
		l->claims[key] = (struct claim){ us, account };
}

static int
words_order(const void *a, const void *b, void *links)
{
	const struct links *l = links;

	return memcmp(a, b, l->stride * sizeof(uint32_t));
}

/* Drop the repeats among the rows so far. */
static void
make_distinct(struct links *l)
{
	size_t kept = 0;

	if (l->nrows == 0)
		return;
	qsort_r(l->rows, l->nrows, l->stride * sizeof(uint32_t), words_order, l);
	for (size_t i = 1; i < l->nrows; i++)
		if (words_order(row(l, kept), row(l, i), l) != 0)
			memmove(row(l, ++kept), row(l, i),
			    l->stride * sizeof(uint32_t));
	l->nrows = kept + 1;
}

/* A place for one more row; repeats go before memory grows. */
static uint32_t *
new_row(struct links *l)
{
	enum { SMALL = 1 << 16 };

	if (l->nrows == l->rows_cap) {
		if (l->nrows >= SMALL)
			make_distinct(l);
		if (l->nrows >= l->rows_cap / 4 * 3)
			l->rows = mem_grow(l->rows, &l->rows_cap, l->rows_cap + 1,
			    l->stride * sizeof(uint32_t), ROWS_MAX, "rows with keys");
	}
	return row(l, l->nrows++);
}

static uint32_t *
add_row(struct links *l, const uint32_t *spelling, int64_t us, uint32_t account)
{
	uint32_t *r = new_row(l);

	memcpy(r, spelling, l->ntypes * sizeof(*r));
	if (l->account_at != 0)
		r[l->account_at] = account;
	if (l->twin_at != 0)
		r[l->twin_at] = KEYRING_NONE;
	if (l->event_at != 0)
		r[l->event_at] = KEYRING_NONE;
	set_us(l, r, us);
	return r;
}

/* A row with this key and no other. */
static uint32_t *
add_single(struct links *l, uint32_t n, int64_t us, uint32_t account)
{
	uint32_t keys[KEYRING_TYPES_MAX];

	for (unsigned i = 0; i < l->ntypes; i++)
		keys[i] = KEYRING_NONE;
	keys[keyring_type_of(l->ring, n)] = n;
	return add_row(l, keys, us, account);
}

static void
set_event(struct links *l, uint32_t *r, struct text event)
{
	if (l->events != NULL && event.len != 0)
		r[l->event_at] = dict_add(l->events, event);
}

void
links_add_twin(struct links *l, uint32_t spelling, uint32_t twin, struct text event)
{
	uint32_t *r;

	if (spelling == twin)
		return;
	r = add_single(l, spelling, LINKS_UNDATED, KEYRING_NONE);
	r[l->twin_at] = twin;
	set_event(l, r, event);
}

enum links_verdict
links_add(struct links *l, const uint32_t *spelling, int64_t us, struct text account,
    struct text event)
{
	uint32_t number = KEYRING_NONE, only = KEYRING_NONE;
	unsigned n = 0;

	for (unsigned i = 0; i < l->ntypes; i++) {
		if (spelling[i] != KEYRING_NONE) {
			only = spelling[i];
			n++;
		}
	}
	if (n == 0)
		return LINKS_NO_KEY;
	if (n == 1 && !keyring_type(l->ring, keyring_type_of(l->ring, only))->anchor)
		return LINKS_ANONYMOUS;
	cover_numbers(l);
	if (l->accounts != NULL && account.len != 0)
		number = dict_add(l->accounts, account);
	if (n == 1)
		add_alone(l, only, us, number);
	else
		set_event(l, add_row(l, spelling, us, number), event);
	return LINKS_USED;
}

size_t
links_bytes(const struct links *l)
{
	return l->nrows * l->stride * sizeof(*l->rows) +
	    l->nnumbers * sizeof(*l->alone) +
	    (l->accounts != NULL ? l->nnumbers * sizeof(*l->claims) +
		dict_bytes(l->accounts) : 0) +
	    (l->events != NULL ? dict_bytes(l->events) : 0);
}

/* --- as a table --- */

int
links_time_order(int64_t a, int64_t b)
{
	char ta[WHEN_TEXT], tb[WHEN_TEXT];

	if (a == b)
		return 0;
	if (a == LINKS_UNDATED || b == LINKS_UNDATED)
		return a == LINKS_UNDATED ? -1 : 1;
	if (a / WHEN_SECOND != b / WHEN_SECOND)
		return a < b ? -1 : 1;
	/* Of one second: ".5Z" stands before "Z". */
	return text_compare(when_put(ta, a), when_put(tb, b));
}

static struct text
spelling_text(const struct links *l, uint32_t n)
{
	return n == KEYRING_NONE ? TEXT_NONE : keyring_text(l->ring, n);
}

static int
edge_order(const void *pa, const void *pb, void *links)
{
	const struct links *l = links;
	const uint32_t *a = pa, *b = pb;
	int c = 0;

	for (unsigned i = 0; c == 0 && i < l->ntypes; i++)
		if (a[i] != b[i])
			c = text_compare(spelling_text(l, a[i]), spelling_text(l, b[i]));
	if (c == 0 && account_of(l, a) != account_of(l, b))
		c = text_compare(links_account_text(l, account_of(l, a)),
		    links_account_text(l, account_of(l, b)));
	if (c == 0 && twin_of(l, a) != twin_of(l, b))
		c = text_compare(spelling_text(l, twin_of(l, a)),
		    spelling_text(l, twin_of(l, b)));
	if (c == 0)
		c = links_time_order(us_of(l, a), us_of(l, b));
	return c != 0 ? c : text_compare(event_of(l, a), event_of(l, b));
}

/* A key alone: its first row, and the one with its newest account. */
static void
add_edges_alone(struct links *l, uint32_t n)
{
	struct claim c = { 0, KEYRING_NONE };

	if (l->alone[n] == LINKS_NEVER)
		return;
	if (l->accounts != NULL)
		c = l->claims[n];
	if (c.account != KEYRING_NONE)
		add_single(l, n, c.us, c.account);
	if (c.account == KEYRING_NONE || c.us != l->alone[n])
		add_single(l, n, l->alone[n], KEYRING_NONE);
}

size_t
links_edges(struct links *l)
{
	cover_numbers(l);
	for (uint32_t n = 0; n < l->nnumbers; n++)
		add_edges_alone(l, n);
	make_distinct(l);
	if (l->nrows != 0)
		qsort_r(l->rows, l->nrows, l->stride * sizeof(uint32_t), edge_order, l);
	return l->nrows;
}

struct links_edge
links_edge(const struct links *l, size_t i)
{
	struct links_edge e = { .us = links_us(l, i) };

	memcpy(e.spelling, row(l, i), l->ntypes * sizeof(uint32_t));
	e.twin = twin_of(l, row(l, i));
	e.event = event_of(l, row(l, i));
	e.account = links_account_text(l, account_of(l, row(l, i)));
	return e;
}

/* --- for solving --- */

static void
meet_first(struct links *l, uint32_t key, int64_t us)
{
	if (us < l->alone[key])
		l->alone[key] = us;
}

/* A spelling's own times and accounts pass to its key. */
static void
pass_to_key(struct links *l, uint32_t n)
{
	uint32_t key = keyring_key(l->ring, n);

	if (key == n || key == KEYRING_NONE || l->alone[n] == LINKS_NEVER)
		return;
	meet_first(l, key, l->alone[n]);
	if (l->accounts != NULL && l->claims[n].account != KEYRING_NONE)
		add_alone(l, key, l->claims[n].us, l->claims[n].account);
}

size_t
links_close(struct links *l)
{
	cover_numbers(l);
	for (uint32_t n = 0; n < l->nnumbers; n++)
		pass_to_key(l, n);
	for (size_t i = 0; i < l->nrows; i++) {
		uint32_t *r = row(l, i);

		for (unsigned t = 0; t < l->ntypes; t++) {
			if (r[t] == KEYRING_NONE)
				continue;
			r[t] = keyring_key(l->ring, r[t]);
			meet_first(l, r[t], us_of(l, r));
		}
		if (twin_of(l, r) != KEYRING_NONE)
			r[l->twin_at] = keyring_key(l->ring, twin_of(l, r));
	}
	make_distinct(l);
	return l->nrows;
}

size_t
links_count(const struct links *l)
{
	return l->nrows;
}

int64_t
links_first(const struct links *l, uint32_t key)
{
	return l->alone[key];
}

const uint32_t *
links_keys(const struct links *l, size_t i)
{
	return row(l, i);
}

int64_t
links_us(const struct links *l, size_t i)
{
	return us_of(l, row(l, i));
}

uint32_t
links_account(const struct links *l, size_t i)
{
	return account_of(l, row(l, i));
}

uint32_t
links_twin(const struct links *l, size_t i)
{
	return twin_of(l, row(l, i));
}

struct text
links_event(const struct links *l, size_t i)
{
	return event_of(l, row(l, i));
}

uint32_t
links_own_account(const struct links *l, uint32_t key, int64_t *us)
{
	if (l->accounts == NULL)
		return KEYRING_NONE;
	*us = l->claims[key].us;
	return l->claims[key].account;
}

struct text
links_account_text(const struct links *l, uint32_t account)
{
	return account == KEYRING_NONE ? TEXT_NONE : dict_text(l->accounts, account);
}
