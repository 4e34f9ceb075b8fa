/* replay.h - groups of rows set aside and given once more */
#ifndef LEAD_DOMAIN_REPLAY_H
#define LEAD_DOMAIN_REPLAY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/group.h>

/* Rows past a bound go to a nameless file. */
struct replay;

/* Rows of n columns. */
struct replay *replay_new(size_t n);
void replay_free(struct replay *r); /* NULL does nothing */

/* Row i of the group begins another group, or else follows. 0, or -1 and errno. */
int replay_add(struct replay *r, const struct group *g, size_t i, bool begins);

/* After the last: 1 and the next group, in the order that they came, borrowed
 * until the next; 0 when all were given; -1 and errno. Not for group_at(). */
int replay_next(struct replay *r, struct group *g);

/* Bytes written to the file so far. */
uint64_t replay_spilled(const struct replay *r);

#endif
