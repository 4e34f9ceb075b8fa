/* fit_part.c - terms that rules can say, each lead in one of a column's texts */
#include <lead/base/mem.h>

#include "fit_state.h"

struct classes {
	unsigned of[LEVELS_MAX]; /* class of each level; 0: in no term */
	unsigned n;
	uint64_t rows[LEVELS_MAX];
};

/* Levels that the same terms name are of one class. */
static void
classify(
    const struct levels *l, const struct logit_term *chosen, size_t n, struct classes *k)
{
	*k = (struct classes){ .n = 1 };
	for (size_t t = 0; t < n; t++) {
		unsigned split[LEVELS_MAX] = { 0 };

		if (!fit_is_texts(l, &chosen[t]))
			continue;
		for (size_t i = levels_text(l); i < l->n; i++) {
			unsigned *of = &k->of[i];

			if ((chosen[t].levels & fit_bit(i)) == 0)
				continue;
			if (split[*of] == 0)
				split[*of] = k->n++;
			*of = split[*of];
		}
	}
	for (size_t i = levels_text(l); i < l->n; i++)
		k->rows[k->of[i]] += l->level[i].n;
}

/* The class that needs no rule: that of blanks and others, or the largest. */
static unsigned
plain_class(const struct levels *l, const struct classes *k)
{
	unsigned best = 0;

	if (l->others || l->nbins != 0)
		return 0;
	for (unsigned i = 1; i < k->n; i++)
		if (k->rows[i] > k->rows[best])
			best = i;
	return best;
}

static void
part_column(const struct levels *l, const struct logit_term *chosen, size_t n,
    struct logit_term *to, size_t *nto)
{
	struct classes k;
	unsigned plain;

	for (size_t t = 0; t < n; t++)
		if (!fit_is_texts(l, &chosen[t]))
			to[(*nto)++] = chosen[t];
	classify(l, chosen, n, &k);
	plain = plain_class(l, &k);
	for (unsigned i = 0; i < k.n; i++) {
		struct logit_term term = { chosen[0].column, 0 };

		for (size_t j = levels_text(l); j < l->n && i != plain; j++)
			if (k.of[j] == i)
				term.levels |= fit_bit(j);
		if (term.levels != 0)
			to[(*nto)++] = term;
	}
}

struct logit_term *
fit_part_terms(
    const struct fit *f, const struct logit_term *chosen, size_t nchosen, size_t *n)
{
	struct logit_term *to = mem_new(f->nlevels + 2 * nchosen + 1, sizeof(*to));
	size_t from = 0;

	*n = 0;
	while (from < nchosen) {
		size_t same = from;

		while (same < nchosen && chosen[same].column == chosen[from].column)
			same++;
		part_column(fit_levels(f, chosen[from].column), chosen + from,
		    same - from, to, n);
		from = same;
	}
	return to;
}
