/* links.h - which keys stood in one row, and when */
#ifndef LEAD_DOMAIN_LINKS_H
#define LEAD_DOMAIN_LINKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>
#include <lead/domain/keyring.h>

/*
 * What rows say about keys, reduced to what identity needs: distinct rows of
 * two keys and more; of a key alone its first time and its newest account; of
 * a visitor alone nothing. Written as a table (--edges) and read again they
 * say the same, and so do parts united.
 */
struct links;

/* A row without time: later than all, never an identification. */
#define LINKS_UNDATED (INT64_MAX - 1)
/* A key that no row had alone. */
#define LINKS_NEVER INT64_MAX

/* What rows may name beside keys; what is not kept is not asked for. */
enum links_keep {
	LINKS_ACCOUNTS = 1,
	LINKS_TWINS = 2,
	LINKS_EVENTS = 4,
};

/* ring is borrowed and holds all its types.
 * Memory: 8 or 20 bytes a number of ring, 8 + 4 a key type a row; an event's
 * text and 60. */
struct links *links_new(const struct keyring *ring, unsigned keep);
void links_free(struct links *l);

enum links_verdict {
	LINKS_USED,
	LINKS_NO_KEY,    /* nothing to go by */
	LINKS_ANONYMOUS, /* a visitor and nothing else */
};

/* spelling[i]: number of the row's key of type i, or KEYRING_NONE. account and
 * the row's event are copied; empty for none. */
enum links_verdict links_add(struct links *l, const uint32_t *spelling, int64_t us,
    struct text account, struct text event);

/* Two numbers of one type are one person's: the source merged them. Only with
 * LINKS_TWINS. */
void links_add_twin(struct links *l, uint32_t spelling, uint32_t twin,
    struct text event);

size_t links_bytes(const struct links *l);

/* One row as a table has it; spelling[i] may be KEYRING_NONE. */
struct links_edge {
	int64_t us;
	uint32_t spelling[KEYRING_TYPES_MAX];
	uint32_t twin; /* or KEYRING_NONE */
	struct text account, event;
};

/*
 * The edges in byte order of their rows "keys account twin time event", each once. First
 * links_edges(), which ends the adding, then links_edge() of 0 to n - 1.
 */
size_t links_edges(struct links *l);
struct links_edge links_edge(const struct links *l, size_t i);

/*
 * For solving instead: numbers become those of keys, equal rows one, and
 * links_first() is the time of a key's first row. Ends the adding.
 */
size_t links_close(struct links *l);
size_t links_count(const struct links *l);
int64_t links_first(const struct links *l, uint32_t key);

/* Row i after links_close(): its keys by type, time, account number or
 * KEYRING_NONE. */
const uint32_t *links_keys(const struct links *l, size_t i);
int64_t links_us(const struct links *l, size_t i);
struct text links_event(const struct links *l, size_t i); /* or empty */
uint32_t links_account(const struct links *l, size_t i);

/* The twin of the row's only key, or KEYRING_NONE. */
uint32_t links_twin(const struct links *l, size_t i);

/* The newest account that rows of this key alone named, or KEYRING_NONE. */
uint32_t links_own_account(const struct links *l, uint32_t key, int64_t *us);

struct text links_account_text(const struct links *l, uint32_t account);

/* Byte order of two times as a table writes them: "" for undated. */
int links_time_order(int64_t a, int64_t b);

#endif
