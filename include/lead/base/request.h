/* request.h - what the command line asks of the frame */
#ifndef LEAD_BASE_REQUEST_H
#define LEAD_BASE_REQUEST_H

#include <lead/base/filter.h>

/* Beside struct filter_common: what only the frame itself looks at. */
struct request {
	struct filter_common common;
	const char *out, *fields, *columns, *reject, *max_reject, *stats;
	bool progress, quiet, lax_eof;
	unsigned max_ratio;
};

/*
 * Parse argv into config (the command's) and *r. Ends the program on -h, -V
 * and on a bad request, with a message. The strings are argv's.
 */
void request_parse(const struct filter_spec *spec, void *config, int argc, char *argv[],
    struct request *r);

void request_clear(struct request *r);

#endif
