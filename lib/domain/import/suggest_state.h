/* suggest_state.h - what suggest.c and suggest_form.c know of an export */
#ifndef LEAD_DOMAIN_SUGGEST_STATE_H
#define LEAD_DOMAIN_SUGGEST_STATE_H

#include <lead/base/arena.h>
#include <lead/base/zone.h>
#include <lead/domain/import/suggest.h>

enum {
	SUGGEST_DATES = 17, /* forms that all values of a column so far have */
	SUGGEST_MONIES = 8,
	SUGGEST_VALUES_MAX = 24, /* different values of a stage that are kept */
};

struct suggest_column {
	struct text name;
	bool filled, has_blank; /* some value is not blank; some is */
	bool dotted;            /* one has a point in it */
	bool not_date[SUGGEST_DATES], not_money[SUGGEST_MONIES];
	bool is_stage;
	struct text value[SUGGEST_VALUES_MAX]; /* of a stage */
	size_t nvalues;
};

/* Look at a value of the column, trimmed and not blank. utc: any zone. */
void suggest_form_look(struct suggest_column *c, struct text t,
    const struct zone *utc);

/* The cell "as" for a column whose meaning wants text, date, money, count or
 * anything that a map has; empty when the values are not of it. Made in a. */
struct text suggest_form(const struct suggest_column *c, struct text wanted,
    struct arena *a);

#endif
