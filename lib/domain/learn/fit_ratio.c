/* fit_ratio.c - points as the rate of a level over the rate of all */
#include <lead/base/mem.h>
#include <lead/base/num.h>

#include "fit_state.h"

/* won/n over base_won/base_n, half up; exact. */
static int64_t
ratio_points(uint64_t won, uint64_t n, uint64_t base_won, uint64_t base_n)
{
	num_wide over = (num_wide)won * (num_wide)base_n;
	num_wide under = (num_wide)n * (num_wide)base_won;

	if (under == 0)
		return 0;
	return (int64_t)((2 * over + under) / (2 * under)) * NUM_MICROS;
}

static void
add_points(struct fit_model *m, size_t column, uint64_t levels, int64_t points)
{
	m->term[m->n] = (struct logit_term){ column, levels };
	m->points[m->n++] = points;
}

void
fit_ratio(const struct fit *f, const struct fit_counts *c, struct fit_model *m)
{
	bool own = f->terms.base_total == 0;
	uint64_t won = own ? c->all_won : (uint64_t)f->terms.base_won;
	uint64_t all = own ? c->all : (uint64_t)f->terms.base_total;

	m->term = mem_new(f->nlevels + 1, sizeof(*m->term));
	m->points = mem_new(f->nlevels + 1, sizeof(*m->points));
	for (size_t k = 0; k < f->nused; k++) {
		const struct levels *l = fit_levels(f, k);
		uint64_t bins = (fit_bit(levels_text(l)) - 1) & ~UINT64_C(3);
		int64_t below = 0;

		for (size_t i = 1; i < l->n; i++) {
			size_t at = f->design.first[k] + i;
			int64_t points = ratio_points(c->won[at], c->n[at], won, all);
			bool is_bin = i >= 2 && i < levels_text(l);

			if (i == 1 && (!l->blank || f->used[k] >= f->terms.marks))
				continue;
			if (!is_bin)
				add_points(m, k, fit_bit(i), points);
			else if (points != below)
				add_points(m, k, bins & ~(fit_bit(i) - 1),
				    points - below);
			below = is_bin ? points : below;
		}
	}
}
