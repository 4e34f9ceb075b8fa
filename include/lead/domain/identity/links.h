/* links.h - which keys stood in one row, and when */
#ifndef LEAD_DOMAIN_LINKS_H
#define LEAD_DOMAIN_LINKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/packed.h>
#include <lead/base/text.h>
#include <lead/domain/identity/keyring.h>

/*
 * What rows say about keys, reduced to what identity needs: distinct rows of
 * two keys and more; of a key alone its first time and its newest account; of
 * a visitor alone nothing. Written as a table (--edges) and read again they
 * say the same, and so do parts united.
 */
struct links;

/* A row without time: later than all, never an identification. */
#define LINKS_UNDATED (INT64_MAX - 1)
/* A key that no row had. */
#define LINKS_NEVER INT64_MAX

/* What rows may name beside keys; what is not kept is not asked for. */
enum links_keep {
	LINKS_ACCOUNTS = 1,
	LINKS_TWINS = 2,
	LINKS_EVENTS = 4,
	LINKS_EDGES = 8, /* for links_edges(): cells as they were spelled, not keys */
};

/* ring is borrowed and holds all its types.
 * Memory: 8 or 20 bytes a number of ring (once a key stood alone); 4 a row, and 10
 * for each set of keys that stood together (packed.h); an event's text and 60. */
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

/* --- as a table: with LINKS_EDGES --- */

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

/* --- for solving: without --- */

/* Ends the adding. */
void links_close(struct links *l);

/* The time of a key's first row. */
int64_t links_first(const struct links *l, uint32_t key);

/* Rows that have the same keys; each may be KEYRING_NONE. */
struct links_rows {
	uint32_t keys[KEYRING_TYPES_MAX];
	uint32_t account, event; /* numbers */
	uint32_t twin; /* of their only key */
	struct packed_bundle times;
};

enum { LINKS_END = PACKED_END };

/* Such rows have a number: of the first, or LINKS_END, and of those after n, which
 * *rows are then; and the next of their times, ascending, false after the last. */
uint32_t links_begin(const struct links *l);
uint32_t links_next(const struct links *l, uint32_t n, struct links_rows *rows);
bool links_time(struct links_rows *rows, int64_t *us);

bool links_has_accounts(const struct links *l);
bool links_has_twins(const struct links *l);

/* The newest account that rows of this key alone named, or KEYRING_NONE. */
uint32_t links_own_account(const struct links *l, uint32_t key, int64_t *us);

/* Texts of such numbers; empty for KEYRING_NONE. */
struct text links_account_text(const struct links *l, uint32_t account);
struct text links_event_text(const struct links *l, uint32_t event);

/* Rows (there are none from then on) or first times are not asked for any more:
 * gives them back. */
void links_forget_rows(struct links *l);
void links_forget_times(struct links *l);

/* Byte order of two times as a table writes them: "" for undated. */
int links_time_order(int64_t a, int64_t b);

#endif
