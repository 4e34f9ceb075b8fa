/* ripen.c - when did this lead become mature, and is it a customer? */
#include <lead/domain/score/ripen.h>

void
ripen_begin(struct ripen *l, struct text id, struct text account, int64_t customer_us)
{
	l->id = id;
	l->account = account;
	l->customer_us = customer_us;
	l->is_mql = false;
	l->before = l->best = INT64_MIN;
	l->timed = false;
}

static int64_t
customer_us(const struct ripen *l)
{
	int64_t account = customer_since(l->customers, l->account);

	return account < l->customer_us ? account : l->customer_us;
}

/* All events of one instant are in: what is the lead then? */
static void
judge(struct ripen *l, int64_t us)
{
	struct score_sum sum;

	if (l->asks == RIPEN_CLASS)
		return;
	if (l->asks == RIPEN_MQL && (l->is_mql || !l->rules->has_mature ||
	    !score_may_reach(l->score, us, l->rules->mature)))
		return;
	sum = score_at(l->score, us);
	if (sum.never || us >= customer_us(l))
		return;
	if (!l->is_mql && score_class(l->rules, &sum) == SCORE_MATURE) {
		l->is_mql = true;
		l->mql_us = us;
	}
	if (us <= l->window_us && sum.total > l->before)
		l->before = sum.total;
	if (sum.total > l->best)
		l->best = sum.total;
}

enum condition_verdict
ripen_add(struct ripen *l, struct text event, bool timed, int64_t us,
    struct text account, const struct text *field)
{
	enum condition_verdict v;

	if (l->timed && us != l->last_us)
		judge(l, l->last_us);
	v = score_add(l->score, event, timed, us, field);
	if (account.len != 0)
		l->account = account;
	if (!timed)
		us = CUSTOMER_EVER;
	if (text_is(event, "won") && us < l->customer_us)
		l->customer_us = us;
	l->timed |= timed;
	if (timed)
		l->last_us = us;
	return v;
}

void
ripen_end(struct ripen *l, int64_t as_of_us)
{
	judge(l, l->timed ? l->last_us : as_of_us);
}

enum score_class
ripen_class(const struct ripen *l, const struct score_sum *sum)
{
	return customer_us(l) != CUSTOMER_NEVER ? SCORE_CUSTOMER :
	    score_class(l->rules, sum);
}
