/* kpi_terms.h - what a run of lead-kpi is asked, from words to rules */
#ifndef LEAD_DOMAIN_KPI_TERMS_H
#define LEAD_DOMAIN_KPI_TERMS_H

#include <stdbool.h>
#include <stddef.h>

#include <lead/domain/figures/report.h>

/* The words of the command line; none is NULL. */
struct kpi_terms_words {
	const char *sla, *close_from, *silent;
	int64_t grace_us, click_window_us;
	const char *const *kpi; /* nkpi lists of names */
	size_t nkpi;
	const char *const *by; /* nby breakdowns */
	size_t nby;
	int unprefixed; /* enum breakdown_set: whose touch channel, source … are of */
	bool credit; /* --credit shares them */
	bool interval;
	int allocate; /* enum allocate_basis */
	int cohort; /* one of kpi_terms_cohorts */
};

/* The words that may be chosen, for an option's table; NULL ends them. */
extern const char *const kpi_terms_cohorts[];

/* What is wrong: option, the word at fault, and why. */
struct kpi_terms_problem {
	const char *option;
	struct text word;
	char why[160];
	bool lacking; /* the table of steps has not what was asked for */
};

/* Add the breakdowns asked for, after breakdown_init(), and those by reason.
 * False: *p says what is wrong. */
bool kpi_terms_by(const struct kpi_terms_words *w, struct breakdowns *by,
    breakdown_column *column, const void *context, struct kpi_terms_problem *p);

/*
 * Fill the answering time, starts and reasons of rules, and the choice of
 * figures, whose has is set before. Borrows the words. False: *p says why.
 */
bool kpi_terms_read(const struct kpi_terms_words *w, struct book_rules *rules,
    struct report_choice *choice, struct kpi_terms_problem *p);

#endif
