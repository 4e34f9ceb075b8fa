/* ledger.h - where did every row go? */
#ifndef LEAD_BASE_LEDGER_H
#define LEAD_BASE_LEDGER_H

#include <stdbool.h>
#include <stdint.h>

#include <lead/base/diag.h>
#include <lead/base/out.h>

/* At most this many bad rows: a number, or parts in a million of the rows. */
struct ledger_bound {
	uint64_t rows;
	uint64_t per_million;
};

/* "5", "1%", "0.1%", or "0.1%+1" (a share, and one row in any case). */
bool ledger_parse_bound(struct text t, struct ledger_bound *b);

/* Named counts in order of first use. Names are literals. */
enum { LEDGER_NAMES = 64, LEDGER_SHOWN = 10 };

struct ledger_counts {
	const char *name[LEDGER_NAMES];
	uint64_t n[LEDGER_NAMES];
	size_t used;
};

struct ledger {
	uint64_t in, out, used; /* rows; used: became part of the output */
	uint64_t rejected_rows, dropped_rows;
	struct ledger_counts rejected, dropped, counted;
	struct ledger_bound bound;
	struct out *rejects; /* --reject FILE, or NULL */
};

void ledger_add(struct ledger_counts *c, const char *name, uint64_t n);

/*
 * One bad row. The first ten of a reason are shown, the rest counted; with
 * --reject the record is kept. false once more rows are bad than a bound in
 * rows allows; a share is judged at the end, by ledger_sound().
 */
bool ledger_reject(struct ledger *l, const struct diag_at *at, const char *reason,
    const char *words, struct text value, struct text record);

/* n rows left out by a rule; from_used: they had been taken as used before. */
void ledger_drop(struct ledger *l, const char *rule, uint64_t n, bool from_used);

/* At the end: are the bad rows within the bound? Says so when not, and what
 * was counted beyond the lines shown. */
bool ledger_sound(const struct ledger *l);

/* The rule that dropped most (the first of equals) when rows came and none was
 * used; NULL otherwise, and when all were rejected: that was told. */
const char *ledger_nothing_used(const struct ledger *l);

/*
 * The account as one line of JSON: rows in, out, used, rejected and dropped by
 * name, bytes, and "balanced": in = used + rejected + dropped.
 */
struct ledger_bytes {
	uint64_t in, out, spilled;
};
int ledger_write(const struct ledger *l, const char *program, const char *path,
    const struct ledger_bytes *bytes);

bool ledger_balanced(const struct ledger *l);

#endif
