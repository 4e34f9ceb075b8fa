/* kpi_terms.c - what a run of lead-kpi is asked, from words to rules */
#include <lead/domain/figures/book_deal.h>
#include <lead/domain/figures/kpi_terms.h>

const char *const kpi_terms_cohorts[] = { "lead", "first", NULL };

static bool
fail(struct kpi_terms_problem *p, const char *option, struct text word, const char *why)
{
	size_t n = strlen(why);

	*p = (struct kpi_terms_problem){ .option = option, .word = word };
	memcpy(p->why, why, n < sizeof(p->why) ? n : sizeof(p->why) - 1);
	return false;
}

/* A name that --list lacks, and the one that may be meant. */
static bool
fail_unknown(struct kpi_terms_problem *p, struct text name, struct text sla)
{
	const struct kpi *k = kpi_nearest(name, sla);
	char out[KPI_NAME_LEN];
	struct text near;

	fail(p, "kpi", name, "none of those that --list shows");
	if (k == NULL)
		return false;
	near = kpi_name(k, sla, out);
	memcpy(p->why, "no such figure: did you mean ", 29);
	memcpy(p->why + 29, near.s, near.len);
	memcpy(p->why + 29 + near.len, "?", 2);
	return false;
}

bool
kpi_terms_by(const struct kpi_terms_words *w, struct breakdowns *by,
    breakdown_column *column, const void *context, struct kpi_terms_problem *p)
{
	for (size_t i = 0; i < w->nby; i++) {
		struct text bad;
		const char *why = breakdown_add(by, text_of(w->by[i]), column, context,
		    &bad);

		if (why != NULL) {
			fail(p, "by", bad, why);
			p->lacking = why == breakdown_lacking;
			return false;
		}
	}
	breakdown_add_reasons(by);
	return true;
}

static bool
read_starts(const char *words, struct book_rules *rules, struct kpi_terms_problem *p)
{
	struct text rest = text_of(words), part;

	for (rules->nstarts = 0; text_next(&rest, ',', &part); rules->nstarts++) {
		if (rules->nstarts == BOOK_STARTS)
			return fail(p, "close-from", part, "one too many");
		if (!book_deal_start(part, &rules->start[rules->nstarts]))
			return fail(p, "close-from", part,
			    "none of first, lead, contacted, mql, sql, opp");
	}
	return true;
}

static bool
read_silent(const char *words, struct book_rules *rules, struct kpi_terms_problem *p)
{
	struct text rest = text_of(words), part;

	for (rules->nsilent = 0; text_next(&rest, ',', &part); rules->nsilent++) {
		if (rules->nsilent == BOOK_SILENT)
			return fail(p, "no-response", part, "one too many");
		if (text_trim(part).len == 0)
			return fail(p, "no-response", part, "an empty text");
		rules->silent[rules->nsilent] = part;
	}
	return true;
}

static bool
read_kpis(const char *words, struct report_choice *choice, struct kpi_terms_problem *p)
{
	struct text rest = text_of(words), name;

	while (text_next(&rest, ',', &name)) {
		const struct kpi *k = kpi_find(name, choice->sla);

		if (k == NULL)
			return fail_unknown(p, name, choice->sla);
		if (!report_ask(choice, k))
			return fail(p, "kpi", name,
			    kpi_need_name(k->needs & ~choice->has));
	}
	return true;
}

bool
kpi_terms_read(const struct kpi_terms_words *w, struct book_rules *rules,
    struct report_choice *choice, struct kpi_terms_problem *p)
{
	if (when_parse_span(text_of(w->sla), &rules->sla_us) != WHEN_OK ||
	    rules->sla_us == 0)
		return fail(p, "sla", text_of(w->sla), "no time such as 4h");
	if (w->grace_us % WHEN_DAY != 0)
		return fail(p, "grace", TEXT("a time"), "not in whole days");
	rules->click_window_us = w->click_window_us;
	rules->cohort_by_first = w->cohort == 1;
	rules->grace_days = w->grace_us / WHEN_DAY;
	choice->sla = text_of(w->sla);
	choice->interval = w->interval;
	choice->allocate = (enum allocate_basis)w->allocate;
	if (!read_starts(w->close_from, rules, p) || !read_silent(w->silent, rules, p))
		return false;
	for (size_t i = 0; i < w->nkpi; i++)
		if (!read_kpis(w->kpi[i], choice, p))
			return false;
	return true;
}
