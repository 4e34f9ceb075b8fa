/* importer_map.c - the rows of a record by an import map */
#include <lead/base/mem.h>
#include <lead/base/num.h>

#include "importer_state.h"

/* What an amount was before it was converted: value_orig, cost_orig. */
static void
begin_rates(struct importer *im)
{
	bool value = naming_find(&im->columns, TEXT("value")) >= 0;

	im->amount = naming_find(&im->columns, value ? TEXT("value") : TEXT("cost"));
	im->currency = naming_find(&im->columns, TEXT("currency"));
	if (im->o.rates == NULL || im->amount < 0 || im->currency < 0) {
		im->amount = IMPORTER_NOWHERE;
		return;
	}
	im->amount_before = (int)naming_add(&im->columns,
	    value ? TEXT("value_orig") : TEXT("cost_orig"));
	im->currency_before = (int)naming_add(&im->columns, TEXT("currency_orig"));
}

void
importer_map_begin(struct importer *im)
{
	struct mapping *m = im->o.mapping;
	struct keep_columns c;

	for (size_t i = 0; i < mapping_ncolumns(m); i++)
		naming_add(&im->columns, mapping_column(m, i));
	im->slot = mem_new(mapping_nslots(m), sizeof(*im->slot));
	if (mapping_is_snapshot(m))
		im->snapshot = snapshot_new(mapping_nslots(m));
	begin_rates(im);
	if (!im->o.email)
		return;
	c.email = naming_add(&im->columns, TEXT("email"));
	c.message = naming_add(&im->columns, TEXT("message_id"));
	c.url = naming_add(&im->columns, TEXT("url"));
	c.machine = naming_add(&im->columns, TEXT("machine"));
	c.n = im->columns.n;
	im->keep = keep_new(&c);
}

static enum importer_verdict
bad_mapping(struct importer *im, const struct mapping_result *r,
    struct importer_out *out)
{
	size_t n = text_head(r->column, sizeof(im->column) - 1).len;

	memcpy(im->column, r->column.s, n);
	im->column[n] = '\0';
	out->reason = r->reason;
	out->why = r->why;
	out->column = n != 0 ? im->column : NULL;
	out->value = r->value;
	return IMPORTER_BAD;
}

/* The amount of a row in the currency of the reports. */
static bool
convert_amount(struct importer *im, struct text *cell, int64_t day,
    struct importer_out *out)
{
	struct text amount = cell[im->amount], currency = cell[im->currency];
	int64_t micros;

	cell[im->amount_before] = cell[im->currency_before] = TEXT_NONE;
	if (amount.len == 0 || currency.len == 0 || num_parse(amount, &micros) != NUM_OK)
		return true;
	out->column = "currency";
	out->value = currency;
	switch (rates_convert(im->o.rates, currency, day, micros, &micros)) {
	case RATES_SAME:
		return true;
	case RATES_OK:
		break;
	case RATES_NONE:
		out->reason = "currency";
		out->why = "no rate on that day or before";
		return false;
	case RATES_OVERFLOW:
		out->reason = "overflow";
		out->why = "an amount out of range";
		return false;
	}
	cell[im->amount_before] = amount;
	cell[im->currency_before] = currency;
	cell[im->amount] = num_put(arena_alloc(&im->arena, NUM_TEXT), micros);
	cell[im->currency] = rates_to(im->o.rates);
	return true;
}

/* Row i as the map made it, with what we add to it, into im->cell. */
bool
importer_map_row(struct importer *im, size_t i, struct importer_row *row,
    struct importer_out *out)
{
	struct mapping_row made;
	size_t n = mapping_ncolumns(im->o.mapping);

	mapping_row(im->o.mapping, i, &made);
	memcpy(im->cell, made.cell, n * sizeof(*im->cell));
	for (size_t c = n; c < im->columns.n; c++)
		im->cell[c] = TEXT_NONE;
	*row = (struct importer_row){ im->cell, made.timed, made.us };
	return im->amount < 0 || convert_amount(im, im->cell, made.day, out);
}

static enum importer_verdict
map_slots(struct importer *im, const struct text *slot, struct importer_out *out)
{
	struct mapping_result result;
	struct importer_row row;

	arena_reset(&im->arena);
	switch (mapping_take(im->o.mapping, slot, im->record.raw, &result)) {
	case MAPPING_BAD:
		return bad_mapping(im, &result, out);
	case MAPPING_DROPPED:
		out->rule = result.rule;
		return IMPORTER_DROPPED;
	case MAPPING_ROWS:
		break;
	}
	out->nrows = result.nrows;
	for (size_t i = 0; i < result.nrows; i++)
		if (!importer_map_row(im, i, &row, out))
			return IMPORTER_BAD;
	if (im->keep == NULL)
		return IMPORTER_ROWS;
	for (size_t i = 0; i < result.nrows; i++) {
		importer_map_row(im, i, &row, out);
		keep_add(im->keep, row.cell, row.timed, row.us);
	}
	return IMPORTER_KEPT;
}

static enum importer_verdict
hold_version(struct importer *im, struct importer_out *out)
{
	struct snapshot_record r = { im->slot, im->record.raw, im->record.file,
		im->record.line };
	struct mapping_result result;
	struct text key;
	int64_t modified;

	if (mapping_version(im->o.mapping, im->slot, &key, &modified, &result) ==
	    MAPPING_BAD)
		return bad_mapping(im, &result, out);
	if (!snapshot_add(im->snapshot, key, modified, &r))
		return IMPORTER_HELD;
	out->rule = "superseded";
	return IMPORTER_DROPPED;
}

enum importer_verdict
importer_map_take(struct importer *im, struct importer_out *out)
{
	mapping_gather(im->o.mapping, im->record.field, im->slot);
	return im->snapshot != NULL ? hold_version(im, out) : map_slots(im, im->slot, out);
}

/* The next version that stayed. */
bool
importer_map_release(struct importer *im, enum importer_verdict *verdict,
    struct importer_out *out)
{
	struct snapshot_record held;

	if (im->snapshot == NULL || im->released == snapshot_count(im->snapshot))
		return false;
	if (im->released == 0)
		snapshot_sort(im->snapshot);
	snapshot_get(im->snapshot, im->released++, &held);
	im->record = (struct importer_record){ held.cell, held.raw, held.file,
		held.line };
	*verdict = map_slots(im, held.cell, out);
	return true;
}
