/* kpi_figure_stock.c - what the deals open at the end of a period come to */
#include <lead/domain/figures/kpi_figure.h>

static struct cube_stock
stock_of(const struct kpi_facts *f)
{
	return f->cell->stock != NULL ? *f->cell->stock : (struct cube_stock){ 0 };
}

void
kpi_figure_open(const struct kpi *k, const struct kpi_facts *f, struct kpi_figure *out)
{
	int64_t n = stock_of(f).deals;

	(void)k;
	*out = (struct kpi_figure){ .has_value = true, .has_numerator = true,
		.value = (num_wide)n * NUM_MICROS, .numerator = (num_wide)n * NUM_MICROS,
		.n = n };
}

void
kpi_figure_pipeline(const struct kpi *k, const struct kpi_facts *f,
    struct kpi_figure *out)
{
	struct cube_stock s = stock_of(f);

	(void)k;
	*out = (struct kpi_figure){ .has_value = true, .has_numerator = true,
		.value = s.value, .numerator = s.value, .n = s.valued };
}

/* 10^-10 to 10^-6, half away from zero. */
static num_wide
weight_micros(num_wide weighted)
{
	num_wide half = weighted < 0 ? -CUBE_WEIGHT / 2 : CUBE_WEIGHT / 2;

	return (weighted + half) / CUBE_WEIGHT;
}

void
kpi_figure_weighted(const struct kpi *k, const struct kpi_facts *f,
    struct kpi_figure *out)
{
	struct cube_stock s = stock_of(f);
	num_wide micros = weight_micros(s.weighted);

	(void)k;
	*out = (struct kpi_figure){ .has_value = !s.unrated, .has_numerator = !s.unrated,
		.value = micros, .numerator = micros, .n = s.valued };
}

void
kpi_figure_forecast(const struct kpi *k, const struct kpi_facts *f,
    struct kpi_figure *out)
{
	struct cube_sum revenue = cube_sum_of(f->cell, CUBE_REVENUE);

	kpi_figure_weighted(k, f, out);
	out->value += revenue.sum;
	out->numerator += revenue.sum;
	out->n += revenue.n;
}

void
kpi_figure_coverage(const struct kpi *k, const struct kpi_facts *f,
    struct kpi_figure *out)
{
	struct cube_stock s = stock_of(f);

	(void)k;
	kpi_figure_divide(s.value, f->goal != NULL ? *f->goal : 0, s.valued, out);
	out->has_denominator = f->goal != NULL;
}

static num_wide
common(num_wide a, num_wide b)
{
	while (b != 0) {
		num_wide rest = a % b;

		a = b;
		b = rest;
	}
	return a;
}

/*
 * Multiply a fraction by a / b, both above zero. Past 128 bits both parts are
 * halved: what is lost lies thirty places behind the six that are printed.
 */
static void
scale(num_wide *numerator, num_wide *denominator, num_wide a, num_wide b)
{
	num_wide both = common(a, b), top, under;

	a /= both;
	b /= both;
	while (__builtin_mul_overflow(*numerator, a, &top) ||
	    __builtin_mul_overflow(*denominator, b, &under)) {
		*numerator /= 2;
		*denominator /= 2;
	}
	*numerator = top;
	*denominator = under;
}

/* open * win_rate * avg_deal / median cycle, in days: what a day brings. */
void
kpi_figure_velocity(const struct kpi *k, const struct kpi_facts *f,
    struct kpi_figure *out)
{
	const struct durations *d = &f->cell->series[CUBE_CYCLE];
	num_wide closed = cube_sum_of(f->cell, CUBE_CLOSED).sum;
	num_wide won = cube_sum_of(f->cell, CUBE_CLOSED_WON).sum;
	struct cube_sum deals = cube_sum_of(f->cell, CUBE_DEALS);
	int64_t open = stock_of(f).deals, us, micros = 0;
	num_wide top = cube_sum_of(f->cell, CUBE_WON_VALUE).sum, under = NUM_MICROS;

	(void)k;
	*out = (struct kpi_figure){ .n = open };
	us = d->n > 0 ? d->us[(d->n - 1) / 2] + d->us[d->n / 2] : 0;
	if (closed == 0 || deals.n == 0 || us <= 0)
		return;
	scale(&top, &under, won > 0 ? won : 1, closed);
	scale(&top, &under, open > 0 ? open : 1, deals.n);
	scale(&top, &under, 2 * WHEN_DAY, us);
	out->has_value = won == 0 || open == 0 || num_ratio(top, under, &micros);
	out->value = won == 0 || open == 0 ? 0 : micros;
}
