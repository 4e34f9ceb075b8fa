/* figures_part.c - the books of a run as rows for another that merges them */
#include <lead/domain/figures/book_nurture.h>
#include <lead/domain/figures/figures.h>
#include <lead/domain/figures/kpi_list.h>
#include <lead/domain/figures/stock.h>
#include <lead/domain/figures/summand.h>

enum { RULE_MAX = 1 << 20 };

/* --- what runs must agree on --- */

static void
rule_of_list(struct part *p, struct buf *b, const char *name, const char *const *word,
    size_t n)
{
	b->len = 0;
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			buf_byte(b, ' ');
		buf_string(b, word[i]);
	}
	part_rule(p, name, buf_text(b));
}

/* The figures by their names, however they were asked for. */
static void
rule_of_kpi(const struct figures *f, struct buf *b)
{
	b->len = 0;
	for (size_t i = 0; kpi_list_at(i) != NULL; i++)
		if (f->choice.asked[i]) {
			if (b->len > 0)
				buf_byte(b, ',');
			buf_string(b, kpi_list_at(i)->name);
		}
	part_rule(f->part, "kpi", buf_text(b));
}

static void
rule_of_number(struct part *p, const char *name, int64_t n)
{
	char room[NUM_TEXT];

	part_rule(p, name, num_put_count(room, n));
}

/* The tables beside the steps; credit is read where the parts are merged alone. */
static void
rules_of_sides(const struct figures *f)
{
	static const char *const names[] = {
		[FIGURES_HOURS] = "hours",
		[FIGURES_HOLIDAYS] = "holidays",
		[FIGURES_GOALS] = "goals",
		[FIGURES_IDENTITY] = "identity",
		[FIGURES_EMAIL] = "email",
		[FIGURES_CAMPAIGNS] = "campaigns",
		[FIGURES_SPEND] = "spend",
	};
	char id[HASH_ID_LEN];

	for (enum figures_side s = 0; s < FIGURES_CREDIT; s++)
		part_rule(f->part, names[s], f->print[s].to.row != NULL
		    ? hash_put(f->print[s].sum, id) : TEXT_NONE);
}

static void
note_columns(const struct figures *f)
{
	static const enum step_column matter[] = { STEP_VALUE, STEP_MONTHS, STEP_CHANNEL };
	struct text name;

	for (size_t i = 0; i < sizeof(matter) / sizeof(matter[0]); i++)
		if (f->columns[matter[i]] >= 0)
			part_column(f->part, text_of(step_name(matter[i])));
	for (size_t i = 0; breakdown_source(&f->by, i, &name); i++)
		part_column(f->part, name);
}

void
figures_part_rules(const struct figures *f, const struct kpi_terms_words *w)
{
	struct part *p = f->part;
	struct buf b;

	if (p == NULL)
		return;
	buf_init(&b, RULE_MAX, "a rule");
	rule_of_list(p, &b, "by", w->by, w->nby);
	rule_of_kpi(f, &b);
	buf_clear(&b);
	part_rule(p, "allocate", text_of(allocate_words[w->allocate]));
	part_rule(p, "credit", w->credit ? TEXT("given") : TEXT_NONE);
	part_rule(p, "lead-source", text_of(breakdown_sets[w->unprefixed]));
	part_rule(p, "cohort", text_of(kpi_terms_cohorts[w->cohort]));
	part_rule(p, "sla", text_of(w->sla));
	part_rule(p, "close-from", text_of(w->close_from));
	part_rule(p, "no-response", text_of(w->silent));
	rule_of_number(p, "click-window", w->click_window_us);
	rule_of_number(p, "grace", w->grace_us);
	rules_of_sides(f);
	note_columns(f);
}

/* --- rows out --- */

/* A cell that no sum would show. */
static void
put_cell(struct summand *s, const struct cube_cell *c, const struct cube_line *line)
{
	bool told = !c->shown;

	for (enum cube_measure m = 1; m < CUBE_MEASURES; m++) {
		struct cube_sum sum = cube_sum_of(c, m);

		if (sum.n == 0)
			continue;
		told |= cube_shows(m);
		summand_begin(s, "sum", cube_measure_name(m));
		summand_place(s, c->period, line);
		summand_number(s, SUMMAND_SUM, sum.sum);
		summand_number(s, SUMMAND_N, sum.n);
		summand_put(s);
	}
	if (told)
		return;
	summand_begin(s, "shown", TEXT_NONE);
	summand_place(s, c->period, line);
	summand_put(s);
}

static void
put_cells(const struct figures *f, struct summand *s)
{
	const struct cube *cube = f->book.cube;

	for (uint32_t n = 0; n < cube_count(cube); n++) {
		struct cube_cell *c = cube_get(cube, n);
		struct cube_line line = cube_line(cube, n);

		put_cell(s, c, &line);
		for (enum cube_series series = 0; series < CUBE_SERIES; series++) {
			summand_begin(s, "times", cube_series_name(series));
			summand_place(s, c->period, &line);
			summand_put_times(s, &c->series[series]);
		}
		if (c->whole == CUBE_NONE)
			continue;
		summand_begin(s, "share", TEXT_NONE);
		s->cell[PART_VALUE] = cube_line(cube, c->whole).segment;
		summand_place(s, c->period, &line);
		summand_put(s);
	}
}

static void
put_stock(const struct figures *f, struct summand *s)
{
	char valued[NUM_TEXT];
	struct stock_move m;

	for (size_t i = 0; stock_move(f->book.stock, i, &m); i++) {
		struct cube_line line = { 0 };

		if (!m.closed)
			line = cube_line_at(f->book.cube, m.line);
		summand_begin(s, m.closed ? "closed" : "stood", TEXT_NONE);
		s->cell[PART_VALUE] = part_put_whole(valued, m.valued);
		summand_place(s, m.period, m.closed ? NULL : &line);
		s->cell[SUMMAND_STAGE] = m.stage;
		summand_number(s, SUMMAND_SUM, m.value);
		summand_number(s, SUMMAND_N, m.deals);
		summand_put(s);
	}
}

static void
put_number(struct summand *s, const char *record, struct text name, num_wide n)
{
	summand_begin(s, record, name);
	summand_number(s, SUMMAND_N, n);
	summand_put(s);
}

/* What touches tell of spend, and groups of mail. */
static void
put_sides(const struct figures *f, struct summand *s)
{
	struct text name, campaign;
	num_wide touches;

	for (size_t i = 0; f->spend != NULL && spend_joined(f->spend, i, &name, &campaign);
	     i++) {
		summand_begin(s, "joined", name);
		s->cell[PART_VALUE] = campaign;
		summand_put(s);
	}
	for (size_t i = 0; f->spend != NULL &&
	     unjoined_touched(f->unjoined, i, &name, &touches); i++)
		put_number(s, "touched", name, touches / NUM_MICROS);
	for (uint32_t n = 0; f->mail != NULL && n < mail_leads(f->mail); n++)
		if (book_mail_met(f->book_mail, n)) {
			summand_begin(s, "mailed", mail_lead_id(f->mail, n));
			summand_put(s);
		}
}

uint64_t *
figures_tally(struct figures *f, size_t i, const char **name)
{
	const struct {
		const char *name;
		uint64_t *n;
	} counts[] = {
		{ "negative", &f->book.negative },
		{ "undated", &f->book.undated },
		{ "payments", &f->payments },
		{ "uncovered", &f->uncovered },
	};

	if (i >= sizeof(counts) / sizeof(counts[0]))
		return NULL;
	*name = counts[i].name;
	return counts[i].n;
}

static void
put_day(struct summand *s, const char *name, int64_t day)
{
	char room[WHEN_TEXT];

	if (day == INT64_MAX)
		return;
	summand_begin(s, "day", text_of(name));
	s->cell[PART_VALUE] = when_put_day(room, day);
	summand_put(s);
}

static void
put_run(struct figures *f, struct summand *s)
{
	const char *name;
	const uint64_t *n;

	put_day(s, "first", f->book.first_day);
	put_day(s, "nurture", f->book.nurture_day);
	if (f->book.currency[0] != '\0') {
		summand_begin(s, "currency", text_of(f->book.currency));
		summand_put(s);
	}
	for (size_t i = 0; (n = figures_tally(f, i, &name)) != NULL; i++)
		put_number(s, "count", text_of(name), (num_wide)*n);
}

void
figures_part_put(struct figures *f, part_write *write, void *to)
{
	struct summand *s = &f->summand;

	part_begin(f->part, write, to);
	put_run(f, s);
	put_cells(f, s);
	put_stock(f, s);
	put_sides(f, s);
	part_end(f->part);
}
