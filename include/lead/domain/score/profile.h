/* profile.h - what a table of attributes says of each lead that is scored */
#ifndef LEAD_DOMAIN_PROFILE_H
#define LEAD_DOMAIN_PROFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/domain/journey/customer.h>
#include <lead/domain/score/joined.h>
#include <lead/domain/score/score.h>

/* The columns of the table that rules name, its account_id and won_at. */
struct profile;

enum { PROFILE_COLUMNS_MAX = SCORING_COLUMNS_MAX + 3 };

/*
 * header: names of the table's columns, tab between. key: the column of the
 * lead. names[0 … *n - 1] are then what filter_read() is to give, and
 * profile_table() the context of joined_add(). rules and key are borrowed.
 */
struct profile *profile_new(const struct scoring *rules, struct text header,
    struct text key);
void profile_free(struct profile *p); /* NULL does nothing */
const char *const *profile_names(const struct profile *p, size_t *n);
struct joined *profile_table(struct profile *p);

/* Is a column of the rules in the table? p may be NULL. */
bool profile_has(const struct profile *p, unsigned column);

/* All rows are read: accounts that had bought by as-of. */
void profile_add_customers(const struct profile *p, int64_t as_of_us,
    struct customer *customers);

/* What the table says of one lead. */
struct profile_lead {
	struct text account;
	int64_t customer_us; /* or CUSTOMER_NEVER */
	unsigned limits;     /* values too hard for a pattern */
};

/* Set the lead's values in score. p may be NULL. */
struct profile_lead profile_apply(const struct profile *p, struct text lead,
    int64_t as_of_us, struct score *score);

#endif
