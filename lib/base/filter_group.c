/* filter_group.c - the frame of all rows of one key at a time */
#include <stdio.h>

#include <lead/base/mem.h>

#include "filter_state.h"

enum { WORDS_MAX = 512 };

static const int *
all_columns(struct filter *f, size_t *n)
{
	*n = tsv_ncolumns(f->in);
	f->all = mem_new(*n, sizeof(*f->all));
	for (size_t c = 0; c < *n; c++)
		f->all[c] = (int)c;
	return f->all;
}

struct group_store *
filter_gather_begin(struct filter *f, const int *cols, size_t n, int tie)
{
	struct group_options o = {
		.tie = tie,
		.memory = f->request.common.memory,
		.tempdir = f->request.common.tempdir,
		.threads = f->request.common.threads,
		.table_columns = tsv_ncolumns(f->in),
	};

	o.columns = cols != NULL ? cols : all_columns(f, &n);
	o.ncolumns = n;
	return f->store = group_new(&o);
}

_Noreturn void
filter_die_of_spill(const struct filter *f)
{
	diag_die_sys(NULL, "temporary file in %s",
	    io_temp_dir(f->request.common.tempdir));
}

void
filter_gather(struct filter *f, struct text key, int64_t at, uint32_t minor,
    const struct tsv_block *b, size_t r)
{
	if (group_add(f->store, key, at, minor, b, r) != 0)
		filter_die_of_spill(f);
	f->ledger.used++;
}

void
filter_grouped_begin(struct filter *f, int key, const int *cols, size_t n)
{
	if (cols == NULL)
		cols = all_columns(f, &n);
	f->given = given_new(key, cols, n);
}

static _Noreturn void
die_unsorted(const struct filter *f)
{
	struct diag_at at = { f->block.file, given_line(f->given), NULL };

	diag_die(DIAG_DATA, &at, "not sorted by the key: %s stands after %s",
	    diag_value(given_key(f->given)), diag_value(given_key_before(f->given)));
}

static bool
given_group(struct filter *f, struct group *g)
{
	for (;;) {
		switch (given_next(f->given, g)) {
		case GIVEN_GROUP:
			return true;
		case GIVEN_END:
			return false;
		case GIVEN_UNSORTED:
			die_unsorted(f);
		case GIVEN_MORE:
			if (filter_block(f, &f->block)) {
				given_add(f->given, &f->block);
				f->ledger.used += f->block.nrows;
			} else {
				given_end(f->given);
			}
		}
	}
}

bool
filter_group(struct filter *f, struct group *g)
{
	int got;

	arena_reset(&f->arena);
	filter_check_output(f);
	f->gathered = true;
	if (f->given != NULL)
		return given_group(f, g);
	if ((got = group_next(f->store, g)) < 0)
		filter_die_of_spill(f);
	f->spilled = group_spilled(f->store);
	return got > 0;
}

/* Cells are numbered as the columns are. */
void
filter_add_columns(struct filter *f)
{
	for (size_t c = 0; c < tsv_ncolumns(f->in); c++)
		filter_add_text(f, tsv_column_name(f->in, c));
}

void
filter_write_row(struct filter *f, const struct group *g, size_t i)
{
	for (size_t c = 0; c < tsv_ncolumns(f->in); c++)
		filter_set(f, (int)c, group_field(g, i, (int)c));
	filter_write(f);
}

void
filter_reject_grouped(struct filter *f, const struct group *g, size_t i,
    const int *cols, size_t n, const struct group_refusal *no)
{
	struct diag_at at = { .column = no->column };
	char why[WORDS_MAX];
	struct buf record;

	given_place(g, i, &at.file, &at.line);
	snprintf(why, sizeof(why), "%s, of %s", no->why, diag_value(g->key));
	buf_init(&record, (n + 1) * ((size_t)TSV_LINE_MAX + 1), "a row");
	buf_put(&record, g->key);
	for (size_t c = 0; c < n; c++)
		if (cols[c] >= 0) {
			buf_byte(&record, '\t');
			buf_put(&record, group_field(g, i, cols[c]));
		}
	filter_reject_record(f, &at, no->reason, why,
	    group_field(g, i, cols[no->bad]), buf_text(&record));
	buf_clear(&record);
}

void
filter_refuse(struct filter *f, const struct tsv_block *b, size_t r,
    const struct group_refusal *no)
{
	struct diag_at at;

	if (no->rule != NULL) {
		filter_drop(f, no->rule, 1);
	} else if (no->column != NULL) {
		filter_reject(f, b, r, (int)no->bad, no->reason, no->why);
	} else {
		at = filter_at(f, b, r, (int)no->bad);
		filter_reject_record(f, &at, no->reason, no->why, TEXT_NONE, tsv_row(b, r));
	}
}

void
filter_take_rows(struct filter *f, const struct group *g, const int *cols, size_t n,
    filter_take *row, void *of)
{
	for (size_t i = 0; i < g->nrows; i++) {
		const struct group_refusal *no = row(of, i);

		if (no != NULL && no->rule != NULL)
			filter_drop(f, no->rule, 1);
		else if (no != NULL)
			filter_reject_grouped(f, g, i, cols, n, no);
	}
}
