/* filter_foreign.h - the frame of a command whose operands are no lead TSV */
#ifndef LEAD_BASE_FILTER_FOREIGN_H
#define LEAD_BASE_FILTER_FOREIGN_H

#include <stddef.h>

#include <lead/base/filter.h>
#include <lead/base/foreign.h>

struct filter_source {
	const struct foreign_options *options;
	void *context;
	/* The names of a file's fields, and whenever they change. NULL, or words that
	 * end the program; *bad is the name they are about, or empty. */
	const char *(*header)(void *context, const struct text *name, size_t n,
	    struct text *bad);
	/* A sound record, counted as read. file lives as long as the program. */
	void (*record)(void *context, const char *file, const struct foreign_record *r);
};

/*
 * All records of all files, or of standard input. Bad ones are rejected, a file
 * that cannot be read on ends the program. Between records filter_arena() is
 * reset now and then.
 */
void filter_foreign(struct filter *f, const struct filter_source *s);

/* The headers of those files that can be read twice, and no record. */
void filter_foreign_headers(struct filter *f, const struct filter_source *s);

#endif
