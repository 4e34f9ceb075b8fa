/* grading_sides.h - the tables beside the rows, of grading*.c alone */
#ifndef LEAD_DOMAIN_GRADING_SIDES_H
#define LEAD_DOMAIN_GRADING_SIDES_H

#include <lead/domain/score/grading.h>

/* All that were asked for are in: make them ready. */
void grading_sides_read(struct grading *g);

#endif
