/* format.c - what are the files of --format, and how are they read? */
#include <lead/domain/import/format.h>

static const struct format formats[] = {
	{ "csv", FOREIGN_CSV, HIT_PLAIN, IMPORTER_PLAIN, "0.1%+1" },
	{ "tsv", FOREIGN_TSV, HIT_PLAIN, IMPORTER_PLAIN, "0.1%+1" },
	{ "json", FOREIGN_JSON, HIT_PLAIN, IMPORTER_ANY, "1%" },
	{ "w3c", FOREIGN_W3C, HIT_W3C, IMPORTER_LOG, "1%" },
	{ NULL, FOREIGN_LOG, HIT_ESCAPED, IMPORTER_LOG, "1%" },
};

const struct format *
format_find(struct text word)
{
	const struct format *f = formats;

	while (f->word != NULL && !text_is(word, f->word))
		f++;
	return f;
}
