/* customer.c - since when has this account been a customer? */
#include <lead/base/dict.h>
#include <lead/base/mem.h>
#include <lead/domain/journey/customer.h>

struct customer {
	struct dict *accounts;
	int64_t *since; /* by account */
	size_t cap;
};

struct customer *
customer_new(void)
{
	struct customer *c = mem_new(1, sizeof(*c));

	c->accounts = dict_new();
	return c;
}

void
customer_free(struct customer *c)
{
	if (c == NULL)
		return;
	dict_free(c->accounts);
	mem_free(c->since);
	mem_free(c);
}

void
customer_add(struct customer *c, struct text account, int64_t us)
{
	uint32_t known = dict_count(c->accounts), n;

	if (account.len == 0)
		return;
	n = dict_add(c->accounts, account);
	c->since = mem_grow(c->since, &c->cap, (size_t)n + 1, sizeof(*c->since),
	    UINT32_MAX, "accounts");
	if (n == known || us < c->since[n])
		c->since[n] = us;
}

int64_t
customer_since(const struct customer *c, struct text account)
{
	uint32_t n = account.len != 0 ? dict_get(c->accounts, account) : DICT_NONE;

	return n == DICT_NONE ? CUSTOMER_NEVER : c->since[n];
}
