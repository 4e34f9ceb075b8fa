/* kpi.c - what the figures of the monthly report are called and need */
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

/*
 * How many letters to add, drop, change or swap with their neighbour turn one
 * name into the other: the optimal string alignment distance (Damerau 1964).
 */
static size_t
slips(struct text a, struct text b)
{
	size_t row[3][KPI_NAME_LEN + 1], *above = row[0], *before = row[1], *now = row[2];

	for (size_t j = 0; j <= b.len; j++)
		before[j] = j;
	for (size_t i = 1; i <= a.len; i++) {
		size_t *free_row = above;

		now[0] = i;
		for (size_t j = 1; j <= b.len; j++) {
			bool same = a.s[i - 1] == b.s[j - 1];

			now[j] = before[j - 1] + !same;
			now[j] = before[j] + 1 < now[j] ? before[j] + 1 : now[j];
			now[j] = now[j - 1] + 1 < now[j] ? now[j - 1] + 1 : now[j];
			if (i > 1 && j > 1 && a.s[i - 1] == b.s[j - 2] &&
			    a.s[i - 2] == b.s[j - 1] && above[j - 2] + 1 < now[j])
				now[j] = above[j - 2] + 1;
		}
		above = before;
		before = now;
		now = free_row;
	}
	return before[b.len];
}

const struct kpi *
kpi_nearest(struct text name, struct text sla)
{
	const struct kpi *k, *best = NULL;
	char out[KPI_NAME_LEN];
	size_t least = 3;

	if (name.len > KPI_NAME_LEN)
		return NULL;
	for (size_t i = 0; (k = kpi_list_at(i)) != NULL; i++) {
		struct text other = kpi_name(k, sla, out);
		size_t n = slips(name, other);

		if (other.len > name.len && text_starts(other, name) &&
		    other.s[name.len] == '_')
			return k; /* cac: there is cac_ads */
		if (n < least) {
			least = n;
			best = k;
		}
	}
	return best;
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
