/* zone.h - what the clocks of a place show, and when */
#ifndef LEAD_BASE_ZONE_H
#define LEAD_BASE_ZONE_H

#include <stdbool.h>
#include <stdint.h>

#include <lead/base/when.h>

/*
 * A time zone of the tz database, read once from its TZif file (RFC 8536)
 * under /usr/share/zoneinfo. NULL when there is none of that name, or the file
 * is no sound one: errno tells. "UTC" needs no file. Never NULL for "UTC".
 */
struct zone;

struct zone *zone_open(const char *name);
void zone_free(struct zone *z); /* NULL does nothing */

/* Microseconds that the zone's clocks are ahead of UTC at an instant. */
int64_t zone_offset(const struct zone *z, int64_t us);

/* The civil day that the zone's calendars show at an instant. */
int64_t zone_day(const struct zone *z, int64_t us);

/*
 * The civil day of a fact known to the day alone (precision=day), whose instant
 * is 00:00:00 or 23:59:59 in some zone: the day of z where z's clocks show such
 * a time then, else of the zone nearest to UTC where they do (from 11 hours
 * behind to 13 ahead). An instant that is neither has zone_day()'s.
 */
int64_t zone_dated_day(const struct zone *z, int64_t us);

/*
 * The instant at which the zone's clocks show local (us as if UTC). WHEN_GAP
 * when they never do; the first of two when they do twice (*twice is then
 * true, NULL allowed).
 */
enum when_verdict zone_instant(const struct zone *z, int64_t local, int64_t *us,
    bool *twice);

/*
 * The instant at which a civil day begins in the zone: the first one that
 * shows it, after a gap if any. A day that the zone left out begins, and ends,
 * where the next one begins.
 */
int64_t zone_day_start(const struct zone *z, int64_t day);

#endif
