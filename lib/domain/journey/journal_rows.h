/* journal_rows.h - the group that came grouped, of journal*.c alone */
#ifndef LEAD_DOMAIN_JOURNAL_ROWS_H
#define LEAD_DOMAIN_JOURNAL_ROWS_H

#include <lead/domain/journey/journal.h>

/* All its rows were judged: those that count are the group at hand, in order. */
void journal_arrange(struct journal *j);

#endif
