/* clause.h - "COLUMN op VALUE && COLUMN op VALUE" of an import map, in parts */
#ifndef LEAD_DOMAIN_CLAUSE_H
#define LEAD_DOMAIN_CLAUSE_H

#include <stdbool.h>
#include <stddef.h>

#include <lead/base/text.h>
#include <lead/domain/rules/condition.h>

struct clause {
	struct text column; /* as written, without its quotes */
	struct condition *condition;
};

/*
 * Take the next clause of *rest; false when there is none left, or it is none:
 * then error->why is set and error->at is a byte of whole, of which *rest is
 * the end. The condition is the caller's: condition_free().
 */
bool clause_next(struct text whole, struct text *rest, struct clause *out,
    struct condition_error *error);

#endif
