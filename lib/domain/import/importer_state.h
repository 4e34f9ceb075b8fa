/* importer_state.h - what importer.c and importer_map.c know of an import */
#ifndef LEAD_DOMAIN_IMPORTER_STATE_H
#define LEAD_DOMAIN_IMPORTER_STATE_H

#include <lead/base/arena.h>
#include <lead/base/hash.h>
#include <lead/base/when.h>
#include <lead/domain/import/importer.h>
#include <lead/domain/import/keep.h>
#include <lead/domain/import/naming.h>
#include <lead/domain/import/snapshot.h>
#include <lead/domain/import/suggest.h>

enum { IMPORTER_NOWHERE = -1 };

struct importer {
	struct importer_options o;
	struct naming columns;
	bool fixed;
	int *place;            /* of a field: its column, or IMPORTER_NOWHERE */
	size_t nfields, cap;
	struct text *cell;     /* of the row given, one a column */
	struct hits *hits;
	struct hit hit;
	struct importer_record record; /* the one taken */
	char id[HASH_ID_LEN], time[WHEN_TEXT];
	struct importer_row late;
	struct suggest *suggest;
	/* by a map */
	struct text *slot;
	struct snapshot *snapshot;
	size_t released;
	struct keep *keep;
	char column[64];       /* the name of one at fault, cut */
	int amount, currency, amount_before, currency_before; /* columns */
	struct arena arena;
};

/* The parts of a map. */
void importer_map_begin(struct importer *im);
enum importer_verdict importer_map_take(struct importer *im, struct importer_out *out);
bool importer_map_release(struct importer *im, enum importer_verdict *verdict,
    struct importer_out *out);

/* Row i of the record, with what is added to it, in im->cell. false: its amount has
 * no rate, *out says why. */
bool importer_map_row(struct importer *im, size_t i, struct importer_row *row,
    struct importer_out *out);

#endif
