/* kpi.c - the figures of the monthly report, each by its definition */
#include <lead/domain/kpi.h>

/* --- how a figure is made --- */

/* A sum as it is. */
static void
total(const struct kpi *k, const struct kpi_facts *f, struct kpi_figure *out)
{
	struct cube_sum a = cube_sum_of(f->cell, k->a);

	*out = (struct kpi_figure){ .has_value = true, .has_numerator = true,
		.value = a.sum, .numerator = a.sum, .n = a.n };
}

static void
divide(num_wide numerator, num_wide denominator, int64_t n, struct kpi_figure *out)
{
	int64_t micros;

	*out = (struct kpi_figure){ .has_numerator = true, .has_denominator = true,
		.numerator = numerator, .denominator = denominator, .n = n };
	out->has_value = num_ratio(numerator, denominator, &micros);
	if (out->has_value)
		out->value = micros;
}

/* times * (a - less) / b */
static void
ratio(const struct kpi *k, const struct kpi_facts *f, struct kpi_figure *out)
{
	struct cube_sum b = cube_sum_of(f->cell, k->b);
	num_wide a = cube_sum_of(f->cell, k->a).sum - cube_sum_of(f->cell, k->less).sum;

	divide(k->times > 1 ? a * k->times : a, b.sum, b.n, out);
}

/* a of this cell / b of the cell that it is a share of. */
static void
share(const struct kpi *k, const struct kpi_facts *f, struct kpi_figure *out)
{
	struct cube_sum b = { 0, 0 };

	if (f->whole != NULL)
		b = cube_sum_of(f->whole, k->b);
	divide(cube_sum_of(f->cell, k->a).sum, b.sum, b.n, out);
}

/* a / days with spend; a segment without any: days of the period. */
static void
per_day(const struct kpi *k, const struct kpi_facts *f, struct kpi_figure *out)
{
	num_wide days = cube_sum_of(f->cell, CUBE_AD_DAYS).sum;

	if (days == 0)
		days = (num_wide)f->days * NUM_MICROS;
	divide(cube_sum_of(f->cell, k->a).sum, days, (int64_t)(days / NUM_MICROS), out);
}

/* P(won | lead of the cohort) * mean value of a deal */
static void
expected(const struct kpi *k, const struct kpi_facts *f, struct kpi_figure *out)
{
	num_wide won = cube_sum_of(f->cell, CUBE_C_WON).sum / NUM_MICROS;
	num_wide leads = cube_sum_of(f->cell, CUBE_C_LEADS).sum / NUM_MICROS;
	struct cube_sum deals = cube_sum_of(f->cell, CUBE_DEALS);

	(void)k;
	divide(won * cube_sum_of(f->cell, CUBE_WON_VALUE).sum,
	    leads * deals.sum, deals.n, out);
	out->has_numerator = out->has_denominator = false;
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
	return k->series == CUBE_RESPONSE ? (int64_t)c->series[k->series].n : c->open;
}

static void
mean(const struct kpi *k, const struct kpi_facts *f, struct kpi_figure *out)
{
	const struct cube_durations *d = &f->cell->series[k->series];
	num_wide sum = 0;
	int64_t units = 0;

	for (size_t i = 0; i < d->n; i++)
		sum += d->us[i];
	/* One rounding alone: the value is taken from the exact sum. */
	divide(sum, (num_wide)d->n * unit_us(k), beside(k, f->cell), out);
	num_ratio(sum, unit_us(k), &units);
	out->numerator = units;
	out->denominator = (num_wide)d->n * NUM_MICROS;
}

/* Rank r of 2n (twice a rank, for the middle of two), in millionths of units. */
static void
at_rank(const struct kpi *k, const struct kpi_facts *f, size_t low, size_t high,
    struct kpi_figure *out)
{
	const struct cube_durations *d = &f->cell->series[k->series];
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
static void
median(const struct kpi *k, const struct kpi_facts *f, struct kpi_figure *out)
{
	size_t n = f->cell->series[k->series].n;

	at_rank(k, f, n > 0 ? (n - 1) / 2 : 0, n / 2, out);
}

/* Nearest rank: the least duration that nine tenths do not exceed. */
static void
p90(const struct kpi *k, const struct kpi_facts *f, struct kpi_figure *out)
{
	size_t n = f->cell->series[k->series].n, rank = (n * 9 + 9) / 10;

	at_rank(k, f, rank > 0 ? rank - 1 : 0, rank > 0 ? rank - 1 : 0, out);
}

/* --- the table --- */

#define V KPI_NEEDS_VALUE
#define S KPI_NEEDS_SPEND
#define CR KPI_CREDIT

#define TOTAL(name, unit, basis, needs, words, m) \
	{ name, unit, basis, needs, words, total, m, 0, 0, 0, 1 }
#define RATIO(name, unit, basis, needs, words, a, b) \
	{ name, unit, basis, needs, words, ratio, a, b, 0, 0, 1 }
#define LESS(name, unit, basis, needs, words, a, less, b) \
	{ name, unit, basis, needs, words, ratio, a, b, less, 0, 1 }
#define DURATION(name, unit, basis, words, fn, series) \
	{ name, unit, basis, 0, words, fn, 0, 0, 0, series, 1 }

/* In byte order of names. */
static const struct kpi kpis[] = {
	TOTAL("accounts", KPI_COUNT, KPI_P, KPI_NEEDS_ACCOUNT,
	    "accounts, by their earliest lead", CUBE_ACCOUNTS),
	{ "ad_ctr", KPI_RATIO, KPI_P, S | KPI_NEEDS_CLICKS | KPI_NEEDS_IMPRESSIONS | CR,
	    "clicks / impressions", ratio, CUBE_CLICKS, CUBE_IMPRESSIONS, 0, 0, 1 },
	RATIO("avg_deal", KPI_MONEY, KPI_P, V | CR,
	    "value of deals won, before refunds / deals", CUBE_WON_VALUE, CUBE_DEALS),
	RATIO("cac_ads", KPI_MONEY, KPI_P, S, "ad cost / new customers", CUBE_COST_ADS,
	    CUBE_CUSTOMERS),
	RATIO("cac_full", KPI_MONEY, KPI_P, S,
	    "cost of all kinds, untrackable too / new customers", CUBE_COST,
	    CUBE_CUSTOMERS),
	RATIO("cac_full_cohort", KPI_MONEY, KPI_C, S,
	    "cost of all kinds, untrackable too / customers among the cohort", CUBE_COST,
	    CUBE_C_CUSTOMERS),
	TOTAL("clicks", KPI_COUNT, KPI_P, S | KPI_NEEDS_CLICKS | CR,
	    "clicks on trackable ads", CUBE_CLICKS),
	RATIO("conv_180d", KPI_RATIO, KPI_C, 0,
	    "leads won within 180 d / leads at least 180 d old", CUBE_C_WON_180D,
	    CUBE_C_AGED_180D),
	RATIO("conv_30d", KPI_RATIO, KPI_C, 0,
	    "leads won within 30 d / leads at least 30 d old", CUBE_C_WON_30D,
	    CUBE_C_AGED_30D),
	RATIO("conv_90d", KPI_RATIO, KPI_C, 0,
	    "leads won within 90 d / leads at least 90 d old", CUBE_C_WON_90D,
	    CUBE_C_AGED_90D),
	TOTAL("cost", KPI_MONEY, KPI_P, S | CR, "cost of all kinds, untrackable too",
	    CUBE_COST),
	TOTAL("cost_ads", KPI_MONEY, KPI_P, S | CR, "cost of trackable ads",
	    CUBE_COST_ADS),
	RATIO("cost_per_customer", KPI_MONEY, KPI_P, S,
	    "ad, nurture and event cost / new customers", CUBE_COST_SALES, CUBE_CUSTOMERS),
	RATIO("cost_per_customer_cohort", KPI_MONEY, KPI_C, S,
	    "ad, nurture and event cost / customers among the cohort", CUBE_COST_SALES,
	    CUBE_C_CUSTOMERS),
	RATIO("cost_per_sql", KPI_MONEY, KPI_P, S | CR, "ad cost / sql", CUBE_COST_ADS,
	    CUBE_SQL),
	RATIO("cpc", KPI_MONEY, KPI_P, S | KPI_NEEDS_CLICKS | CR, "ad cost / clicks",
	    CUBE_COST_ADS, CUBE_CLICKS),
	RATIO("cpl", KPI_MONEY, KPI_P, S | CR, "ad cost / leads", CUBE_COST_ADS,
	    CUBE_LEADS),
	{ "cpm", KPI_MONEY, KPI_P, S | KPI_NEEDS_IMPRESSIONS | CR,
	    "1000 * ad cost / impressions", ratio, CUBE_COST_ADS, CUBE_IMPRESSIONS, 0, 0,
	    1000 },
	RATIO("cpql", KPI_MONEY, KPI_P, S | CR, "ad cost / mql", CUBE_COST_ADS, CUBE_MQL),
	TOTAL("customers", KPI_COUNT, KPI_P, 0, "groups, by their first won",
	    CUBE_CUSTOMERS),
	DURATION("cycle_days_mean", KPI_DAYS, KPI_P,
	    "opp to won, renewals apart; n: deals still open", mean, CUBE_CYCLE),
	DURATION("cycle_days_median", KPI_DAYS, KPI_P,
	    "opp to won; an even number: mean of the middle two", median, CUBE_CYCLE),
	DURATION("cycle_days_p90", KPI_DAYS, KPI_P, "opp to won, nearest rank", p90,
	    CUBE_CYCLE),
	DURATION("days_to_close_mean", KPI_DAYS, KPI_P,
	    "first of --close-from to won, new deals; n: deals still open", mean,
	    CUBE_TO_CLOSE),
	DURATION("days_to_close_median", KPI_DAYS, KPI_P,
	    "first of --close-from to won; an even number: mean of the middle two",
	    median, CUBE_TO_CLOSE),
	DURATION("days_to_close_p90", KPI_DAYS, KPI_P,
	    "first of --close-from to won, nearest rank", p90, CUBE_TO_CLOSE),
	TOTAL("deals", KPI_COUNT, KPI_P, CR, "deals won", CUBE_DEALS),
	RATIO("disq_rate", KPI_RATIO, KPI_C, 0, "disqualified leads / leads",
	    CUBE_C_DISQUALIFIED, CUBE_C_LEADS),
	{ "disq_share", KPI_RATIO, KPI_C, KPI_NEEDS_REASON | KPI_SHARE,
	    "leads disqualified for the reason / disqualified leads", share,
	    CUBE_C_DISQUALIFIED, CUBE_C_DISQUALIFIED, 0, 0, 1 },
	{ "expected_lead_value", KPI_MONEY, KPI_PC, V,
	    "lead_to_customer * avg_deal", expected, 0, 0, 0, 0, 1 },
	TOTAL("impressions", KPI_COUNT, KPI_P, S | KPI_NEEDS_IMPRESSIONS | CR,
	    "impressions of trackable ads", CUBE_IMPRESSIONS),
	LESS("lead_margin", KPI_MONEY, KPI_P, V | S | CR,
	    "(revenue - ad cost) / leads = lead_value - cpl", CUBE_REVENUE, CUBE_COST_ADS,
	    CUBE_LEADS),
	RATIO("lead_to_customer", KPI_RATIO, KPI_C, 0,
	    "leads whose group has a won / leads", CUBE_C_WON, CUBE_C_LEADS),
	RATIO("lead_value", KPI_MONEY, KPI_P, V | CR,
	    "revenue closed in the period / leads created in it", CUBE_REVENUE,
	    CUBE_LEADS),
	RATIO("lead_value_cohort", KPI_MONEY, KPI_C, V,
	    "revenue to date of the cohort / its leads", CUBE_C_REVENUE, CUBE_C_LEADS),
	TOTAL("leads", KPI_COUNT, KPI_P, CR, "leads created", CUBE_LEADS),
	{ "leads_per_customer", KPI_RATIO, KPI_C, 0,
	    "leads / leads whose group has a won", ratio, CUBE_C_LEADS, CUBE_C_WON, 0, 0,
	    1 },
	{ "leads_per_day", KPI_RATIO, KPI_P, CR,
	    "leads / days with ad spend, else days of the period", per_day, CUBE_LEADS, 0,
	    0, 0, 1 },
	RATIO("leads_per_impr", KPI_RATIO, KPI_P, S | KPI_NEEDS_IMPRESSIONS | CR,
	    "leads / impressions", CUBE_LEADS, CUBE_IMPRESSIONS),
	LESS("loss_rate", KPI_RATIO, KPI_P, 0, "lost / (won + lost), renewals apart",
	    CUBE_CLOSED, CUBE_CLOSED_WON, CUBE_CLOSED),
	LESS("loss_rate_cohort", KPI_RATIO, KPI_C, 0,
	    "lost / (won + lost) among the cohort's deals", CUBE_C_CLOSED,
	    CUBE_C_CLOSED_WON, CUBE_C_CLOSED),
	TOTAL("lost", KPI_COUNT, KPI_P, 0, "deals lost", CUBE_LOST),
	RATIO("mature_cohort", KPI_RATIO, KPI_C, 0, "leads at least 180 d old / leads",
	    CUBE_C_AGED_180D, CUBE_C_LEADS),
	TOTAL("mql", KPI_COUNT, KPI_P, CR, "marketing qualified leads", CUBE_MQL),
	RATIO("mql_per_impr", KPI_RATIO, KPI_P, S | KPI_NEEDS_IMPRESSIONS | CR,
	    "mql / impressions", CUBE_MQL, CUBE_IMPRESSIONS),
	RATIO("mql_rate", KPI_RATIO, KPI_C, 0, "leads that became mql / leads",
	    CUBE_C_MQL, CUBE_C_LEADS),
	RATIO("mql_to_sql", KPI_RATIO, KPI_C, 0, "mql that became sql / mql",
	    CUBE_C_MQL_SQL, CUBE_C_MQL),
	RATIO("never_contacted_rate", KPI_RATIO, KPI_C, 0,
	    "leads without contact / leads older than --sla", CUBE_C_NEVER, CUBE_C_DUE),
	RATIO("no_response_of_leads", KPI_RATIO, KPI_P, KPI_NEEDS_REASON,
	    "deals lost for no response / leads", CUBE_LOST_SILENT, CUBE_LEADS),
	RATIO("no_response_of_leads_cohort", KPI_RATIO, KPI_C, KPI_NEEDS_REASON,
	    "the cohort's deals lost for no response / its leads", CUBE_C_LOST_SILENT,
	    CUBE_C_LEADS),
	RATIO("no_response_of_lost", KPI_RATIO, KPI_P, KPI_NEEDS_REASON,
	    "deals lost for no response / deals lost", CUBE_LOST_SILENT, CUBE_LOST),
	RATIO("no_response_of_lost_cohort", KPI_RATIO, KPI_C, KPI_NEEDS_REASON,
	    "lost for no response / lost, among the cohort's deals", CUBE_C_LOST_SILENT,
	    CUBE_C_LOST),
	RATIO("opp_conversion", KPI_RATIO, KPI_P, 0,
	    "opportunities won / opportunities opened, renewals apart", CUBE_OPPS_WON,
	    CUBE_OPPS_NEW),
	RATIO("opp_conversion_cohort", KPI_RATIO, KPI_C, 0,
	    "opportunities won / all, among the cohort's", CUBE_C_OPPS_WON, CUBE_C_OPPS),
	TOTAL("opps", KPI_COUNT, KPI_P, CR, "opportunities opened", CUBE_OPPS),
	TOTAL("refunds", KPI_MONEY, KPI_P, V | CR, "sum of refunds (below zero)",
	    CUBE_REFUNDS),
	RATIO("renewal_rate", KPI_RATIO, KPI_P, 0, "renewals won / renewals won or lost",
	    CUBE_RENEWALS_WON, CUBE_RENEWALS_CLOSED),
	DURATION("response_mean", KPI_HOURS, KPI_C,
	    "lead to first contact; imported and day-precise left out", mean,
	    CUBE_RESPONSE),
	DURATION("response_median", KPI_HOURS, KPI_C,
	    "lead to first contact; an even number: mean of the middle two", median,
	    CUBE_RESPONSE),
	DURATION("response_p90", KPI_HOURS, KPI_C, "lead to first contact, nearest rank",
	    p90, CUBE_RESPONSE),
	TOTAL("revenue", KPI_MONEY, KPI_P, V | CR, "deals won + refunds", CUBE_REVENUE),
	TOTAL("revenue_expansion", KPI_MONEY, KPI_P, V,
	    "revenue of expansions: by deal_type, else not the customer's first won",
	    CUBE_REVENUE_EXPANSION),
	TOTAL("revenue_new", KPI_MONEY, KPI_P, V,
	    "revenue of new business: by deal_type, else the customer's first won",
	    CUBE_REVENUE_NEW),
	TOTAL("revenue_renewal", KPI_MONEY, KPI_P, V, "revenue of renewals: by deal_type",
	    CUBE_REVENUE_RENEWAL),
	RATIO("roas", KPI_RATIO, KPI_P, V | S | CR, "revenue / ad cost", CUBE_REVENUE,
	    CUBE_COST_ADS),
	RATIO("roas_cohort", KPI_RATIO, KPI_C, V | S,
	    "revenue to date of the cohort / ad cost of the period", CUBE_C_REVENUE,
	    CUBE_COST_ADS),
	LESS("roi", KPI_RATIO, KPI_P, V | S | CR,
	    "(revenue - cost of all kinds) / cost of all kinds", CUBE_REVENUE, CUBE_COST,
	    CUBE_COST),
	TOTAL("sql", KPI_COUNT, KPI_P, CR, "leads that sales took over", CUBE_SQL),
	RATIO("sql_to_won", KPI_RATIO, KPI_C, 0,
	    "sql whose group has a won / sql", CUBE_C_SQL_WON, CUBE_C_SQL),
	RATIO("win_if_later", KPI_RATIO, KPI_C, 0,
	    "won / leads contacted after --sla", CUBE_C_LATER_WON, CUBE_C_LATER),
	RATIO("win_if_within_4h", KPI_RATIO, KPI_C, 0,
	    "won / leads contacted within --sla", CUBE_C_WITHIN_WON, CUBE_C_WITHIN),
	RATIO("win_rate", KPI_RATIO, KPI_P, 0, "won / (won + lost), renewals apart",
	    CUBE_CLOSED_WON, CUBE_CLOSED),
	RATIO("win_rate_cohort", KPI_RATIO, KPI_C, 0,
	    "won / (won + lost) among the cohort's deals", CUBE_C_CLOSED_WON,
	    CUBE_C_CLOSED),
	RATIO("within_4h", KPI_RATIO, KPI_C, 0,
	    "leads contacted within --sla / leads older than it", CUBE_C_WITHIN,
	    CUBE_C_TIMED),
	RATIO("within_4h_of_contacted", KPI_RATIO, KPI_C, 0,
	    "leads contacted within --sla / leads contacted", CUBE_C_WITHIN,
	    CUBE_C_ANSWERED),
	RATIO("within_4h_of_won", KPI_RATIO, KPI_C, 0,
	    "won leads contacted within --sla / won leads", CUBE_C_WITHIN_WON,
	    CUBE_C_TIMED_WON),
};

#undef V
#undef S
#undef CR
#undef TOTAL
#undef RATIO
#undef LESS
#undef DURATION

enum { KPIS = sizeof(kpis) / sizeof(kpis[0]) };

/* --- names --- */

const struct kpi *
kpi_at(size_t i)
{
	return i < KPIS ? &kpis[i] : NULL;
}

struct text
kpi_name(const struct kpi *k, struct text sla, char out[KPI_NAME_LEN])
{
	struct text name = text_of(k->name);
	ptrdiff_t at = text_search(name, TEXT("4h"));
	size_t n;

	if (at < 0 || name.len - 2 + sla.len > KPI_NAME_LEN)
		return name;
	n = (size_t)at;
	memcpy(out, name.s, n);
	memcpy(out + n, sla.s, sla.len);
	memcpy(out + n + sla.len, name.s + n + 2, name.len - n - 2);
	return (struct text){ out, name.len - 2 + sla.len };
}

const struct kpi *
kpi_find(struct text name, struct text sla)
{
	char out[KPI_NAME_LEN];

	for (size_t i = 0; i < KPIS; i++)
		if (text_equal(kpi_name(&kpis[i], sla, out), name))
			return &kpis[i];
	return NULL;
}

const char *
kpi_unit_name(enum kpi_unit u)
{
	static const char *const names[] = {
		[KPI_COUNT] = "count",
		[KPI_MONEY] = "money",
		[KPI_RATIO] = "ratio",
		[KPI_DAYS] = "days",
		[KPI_HOURS] = "hours",
	};

	return names[u];
}

const char *
kpi_basis_name(enum kpi_basis b)
{
	static const char *const names[] = {
		[KPI_P] = "P",
		[KPI_C] = "C",
		[KPI_PC] = "P, C",
	};

	return names[b];
}

const char *
kpi_need_name(unsigned needs)
{
	static const struct {
		unsigned need;
		const char *words;
	} names[] = {
		{ KPI_NEEDS_IMPRESSIONS, "needs --spend with impressions" },
		{ KPI_NEEDS_CLICKS, "needs --spend with clicks" },
		{ KPI_NEEDS_SPEND, "needs --spend" },
		{ KPI_NEEDS_VALUE, "needs column value" },
		{ KPI_NEEDS_REASON, "needs column reason" },
		{ KPI_NEEDS_ACCOUNT, "needs groups of account_id" },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if ((needs & names[i].need) != 0)
			return names[i].words;
	return "";
}
