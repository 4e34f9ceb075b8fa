/* num.h - exact decimals: money, credit, counts */
#ifndef LEAD_BASE_NUM_H
#define LEAD_BASE_NUM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>

/* Amounts are whole millionths: 12.5 is 12,500,000 micros. */
enum { NUM_MICROS = 1000000 };

/* Sums of micros; 128 bits never overflow below 10^18 rows. */
__extension__ typedef __int128 num_wide;

enum num_verdict {
	NUM_OK,
	NUM_EMPTY,    /* no digits at all: the empty text */
	NUM_BAD,      /* not [-]digits[.digits] */
	NUM_SCALE,    /* more than six decimals (trailing zeros are fine) */
	NUM_OVERFLOW, /* beyond ±9223372036854.775807 */
};

/* How a foreign file writes a number. A blank between thousands stands for the thin
 * and no-break ones too, an apostrophe for U+2019; a minus may be U+2212. */
struct num_form {
	char thousands; /* ',' '.' ' ' '\'' or 0; groups of three checked */
	char decimal;   /* '.' or ',' */
	bool lakh;      /* 12,34,567: groups of two before the last */
	bool round;     /* more than six decimals: half away from zero */
	bool micros;    /* the text is a whole number of millionths */
};

/* Bytes of the minus at the head of t, or 0. */
size_t num_minus(struct text t);

/* Lead TSV's own form: -12.5; no plus, blank, exponent, or bare point. */
enum num_verdict num_parse(struct text t, int64_t *micros);
enum num_verdict num_parse_form(struct text t, const struct num_form *form,
    int64_t *micros);

/* A whole number 0..2^63-1 without sign. */
enum num_verdict num_parse_count(struct text t, int64_t *count);

/* Enough for any amount, wide ones too. */
enum { NUM_TEXT = 48 };

/* Without trailing zeros or a bare point; returns out as text. */
struct text num_put(char out[NUM_TEXT], int64_t micros);
struct text num_put_wide(char out[NUM_TEXT], num_wide micros);
struct text num_put_count(char out[NUM_TEXT], int64_t count);

/*
 * numerator / denominator in micros, half away from zero; both in the same
 * unit. false when denominator is 0 or the result does not fit.
 */
bool num_ratio(num_wide numerator, num_wide denominator, int64_t *micros);

/* a * b / c, half away from zero, in 256-bit care; false on overflow, c = 0. */
bool num_muldiv(int64_t a, int64_t b, int64_t c, int64_t *out);

/*
 * Share whole over n parts in proportion to weight[0..n-1] (not negative, sum
 * not 0, sum below 2^62): out[i] sum to whole exactly. Largest remainder, ties
 * to the smaller index; a negative whole is shared as its opposite.
 */
void num_share(int64_t whole, const int64_t *weight, int64_t *out, size_t n);

/* The same for several wholes by the same weights, which are borrowed. */
enum { NUM_KINDS = 8 };
struct num_weights {
	const int64_t *weight;
	size_t n;
	uint64_t sum, inverse;    /* inverse: (2^64 - 1) / sum */
	uint64_t reciprocal;      /* (2^128 - 1) / (sum << shift) - 2^64 */
	unsigned shift;           /* so that the top bit of sum is set */
	unsigned kinds;           /* of weights; 0: more than NUM_KINDS */
	int64_t kind[NUM_KINDS];
	uint64_t count[NUM_KINDS]; /* weights of each kind */
};
void num_weights_init(struct num_weights *w, const int64_t *weight, size_t n);
void num_share_by(const struct num_weights *w, int64_t whole, int64_t *out);

/* whole / sum of the weights, and what that leaves. */
uint64_t num_divide(const struct num_weights *w, uint64_t whole, uint64_t *rest);

#endif
