/* links_state.h - what links.c and links_edges.c share */
#ifndef LEAD_DOMAIN_LINKS_STATE_H
#define LEAD_DOMAIN_LINKS_STATE_H

#include <lead/base/dict.h>
#include <lead/domain/identity/links.h>

/* What a key's rows of its own say. */
struct links_claim {
	int64_t us;
	uint32_t account;
} __attribute__((packed));

/* A line of the table. */
struct links_line {
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
	int64_t *first;             /* by number: time of its first row alone, then of any */
	struct links_claim *claims; /* by number; NULL without accounts */
	struct links_line *edge;
	size_t nnumbers, first_cap, claims_cap, nedges, edge_cap;
};

static const size_t LINKS_NUMBERS_MAX = UINT32_MAX;

/* What a row names beside its keys. */
struct links_beside {
	uint32_t account, twin;
	struct text event;
};

static const struct links_beside links_nothing = { KEYRING_NONE, KEYRING_NONE,
	{ "", 0 } };

/* Numbers of ring that are new have no row yet. */
void links_cover_numbers(struct links *l);

/* A row with this key and no other. */
void links_add_single(struct links *l, uint32_t n, int64_t us,
    const struct links_beside *b);

#endif
