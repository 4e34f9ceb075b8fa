/* filter_state.h - what one run holds open; private to lib/base/filter*.c */
#ifndef LEAD_FILTER_STATE_H
#define LEAD_FILTER_STATE_H

#include <lead/base/buf.h>
#include <lead/base/filter.h>
#include <lead/base/given.h>
#include <lead/base/ledger.h>
#include <lead/base/products.h>
#include <lead/base/request.h>
#include <lead/base/shape.h>

struct filter {
	const struct filter_spec *spec;
	struct request request;
	struct ledger ledger;
	struct shape *shape;
	struct tsv_in *in;
	struct products products; /* out and all others */
	struct out *out;
	struct arena arena;   /* reset with each block or group */
	struct buf row;       /* scratch of filter_row() */
	uint32_t *ends;       /* scratch of filter_emit_row() */
	int *all;             /* the numbers of all columns, or NULL */
	struct tsv_block block; /* of groups that stand together */
	struct group_store *store;
	struct given *given;
	bool gathered;
	uint64_t bytes_foreign, spilled;
};

/* Ends the program when the output could not be written. */
void filter_check_output(const struct filter *f);

/* So many rows were read. */
void filter_read_rows(struct filter *f, uint64_t rows);

/* A line that is no row was read. */
void filter_reject_line(struct filter *f, const struct tsv_problem *p);

/* --reject FILE takes its name. */
void filter_keep_rejects(struct filter *f);

#endif
