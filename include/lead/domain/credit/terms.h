/* terms.h - what a command line asks of lead-attribute, checked */
#ifndef LEAD_DOMAIN_TERMS_H
#define LEAD_DOMAIN_TERMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/buf.h>
#include <lead/base/text.h>
#include <lead/domain/credit/attribute.h>

enum {
	TERMS_LIST = 64,
	TERMS_COLUMNS = TERMS_LIST + 6, /* of a table of sums */
};

/* The values of the options, as given; lists have commas, NULL is none. */
struct terms_words {
	const char *model, *milestone, *by, *lookback, *position, *exclude, *kinds;
	int from;  /* index into terms_from */
	int value; /* into terms_value */
	int transform; /* into transform_names */
	int period_of; /* into terms_period_of */
	int64_t half_us; /* -1: not given */
	bool since_last, acquisition, explain, removal, paths, from_paths;
};

extern const char *const terms_from[], *const terms_value[], *const terms_period_of[];

/* Terms: options of the domain, and the lists that they point into. */
struct terms {
	struct attribute_options o; /* by, columns, zone, times: the caller's */
	struct model *model[TERMS_LIST];
	struct text file[TERMS_LIST]; /* of the model's table, or empty */
	struct text by[TERMS_LIST], kind[TERMS_LIST], excluded[TERMS_LIST];
	struct text milestone[TERMS_LIST];
	size_t nby, nmilestones;
	bool removal, from_paths;
	struct attribute_by column[TERMS_LIST];
};

/* What is wrong: --option: why: "value"; an empty option is all of them. */
struct terms_problem {
	const char *option, *why;
	struct text value;
	char words[512]; /* why, where it is made */
};

/* Borrows the words. false: *p tells. */
bool terms_read(const struct terms_words *w, bool partial, bool merge, struct terms *t,
    struct terms_problem *p);
void terms_clear(struct terms *t);

/* Append the lines of --model help. */
void terms_list(struct buf *b);

/* The place of a name in a list, or -1. */
int terms_find(const struct text *name, size_t n, struct text wanted);

/* Find the columns of steps and of --by in a table of columns name[0..n-1]: -1
 * where there is none. */
void terms_bind(struct terms *t, const struct text *name, size_t n);

/* The columns of the table of sums, left to right, TERMS_COLUMNS at most; how
 * many. */
size_t terms_header(const struct terms *t, struct text *name);

#endif
