/* joins.h - which rows made keys one person? */
#ifndef LEAD_DOMAIN_JOINS_H
#define LEAD_DOMAIN_JOINS_H

#include <stddef.h>
#include <stdint.h>

#include <lead/domain/identity/keyring.h>
#include <lead/domain/identity/links.h>
#include <lead/domain/identity/people.h>

/* How a row joined two keys. */
enum joins_rule {
	JOINS_ALIAS,  /* it says that the source merged them */
	JOINS_ROW,    /* both stand in it */
	JOINS_SHARED, /* it has one of them, and a shared key that was the other's */
};

struct join {
	int64_t us;         /* of the row, or LINKS_UNDATED */
	uint32_t event;     /* of the row: a number of links, or KEYRING_NONE */
	uint32_t with, key; /* the stronger one first */
	uint8_t rule;       /* enum joins_rule */
} __attribute__((packed));

/* What made people what they are: of the joins of two keys by one rule the first,
 * more than a tree of them. Borrows all. */
struct joins {
	const struct keyring *ring;
	const struct links *links;
	const struct people *people;
	struct join *v;
	size_t n, cap;
};

/* joins_clear() in any case. */
void joins_find(struct joins *j, const struct keyring *ring, const struct links *links,
    const struct people *people);
void joins_clear(struct joins *j);

/* By time, undated last, event, keys: the order in which they were known. */
void joins_by_time(struct joins *j);

/*
 * No person of more than most keys: of such a person, the joins are made again
 * from the strongest on (by type of the weaker key, rule, time), and those that
 * would make more than that are left out, counted in *ncut and, unless it is
 * NULL, moved to cut (all zeros before; joins_clear()). Returns the number of
 * people taken apart.
 */
size_t joins_trim(const struct keyring *ring, const struct links *links,
    struct people *people, uint32_t most, struct joins *cut, size_t *ncut);

#endif
