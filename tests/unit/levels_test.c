/* history, levels: bins at deciles, heavy numbers apart, texts, blanks */
#include <lead/base/num.h>
#include <lead/domain/learn/levels.h>

#include "tap.h"

static void
add(struct history *h, const char *value, bool won)
{
	const struct text t = text_of(value);

	history_add(h, &t, &(struct history_row){ won, 0, 0 });
}

static void
add_number(struct history *h, int n, bool won)
{
	char room[32];

	snprintf(room, sizeof(room), "%d", n);
	add(h, room, won);
}

static const struct levels_terms plain = { 1, false, false };

/* 1 … 1000: cuts at 1 101 201 … 901 */
static void
deciles(void)
{
	struct history h;
	struct levels l;
	bool right;

	history_init(&h, 1);
	for (int i = 1000; i >= 1; i--)
		add_number(&h, i, i > 500);
	levels_init(&l, &h, 0, &(struct levels_terms){ 1, false, true });
	right = l.nbins == 10;
	for (size_t k = 0; k < l.nbins && right; k++)
		right = l.level[2 + k].n == 100 &&
		    l.level[2 + k].from == (int64_t)(100 * k + 1) * NUM_MICROS;
	ok(right, "deciles of 1 … 1000");
	ok(levels_auc(&l) == 1, "a column that parts won from lost has AUC 1");
	ok(l.code[0] == 11 && l.code[999] == 2, "codes are the levels of the rows");
	levels_clear(&l);
	levels_init(&l, &h, 0, &plain);
	ok(l.code == NULL && l.why != NULL, "whole numbers, each once, are an id");
	history_clear(&h);
}

/* 600 zeros and 400 others: zero stands apart */
static void
heavy(void)
{
	struct history h;
	struct levels l;

	history_init(&h, 1);
	for (int i = 0; i < 600; i++)
		add(&h, "0", false);
	for (int i = 0; i < 400; i++)
		add_number(&h, 1 + i, true);
	levels_init(&l, &h, 0, &plain);
	ok(l.level[2].from == 0 && l.level[2].n == 600 && l.level[3].from == NUM_MICROS,
	    "zero has a bin to itself");
	ok(l.nbins == 5, "and the rest its deciles: %zu bins", l.nbins);
	levels_clear(&l);
	levels_init(&l, &h, 0, &(struct levels_terms){ 150, false, false });
	ok(l.nbins == 3 && l.level[3].n == 200 && l.level[4].n == 200,
	    "bins of too few rows go on");
	levels_clear(&l);
	history_clear(&h);
}

static void
texts(void)
{
	struct history h;
	struct levels l;

	history_init(&h, 1);
	for (int i = 0; i < 40; i++) {
		add(&h, "", false);
		add(&h, "Select", i < 10);
		add(&h, i < 20 ? "7" : "7.0", true);
		add(&h, i < 25 ? "rare" : "b", true);
	}
	levels_init(&l, &h, 0, &(struct levels_terms){ 30, false, false });
	ok(l.blank && l.level[1].n == 40 && l.level[1].won == 0, "blank is a level");
	ok(l.nbins == 1 && l.level[2].n == 40, "one number in two spellings is one");
	ok(l.ntexts == 1 && l.level[3].n == 40 && l.level[3].won == 10, "a frequent text");
	is(l.level[3].text, "Select", "by its name");
	ok(l.level[0].n == 40 && l.others && l.rare, "rare ones share level 0");
	levels_clear(&l);
	history_clear(&h);
}

/* Past HISTORY_NUMBERS_MAX numbers are kept by value: the same levels. */
static void
wide(void)
{
	struct history h;
	struct levels l;
	uint64_t texts = 0;

	history_init(&h, 1);
	for (int i = 0; i < 20000; i++) {
		if (i % 10 == 9)
			add(&h, "unknown", false);
		else if (i % 10 == 8)
			add(&h, "", false);
		else
			add_number(&h, (i * 7919) % 10000, i % 3 == 0);
	}
	ok(h.column[0].value != NULL, "many numbers are kept by value");
	levels_init(&l, &h, 0, &plain);
	for (size_t i = levels_text(&l); i < l.n; i++)
		texts += l.level[i].n;
	ok(texts == 2000 && l.level[1].n == 2000, "texts and blanks stay what they were");
	ok(l.nbins == 10 && l.level[2].n == 1600, "and bins are deciles: %zu of %d",
	    l.nbins, (int)l.level[2].n);
	levels_clear(&l);
	levels_init(&l, &h, 0, &(struct levels_terms){ 1, true, false });
	ok(l.nbins == 20 && l.level[2].n == 800, "or their halves");
	levels_clear(&l);
	history_clear(&h);
}

/* A column of ever new texts is given up; others are not touched by it. */
static void
too_many(void)
{
	struct history h;
	struct levels l;

	history_init(&h, 2);
	for (int i = 0; i < HISTORY_TEXTS_MAX + 10; i++) {
		char room[32];
		struct text t[] = { { room, 0 }, TEXT("same") };

		t[0].len = (size_t)snprintf(room, sizeof(room), "text %d", i);
		history_add(&h, t, &(struct history_row){ i % 2 == 0, 0, 0 });
	}
	levels_init(&l, &h, 0, &plain);
	ok(l.code == NULL && l.why != NULL, "too many texts: left out");
	levels_init(&l, &h, 1, &plain);
	ok(l.ntexts == 1 && l.level[2].n == HISTORY_TEXTS_MAX + 10, "the others stay");
	levels_clear(&l);
	history_clear(&h);
}

int
main(void)
{
	deciles();
	heavy();
	texts();
	wide();
	too_many();
	return tap_end();
}
