/* trail.h - a path as one text: "paid_search > email > (lead) > direct" */
#ifndef LEAD_DOMAIN_TRAIL_H
#define LEAD_DOMAIN_TRAIL_H

#include <stdbool.h>

#include <lead/base/buf.h>
#include <lead/base/text.h>

#define TRAIL_SEPARATOR " > "

/*
 * Append the name of a touch so that it cannot be taken for a separator or a
 * milestone: % is %25, > is %3E, a leading ( is %28. A tab, which parts the
 * columns of a name made of several, is a colon.
 */
void trail_put(struct buf *b, struct text name);

/* Append what trail_put() wrote of one column's name as it was. */
void trail_plain(struct buf *b, struct text name);

/*
 * The next name of a path, as it stands; false when none is left. Begin with
 * the whole path in *rest; like text_next(), it finds one name, which is empty,
 * in an empty path: that has no touch at all, so look at it first.
 */
bool trail_next(struct text *rest, struct text *name);

#endif
