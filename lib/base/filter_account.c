/* filter_account.c - where every row of a run went, and the words about bad ones */
#include <errno.h>
#include <stdio.h>

#include "filter_state.h"

enum { PROGRESS_ROWS = 1 << 20 };

void
filter_check_output(const struct filter *f)
{
	if (f->out != NULL && f->out->error != 0) {
		errno = f->out->error;
		diag_die_sys(NULL, "%s", io_out_name(f->out->file));
	}
}

void
filter_read_rows(struct filter *f, uint64_t rows)
{
	uint64_t before = f->ledger.in / PROGRESS_ROWS;

	f->ledger.in += rows;
	if (f->request.progress && f->ledger.in / PROGRESS_ROWS != before)
		diag_warn(NULL, "%llu million rows", (unsigned long long)
		    (f->ledger.in / PROGRESS_ROWS));
}

/* What was set aside is kept even when the run fails: it is to be looked at. */
void
filter_keep_rejects(struct filter *f)
{
	struct out *rejects = f->ledger.rejects;

	f->ledger.rejects = NULL;
	if (rejects != NULL && products_commit(&f->products, rejects) != 0)
		diag_die_sys(NULL, "%s", products_failed(&f->products));
}

static void
reject(struct filter *f, const struct diag_at *at, const char *reason, const char *why,
    struct text value, struct text record)
{
	struct ledger *l = &f->ledger;

	if (f->gathered)
		l->used--; /* it was, until it was looked at */
	if (ledger_reject(l, at, reason, why, value, record))
		return;
	filter_keep_rejects(f);
	diag_die(DIAG_DATA, NULL, "%llu of %llu rows are bad, at most %llu may be "
	    "(--max-reject; --reject FILE keeps them)", (unsigned long long)l->rejected_rows,
	    (unsigned long long)l->in, (unsigned long long)l->bound.rows);
}

void
filter_reject_line(struct filter *f, const struct tsv_problem *p)
{
	struct diag_at at = { p->file, p->line, p->column };

	filter_read_rows(f, 1);
	f->ledger.used += f->gathered;
	reject(f, &at, p->reason, p->words, TEXT_NONE, p->record);
}

struct diag_at
filter_at(const struct filter *f, const struct tsv_block *b, size_t r, int column)
{
	static char name[128];

	name[0] = '\0';
	if (column >= 0) {
		struct text t = tsv_column_name(f->in, (size_t)column);

		snprintf(name, sizeof(name), "%.*s", (int)t.len, t.s);
	}
	return (struct diag_at){ b->file, b->line + r, column >= 0 ? name : NULL };
}

void
filter_reject(struct filter *f, const struct tsv_block *b, size_t r, int column,
    const char *reason, const char *why)
{
	struct diag_at at = filter_at(f, b, r, column);

	reject(f, &at, reason, why, tsv_field(b, r, column), tsv_row(b, r));
}

void
filter_reject_record(struct filter *f, const struct diag_at *at, const char *reason,
    const char *why, struct text value, struct text record)
{
	reject(f, at, reason, why, value, record);
}

void
filter_drop(struct filter *f, const char *rule, uint64_t n)
{
	ledger_drop(&f->ledger, rule, n, f->gathered);
}

void
filter_count(struct filter *f, const char *name, uint64_t n)
{
	ledger_add(&f->ledger.counted, name, n);
}

void
filter_count_in(struct filter *f, uint64_t records, uint64_t bytes)
{
	filter_read_rows(f, records);
	f->bytes_foreign += bytes;
	filter_check_output(f);
}

void
filter_count_spilled(struct filter *f, uint64_t bytes)
{
	f->spilled += bytes;
}

const char *
filter_outside(const struct filter *f, int64_t us)
{
	const struct filter_common *c = &f->request.common;

	return c->has_as_of && us > c->as_of_us ? "after_as_of"
	    : c->has_since && us < c->since_us ? "before_since"
	    : c->has_until && us >= c->until_us ? "from_until" : NULL;
}

const char *
filter_outside_of(const void *f, int64_t us)
{
	return filter_outside(f, us);
}

bool
filter_in_time(struct filter *f, int64_t us)
{
	const char *rule = filter_outside(f, us);

	if (rule != NULL)
		filter_drop(f, rule, 1);
	return rule == NULL;
}

struct arena *
filter_arena(struct filter *f)
{
	return &f->arena;
}
