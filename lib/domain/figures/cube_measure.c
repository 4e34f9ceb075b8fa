/* cube_measure.c - the names of measures, as parts tell them */
#include <lead/domain/figures/cube.h>

static const struct {
	const char *name;
	bool money;
} measures[CUBE_MEASURES] = {
	[CUBE_LEADS] = { "leads", false },
	[CUBE_MQL] = { "mql", false },
	[CUBE_SQL] = { "sql", false },
	[CUBE_ACCOUNTS] = { "accounts", false },
	[CUBE_CUSTOMERS] = { "customers", false },
	[CUBE_OPPS] = { "opps", false },
	[CUBE_DEALS] = { "deals", false },
	[CUBE_LOST] = { "lost", false },
	[CUBE_LOST_SILENT] = { "lost_silent", false },
	[CUBE_REVENUE] = { "revenue", true },
	[CUBE_WON_VALUE] = { "won_value", true },
	[CUBE_REFUNDS] = { "refunds", true },
	[CUBE_REVENUE_NEW] = { "revenue_new", true },
	[CUBE_REVENUE_EXPANSION] = { "revenue_expansion", true },
	[CUBE_REVENUE_RENEWAL] = { "revenue_renewal", true },
	[CUBE_CLOSED_WON] = { "closed_won", false },
	[CUBE_CLOSED] = { "closed", false },
	[CUBE_OPPS_NEW] = { "opps_new", false },
	[CUBE_OPPS_WON] = { "opps_won", false },
	[CUBE_RENEWALS_WON] = { "renewals_won", false },
	[CUBE_RENEWALS_CLOSED] = { "renewals_closed", false },
	[CUBE_COST_ADS] = { "cost_ads", true },
	[CUBE_COST_SALES] = { "cost_sales", true },
	[CUBE_COST] = { "cost", true },
	[CUBE_IMPRESSIONS] = { "impressions", false },
	[CUBE_CLICKS] = { "clicks", false },
	[CUBE_AD_DAYS] = { "ad_days", false },
	[CUBE_AD_TOUCHES] = { "ad_touches", false },
	[CUBE_C_LEADS] = { "c_leads", false },
	[CUBE_C_WON] = { "c_won", false },
	[CUBE_C_CUSTOMERS] = { "c_customers", false },
	[CUBE_C_REVENUE] = { "c_revenue", true },
	[CUBE_C_MQL] = { "c_mql", false },
	[CUBE_C_MQL_SQL] = { "c_mql_sql", false },
	[CUBE_C_SQL] = { "c_sql", false },
	[CUBE_C_SQL_WON] = { "c_sql_won", false },
	[CUBE_C_DISQUALIFIED] = { "c_disqualified", false },
	[CUBE_C_AGED_30D] = { "c_aged_30d", false },
	[CUBE_C_WON_30D] = { "c_won_30d", false },
	[CUBE_C_AGED_90D] = { "c_aged_90d", false },
	[CUBE_C_WON_90D] = { "c_won_90d", false },
	[CUBE_C_AGED_180D] = { "c_aged_180d", false },
	[CUBE_C_WON_180D] = { "c_won_180d", false },
	[CUBE_C_CLOSED_WON] = { "c_closed_won", false },
	[CUBE_C_CLOSED] = { "c_closed", false },
	[CUBE_C_OPPS] = { "c_opps", false },
	[CUBE_C_OPPS_WON] = { "c_opps_won", false },
	[CUBE_C_LOST] = { "c_lost", false },
	[CUBE_C_LOST_SILENT] = { "c_lost_silent", false },
	[CUBE_C_DUE] = { "c_due", false },
	[CUBE_C_NEVER] = { "c_never", false },
	[CUBE_C_TIMED] = { "c_timed", false },
	[CUBE_C_ANSWERED] = { "c_answered", false },
	[CUBE_C_WITHIN] = { "c_within", false },
	[CUBE_C_WITHIN_WON] = { "c_within_won", false },
	[CUBE_C_LATER] = { "c_later", false },
	[CUBE_C_LATER_WON] = { "c_later_won", false },
	[CUBE_C_TIMED_WON] = { "c_timed_won", false },
	[CUBE_C_TIMED_BH] = { "c_timed_bh", false },
	[CUBE_C_WITHIN_BH] = { "c_within_bh", false },
	[CUBE_NURTURE_LEADS] = { "nurture_leads", false },
	[CUBE_C_NURTURED] = { "c_nurtured", false },
	[CUBE_C_NURTURED_WON] = { "c_nurtured_won", false },
	[CUBE_C_PLAIN] = { "c_plain", false },
	[CUBE_C_PLAIN_WON] = { "c_plain_won", false },
	[CUBE_SOURCED] = { "sourced", true },
	[CUBE_INFLUENCED] = { "influenced", true },
	[CUBE_MRR] = { "mrr", true },
	[CUBE_PAYERS] = { "payers", false },
	[CUBE_MRR_NEW] = { "mrr_new", true },
	[CUBE_MRR_EXPANSION] = { "mrr_expansion", true },
	[CUBE_MRR_CONTRACTION] = { "mrr_contraction", true },
	[CUBE_MRR_CHURNED] = { "mrr_churned", true },
	[CUBE_MRR_REACTIVATED] = { "mrr_reactivated", true },
	[CUBE_MAIL_SENT] = { "mail_sent", false },
	[CUBE_MAIL_DELIVERED] = { "mail_delivered", false },
	[CUBE_MAIL_BOUNCED] = { "mail_bounced", false },
	[CUBE_MAIL_OPENED] = { "mail_opened", false },
	[CUBE_MAIL_CLICKED] = { "mail_clicked", false },
	[CUBE_MAIL_READ] = { "mail_read", false },
	[CUBE_MAIL_UNSUBSCRIBED] = { "mail_unsubscribed", false },
	[CUBE_MAIL_COMPLAINED] = { "mail_complained", false },
	[CUBE_MAIL_OPENED_ALL] = { "mail_opened_all", false },
	[CUBE_MAIL_CLICKED_ALL] = { "mail_clicked_all", false },
	[CUBE_MAIL_READ_ALL] = { "mail_read_all", false },
	[CUBE_MAIL_CONVERTED] = { "mail_converted", false },
	[CUBE_MAIL_CONVERTED_ALL] = { "mail_converted_all", false },
	[CUBE_DB] = { "db", false },
	[CUBE_DB_NEW] = { "db_new", false },
	[CUBE_DB_OUT] = { "db_out", false },
};

static const char *const series[CUBE_SERIES] = {
	[CUBE_RESPONSE] = "response",
	[CUBE_RESPONSE_BH] = "response_bh",
	[CUBE_TO_CLOSE] = "to_close",
	[CUBE_CYCLE] = "cycle",
};

struct text
cube_measure_name(enum cube_measure m)
{
	return text_of(measures[m].name);
}

bool
cube_measure_is_money(enum cube_measure m)
{
	return measures[m].money;
}

/* Parts tell the measures of a cell in their order. */
bool
cube_measure_find(struct text name, enum cube_measure *m)
{
	for (int i = 1; i <= CUBE_MEASURES; i++) {
		enum cube_measure next = (enum cube_measure)(((int)*m + i) % CUBE_MEASURES);

		if (measures[next].name != NULL && text_is(name, measures[next].name)) {
			*m = next;
			return true;
		}
	}
	return false;
}

struct text
cube_series_name(enum cube_series s)
{
	return text_of(series[s]);
}

bool
cube_series_find(struct text name, enum cube_series *s)
{
	for (*s = 0; *s < CUBE_SERIES; ++*s)
		if (text_is(name, series[*s]))
			return true;
	return false;
}
