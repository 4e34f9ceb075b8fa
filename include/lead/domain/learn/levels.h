/* levels.h - a column's few values: bins of numbers, texts, blank */
#ifndef LEAD_DOMAIN_LEVELS_H
#define LEAD_DOMAIN_LEVELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/domain/learn/history.h>

enum {
	LEVELS_MAX = 64,      /* of a column: a set of them is a word of 64 bits */
	LEVELS_TEXTS_MAX = 48, /* the most frequent texts */
	LEVELS_TEXT_BYTES = 200, /* longer texts are no levels */
	LEVELS_BINS = 10,
	LEVELS_HALF = 100, /* leads that a half of a tenth must have */
};

struct level {
	struct text text; /* of a text; borrowed from the history */
	int64_t from;     /* of a bin: its least number, in millionths */
	uint64_t n, won;
};

/*
 * level[0] are all values that make no level of their own, level[1] is blank; then
 * nbins bins of numbers, ascending, then ntexts texts in byte order. A blank, a
 * text or a bin of fewer rows than asked makes none (a bin joins the next).
 *
 * Bins are cut at the deciles; a number of as many rows, such as zero, has a bin to
 * itself; up to LEVELS_BINS distinct numbers have one each. With halves, deciles
 * of 2 * LEVELS_HALF rows or more are cut once more.
 */
struct levels {
	struct level level[LEVELS_MAX];
	size_t n, nbins, ntexts;
	uint8_t *code;    /* the level of each row; NULL: the column is left out */
	const char *why;  /* then the reason, for people; else NULL */
	bool blank;       /* blank rows are enough for a level */
	bool others;      /* some rows are at level 0, or blank */
	bool rare;        /* some texts make no level */
	bool texts;       /* there are texts */
};

/* first and last of the bins and texts; n when there is none. */
static inline size_t
levels_text(const struct levels *l)
{
	return 2 + l->nbins;
}

struct levels_terms {
	uint64_t least; /* rows of a level */
	bool halves;
	bool keep;      /* although each row has another value, as an id */
};

/* Of one column of h. levels_clear(). */
void levels_init(struct levels *l, const struct history *h, size_t column,
    const struct levels_terms *terms);
void levels_clear(struct levels *l);

/* The area under the ROC curve of the column alone, its levels in the order of
 * their rates; 0.5 when all leads ended alike. */
double levels_auc(const struct levels *l);

/* What the outcome owes to the column, in nats a row: the mutual information. */
double levels_information(const struct levels *l);

#endif
