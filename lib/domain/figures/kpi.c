/* kpi.c - what the figures of the monthly report are called and need */
#include <lead/base/mem.h>
#include <lead/base/near.h>
#include <lead/domain/figures/kpi.h>
#include <lead/domain/figures/kpi_list.h>

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
	const struct kpi *k;

	for (size_t i = 0; (k = kpi_list_at(i)) != NULL; i++)
		if (text_equal(kpi_name(k, sla, out), name))
			return k;
	return NULL;
}

const struct kpi *
kpi_nearest(struct text name, struct text sla)
{
	char (*out)[KPI_NAME_LEN];
	struct text *all;
	size_t n = 0;
	int near;

	while (kpi_list_at(n) != NULL)
		n++;
	out = mem_new(n, sizeof(*out));
	all = mem_new(n, sizeof(*all));
	for (size_t i = 0; i < n; i++)
		all[i] = kpi_name(kpi_list_at(i), sla, out[i]);
	near = near_find(name, all, n);
	mem_free(all);
	mem_free(out);
	return near < 0 ? NULL : kpi_list_at((size_t)near);
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
		{ KPI_NEEDS_HOURS, "needs --hours" },
		{ KPI_NEEDS_GOALS, "needs --goals" },
		{ KPI_NEEDS_NURTURE, "needs --campaigns or --spend of kind nurture" },
		{ KPI_NEEDS_ASKED, "needs kind nurture, or to be asked for" },
		{ KPI_NEEDS_CHANNEL, "needs column channel" },
		{ KPI_NEEDS_CONSENT, "needs --email with consented" },
		{ KPI_NEEDS_IDENTITY, "needs --email and --identity" },
		{ KPI_NEEDS_EMAIL, "needs --email" },
		{ KPI_NEEDS_MONTHS, "needs payments with column months" },
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if ((needs & names[i].need) != 0)
			return names[i].words;
	return "";
}
