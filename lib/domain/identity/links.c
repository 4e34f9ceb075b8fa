/* links.c - which keys stood in one row, and when */
#include <lead/base/dict.h>
#include <lead/base/mem.h>
#include <lead/base/order.h>
#include <lead/base/when.h>
#include <lead/domain/identity/links.h>

/* What a key's rows of its own say. */
struct claim {
	int64_t us;
	uint32_t account;
} __attribute__((packed));

/* A row of the table. */
struct edge {
	int64_t us;
	uint32_t rows; /* those that it is one of */
} __attribute__((packed));

/* A packed row is the keys by type, and the account, the twin and the event
 * where they are kept. */
struct links {
	const struct keyring *ring;
	struct dict *accounts, *events; /* NULL: not kept */
	unsigned ntypes;
	unsigned account_at, twin_at, event_at; /* words of a row, or 0 */
	bool edges;
	struct packed *rows;
	int64_t *first;       /* by number: time of its first row alone, then of any */
	struct claim *claims; /* by number; NULL without accounts */
	struct edge *edge;
	size_t nnumbers, first_cap, claims_cap, nedges, edge_cap;
};

static const size_t NUMBERS_MAX = UINT32_MAX;

struct links *
links_new(const struct keyring *ring, unsigned keep)
{
	struct links *l = mem_new(1, sizeof(*l));
	unsigned at = keyring_ntypes(ring);

	l->ring = ring;
	l->ntypes = at;
	l->edges = (keep & LINKS_EDGES) != 0;
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
	l->rows = packed_new(at);
	return l;
}

void
links_forget_rows(struct links *l)
{
	packed_free(l->rows);
	l->rows = NULL;
}

void
links_forget_times(struct links *l)
{
	mem_free(l->first);
	l->first = NULL;
}

void
links_free(struct links *l)
{
	if (l == NULL)
		return;
	links_forget_rows(l);
	links_forget_times(l);
	dict_free(l->accounts);
	dict_free(l->events);
	mem_free(l->claims);
	mem_free(l->edge);
	mem_free(l);
}

/* --- adding --- */

/* Numbers of ring that are new have no row yet. */
static void
cover_numbers(struct links *l)
{
	size_t n = keyring_count(l->ring);

	if (n == l->nnumbers)
		return;
	l->first = mem_grow(l->first, &l->first_cap, n, sizeof(*l->first), NUMBERS_MAX,
	    "keys");
	if (l->accounts != NULL)
		l->claims = mem_grow(l->claims, &l->claims_cap, n, sizeof(*l->claims),
		    NUMBERS_MAX, "keys");
	for (; l->nnumbers < n; l->nnumbers++) {
		l->first[l->nnumbers] = LINKS_NEVER;
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
meet(struct links *l, uint32_t number, int64_t us)
{
	if (us < l->first[number])
		l->first[number] = us;
}

static void
add_alone(struct links *l, uint32_t number, int64_t us, uint32_t account)
{
	cover_numbers(l);
	meet(l, number, us);
	if (account != KEYRING_NONE && is_newer(l, us, account, &l->claims[number]))
		l->claims[number] = (struct claim){ us, account };
}

/* What a row names beside its keys. */
struct beside {
	uint32_t account, twin;
	struct text event;
};

static const struct beside nothing = { KEYRING_NONE, KEYRING_NONE, { "", 0 } };

static void
add_row(struct links *l, const uint32_t *number, int64_t us, const struct beside *b)
{
	uint32_t word[PACKED_WORDS_MAX];

	memcpy(word, number, l->ntypes * sizeof(*word));
	if (l->account_at != 0)
		word[l->account_at] = b->account;
	if (l->twin_at != 0)
		word[l->twin_at] = b->twin;
	if (l->event_at != 0)
		word[l->event_at] = b->event.len == 0 ? KEYRING_NONE :
		    dict_add(l->events, b->event);
	packed_add(l->rows, word, us);
}

/* A row with this key and no other. */
static void
add_single(struct links *l, uint32_t n, int64_t us, const struct beside *b)
{
	uint32_t numbers[KEYRING_TYPES_MAX];

	for (unsigned i = 0; i < l->ntypes; i++)
		numbers[i] = KEYRING_NONE;
	numbers[keyring_type_of(l->ring, n)] = n;
	add_row(l, numbers, us, b);
}

/* The number that rows keep for a spelling. */
static uint32_t
kept(const struct links *l, uint32_t spelling)
{
	return l->edges ? spelling : keyring_key(l->ring, spelling);
}

void
links_add_twin(struct links *l, uint32_t spelling, uint32_t twin, struct text event)
{
	struct beside b = nothing;
	uint32_t n = kept(l, spelling);

	b.twin = kept(l, twin);
	b.event = event;
	if (n == b.twin)
		return;
	add_single(l, n, LINKS_UNDATED, &b);
}

enum links_verdict
links_add(struct links *l, const uint32_t *spelling, int64_t us, struct text account,
    struct text event)
{
	uint32_t numbers[KEYRING_TYPES_MAX], only = KEYRING_NONE;
	struct beside b = nothing;
	unsigned n = 0;

	for (unsigned i = 0; i < l->ntypes; i++) {
		numbers[i] = KEYRING_NONE;
		if (spelling[i] != KEYRING_NONE) {
			only = numbers[i] = kept(l, spelling[i]);
			n++;
		}
	}
	if (n == 0)
		return LINKS_NO_KEY;
	if (n == 1 && !keyring_type(l->ring, keyring_type_of(l->ring, only))->anchor)
		return LINKS_ANONYMOUS;
	b.event = event;
	if (l->accounts != NULL && account.len != 0)
		b.account = dict_add(l->accounts, account);
	if (n == 1) {
		add_alone(l, only, us, b.account);
		return LINKS_USED;
	}
	add_row(l, numbers, us, &b);
	return LINKS_USED;
}

size_t
links_bytes(const struct links *l)
{
	return (l->rows != NULL ? packed_bytes(l->rows) : 0) +
	    l->nnumbers * sizeof(*l->first) +
	    (l->accounts != NULL ? l->nnumbers * sizeof(*l->claims) +
		dict_bytes(l->accounts) : 0) +
	    (l->events != NULL ? dict_bytes(l->events) : 0);
}

/* --- rows again --- */

uint32_t
links_begin(const struct links *l)
{
	return l->rows != NULL ? packed_first(l->rows) : LINKS_END;
}

static uint32_t
word(const struct links_rows *r, unsigned at)
{
	return at != 0 ? r->times.word[at] : KEYRING_NONE;
}

uint32_t
links_next(const struct links *l, uint32_t n, struct links_rows *r)
{
	uint32_t next = packed_next(l->rows, n, &r->times);

	memcpy(r->keys, r->times.word, sizeof(r->keys));
	r->account = word(r, l->account_at);
	r->twin = word(r, l->twin_at);
	r->event = word(r, l->event_at);
	return next;
}

bool
links_time(struct links_rows *r, int64_t *us)
{
	return packed_time(&r->times, us);
}

struct text
links_account_text(const struct links *l, uint32_t account)
{
	return account == KEYRING_NONE ? TEXT_NONE : dict_text(l->accounts, account);
}

struct text
links_event_text(const struct links *l, uint32_t event)
{
	return event == KEYRING_NONE ? TEXT_NONE : dict_text(l->events, event);
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

static int
spelling_order(const struct links *l, uint32_t a, uint32_t b)
{
	if (a == b)
		return 0;
	return text_compare(a == KEYRING_NONE ? TEXT_NONE : keyring_text(l->ring, a),
	    b == KEYRING_NONE ? TEXT_NONE : keyring_text(l->ring, b));
}

static int
edge_order(const void *pa, const void *pb, void *links)
{
	const struct links *l = links;
	const struct edge *ea = pa, *eb = pb;
	struct links_rows a, b;
	int c = 0;

	if (ea->rows == eb->rows)
		return links_time_order(ea->us, eb->us);
	links_next(l, ea->rows, &a);
	links_next(l, eb->rows, &b);
	for (unsigned i = 0; c == 0 && i < l->ntypes; i++)
		c = spelling_order(l, a.keys[i], b.keys[i]);
	if (c == 0 && a.account != b.account)
		c = text_compare(links_account_text(l, a.account),
		    links_account_text(l, b.account));
	if (c == 0)
		c = spelling_order(l, a.twin, b.twin);
	if (c == 0)
		c = links_time_order(ea->us, eb->us);
	return c != 0 ? c : text_compare(links_event_text(l, a.event),
	    links_event_text(l, b.event));
}

/* A key alone: its first row, and the one with its newest account. */
static void
add_edges_alone(struct links *l, uint32_t n)
{
	struct beside b = nothing;
	struct claim c = { 0, KEYRING_NONE };

	if (l->first[n] == LINKS_NEVER)
		return;
	if (l->accounts != NULL)
		c = l->claims[n];
	b.account = c.account;
	if (c.account != KEYRING_NONE)
		add_single(l, n, c.us, &b);
	if (c.account == KEYRING_NONE || c.us != l->first[n])
		add_single(l, n, l->first[n], &nothing);
}

size_t
links_edges(struct links *l)
{
	uint32_t n, at;
	struct links_rows r;
	int64_t us;

	cover_numbers(l);
	for (n = 0; n < l->nnumbers; n++)
		add_edges_alone(l, n);
	packed_close(l->rows);
	for (at = n = links_begin(l); n != LINKS_END; at = n) {
		n = links_next(l, n, &r);
		while (links_time(&r, &us)) {
			l->edge = mem_grow(l->edge, &l->edge_cap, l->nedges + 1,
			    sizeof(*l->edge), NUMBERS_MAX, "edges");
			l->edge[l->nedges++] = (struct edge){ us, at };
		}
	}
	order_array(l->edge, l->nedges, sizeof(*l->edge), edge_order, l);
	return l->nedges;
}

struct links_edge
links_edge(const struct links *l, size_t i)
{
	struct links_edge e = { .us = l->edge[i].us };
	struct links_rows r;

	links_next(l, l->edge[i].rows, &r);
	memcpy(e.spelling, r.keys, sizeof(e.spelling));
	e.twin = r.twin;
	e.event = links_event_text(l, r.event);
	e.account = links_account_text(l, r.account);
	return e;
}

/* --- for solving --- */

void
links_close(struct links *l)
{
	struct links_rows r;

	packed_close(l->rows);
	cover_numbers(l);
	for (uint32_t n = links_begin(l); n != LINKS_END; ) {
		n = links_next(l, n, &r);
		for (unsigned i = 0; i < l->ntypes; i++)
			if (r.keys[i] != KEYRING_NONE)
				meet(l, r.keys[i], r.times.us);
	}
}

int64_t
links_first(const struct links *l, uint32_t key)
{
	return l->first[key];
}

bool
links_has_accounts(const struct links *l)
{
	return l->accounts != NULL;
}

bool
links_has_twins(const struct links *l)
{
	return l->twin_at != 0;
}

uint32_t
links_own_account(const struct links *l, uint32_t key, int64_t *us)
{
	if (l->accounts == NULL)
		return KEYRING_NONE;
	*us = l->claims[key].us;
	return l->claims[key].account;
}
