/* hold.c - what do rules that stand already say of a lead? */
#include <math.h>
#include <string.h>

#include <lead/base/num.h>
#include <lead/domain/learn/hold.h>

bool
hold_init(struct hold *h, struct text bytes, const struct zone *zone,
    struct scoring_error *error)
{
	*h = (struct hold){ .bytes = bytes, .rules = scoring_new(bytes, error) };
	if (h->rules == NULL)
		return false;
	h->score = score_new(h->rules, zone);
	for (size_t c = 0; c < SCORING_COLUMNS_MAX; c++)
		h->column[c] = h->kept[c] = -1;
	return true;
}

void
hold_clear(struct hold *h)
{
	if (h->score != NULL)
		score_free(h->score);
	scoring_free(h->rules);
	*h = (struct hold){ 0 };
}

void
hold_follow(struct hold *h, const struct behaviour *b)
{
	h->behaviour = b;
	for (unsigned c = 0; c < h->rules->ncolumns; c++)
		h->kept[c] = behaviour_column(b, h->rules->columns[c]);
}

void
hold_bind(struct hold *h, const struct fields_table *t)
{
	for (unsigned c = 0; c < h->rules->ncolumns; c++)
		h->column[c] = t->column(t->of, h->rules->columns[c]);
}

bool
hold_has(const struct hold *h, unsigned c)
{
	return h->column[c] >= 0 || (h->behaviour != NULL && h->kept[c] >= 0);
}

struct score_sum
hold_sum(struct hold *h, const struct fields_row *r, struct text lead, int64_t us)
{
	score_begin(h->score);
	for (unsigned c = 0; c < h->rules->ncolumns; c++) {
		struct text t = fields_cell(r, h->column[c]);

		if (t.len != 0)
			score_set(h->score, c, t);
	}
	if (h->behaviour != NULL)
		us = behaviour_play(h->behaviour, lead, us, h->kept, h->rules->ncolumns,
		    h->score);
	return score_at(h->score, us);
}

/* --- the comment --- */

static const struct text INTERCEPT = { "# intercept ", 12 }, SLOPE = { " slope ", 7 };

static bool
read_number(struct text t, double *x)
{
	int64_t micros;

	if (num_parse(t, &micros) != NUM_OK)
		return false;
	*x = (double)micros / NUM_MICROS;
	return true;
}

bool
hold_odds(const struct hold *h, struct curve_odds *o)
{
	struct text rest = h->bytes, line;

	while (text_next(&rest, '\n', &line)) {
		ptrdiff_t at = text_search(line, SLOPE);
		struct text number;

		if (!text_starts(line, INTERCEPT) || at < 0)
			continue;
		number = text_from(text_head(line, (size_t)at), INTERCEPT.len);
		line = text_trim(text_from(line, (size_t)at + SLOPE.len));
		return read_number(number, &o->intercept) && read_number(line, &o->slope);
	}
	return false;
}

static size_t
put(char *out, size_t at, struct text t)
{
	memcpy(out + at, t.s, t.len);
	return at + t.len;
}

struct text
hold_put_odds(char out[HOLD_ODDS_TEXT], const struct curve_odds *o)
{
	char room[NUM_TEXT];
	size_t n = put(out, 0, INTERCEPT);

	n = put(out, n, num_put(room, llround(o->intercept * NUM_MICROS)));
	n = put(out, n, SLOPE);
	n = put(out, n, num_put(room, llround(o->slope * NUM_MICROS)));
	return (struct text){ out, n };
}
