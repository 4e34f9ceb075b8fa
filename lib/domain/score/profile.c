/* profile.c - what a table of attributes says of each lead that is scored */
#include <lead/base/mem.h>
#include <lead/base/when.h>
#include <lead/domain/score/profile.h>

struct profile {
	const struct scoring *rules;
	struct joined *table;
	char *names[PROFILE_COLUMNS_MAX];
	size_t n; /* names; the key is the first, account_id and won_at the last */
	int place[SCORING_COLUMNS_MAX]; /* of a column of the rules, or -1 */
};

static bool
has_name(struct text header, struct text name)
{
	struct text cell;

	while (text_next(&header, '\t', &cell))
		if (text_equal(cell, name))
			return true;
	return false;
}

static void
add_name(struct profile *p, struct text name)
{
	p->names[p->n++] = mem_copy(name.s, name.len);
}

struct profile *
profile_new(const struct scoring *rules, struct text header, struct text key)
{
	struct profile *p = mem_new(1, sizeof(*p));

	p->rules = rules;
	add_name(p, key);
	for (unsigned c = 0; c < rules->ncolumns; c++) {
		p->place[c] = -1;
		if (!has_name(header, rules->columns[c]))
			continue;
		p->place[c] = (int)p->n - 1;
		add_name(p, rules->columns[c]);
	}
	add_name(p, TEXT("?account_id"));
	add_name(p, TEXT("?won_at"));
	p->table = joined_new(p->n - 1);
	return p;
}

void
profile_free(struct profile *p)
{
	if (p == NULL)
		return;
	for (size_t i = 0; i < p->n; i++)
		mem_free(p->names[i]);
	joined_free(p->table);
	mem_free(p);
}

const char *const *
profile_names(const struct profile *p, size_t *n)
{
	*n = p->n;
	return (const char *const *)p->names;
}

struct joined *
profile_table(struct profile *p)
{
	return p->table;
}

bool
profile_has(const struct profile *p, unsigned column)
{
	return p != NULL && p->place[column] >= 0;
}

static struct text
account_of(const struct profile *p, uint32_t row)
{
	return joined_field(p->table, row, p->n - 3);
}

static int64_t
won_us(const struct profile *p, uint32_t row, int64_t as_of_us)
{
	int64_t us;

	if (when_parse(joined_field(p->table, row, p->n - 2), &us) != WHEN_OK ||
	    us > as_of_us)
		return CUSTOMER_NEVER;
	return us;
}

void
profile_add_customers(const struct profile *p, int64_t as_of_us,
    struct customer *customers)
{
	for (uint32_t row = 0; row < joined_count(p->table); row++) {
		int64_t us = won_us(p, row, as_of_us);

		if (us != CUSTOMER_NEVER)
			customer_add(customers, account_of(p, row), us);
	}
}

struct profile_lead
profile_apply(const struct profile *p, struct text lead, int64_t as_of_us,
    struct score *score)
{
	struct profile_lead l = { TEXT_NONE, CUSTOMER_NEVER, 0 };
	uint32_t row = p != NULL ? joined_find(p->table, lead) : JOINED_NONE;

	if (row == JOINED_NONE)
		return l;
	for (unsigned c = 0; c < p->rules->ncolumns; c++) {
		struct text t = p->place[c] < 0 ? TEXT_NONE :
		    joined_field(p->table, row, (size_t)p->place[c]);

		if (t.len != 0 && score_set(score, c, t) == CONDITION_LIMIT)
			l.limits++;
	}
	l.account = account_of(p, row);
	l.customer_us = won_us(p, row, as_of_us);
	return l;
}
