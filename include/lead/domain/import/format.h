/* format.h - what are the files of --format, and how are they read? */
#ifndef LEAD_DOMAIN_FORMAT_H
#define LEAD_DOMAIN_FORMAT_H

#include <lead/base/foreign.h>
#include <lead/domain/import/importer.h>

struct format {
	const char *word; /* NULL: a log format */
	enum foreign_format format;
	enum hit_writing writing;
	enum importer_kind kind; /* without a map */
	const char *max_reject;  /* bound on bad records, as --max-reject has it */
};

/* The format of that name; any other word is that of a web log. Never NULL. */
const struct format *format_find(struct text word);

#endif
