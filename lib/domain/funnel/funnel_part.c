/* funnel_part.c - the sums of a run as rows for another that merges them */
#include "funnel_state.h"

enum { RULE_MAX = 4 << 20 };

/* --- what runs must agree on --- */

static const char *const tables[] = {
	[FUNNEL_FIGURES] = "figures",
	[FUNNEL_FLOW] = "flow",
	[FUNNEL_STUCK] = "stuck",
};

/* What matters of the file of stages; labels do not. */
static void
rule_of_stages(const struct funnel *f, struct buf *b)
{
	char room[NUM_TEXT], id[HASH_ID_LEN];

	b->len = 0;
	for (size_t i = 0; i < f->stages.n; i++) {
		const struct stages_stage *s = &f->stages.v[i];
		const int64_t number[] = { s->order, (int64_t)s->kind, s->max_us };

		buf_put(b, s->key);
		for (size_t k = 0; k < sizeof(number) / sizeof(number[0]); k++) {
			buf_byte(b, '\t');
			buf_put(b, num_put_count(room, number[k]));
		}
		buf_byte(b, '\n');
	}
	part_rule(f->part, "stages", hash_put(hash_fixed(buf_text(b)), id));
}

static void
rule_of_by(const struct funnel *f, struct buf *b)
{
	b->len = 0;
	for (size_t i = 0; i < f->words.nby; i++) {
		if (i > 0)
			buf_byte(b, ' ');
		buf_string(b, f->words.by[i]);
	}
	part_rule(f->part, "by", buf_text(b));
}

void
funnel_part_rules(const struct funnel *f)
{
	struct part *p = f->part;
	struct text name;
	struct buf b;

	if (p == NULL)
		return;
	buf_init(&b, RULE_MAX, "a rule");
	rule_of_stages(f, &b);
	rule_of_by(f, &b);
	buf_clear(&b);
	part_rule(p, "table", text_of(tables[f->words.table]));
	part_rule(p, "unit", text_of(funnel_units[f->words.unit]));
	part_rule(p, "strict", f->words.strict ? TEXT("given") : TEXT_NONE);
	part_rule(p, "credit", f->words.credit ? TEXT("given") : TEXT_NONE);
	part_rule(p, "lead-source", text_of(breakdown_sets[f->words.unprefixed]));
	if (f->columns[STEP_VALUE] >= 0)
		part_column(p, TEXT("value"));
	for (size_t i = 0; breakdown_source(&f->by, i, &name); i++)
		part_column(p, name);
}

/* --- names --- */

static const struct {
	const char *name;
	bool money;
} measures[FUNNEL_MEASURES] = {
	[FUNNEL_REACHED] = { "reached", false },
	[FUNNEL_LEVEL] = { "level", false },
	[FUNNEL_ENDED] = { "ended", false },
	[FUNNEL_LOST] = { "lost", false },
	[FUNNEL_OPEN] = { "open", false },
	[FUNNEL_SKIPPED] = { "skipped", false },
	[FUNNEL_RETURNED] = { "returned", false },
	[FUNNEL_VALUE_OPEN] = { "value_open", true },
	[FUNNEL_VALUE_REACHED] = { "value_reached", true },
	[FUNNEL_REVENUE] = { "revenue", true },
};

struct text
funnel_measure_name(enum funnel_measure m)
{
	return text_of(measures[m].name);
}

bool
funnel_measure_is_money(enum funnel_measure m)
{
	return measures[m].money;
}

uint64_t *
funnel_tally(struct funnel *f, size_t i, const char **name)
{
	const struct {
		const char *name;
		uint64_t *n;
	} counts[] = {
		{ "unknown_stage", &f->unknown_stage },
		{ "elsewhere", &f->elsewhere },
		{ "without_stage", &f->without_stage },
		{ "renewals", &f->renewals },
		{ "undated", &f->undated },
		{ "negative", &f->book.negative },
		{ "credit_rows", &f->credit_rows },
		{ "credit_outside", &f->credit_outside },
		{ "credited_open", &f->nopen },
		{ "credited_won", &f->nwon },
		{ "told_open", &f->told_open },
		{ "told_won", &f->told_won },
		{ "told_lead", &f->told_lead },
	};

	if (i >= sizeof(counts) / sizeof(counts[0]))
		return NULL;
	*name = counts[i].name;
	return counts[i].n;
}

/* --- rows out --- */

static void
put_sum(struct summand *s, const struct cube_sum *sum)
{
	summand_number(s, SUMMAND_SUM, sum->sum);
	summand_number(s, SUMMAND_N, sum->n);
	summand_put(s);
}

static void
put_stage(struct funnel *f, uint32_t cell, struct funnel_stage *stage, struct text key)
{
	struct summand *s = &f->summand;
	struct cube_line line = cube_line(f->book.cube, cell);
	int64_t period = cube_get(f->book.cube, cell)->period;

	for (enum funnel_measure m = 0; m < FUNNEL_MEASURES; m++) {
		if (stage->sum[m].n == 0)
			continue;
		summand_begin(s, "sum", funnel_measure_name(m));
		summand_place(s, period, &line);
		s->cell[SUMMAND_STAGE] = key;
		put_sum(s, &stage->sum[m]);
	}
	summand_begin(s, "stays", TEXT_NONE);
	summand_place(s, period, &line);
	s->cell[SUMMAND_STAGE] = key;
	summand_put_times(s, &stage->stays);
	s->cell[PART_RECORD] = TEXT("ages");
	summand_put_times(s, &stage->ages);
}

static void
put_cell(struct funnel *f, uint32_t n)
{
	const struct funnel_cell *c = &f->cell[n];
	struct cube_line line = cube_line(f->book.cube, n);
	int64_t period = cube_get(f->book.cube, n)->period;
	struct summand *s = &f->summand;

	summand_begin(s, "entered", TEXT_NONE);
	summand_place(s, period, &line);
	put_sum(s, &c->entered);
	for (size_t i = 0; i < f->stages.n; i++)
		put_stage(f, n, &c->stage[i], f->stages.v[i].key);
	if (c->whole == CUBE_NONE)
		return;
	summand_begin(s, "share", TEXT_NONE);
	s->cell[PART_VALUE] = cube_line(f->book.cube, c->whole).segment;
	summand_place(s, period, &line);
	summand_put(s);
}

/* Places by their numbers: ends are no stages. */
static void
put_flow(struct funnel *f, struct funnel_flow *flow)
{
	struct cube_line line = cube_line(f->book.cube, flow->cell);
	char from[NUM_TEXT], to[NUM_TEXT];
	struct summand *s = &f->summand;

	summand_begin(s, "move", num_put_count(from, flow->from));
	s->cell[PART_VALUE] = num_put_count(to, flow->to);
	summand_place(s, cube_get(f->book.cube, flow->cell)->period, &line);
	summand_number(s, SUMMAND_N, flow->n);
	summand_put(s);
	s->cell[PART_RECORD] = TEXT("moved");
	s->cell[SUMMAND_N] = TEXT_NONE;
	summand_put_times(s, &flow->stays);
}

/* n: the civil day of what is known to the day. */
static void
put_open(struct funnel *f, const struct funnel_deal *d)
{
	char since[WHEN_TEXT], day[WHEN_TEXT], age[NUM_TEXT];
	struct summand *s = &f->summand;

	summand_begin(s, "open", d->deal);
	s->cell[PART_VALUE] = d->rep;
	s->cell[SUMMAND_PERIOD] = when_put(since, d->since.us);
	s->cell[SUMMAND_SEGMENT] = d->lead;
	s->cell[SUMMAND_STAGE] = f->stages.v[d->stage].key;
	if (d->has_value)
		summand_number(s, SUMMAND_SUM, d->value);
	if (d->since.day_only)
		s->cell[SUMMAND_N] = when_put_day(day, d->since.day);
	s->cell[SUMMAND_TIMES] = num_put_count(age, d->age_us);
	summand_put(s);
}

static void
put_run(struct funnel *f)
{
	struct summand *s = &f->summand;
	const char *name;
	const uint64_t *n;

	if (f->book.currency[0] != '\0') {
		summand_begin(s, "currency", text_of(f->book.currency));
		summand_put(s);
	}
	for (size_t i = 0; (n = funnel_tally(f, i, &name)) != NULL; i++) {
		summand_begin(s, "count", text_of(name));
		summand_number(s, SUMMAND_N, (num_wide)*n);
		summand_put(s);
	}
	for (size_t i = 0; i < f->stages.n; i++) {
		summand_begin(s, "yard", TEXT_NONE);
		s->cell[SUMMAND_STAGE] = f->stages.v[i].key;
		summand_put_times(s, &f->yard[i]);
	}
}

void
funnel_part_put(struct funnel *f, part_write *write, void *to)
{
	part_begin(f->part, write, to);
	put_run(f);
	for (uint32_t i = 0; i < f->ncells; i++)
		if (f->cell[i].stage != NULL)
			put_cell(f, i);
	for (uint32_t i = 0; i < map_count(f->moves); i++)
		if (f->flow[i].to != FUNNEL_ANYWHERE)
			put_flow(f, &f->flow[i]);
	for (size_t i = 0; i < f->ndeals; i++)
		put_open(f, &f->deal[i]);
	part_end(f->part);
}
