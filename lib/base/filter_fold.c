/* filter_fold.c - the input's rows, each given to a function of the domain */
#include <lead/base/filter.h>
#include <lead/base/filter_read.h>
#include <lead/base/mem.h>

void
filter_fold(struct filter *f, const int *cols, size_t n, filter_read_row *fn,
    void *context)
{
	struct text *field = mem_new(n, sizeof(*field));
	struct tsv_block b;

	while (filter_block(f, &b))
		for (size_t i = 0; i < b.nrows; i++) {
			size_t bad = 0;
			const char *why;

			for (size_t c = 0; c < n; c++)
				field[c] = tsv_field(&b, i, cols[c]);
			if ((why = fn(context, field, &bad)) != NULL)
				filter_reject(f, &b, i, cols[bad], "figure", why);
			else
				filter_use(f, 1);
		}
	mem_free(field);
}
