/* logtime.h - when was a request, as its log writes it? */
#ifndef LEAD_DOMAIN_LOGTIME_H
#define LEAD_DOMAIN_LOGTIME_H

#include <stdbool.h>
#include <stdint.h>

#include <lead/base/clf.h>
#include <lead/base/text.h>
#include <lead/base/zone.h>

/*
 * 17/May/2015:10:05:03 +0200 (clf.h), ISO 8601 with an offset, or epoch seconds
 * with up to six decimals. utc is zone_open("UTC").
 */
bool logtime_parse(struct text t, const struct zone *utc, struct clf_day *day,
    int64_t *us);

/* 2026-11-02 and 10:15:00 of W3C extended logs, which are in UTC. */
bool logtime_of_day(struct text date, struct text time, int64_t *us);

/* A whole number of milliseconds (scale 1000) or microseconds (1) since 1970. */
bool logtime_count(struct text t, int64_t scale, int64_t *us);

#endif
