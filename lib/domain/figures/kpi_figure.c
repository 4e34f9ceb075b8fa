/* kpi_figure.c - how a figure is made of measures */
#include <lead/domain/figures/kpi_figure.h>

/* A sum as it is. */
void
kpi_figure_total(const struct kpi *k, const struct kpi_facts *f, struct kpi_figure *out)
{
	struct cube_sum a = cube_sum_of(f->cell, k->a);

	*out = (struct kpi_figure){ .has_value = true, .has_numerator = true,
		.value = a.sum, .numerator = a.sum, .n = a.n };
}

void
kpi_figure_divide(num_wide numerator, num_wide denominator, int64_t n,
    struct kpi_figure *out)
{
	int64_t micros;

	*out = (struct kpi_figure){ .has_numerator = true, .has_denominator = true,
		.numerator = numerator, .denominator = denominator, .n = n };
	out->has_value = num_ratio(numerator, denominator, &micros);
	if (out->has_value)
		out->value = micros;
}

/* times * (a - less) / b */
void
kpi_figure_ratio(const struct kpi *k, const struct kpi_facts *f, struct kpi_figure *out)
{
	struct cube_sum b = cube_sum_of(f->cell, k->b);
	num_wide a = cube_sum_of(f->cell, k->a).sum - cube_sum_of(f->cell, k->less).sum;

	kpi_figure_divide(k->times > 1 ? a * k->times : a, b.sum, b.n, out);
}

/* a of this cell / b of the cell that it is a share of. */
void
kpi_figure_share(const struct kpi *k, const struct kpi_facts *f, struct kpi_figure *out)
{
	struct cube_sum b = { 0, 0 };

	if (f->whole != NULL)
		b = cube_sum_of(f->whole, k->b);
	kpi_figure_divide(cube_sum_of(f->cell, k->a).sum, b.sum, b.n, out);
}

/* a / days with spend; a segment without any: days of the period. */
void
kpi_figure_per_day(const struct kpi *k, const struct kpi_facts *f, struct kpi_figure *out)
{
	num_wide days = cube_sum_of(f->cell, CUBE_AD_DAYS).sum;

	if (days == 0)
		days = (num_wide)f->days * NUM_MICROS;
	kpi_figure_divide(cube_sum_of(f->cell, k->a).sum, days, (int64_t)(days / NUM_MICROS), out);
}

/* P(won | lead of the cohort) * mean value of a deal */
void
kpi_figure_expected(const struct kpi *k, const struct kpi_facts *f,
    struct kpi_figure *out)
{
	num_wide won = cube_sum_of(f->cell, CUBE_C_WON).sum / NUM_MICROS;
	num_wide leads = cube_sum_of(f->cell, CUBE_C_LEADS).sum / NUM_MICROS;
	struct cube_sum deals = cube_sum_of(f->cell, CUBE_DEALS);

	(void)k;
	kpi_figure_divide(won * cube_sum_of(f->cell, CUBE_WON_VALUE).sum,
	    leads * deals.sum, deals.n, out);
	out->has_numerator = out->has_denominator = false;
}

void
kpi_figure_db(const struct kpi *k, const struct kpi_facts *f, struct kpi_figure *out)
{
	kpi_figure_total(k, f, out);
	out->n = (int64_t)(out->value / NUM_MICROS);
}

/* Of those that were there at the start, or came. */
void
kpi_figure_optout(const struct kpi *k, const struct kpi_facts *f, struct kpi_figure *out)
{
	struct cube_sum gone = cube_sum_of(f->cell, CUBE_DB_OUT);
	num_wide there = cube_sum_of(f->cell, CUBE_DB).sum + gone.sum;

	(void)k;
	kpi_figure_divide(gone.sum, there, (int64_t)(there / NUM_MICROS), out);
}

static int64_t
unit_us(const struct kpi *k)
{
	return k->unit == KPI_HOURS ? (int64_t)3600 * WHEN_SECOND : WHEN_DAY;
}

/* n beside: how many deals are still open, where that matters. */
static int64_t
beside(const struct kpi *k, const struct cube_cell *c)
{
	return k->series == CUBE_TO_CLOSE || k->series == CUBE_CYCLE ? (c->stock != NULL ? c->stock->deals : 0)
	    : (int64_t)c->series[k->series].n;
}

void
kpi_figure_mean(const struct kpi *k, const struct kpi_facts *f, struct kpi_figure *out)
{
	const struct durations *d = &f->cell->series[k->series];
	num_wide sum = 0;
	int64_t units = 0;

	for (size_t i = 0; i < d->n; i++)
		sum += d->us[i];
	/* One rounding alone: the value is taken from the exact sum. */
	kpi_figure_divide(sum, (num_wide)d->n * unit_us(k), beside(k, f->cell), out);
	num_ratio(sum, unit_us(k), &units);
	out->numerator = units;
	out->denominator = (num_wide)d->n * NUM_MICROS;
}

/* The mean of two ranks, or one rank twice; denominator: how many there are. */
static void
at_rank(const struct kpi *k, const struct kpi_facts *f, size_t low, size_t high,
    struct kpi_figure *out)
{
	const struct durations *d = &f->cell->series[k->series];
	int64_t micros = 0;

	*out = (struct kpi_figure){ .has_denominator = true,
		.denominator = (num_wide)d->n * NUM_MICROS, .n = beside(k, f->cell) };
	if (d->n == 0)
		return;
	out->has_value = num_ratio((num_wide)d->us[low] + d->us[high],
	    (num_wide)2 * unit_us(k), &micros);
	out->value = micros;
}

/* The mean of the middle two where their number is even. */
void
kpi_figure_median(const struct kpi *k, const struct kpi_facts *f, struct kpi_figure *out)
{
	size_t n = f->cell->series[k->series].n;

	at_rank(k, f, n > 0 ? (n - 1) / 2 : 0, n / 2, out);
}

/* Nearest rank: the least duration that nine tenths do not exceed. */
void
kpi_figure_p90(const struct kpi *k, const struct kpi_facts *f, struct kpi_figure *out)
{
	size_t n = f->cell->series[k->series].n, rank = (n * 9 + 9) / 10;

	at_rank(k, f, rank > 0 ? rank - 1 : 0, rank > 0 ? rank - 1 : 0, out);
}
