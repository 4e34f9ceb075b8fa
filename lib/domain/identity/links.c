/* links.c - which keys stood in one row, and when */
#include <lead/base/mem.h>

#include "links_state.h"

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

void
links_cover_numbers(struct links *l)
{
	size_t n = keyring_count(l->ring);

	if (n == l->nnumbers)
		return;
	l->first = mem_grow(l->first, &l->first_cap, n, sizeof(*l->first), LINKS_NUMBERS_MAX,
	    "keys");
	if (l->accounts != NULL)
		l->claims = mem_grow(l->claims, &l->claims_cap, n, sizeof(*l->claims),
		    LINKS_NUMBERS_MAX, "keys");
	for (; l->nnumbers < n; l->nnumbers++) {
		l->first[l->nnumbers] = LINKS_NEVER;
		if (l->accounts != NULL)
			l->claims[l->nnumbers] = (struct links_claim){ 0, KEYRING_NONE };
	}
}

/* Is account a at time us newer than what is claimed? Undated is oldest; at one
 * time the greater bytes count. */
static bool
is_newer(const struct links *l, int64_t us, uint32_t a, const struct links_claim *than)
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
	links_cover_numbers(l);
	meet(l, number, us);
	if (account != KEYRING_NONE && is_newer(l, us, account, &l->claims[number]))
		l->claims[number] = (struct links_claim){ us, account };
}

static void
add_row(struct links *l, const uint32_t *number, int64_t us, const struct links_beside *b)
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

void
links_add_single(struct links *l, uint32_t n, int64_t us, const struct links_beside *b)
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
	struct links_beside b = links_nothing;
	uint32_t n = kept(l, spelling);

	b.twin = kept(l, twin);
	b.event = event;
	if (n == b.twin)
		return;
	links_add_single(l, n, LINKS_UNDATED, &b);
}

enum links_verdict
links_add(struct links *l, const uint32_t *spelling, int64_t us, struct text account,
    struct text event)
{
	uint32_t numbers[KEYRING_TYPES_MAX], only = KEYRING_NONE;
	struct links_beside b = links_nothing;
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

/* --- for solving --- */

void
links_close(struct links *l)
{
	struct links_rows r;

	packed_close(l->rows);
	links_cover_numbers(l);
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
