/* kpi_figure_mrr.c - figures of monthly recurring revenue */
#include <lead/domain/figures/kpi_figure.h>

static num_wide
sum_of(const struct kpi_facts *f, enum cube_measure m)
{
	return cube_sum_of(f->cell, m).sum;
}

static int64_t
payers(const struct kpi_facts *f)
{
	return (int64_t)(sum_of(f, CUBE_PAYERS) / NUM_MICROS);
}

/* What stood at the start: the end, less the movements in between. */
static num_wide
mrr_at_start(const struct kpi_facts *f)
{
	return sum_of(f, CUBE_MRR) - sum_of(f, CUBE_MRR_NEW) -
	    sum_of(f, CUBE_MRR_EXPANSION) + sum_of(f, CUBE_MRR_CONTRACTION) +
	    sum_of(f, CUBE_MRR_CHURNED) - sum_of(f, CUBE_MRR_REACTIVATED);
}

static int64_t
payers_at_start(const struct kpi_facts *f)
{
	return payers(f) - cube_sum_of(f->cell, CUBE_MRR_NEW).n +
	    cube_sum_of(f->cell, CUBE_MRR_CHURNED).n -
	    cube_sum_of(f->cell, CUBE_MRR_REACTIVATED).n;
}

void
kpi_figure_mrr(const struct kpi *k, const struct kpi_facts *f, struct kpi_figure *out)
{
	num_wide sum = sum_of(f, CUBE_MRR) * k->times;

	*out = (struct kpi_figure){ .has_value = true, .has_numerator = true,
		.value = sum, .numerator = sum, .n = payers(f) };
}

void
kpi_figure_arpa(const struct kpi *k, const struct kpi_facts *f, struct kpi_figure *out)
{
	(void)k;
	kpi_figure_divide(sum_of(f, CUBE_MRR), sum_of(f, CUBE_PAYERS), payers(f), out);
}

void
kpi_figure_churn(const struct kpi *k, const struct kpi_facts *f, struct kpi_figure *out)
{
	int64_t start = payers_at_start(f);
	int64_t churned = cube_sum_of(f->cell, CUBE_MRR_CHURNED).n;

	(void)k;
	kpi_figure_divide((num_wide)churned * NUM_MICROS, (num_wide)start * NUM_MICROS,
	    start, out);
}

void
kpi_figure_churn_gross(const struct kpi *k, const struct kpi_facts *f,
    struct kpi_figure *out)
{
	(void)k;
	kpi_figure_divide(sum_of(f, CUBE_MRR_CHURNED) + sum_of(f, CUBE_MRR_CONTRACTION),
	    mrr_at_start(f), payers_at_start(f), out);
}

void
kpi_figure_churn_net(const struct kpi *k, const struct kpi_facts *f,
    struct kpi_figure *out)
{
	(void)k;
	kpi_figure_divide(sum_of(f, CUBE_MRR_CHURNED) + sum_of(f, CUBE_MRR_CONTRACTION) -
	    sum_of(f, CUBE_MRR_EXPANSION) - sum_of(f, CUBE_MRR_REACTIVATED),
	    mrr_at_start(f), payers_at_start(f), out);
}

/* (mrr / customers) / (churned / customers at the start), rounded once */
void
kpi_figure_ltv(const struct kpi *k, const struct kpi_facts *f, struct kpi_figure *out)
{
	int64_t churned = cube_sum_of(f->cell, CUBE_MRR_CHURNED).n;

	(void)k;
	kpi_figure_divide(sum_of(f, CUBE_MRR) * payers_at_start(f),
	    sum_of(f, CUBE_PAYERS) * churned, payers(f), out);
	out->has_numerator = out->has_denominator = false;
}
