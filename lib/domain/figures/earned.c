/* earned.c - credit that lead-attribute gave, laid on the segments of figures */
#include <lead/domain/figures/earned.h>

const char *const earned_columns[EARNED_COLUMNS] = {
	[EARNED_MODEL] = "model",
	[EARNED_MILESTONE] = "milestone",
	[EARNED_PERIOD] = "period",
	[EARNED_TIME] = "time",
	[EARNED_CONVERSIONS] = "conversions",
	[EARNED_VALUE] = "value",
};

/* --- the period that a credit was booked in --- */

/* Does each period of this form lie within one of that? */
static bool
nests(enum when_period form, enum when_period within)
{
	if (form == within || within == WHEN_BY_ALL || form == WHEN_BY_DAY)
		return true;
	if (form == WHEN_BY_MONTH)
		return within == WHEN_BY_QUARTER || within == WHEN_BY_YEAR;
	return form == WHEN_BY_QUARTER && within == WHEN_BY_YEAR;
}

static const char *
read_period(struct text name, enum when_period asked, int64_t *day)
{
	*day = 0;
	if (text_is(name, "(all)"))
		return asked == WHEN_BY_ALL ? NULL
		    : "credit of all time: give lead-attribute the same --period";
	for (enum when_period p = WHEN_BY_DAY; p <= WHEN_BY_YEAR; p++)
		if (when_parse_named(name, p, day))
			return nests(p, asked) ? NULL
			    : "credit of other periods: give lead-attribute the same --period";
	return "not a period";
}

/* --- one row --- */

void
earned_init(struct earned *e, struct book *b, bool with_spend)
{
	*e = (struct earned){ .book = b };
	e->covers[CUBE_NOTHING] = true;
	for (enum cube_measure m = CUBE_COST_ADS; m <= CUBE_AD_DAYS; m++)
		e->covers[m] = with_spend;
}

static bool
in_time(const struct book_rules *r, struct text time)
{
	int64_t us;

	if (when_parse(time, &us) != WHEN_OK)
		return true; /* booked in its period all the same */
	return us <= r->as_of_us && (!r->has_since || us >= r->since_us) &&
	    (!r->has_until || us < r->until_us);
}

static enum cube_measure
measure_of(struct text milestone)
{
	static const struct {
		const char *milestone;
		enum cube_measure measure;
	} measures[] = {
		{ "lead", CUBE_LEADS },
		{ "mql", CUBE_MQL },
		{ "sql", CUBE_SQL },
		{ "opp", CUBE_OPPS },
		{ "won", CUBE_DEALS },
	};

	for (size_t i = 0; i < sizeof(measures) / sizeof(measures[0]); i++)
		if (text_is(milestone, measures[i].milestone))
			return measures[i].measure;
	return CUBE_NOTHING;
}

static void
add(struct earned *e, uint32_t cell, enum cube_measure m, int64_t amount)
{
	cube_add(e->book->cube, cell, m, amount);
	e->covers[m] = true;
}

/* A refund is booked under won, below zero and without a conversion. */
static void
add_won(struct earned *e, uint32_t cell, int64_t conversions, int64_t value)
{
	add(e, cell, CUBE_REVENUE, value);
	e->covers[CUBE_REFUNDS] = true;
	if (value < 0) {
		add(e, cell, CUBE_REFUNDS, value);
		return;
	}
	add(e, cell, CUBE_DEALS, conversions);
	add(e, cell, CUBE_WON_VALUE, value);
}

const char *
earned_add(void *context, const struct text *field, size_t *bad)
{
	struct earned *e = context;
	struct book *b = e->book;
	enum cube_measure m = measure_of(field[EARNED_MILESTONE]);
	int64_t day, conversions, value;
	uint32_t model = cube_model(b->cube, field[EARNED_MODEL]);
	const char *why;

	*bad = EARNED_PERIOD;
	if ((why = read_period(field[EARNED_PERIOD], b->rules->period, &day)) != NULL)
		return why;
	*bad = EARNED_CONVERSIONS;
	if (num_parse(field[EARNED_CONVERSIONS], &conversions) != NUM_OK)
		return "not a number of six decimals";
	*bad = EARNED_VALUE;
	if (num_parse(field[EARNED_VALUE], &value) != NUM_OK)
		return "not an amount of six decimals";
	e->rows++;
	e->models = model > e->models ? model : e->models;
	if (m == CUBE_NOTHING || !in_time(b->rules, field[EARNED_TIME])) {
		e->other += m == CUBE_NOTHING;
		e->outside += m != CUBE_NOTHING;
		return NULL;
	}
	for (size_t i = 0; i < b->by->n; i++) {
		uint32_t cell;

		if (!b->by->v[i].by_credit || b->by->v[i].by_mail)
			continue;
		cell = cube_find(b->cube, day, (uint32_t)i, model,
		    breakdown_of_names(b->by, i, field + EARNED_COLUMNS));
		if (m == CUBE_DEALS)
			add_won(e, cell, conversions, value);
		else
			add(e, cell, m, conversions);
	}
	return NULL;
}
