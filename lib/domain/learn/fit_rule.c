/* fit_rule.c - terms as rules that sales can read */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <lead/base/mem.h>
#include <lead/base/num.h>
#include <lead/base/wilson.h>

#include "fit_state.h"

enum { VALUE_BYTES = 64 << 10, PATTERN_BYTES = 4000, SHOWN_BYTES = 60 };

/* Can it stand in a list with commas, or alone, as it is? */
static bool
is_listable(struct text t, bool alone)
{
	return text_trim(t).len == t.len && (alone || text_find(t, ',') < 0);
}

static void
put_pattern(struct buf *b, struct text t)
{
	static const char hex[] = "0123456789abcdef";

	for (size_t i = 0; i < t.len; i++) {
		unsigned char c = (unsigned char)t.s[i];
		bool plain =
		    (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');

		if (plain || c == '_' || c >= 0x80 || c == ',' ||
		    (c == ' ' && i > 0 && i + 1 < t.len)) {
			buf_byte(b, (char)c);
		} else {
			buf_string(b, "\\x");
			buf_byte(b, hex[c >> 4]);
			buf_byte(b, hex[c & 15]);
		}
	}
}

static struct text
keep(struct fit *f, struct buf *b)
{
	struct text t = arena_text(&f->texts, buf_text(b));

	b->len = 0;
	return t;
}

/* Those that a pattern has no room for stay out of it, the last first. */
static void
word_pattern(const struct levels *l, struct fit_rule *r, struct buf *b)
{
	const char *between = "";

	r->op = "~";
	buf_string(b, "(?-i)^(");
	for (size_t i = levels_text(l); i < l->n; i++) {
		if ((r->levels & fit_bit(i)) == 0 ||
		    b->len > PATTERN_BYTES - 4 * LEVELS_TEXT_BYTES)
			continue;
		buf_string(b, between);
		put_pattern(b, l->level[i].text);
		between = "|";
	}
	buf_string(b, ")$");
}

static void
word_texts(const struct levels *l, struct fit_rule *r, struct buf *b)
{
	bool alone = (r->levels & (r->levels - 1)) == 0, listable = true;

	for (size_t i = levels_text(l); i < l->n; i++)
		if ((r->levels & fit_bit(i)) != 0 &&
		    !is_listable(l->level[i].text, alone))
			listable = false;
	if (!listable) {
		word_pattern(l, r, b);
		return;
	}
	r->op = alone ? "=" : "in";
	for (size_t i = levels_text(l); i < l->n; i++) {
		if ((r->levels & fit_bit(i)) == 0)
			continue;
		if (b->len != 0)
			buf_byte(b, ',');
		buf_put(b, l->level[i].text);
	}
}

/* All numbers, from a cut on, or below one. */
static void
word_bins(const struct levels *l, struct fit_rule *r, struct buf *b)
{
	char room[NUM_TEXT];
	size_t low = (size_t)__builtin_ctzll(r->levels);
	size_t end = 64 - (size_t)__builtin_clzll(r->levels);

	if (low == 2 && end == levels_text(l) && !l->texts) {
		r->op = "?";
		return;
	}
	r->op = end == levels_text(l) ? ">=" : "<";
	buf_put(b, num_put(room, l->level[end == levels_text(l) ? low : end].from));
}

static void
word_condition(struct fit *f, const struct levels *l, struct fit_rule *r, struct buf *b)
{
	uint64_t texts = ~(fit_bit(levels_text(l)) - 1) & ((fit_bit(l->n - 1) << 1) - 1);

	r->value = TEXT_NONE;
	if (r->levels == fit_bit(1)) {
		r->op = "!?";
		return;
	}
	if (r->levels >> levels_text(l) == 0)
		word_bins(l, r, b);
	else if (r->levels == texts && l->ntexts > 1 && !l->rare && l->nbins == 0)
		r->op = "?";
	else
		word_texts(l, r, b);
	r->value = keep(f, b);
}

static void
put_count(struct buf *b, const char *name, uint64_t n)
{
	char room[NUM_TEXT];

	buf_string(b, name);
	buf_put(b, num_put_count(room, (int64_t)n));
}

static void
put_micros(struct buf *b, const char *name, int64_t micros)
{
	char room[NUM_TEXT];

	buf_string(b, name);
	buf_put(b, num_put(room, micros));
}

/* The levels that the figures of a rule are of: for ratio steps, one bin. */
static uint64_t
told_levels(const struct fit *f, const struct levels *l, uint64_t levels)
{
	bool bins = levels >> levels_text(l) == 0;

	return f->terms.method == FIT_RATIO && bins ? levels & -levels : levels;
}

/* The numbers of one part of a column. */
static void
put_bin(struct buf *b, const struct levels *l, size_t bin)
{
	if (bin > 2)
		put_micros(b, " from ", l->level[bin].from);
	if (bin + 1 < levels_text(l))
		put_micros(b, " below ", l->level[bin + 1].from);
}

/* n, won, rate, ratio, and the interval of the rate at 95 %; of a step that adds to
 * others the part of the column that it begins, whose leads these are. */
static void
word_why(struct fit *f, struct fit_rule *r, double base, struct buf *b)
{
	const struct levels *l = fit_levels(f, r->column);
	uint64_t told = told_levels(f, l, r->levels);
	double rate = r->n > 0 ? (double)r->won / (double)r->n : 0;
	int64_t low = 0, high = NUM_MICROS;

	buf_put(b, f->terms.names[f->used[r->column]]);
	if (told != r->levels)
		put_bin(b, l, (size_t)__builtin_ctzll(told));
	else if (r->value.len != 0 && r->value.len <= SHOWN_BYTES && r->op[0] != '~') {
		buf_string(b, r->op[0] == '>'   ? " from "
			      : r->op[0] == '<' ? " below "
						: " ");
		buf_put(b, r->value);
	}
	wilson_interval((int64_t)r->won, (int64_t)r->n, &low, &high);
	put_count(b, ": n ", r->n);
	put_count(b, ", won ", r->won);
	put_micros(b, ", rate ", llround(rate * NUM_MICROS));
	put_micros(b, ", ratio ", base > 0 ? llround(rate / base * NUM_MICROS) : 0);
	put_micros(b, ", 95 % ", low);
	put_micros(b, "..", high);
	r->why = keep(f, b);
}

/* By column; numbers by their first bin, texts with most points first. */
static int
by_column(const void *a, const void *b)
{
	const struct fit_rule *x = a, *y = b;

	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	if (x->texts != y->texts)
		return x->texts ? 1 : -1;
	if (x->texts && x->points != y->points)
		return x->points > y->points ? -1 : 1;
	if (__builtin_ctzll(x->levels) != __builtin_ctzll(y->levels))
		return __builtin_ctzll(x->levels) < __builtin_ctzll(y->levels) ? -1 : 1;
	return (x->levels > y->levels) - (x->levels < y->levels);
}

void
fit_word_rules(struct fit *f, const struct fit_model *m)
{
	double base = (double)f->design.leads_won / (double)f->design.leads;
	struct buf b;

	if (f->terms.base_total != 0)
		base = (double)f->terms.base_won / (double)f->terms.base_total;
	buf_init(&b, VALUE_BYTES, "the words of a rule");
	f->rule = mem_new(m->n + 1, sizeof(*f->rule));
	f->nrules = m->n;
	for (size_t i = 0; i < m->n; i++) {
		struct fit_rule *r = &f->rule[i];
		const struct levels *l = fit_levels(f, m->term[i].column);
		uint64_t told = told_levels(f, l, m->term[i].levels);

		*r = (struct fit_rule){ .column = m->term[i].column,
			.levels = m->term[i].levels,
			.points = m->points[i],
			.texts = fit_is_texts(l, &m->term[i]) };
		for (uint64_t left = told; left != 0; left &= left - 1) {
			r->n += l->level[__builtin_ctzll(left)].n;
			r->won += l->level[__builtin_ctzll(left)].won;
		}
		word_condition(f, l, r, &b);
		word_why(f, r, base, &b);
	}
	buf_clear(&b);
	qsort(f->rule, f->nrules, sizeof(*f->rule), by_column);
}
