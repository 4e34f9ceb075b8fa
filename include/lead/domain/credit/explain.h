/* explain.h - which touch earned which share of which conversion, line by line */
#ifndef LEAD_DOMAIN_EXPLAIN_H
#define LEAD_DOMAIN_EXPLAIN_H

#include <stdbool.h>
#include <stddef.h>

#include <lead/base/group.h>
#include <lead/domain/credit/attribute.h>

struct explain;

/*
 * Lines of the models of o (borrowed, as a is). name[0..n-1] are the columns of
 * the table of steps, the key first; borrowed.
 */
struct explain *explain_new(struct attribute *a, const struct attribute_options *o,
    const struct text *name, size_t n);
void explain_free(struct explain *e); /* NULL does nothing */

/* The columns of a line. */
size_t explain_columns(const struct explain *e);
struct text explain_name(const struct explain *e, size_t column);

/* Begin a group, then give its conversions in any order. */
void explain_group(struct explain *e, const struct group *g);
void explain_conversion(struct explain *e, const struct credit_conversion *v);

/*
 * The cells of the group's next line, fields as they stand, in the byte order
 * of all columns left of the weight; false when there is none left. Borrowed
 * until the next call.
 */
bool explain_next(struct explain *e, struct text *cell);

#endif
