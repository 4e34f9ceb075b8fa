/* reasons.c - why does this lead have that score, in one cell? */
#include <lead/base/num.h>
#include <lead/domain/score/reasons.h>

/* What a rule weighs among reasons: never outweighs all. */
static int64_t
weight(const struct scoring *rules, const struct score_sum *sum, size_t rule)
{
	int64_t points = sum->parts[rule].points;

	if (sum->parts[rule].hits == 0)
		return 0;
	if (rules->rules[rule].never)
		return INT64_MAX;
	return points < 0 ? -points : points;
}

/* Put rule where it belongs among the best so far; n of them. */
static size_t
insert(size_t *best, int64_t *weights, size_t n, size_t rule, int64_t w)
{
	size_t i = n;

	if (n == REASONS_MAX && weights[n - 1] >= w)
		return n;
	if (n == REASONS_MAX)
		i--;
	else
		n++;
	for (; i > 0 && weights[i - 1] < w; i--) {
		best[i] = best[i - 1];
		weights[i] = weights[i - 1];
	}
	best[i] = rule;
	weights[i] = w;
	return n;
}

static void
put_reason(struct buf *b, const struct scoring_rule *r, int64_t points)
{
	char room[NUM_TEXT];

	if (b->len != 0)
		buf_string(b, "; ");
	if (r->never)
		buf_string(b, "never");
	else if (points > 0)
		buf_byte(b, '+');
	if (!r->never)
		buf_put(b, num_put(room, points));
	buf_byte(b, ' ');
	buf_put(b, r->why);
}

void
reasons_put(struct buf *b, const struct scoring *rules, const struct score_sum *sum)
{
	size_t best[REASONS_MAX], n = 0;
	int64_t weights[REASONS_MAX];

	b->len = 0;
	for (size_t i = 0; i < rules->nrules; i++) {
		int64_t w = weight(rules, sum, i);

		if (w != 0)
			n = insert(best, weights, n, i, w);
	}
	for (size_t i = 0; i < n; i++)
		put_reason(b, &rules->rules[best[i]], sum->parts[best[i]].points);
}
