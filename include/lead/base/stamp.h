/* stamp.h - times as foreign files write them */
#ifndef LEAD_BASE_STAMP_H
#define LEAD_BASE_STAMP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/zone.h>

/*
 * format: strptime letters %Y %y %m %d %e %H %I %M %S %f %p %b %B (English) %j
 * %z %Z(=UTC, GMT, Z) %s (epoch s) %Q (epoch ms) %N (epoch us) %T %F %D %%; a
 * blank in it matches any blanks; digits may lack their leading zero. A text
 * without offset is local in z. *dated is true when the format had no hour
 * (the instant is then the start of that day in z).
 */
enum when_verdict stamp_parse(struct text t, const char *format,
    const struct zone *z, int64_t *us, bool *dated);

/* false when the format has an unknown letter; *at is its index. */
bool stamp_check(const char *format, size_t *at);

#endif
