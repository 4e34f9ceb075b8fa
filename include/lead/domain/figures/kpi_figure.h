/* kpi_figure.h - how a figure is made of measures */
#ifndef LEAD_DOMAIN_KPI_FIGURE_H
#define LEAD_DOMAIN_KPI_FIGURE_H

#include <lead/domain/figures/kpi.h>

/*
 * Each fills *out from the cell of f by the measures (or series) of k. A ratio
 * is rounded once, half away from zero; without a denominator has_value is
 * false and the rest stands.
 */
typedef void kpi_figure_fn(const struct kpi *k, const struct kpi_facts *f,
    struct kpi_figure *out);

/* For the parts of this module: numerator / denominator, as above. */
void kpi_figure_divide(num_wide numerator, num_wide denominator, int64_t n,
    struct kpi_figure *out);

kpi_figure_fn kpi_figure_total;    /* a */
kpi_figure_fn kpi_figure_ratio;    /* times * (a - less) / b */
kpi_figure_fn kpi_figure_share;    /* a / b of the cell that this is a share of */
kpi_figure_fn kpi_figure_per_day;  /* a / days with ads, else days of the period */
kpi_figure_fn kpi_figure_expected; /* lead_to_customer * avg_deal */
kpi_figure_fn kpi_figure_mean;     /* of the series, as are the next two */
kpi_figure_fn kpi_figure_median;   /* an even number: mean of the middle two */
kpi_figure_fn kpi_figure_p90;      /* nearest rank */
/* kpi_figure_stock.c */
kpi_figure_fn kpi_figure_open;     /* deals open at the end of the period … */
kpi_figure_fn kpi_figure_pipeline; /* … their value … */
kpi_figure_fn kpi_figure_weighted; /* … by the rate of their stage … */
kpi_figure_fn kpi_figure_forecast; /* … with the revenue of the period … */
kpi_figure_fn kpi_figure_coverage; /* … by the goal … */
kpi_figure_fn kpi_figure_velocity; /* … or won and closed as in the period, a day */
/* kpi_figure_nurture.c: against the mean of the periods before, n of them */
kpi_figure_fn kpi_figure_uplift;        /* revenue less it */
kpi_figure_fn kpi_figure_uplift_annual; /* … of a year */
kpi_figure_fn kpi_figure_uplift_pct;    /* … by it */
/* kpi_figure_mrr.c: monthly recurring revenue; n is customers that pay, at the end
 * of the period, or for churn at its start. */
kpi_figure_fn kpi_figure_mrr;        /* times * mrr */
kpi_figure_fn kpi_figure_arpa;       /* mrr / customers */
kpi_figure_fn kpi_figure_churn;      /* customers churned / those at the start */
kpi_figure_fn kpi_figure_churn_gross; /* (churned + contraction) / mrr at the start */
kpi_figure_fn kpi_figure_churn_net;  /* less expansion and reactivation */
kpi_figure_fn kpi_figure_ltv;        /* arpa / customer churn */
kpi_figure_fn kpi_figure_db;         /* a, which counts: n is a as well */
kpi_figure_fn kpi_figure_optout;     /* opted out / (start + new) */

#endif
