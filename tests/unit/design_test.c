/* design: leads are one row only if they are alike, also where their hashes are equal */
#include <lead/domain/learn/design.h>

#include "tap.h"

/*
 * The hash of points held and fold is that of their exclusive or, as of a column
 * with no levels: so { 1 micro, fold 0 } and { 0, fold 1 } stand for any two kinds
 * of leads whose hashes fall together.
 */
static const struct history_row kinds[] = {
	{ true, 0, 1 },
	{ false, 1, 0 },
	{ false, 0, 1 },
	{ true, 1, 0 },
	{ true, 1, 0 },
	{ true, 3, 2 },
};
enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

static void
make(struct design *d, const size_t order[KINDS])
{
	struct history h;

	history_init(&h, 0);
	for (size_t i = 0; i < KINDS; i++)
		history_add(&h, NULL, &kinds[order[i]]);
	design_init(d, &h, NULL, 0, 1);
	history_clear(&h);
}

static void
equal_hashes(void)
{
	struct design d;

	make(&d, (const size_t[]){ 0, 1, 2, 3, 4, 5 });
	ok(d.nrows == 3, "three kinds are %zu rows", d.nrows);
	ok(d.leads == 6 && d.leads_won == 4, "all leads are counted, and those won");
	for (size_t k = 0; k < d.nrows; k++) {
		size_t n = d.fold[k] == 3 ? 1 : d.fold[k] == 1 ? 3 : 2;

		ok(d.n[k] == n, "of fold %d there are %u", d.fold[k], d.n[k]);
		ok(d.offset[k] == (d.fold[k] == 3 ? 2 : d.fold[k] == 1 ? 0 : 1),
		    "what they hold is theirs");
	}
	design_clear(&d);
}

static void
any_order(void)
{
	static const size_t orders[][KINDS] = { { 0, 1, 2, 3, 4, 5 }, { 1, 0, 2, 3, 4, 5 },
		{ 5, 4, 3, 2, 1, 0 }, { 3, 0, 4, 2, 5, 1 } };
	uint8_t fold[KINDS];
	bool same = true;

	for (size_t i = 0; i < sizeof(orders) / sizeof(orders[0]); i++) {
		struct design d;

		make(&d, orders[i]);
		for (size_t k = 0; k < d.nrows && k < KINDS; k++) {
			same &= i == 0 || fold[k] == d.fold[k];
			fold[k] = d.fold[k];
		}
		design_clear(&d);
	}
	ok(same, "rows stand in one order, however the leads stood");
}

int
main(void)
{
	equal_hashes();
	any_order();
	return tap_end();
}
