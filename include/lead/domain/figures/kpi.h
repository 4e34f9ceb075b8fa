/* kpi.h - what a figure of the monthly report is: kpi_list.h has them all */
#ifndef LEAD_DOMAIN_KPI_H
#define LEAD_DOMAIN_KPI_H

#include <stdbool.h>
#include <stdint.h>

#include <lead/base/num.h>
#include <lead/base/text.h>
#include <lead/domain/figures/cube.h>

enum kpi_unit {
	KPI_COUNT,
	KPI_MONEY,
	KPI_RATIO,
	KPI_DAYS,
	KPI_HOURS,
};

/* Which facts a period holds. */
enum kpi_basis {
	KPI_P, /* those dated in it */
	KPI_C, /* those of the leads created in it, followed to as-of */
	KPI_PC, /* both enter */
};

/* What the input must have, a bit each in the lower half; and, above, what kind of
 * figure it is. */
enum kpi_need {
	KPI_NEEDS_VALUE = 1 << 0,       /* column value */
	KPI_NEEDS_SPEND = 1 << 1,       /* --spend */
	KPI_NEEDS_IMPRESSIONS = 1 << 2, /* --spend with that column */
	KPI_NEEDS_CLICKS = 1 << 3,
	KPI_NEEDS_REASON = 1 << 4,      /* column reason */
	KPI_NEEDS_ACCOUNT = 1 << 5,     /* steps grouped by account_id */
	KPI_NEEDS_HOURS = 1 << 6,       /* --hours */
	KPI_NEEDS_GOALS = 1 << 7,       /* --goals */
	KPI_NEEDS_MONTHS = 1 << 8,      /* payments with column months */
	KPI_NEEDS_EMAIL = 1 << 9,       /* --email */
	KPI_NEEDS_CONSENT = 1 << 10,    /* --email with a recipient that consented */
	KPI_NEEDS_IDENTITY = 1 << 11,   /* --email and --identity */
	KPI_NEEDS_NURTURE = 1 << 12,    /* campaigns or spend of the kind nurture */
	KPI_NEEDS_ASKED = 1 << 13,      /* the same, or to be asked for */
	KPI_NEEDS_CHANNEL = 1 << 14,    /* column channel */
	KPI_NEEDS = 0xffff,
	KPI_SHARE = 1 << 16,      /* a share of what an outer cell counts */
	KPI_CREDIT = 1 << 17,     /* can be shared over touches */
	KPI_PROPORTION = 1 << 18, /* its numerator is a part of its denominator */
	KPI_BASE = 1 << 20,       /* compared with periods before */
	KPI_STANDS = 1 << 21,     /* in every period since its stock began */
	KPI_STOCK = 1 << 19,      /* stands at the end of a period without a fact, too */
};

struct kpi_figure {
	bool has_value, has_numerator, has_denominator;
	num_wide value, numerator, denominator; /* millionths */
	int64_t n;
};

/* What a figure is made of. */
struct kpi_facts {
	const struct cube_cell *cell;
	const struct cube_cell *whole; /* of a share; else NULL */
	int64_t days;                  /* civil days of the period, to as-of */
	const int64_t *goal;           /* of revenue, in micros; NULL: none */
	num_wide base;                 /* revenue of base_n periods before, */
	int64_t base_n, a_year;        /* of which a year has so many; 0: none */
};

struct kpi {
	const char *name;
	enum kpi_unit unit;
	enum kpi_basis basis;
	unsigned needs; /* enum kpi_need */
	const char *formula;
	void (*figure)(const struct kpi *k, const struct kpi_facts *f,
	    struct kpi_figure *out);
	enum cube_measure a, b, less; /* as the figure's function takes them */
	enum cube_series series;
	int times;
};

/*
 * The name of a KPI under an answering time (--sla) as the user wrote it:
 * within_4h is within_2h under 2h. In out, or static. Byte order stays.
 */
enum { KPI_NAME_LEN = 64 };
struct text kpi_name(const struct kpi *k, struct text sla, char out[KPI_NAME_LEN]);

/* The KPI of such a name, or NULL. */
const struct kpi *kpi_find(struct text name, struct text sla);

/* The KPI whose name is nearest by near.h, or NULL. */
const struct kpi *kpi_nearest(struct text name, struct text sla);

/* Words for people: "money", "P", and of the needs one that says most. */
const char *kpi_unit_name(enum kpi_unit u);
const char *kpi_basis_name(enum kpi_basis b);
const char *kpi_need_name(unsigned needs);

#endif
