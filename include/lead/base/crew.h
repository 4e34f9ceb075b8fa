/* crew.h - several jobs done side by side */
#ifndef LEAD_BASE_CREW_H
#define LEAD_BASE_CREW_H

#include <stddef.h>

enum { CREW_MAX = 64 };

/*
 * work(job) for each of n jobs of size bytes, at most CREW_MAX, the first in this
 * thread, each other in one of its own; a job that gets none is done here as well.
 * Returns when all are done.
 */
void crew_run(void work(void *), void *jobs, size_t n, size_t size);

#endif
