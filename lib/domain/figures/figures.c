/* figures.c - the books of one run of lead-kpi, from rows of steps to a report */
#include <lead/domain/figures/book_marketing.h>
#include <lead/domain/figures/book_mrr.h>
#include <lead/domain/figures/book_nurture.h>
#include <lead/domain/figures/figures.h>

enum { ROW_MAX = 2 << 20 };

/* --- what is asked --- */

bool
figures_init(struct figures *f, const struct kpi_terms_words *w,
    const struct figures_table *t, struct kpi_terms_problem *p)
{
	for (enum step_column c = 0; c < STEP_COLUMNS; c++)
		f->columns[c] = t->column(t->of, text_of(step_name(c)));
	f->choice.sla = text_of(w->sla);
	f->rules.by_account = text_is(t->key, "account_id");
	breakdown_init(&f->by, (enum breakdown_set)w->unprefixed, w->credit, t->column,
	    t->of);
	f->by.nurture = f->by.mail = true;
	book_init(&f->book, &f->rules, &f->by);
	f->sift = (struct sift){ .columns = f->columns, .book = &f->book };
	summand_init(&f->summand, f->part, f->book.cube, &f->by, f->rules.period);
	return kpi_terms_by(w, &f->by, t->column, t->of, p);
}

void
figures_clear(struct figures *f)
{
	for (enum figures_side s = 0; s < FIGURES_SIDES; s++)
		buf_clear(&f->print[s].row);
	summand_clear(&f->summand);
	office_free(f->office);
	goals_free(f->goals);
	book_mail_free(f->book_mail);
	mail_free(f->mail);
	identity_free(f->identity);
	spend_free(f->spend);
	unjoined_free(f->unjoined);
	book_clear(&f->book);
	breakdown_clear(&f->by);
}

static void
need_office(struct figures *f)
{
	if (f->office == NULL)
		f->rules.office = f->office = office_new(f->rules.zone);
}

static void
need_mail(struct figures *f)
{
	if (f->identity != NULL)
		identity_ready(f->identity);
	f->mail = mail_new(f->identity, f->rules.zone, f->rules.as_of_us);
}

static void
need_spend(struct figures *f)
{
	if (f->spend != NULL)
		return;
	f->spend = spend_new(&f->book);
	f->unjoined = unjoined_new();
}

static struct figures_reading
reading_of(struct figures *f, enum figures_side side)
{
	switch (side) {
	case FIGURES_HOURS:
		need_office(f);
		return (struct figures_reading){ office_hours_columns,
			OFFICE_HOURS_COLUMNS, office_hours, f->office, NULL };
	case FIGURES_HOLIDAYS:
		need_office(f);
		return (struct figures_reading){ office_holiday_columns,
			OFFICE_HOLIDAY_COLUMNS, office_holiday, f->office, NULL };
	case FIGURES_GOALS:
		f->goals = goals_new(&f->book, f->choice.sla);
		f->choice.goals = f->goals;
		return (struct figures_reading){ goals_columns, GOALS_COLUMNS,
			goals_add, f->goals, NULL };
	case FIGURES_IDENTITY:
		f->identity = identity_new(f->rules.zone);
		return (struct figures_reading){ identity_columns, IDENTITY_COLUMNS,
			identity_add, f->identity, "the map of lead-identify" };
	case FIGURES_EMAIL:
		need_mail(f);
		return (struct figures_reading){ mail_columns, MAIL_COLUMNS, mail_add,
			f->mail, "what lead-import --email writes" };
	case FIGURES_CAMPAIGNS:
		need_spend(f);
		return (struct figures_reading){ spend_campaign_columns,
			SPEND_CAMPAIGN_COLUMNS, spend_campaign, f->spend, NULL };
	case FIGURES_SPEND:
		need_spend(f);
		f->has_spend = true;
		return (struct figures_reading){
			breakdown_columns(&f->by, spend_columns, SPEND_COLUMNS, false),
			SPEND_COLUMNS + f->by.nnames, spend_add, f->spend,
			"the spend of lead-import" };
	case FIGURES_CREDIT:
		return (struct figures_reading){
			breakdown_columns(&f->by, earned_columns, EARNED_COLUMNS, true),
			EARNED_COLUMNS + f->by.nnames, earned_add, &f->earned,
			"lead-attribute --explain-credit with these columns in its --by" };
	case FIGURES_SIDES:
		break;
	}
	return (struct figures_reading){ 0 };
}

/* Likewise, the sum of their hashes beside. */
static const char *
print_row(void *print, const struct text *field, size_t *bad)
{
	struct figures_print *p = print;
	struct hash h;

	p->row.len = 0;
	for (size_t i = 0; i < p->to.ncolumns; i++) {
		buf_put(&p->row, field[i]);
		buf_byte(&p->row, '\t');
	}
	h = hash_fixed(buf_text(&p->row));
	p->sum.hi += h.hi;
	p->sum.lo += h.lo;
	return p->to.row(p->to.to, field, bad);
}

struct figures_reading
figures_side(struct figures *f, enum figures_side side)
{
	struct figures_reading to = reading_of(f, side), printed = to;

	if (f->part == NULL)
		return to;
	f->print[side].to = to;
	buf_init(&f->print[side].row, ROW_MAX, "a row of a table beside the steps");
	printed.row = print_row;
	printed.to = &f->print[side];
	return printed;
}

/* All mail was read: what of its figures can be had. */
static unsigned
begin_mail(struct figures *f)
{
	if (f->mail == NULL)
		return 0;
	mail_ready(f->mail);
	f->book_mail = book_mail_new(&f->book, f->mail);
	return KPI_NEEDS_EMAIL | (f->identity != NULL ? KPI_NEEDS_IDENTITY : 0U) |
	    (mail_counts(f->mail).consents > 0 ? KPI_NEEDS_CONSENT : 0U);
}

/* A breakdown by the campaigns of mail, without any. */
static bool
lacks_mail(const struct figures *f, struct kpi_terms_problem *p)
{
	for (size_t i = 0; f->mail == NULL && i < f->by.n; i++)
		if (f->by.v[i].by_mail) {
			*p = (struct kpi_terms_problem){ .option = "by",
				.word = f->by.v[i].name, .why = "needs --email" };
			return true;
		}
	return false;
}

bool
figures_ask(struct figures *f, const struct kpi_terms_words *w,
    struct kpi_terms_problem *p)
{
	f->choice.has = (f->columns[STEP_VALUE] >= 0 ? KPI_NEEDS_VALUE : 0U) |
	    (f->by.reason_col >= 0 ? KPI_NEEDS_REASON : 0U) |
	    (f->rules.by_account ? KPI_NEEDS_ACCOUNT : 0U) |
	    (f->office != NULL ? KPI_NEEDS_HOURS : 0U) |
	    (f->goals != NULL ? KPI_NEEDS_GOALS : 0U) |
	    (f->columns[STEP_MONTHS] >= 0 ? KPI_NEEDS_MONTHS : 0U) |
	    begin_mail(f) |
	    (f->columns[STEP_CHANNEL] >= 0 ? KPI_NEEDS_CHANNEL : 0U) |
	    (nurture_count(f->book.nurture) > 0 ? KPI_NEEDS_NURTURE : 0U) |
	    KPI_NEEDS_ASKED |
	    (f->has_spend ? KPI_NEEDS_SPEND | spend_has(f->spend) : 0U);
	earned_init(&f->earned, &f->book, f->has_spend);
	f->choice.credited = w->credit ? f->earned.covers : NULL;
	f->rules.count_touches = w->allocate == ALLOCATE_CLICKS;
	if (lacks_mail(f, p) || !kpi_terms_read(w, &f->rules, &f->choice, p))
		return false;
	f->needs = report_needs(&f->choice);
	report_measures(&f->choice, f->wanted);
	f->book.wanted = f->wanted;
	return true;
}

/* --- steps --- */

void
figures_group(void *figures, const struct group *g, struct arena *a)
{
	struct figures *f = figures;

	f->arena = a;
	sift_group(&f->sift, g, a);
}

const struct group_refusal *
figures_row(void *figures, size_t i)
{
	struct figures *f = figures;

	return sift_row(&f->sift, i);
}

static void
read_payments(struct figures *f, const struct life *l)
{
	const struct mrr_rules rules = { .zone = f->rules.zone,
		.grace_days = f->rules.grace_days, .as_of_day = f->book.as_of_day };
	struct mrr m;

	mrr_read(&m, l, &rules, f->arena);
	book_mrr(&f->book, l, &m);
	f->payments += m.payments;
	f->uncovered += m.uncovered;
}

void
figures_close(void *figures)
{
	struct figures *f = figures;
	struct life life;

	life_read(&life, f->sift.step, f->sift.nsteps, f->rules.zone, f->arena);
	if (nurture_count(f->book.nurture) > 0)
		book_nurture_find(&f->book, &life);
	book_life(&f->book, &life);
	if (nurture_count(f->book.nurture) > 0 && (f->needs & KPI_NEEDS_NURTURE) != 0)
		book_nurture(&f->book, &life);
	if ((f->needs & KPI_NEEDS_CHANNEL) != 0)
		book_marketing(&f->book, &life, f->arena);
	if (f->columns[STEP_MONTHS] >= 0)
		read_payments(f, &life);
	if (f->mail != NULL)
		book_mail_life(f->book_mail, &life);
	if (f->spend == NULL)
		return;
	spend_join(f->spend, &life);
	unjoined_touches(f->unjoined, &life);
}

/* --- what comes out --- */

static void
book_spend(struct figures *f)
{
	const enum cube_measure by[] = {
		[ALLOCATE_NOT] = CUBE_NOTHING,
		[ALLOCATE_CREDIT] = f->earned.covers[CUBE_DEALS] ? CUBE_DEALS : CUBE_LEADS,
		[ALLOCATE_LEADS] = CUBE_LEADS,
		[ALLOCATE_CLICKS] = CUBE_AD_TOUCHES,
	};

	if (f->choice.allocate != ALLOCATE_NOT)
		spend_allocate(f->spend, f->choice.allocate, by[f->choice.allocate]);
	spend_book(f->spend, f->earned.models);
}

struct report *
figures_report(struct figures *f)
{
	if (f->spend != NULL)
		book_spend(f);
	if (f->mail != NULL)
		book_mail_rest(f->book_mail);
	book_fill(&f->book);
	if (!f->choice.any && f->payments == 0)
		f->choice.has &= ~(unsigned)KPI_NEEDS_MONTHS;
	if (!f->choice.any && f->book.nurture_day == INT64_MAX)
		f->choice.has &= ~(unsigned)KPI_NEEDS_ASKED;
	book_settle(&f->book);
	if (f->goals != NULL)
		goals_book(f->goals, f->earned.models);
	return report_new(&f->choice, &f->book);
}

/* Words and numbers, one behind the other; what does not fit is left out. */
static void
say(char out[FIGURES_DOUBT], struct text t)
{
	size_t n = strlen(out), room = FIGURES_DOUBT - 1 - n;

	memcpy(out + n, t.s, t.len < room ? t.len : room);
	out[n + (t.len < room ? t.len : room)] = '\0';
}

static void
say_count(char out[FIGURES_DOUBT], uint64_t n, const char *before, const char *behind)
{
	char number[NUM_TEXT];

	say(out, text_of(before));
	say(out, num_put_count(number, (int64_t)n));
	say(out, text_of(behind));
}

bool
figures_doubt(const struct figures *f, unsigned i, char out[FIGURES_DOUBT])
{
	struct spend_counts spend = { 0 };
	struct goals_counts goals = { 0 };
	char number[NUM_TEXT];

	out[0] = '\0';
	if (f->spend != NULL)
		spend = spend_counts(f->spend);
	if (f->goals != NULL)
		goals = goals_counts(f->goals);
	if (i == 0 && spend.nameless > 0) {
		say(out, TEXT("spend: ads without a "));
		say(out, spend.column);
		say(out, TEXT(" (cost "));
		say(out, num_put_wide(number, spend.nameless_cost));
		say_count(out, spend.nameless, ", rows ", ") stand under (unknown): name "
		    "their campaigns in --campaigns, or let lead-parse-utm read their urls");
	}
	if (i == 1 && goals.rows > 0 && goals.aside == goals.rows)
		say_count(out, goals.aside, "goals: none (rows ", ") is of these periods and "
		    "breakdowns");
	if (i == 2 && f->choice.any && (f->needs & KPI_NEEDS_MONTHS) != 0 &&
	    f->payments == 0)
		say(out, TEXT("mrr is 0: no payment has months and a "
		    "value above 0"));
	return out[0] != '\0';
}

const char *
figures_count(const struct figures *f, unsigned i, uint64_t *n)
{
	struct spend_counts spend = { 0 };
	struct goals_counts goals = { 0 };
	struct mail_counts mail = { 0 };

	if (f->spend != NULL)
		spend = spend_counts(f->spend);
	if (f->goals != NULL)
		goals = goals_counts(f->goals);
	if (f->mail != NULL)
		mail = mail_counts(f->mail);
	const struct {
		const char *name;
		uint64_t n;
	} counts[] = {
		{ "negative_duration", f->book.negative },
		{ "undated_fact", f->book.undated },
		{ "payment_uncovered", f->uncovered },
		{ "email_rows", mail.rows },
		{ "email_after_as_of", mail.late },
		{ "email_other", mail.other },
		{ "spend_rows", spend.rows },
		{ "spend_outside", spend.outside },
		{ "spend_unmapped", spend.unmapped },
		{ "spend_nameless", spend.nameless },
		{ "goal_rows", goals.rows },
		{ "goal_aside", goals.aside },
		{ "credit_rows", f->earned.rows },
		{ "credit_outside", f->earned.outside },
	};

	if (i >= sizeof(counts) / sizeof(counts[0]))
		return NULL;
	*n = counts[i].n;
	return counts[i].name;
}
