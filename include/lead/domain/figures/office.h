/* office.h - how much of a time was the office open? */
#ifndef LEAD_DOMAIN_OFFICE_H
#define LEAD_DOMAIN_OFFICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>
#include <lead/base/zone.h>

struct office;

/* Borrows zone. Memory: 8 bytes for each day between the first asked for and the
 * last. */
struct office *office_new(const struct zone *zone);
void office_free(struct office *o); /* NULL does nothing */

/*
 * Opening hours: rows weekday, from, to. weekday: mon … sun, or a run of them
 * (mon-fri); from and to: the clocks of the zone, 09:00, to up to 24:00; several
 * rows a day. A filter_read_row: o is a struct office; NULL, or what is wrong
 * and *bad the index of the field.
 */
enum { OFFICE_HOURS_COLUMNS = 3, OFFICE_HOLIDAY_COLUMNS = 1 };
extern const char *const office_hours_columns[OFFICE_HOURS_COLUMNS];
const char *office_hours(void *o, const struct text *field, size_t *bad);

/* Has there been a row of hours? */
bool office_opens(const struct office *o);

/* Days on which it is shut: rows date. Likewise. */
extern const char *const office_holiday_columns[OFFICE_HOLIDAY_COLUMNS];
const char *office_holiday(void *o, const struct text *field, size_t *bad);

/*
 * Microseconds of opening hours in from <= time < to; 0 when to is no later. Real
 * time: an hour that the clocks skip is not there, one that they repeat is there
 * twice. Cost: a day's spans, once the days between are known.
 */
int64_t office_time(struct office *o, int64_t from_us, int64_t to_us);

#endif
