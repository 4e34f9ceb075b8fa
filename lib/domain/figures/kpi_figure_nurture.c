/* kpi_figure_nurture.c - revenue against that of the periods before nurturing */
#include <lead/domain/figures/kpi_figure.h>

/*
 * after - before / n, by n: the rest is rounded once. Without a period before
 * there is no figure.
 */
static num_wide
uplift(const struct kpi_facts *f)
{
	return cube_sum_of(f->cell, CUBE_REVENUE).sum * f->base_n - f->base;
}

/* times of it; denominator: none, n: periods before. */
static void
put_uplift(const struct kpi_facts *f, int64_t times, struct kpi_figure *out)
{
	int64_t micros = 0;

	*out = (struct kpi_figure){ .n = f->base_n };
	out->has_value = out->has_numerator = times > 0 && f->base_n > 0 &&
	    num_ratio(uplift(f) * times, (num_wide)f->base_n * NUM_MICROS, &micros);
	out->value = out->numerator = micros;
}

void
kpi_figure_uplift(const struct kpi *k, const struct kpi_facts *f, struct kpi_figure *out)
{
	put_uplift(f, k->times, out);
}

void
kpi_figure_uplift_annual(const struct kpi *k, const struct kpi_facts *f,
    struct kpi_figure *out)
{
	(void)k;
	put_uplift(f, f->a_year, out);
}

void
kpi_figure_uplift_pct(const struct kpi *k, const struct kpi_facts *f,
    struct kpi_figure *out)
{
	struct kpi_figure up;
	int64_t before = 0;

	put_uplift(f, k->times, &up);
	kpi_figure_divide(uplift(f), f->base, f->base_n, out);
	num_ratio(f->base, (num_wide)f->base_n * NUM_MICROS, &before);
	out->has_numerator = out->has_denominator = up.has_numerator;
	out->numerator = up.value;
	out->denominator = before;
}
