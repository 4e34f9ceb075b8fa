/* funnel_figure.c - the table of a stage's figures, and how each is made */
#include "funnel_state.h"

#define OPEN FUNNEL_AT_OPEN
#define REAL (FUNNEL_AT_OPEN | FUNNEL_AT_WON)
#define ALL (REAL | FUNNEL_AT_LOST)
#define COUNT FUNNEL_CREDITS_COUNT

/* --- how figures are made --- */

static void
divide(num_wide numerator, struct cube_sum denominator, struct kpi_figure *out)
{
	int64_t micros;

	*out = (struct kpi_figure){ .has_numerator = true, .has_denominator = true,
		.numerator = numerator, .denominator = denominator.sum,
		.n = denominator.n };
	out->has_value = num_ratio(numerator, denominator.sum, &micros);
	if (out->has_value)
		out->value = micros;
}

static struct cube_sum
sum_of(const struct funnel_cell *c, int stage, enum funnel_measure m)
{
	return c->stage[stage].sum[m];
}

/* What the level before a stage's own has, or the one behind it. */
static struct cube_sum
at_level(const struct funnel *f, const struct funnel_cell *c, int level,
    enum funnel_measure m)
{
	return sum_of(c, f->stages.first_of[level], m);
}

static void
cumulative(const struct funnel *f, const struct funnel_cell *c, int stage,
    struct kpi_figure *out)
{
	(void)f;
	divide(sum_of(c, stage, FUNNEL_REACHED).sum, c->entered, out);
}

static void
step(const struct funnel *f, const struct funnel_cell *c, int stage,
    struct kpi_figure *out)
{
	divide(sum_of(c, stage, FUNNEL_REACHED).sum,
	    at_level(f, c, f->stages.v[stage].level - 1, FUNNEL_LEVEL), out);
}

static void
step_resolved(const struct funnel *f, const struct funnel_cell *c, int stage,
    struct kpi_figure *out)
{
	struct cube_sum here = sum_of(c, stage, FUNNEL_REACHED);
	struct cube_sum lost =
	    at_level(f, c, f->stages.v[stage].level - 1, FUNNEL_ENDED);

	divide(here.sum, (struct cube_sum){ here.sum + lost.sum, here.n + lost.n }, out);
}

static void
dropoff(const struct funnel *f, const struct funnel_cell *c, int stage,
    struct kpi_figure *out)
{
	struct cube_sum here = sum_of(c, stage, FUNNEL_REACHED);

	divide(here.sum -
	    at_level(f, c, f->stages.v[stage].level + 1, FUNNEL_LEVEL).sum, here, out);
}

static void
in_days(num_wide twice, bool there, const struct durations *d, struct kpi_figure *out)
{
	int64_t micros = 0;

	*out = (struct kpi_figure){ .has_denominator = true, .n = (int64_t)d->n,
		.denominator = (num_wide)d->n * NUM_MICROS };
	out->has_value = there && num_ratio(twice, (num_wide)2 * WHEN_DAY, &micros);
	out->value = micros;
}

static void
days_median(const struct funnel *f, const struct funnel_cell *c, int stage,
    struct kpi_figure *out)
{
	const struct durations *d = &c->stage[stage].stays;
	num_wide twice = 0;
	bool there = durations_median(d, &twice);

	(void)f;
	in_days(twice, there, d, out);
}

static void
days_p90(const struct funnel *f, const struct funnel_cell *c, int stage,
    struct kpi_figure *out)
{
	const struct durations *d = &c->stage[stage].stays;
	int64_t us = 0;
	bool there = durations_p90(d, &us);

	(void)f;
	in_days((num_wide)2 * us, there, d, out);
}

static void
stuck(const struct funnel *f, const struct funnel_cell *c, int stage,
    struct kpi_figure *out)
{
	const struct funnel_stage *s = &c->stage[stage];
	num_wide limit;

	*out = (struct kpi_figure){ .n = s->sum[FUNNEL_OPEN].n };
	if (!funnel_limit(f, stage, &limit))
		return;
	out->has_value = out->has_numerator = true;
	out->value = (num_wide)durations_above(&s->ages, limit) * NUM_MICROS;
	out->numerator = out->value;
}

int
funnel_figure_worst(const struct funnel *f, const struct funnel_cell *c)
{
	struct kpi_figure best = { 0 }, here;
	int worst = STAGES_NONE;

	for (int i = 0; i < (int)f->stages.n; i++) {
		if (f->stages.v[i].level < 1)
			continue;
		step(f, c, i, &here);
		if (!here.has_value || (worst >= 0 && here.numerator * best.denominator >=
		    best.numerator * here.denominator))
			continue;
		worst = i;
		best = here;
	}
	return worst;
}

/* --- the table --- */

#define TOTAL(name, unit, shown, needs, credit, words, m) \
	{ name, unit, shown, needs, credit, words, NULL, m }
#define MADE(name, unit, shown, credit, words, fn) \
	{ name, unit, shown, 0, credit, words, fn, 0 }

/* In byte order of names. */
static const struct funnel_figure figures[] = {
	MADE("cumulative", KPI_RATIO, ALL, COUNT,
	    "reached / all that entered the funnel", cumulative),
	MADE("days_median", KPI_DAYS, OPEN, 0,
	    "completed stays; an even number: mean of the middle two; n: stays",
	    days_median),
	MADE("days_p90", KPI_DAYS, OPEN, 0, "completed stays, nearest rank; n: stays",
	    days_p90),
	MADE("dropoff", KPI_RATIO, REAL | FUNNEL_NOT_LAST, COUNT,
	    "reached, and not the next / reached", dropoff),
	TOTAL("lost_here", KPI_COUNT, OPEN, 0, COUNT,
	    "lost, and last open in this stage", FUNNEL_LOST),
	TOTAL("lost_share", KPI_RATIO, OPEN | FUNNEL_BY_REASON, KPI_NEEDS_REASON, 0,
	    "lost here for the reason / lost here", FUNNEL_LOST),
	TOTAL("open_here", KPI_COUNT, OPEN, 0, COUNT,
	    "neither won nor lost, in this stage", FUNNEL_OPEN),
	TOTAL("reached", KPI_COUNT, ALL, 0, COUNT,
	    "this stage or a later one; lost is not later; --strict: this one",
	    FUNNEL_REACHED),
	TOTAL("returned", KPI_COUNT, OPEN, 0, COUNT,
	    "came here from a later stage, or from having been won or lost",
	    FUNNEL_RETURNED),
	TOTAL("revenue", KPI_MONEY, REAL, KPI_NEEDS_VALUE, FUNNEL_CREDITS_REVENUE,
	    "won and refunds of those that reached it", FUNNEL_REVENUE),
	TOTAL("skipped", KPI_COUNT, OPEN, 0, COUNT,
	    "reached a later stage, never this one", FUNNEL_SKIPPED),
	MADE("step", KPI_RATIO, REAL | FUNNEL_NOT_FIRST, COUNT,
	    "reached / reached of the stage before", step),
	MADE("step_resolved", KPI_RATIO, REAL | FUNNEL_NOT_FIRST, COUNT,
	    "reached / (reached + lost that came no further than the stage before)",
	    step_resolved),
	MADE("stuck", KPI_COUNT, OPEN, 0,
	    "open here for longer than max_days, else twice the median stay of won ones "
	    "(10 or more); n: open here", stuck),
	TOTAL("value_open", KPI_MONEY, OPEN, KPI_NEEDS_VALUE, FUNNEL_CREDITS_VALUE,
	    "value of those open here", FUNNEL_VALUE_OPEN),
	TOTAL("value_reached", KPI_MONEY, ALL, KPI_NEEDS_VALUE, FUNNEL_CREDITS_VALUE,
	    "value of those that reached it", FUNNEL_VALUE_REACHED),
	MADE("worst_step", KPI_RATIO, REAL | FUNNEL_NOT_FIRST | FUNNEL_ONCE, COUNT,
	    "the least step, at its stage; a tie: the first", step),
};

const struct funnel_figure *
funnel_figure_at(size_t i)
{
	return i < sizeof(figures) / sizeof(figures[0]) ? &figures[i] : NULL;
}

void
funnel_figure_fill(const struct funnel *f, const struct funnel_figure *k,
    const struct funnel_cell *c, int stage, struct kpi_figure *out)
{
	struct cube_sum sum, whole = { 0, 0 };

	if (k->figure != NULL) {
		k->figure(f, c, stage, out);
		return;
	}
	sum = sum_of(c, stage, k->measure);
	if ((k->shown & FUNNEL_BY_REASON) != 0) {
		if (c->whole != CUBE_NONE)
			whole = sum_of(&f->cell[c->whole], stage, k->measure);
		divide(sum.sum, whole, out);
		return;
	}
	*out = (struct kpi_figure){ .has_value = true, .has_numerator = true,
		.value = sum.sum, .numerator = sum.sum, .n = sum.n };
}
