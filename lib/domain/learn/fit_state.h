/* fit_state.h - what the parts of fit.c share */
#ifndef FIT_STATE_H
#define FIT_STATE_H

#include <lead/domain/learn/fit.h>
#include <lead/domain/learn/logit.h>

/* Rows and won rows at each level of the design, a fold left out. */
struct fit_counts {
	uint64_t *n, *won;
	uint64_t all, all_won;
};

void fit_count(const struct fit *f, int left_out, struct fit_counts *c);
void fit_counts_clear(struct fit_counts *c);

/* Terms or points, made of one set of leads. */
struct fit_model {
	struct logit_term *term;
	int64_t *points; /* micros */
	size_t n;
	struct curve_odds odds;
	bool has_odds;
};

void fit_model_clear(struct fit_model *m);

/* Levels of all columns, those that tell most, and the design of these. */
void fit_read_columns(struct fit *f, struct history *h);

/* Rules and points by the logistic model, a fold left out. False: no maximum, f->why
 * says where. */
bool fit_logit(struct fit *f, int left_out, struct fit_model *m);

/* Terms of choose.h as rules: texts of one column apart from each other. */
struct logit_term *fit_part_terms(const struct fit *f, const struct logit_term *chosen,
    size_t nchosen, size_t *n);

/* Rate over rate; a column's numbers are steps on top of each other. */
void fit_ratio(const struct fit *f, const struct fit_counts *c, struct fit_model *m);

/* The rules of m, in their order and words, into f. */
void fit_word_rules(struct fit *f, const struct fit_model *m);

/* What people should know before they trust the rules. */
void fit_note_columns(struct fit *f, const struct history *h);
void fit_note_levels(struct fit *f);

static inline uint64_t
fit_bit(size_t level)
{
	return UINT64_C(1) << level;
}

/* Is the term about texts of its column? */
static inline bool
fit_is_texts(const struct levels *l, const struct logit_term *t)
{
	return t->levels >> levels_text(l) != 0;
}

static inline const struct levels *
fit_levels(const struct fit *f, size_t used)
{
	return &f->levels[f->used[used]];
}

#endif
