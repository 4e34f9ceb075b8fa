/* fit_note.c - what people should know before they trust the rules */
#include <math.h>

#include <lead/base/num.h>

#include "fit_state.h"

enum { WON_LEAST = 120, NAMED_MOST = 5 };
static const double LEAK_AUC = 0.85, SURE_EXPECTED = 7;

/* --- columns that are no features --- */

bool
fit_is_late(struct text name)
{
	return text_starts(name, TEXT("won_")) || text_starts(name, TEXT("last_"));
}

bool
fit_is_aside(struct text name)
{
	static const char *const aside[] = { "email", "phone", "time", "path", "touches",
		"value", "currency", "reason", "id" };

	for (size_t i = 0; i < sizeof(aside) / sizeof(aside[0]); i++)
		if (text_is(name, aside[i]))
			return true;
	return fit_is_late(name) || text_ends(name, TEXT("_id")) ||
	       text_ends(name, TEXT("_at"));
}

/* --- notes --- */

static void
put_count(struct buf *b, uint64_t n)
{
	char room[NUM_TEXT];

	buf_put(b, num_put_count(room, (int64_t)n));
}

static void
put_figure(struct buf *b, double x)
{
	char room[NUM_TEXT];

	buf_put(b, num_put(room, llround(x * 1000) * (NUM_MICROS / 1000)));
}

static void
note_few(struct fit *f, uint64_t won, uint64_t lost)
{
	struct buf *b = &f->notes;

	if (won >= WON_LEAST && lost >= WON_LEAST)
		return;
	buf_string(b, "only ");
	put_count(b, won < WON_LEAST ? won : lost);
	buf_string(b, won < WON_LEAST ? " leads won" : " leads did not win");
	buf_string(b, ", under 120: points are guesses\n");
}

void
fit_note_columns(struct fit *f, const struct history *h)
{
	struct buf *b = &f->notes;

	note_few(f, h->won, h->nrows - h->won);
	for (size_t c = 0; c < h->ncolumns; c++) {
		const struct levels *l = &f->levels[c];

		if (l->why != NULL && c >= f->terms.marks)
			continue; /* what few leads do */
		if (l->why != NULL) {
			buf_string(b, "left out ");
			buf_put(b, f->terms.names[c]);
			buf_string(b, ": ");
			buf_string(b, l->why);
			buf_byte(b, '\n');
		} else if (levels_auc(l) > LEAK_AUC) {
			buf_put(b, f->terms.names[c]);
			buf_string(b, " alone has an AUC of ");
			put_figure(b, levels_auc(l));
			buf_string(b, ": is it known before the outcome?\n");
		}
		if (l->why == NULL && fit_is_late(f->terms.names[c])) {
			buf_put(b, f->terms.names[c]);
			buf_string(b,
			    " may be of a touch after the lead: no track record "
			    "of what brought it\n");
		}
	}
}

/* A level at which all leads ended alike, though several were to be expected to
 * end otherwise: likelihood has no maximum there, the ridge alone sets the points. */
static bool
is_separated(const struct fit *f, const struct level *l)
{
	double rate = (double)f->design.leads_won / (double)f->design.leads;

	return (l->won == 0 && rate * (double)l->n >= SURE_EXPECTED) ||
	       (l->won == l->n && (1 - rate) * (double)l->n >= SURE_EXPECTED);
}

static void
note_separation(struct fit *f, size_t column, const struct levels *l, size_t i)
{
	struct buf *b = &f->notes;
	char room[NUM_TEXT];

	buf_string(b, "separation: ");
	buf_string(b, l->level[i].won != 0 ? "all " : "none of ");
	put_count(b, l->level[i].n);
	buf_string(b, " leads won where ");
	buf_put(b, f->terms.names[column]);
	buf_string(b, i == 1 ? " is blank" : i < levels_text(l) ? " begins at " : " is ");
	if (i >= levels_text(l))
		buf_put(b, l->level[i].text);
	else if (i > 1)
		buf_put(b, num_put(room, l->level[i].from));
	buf_byte(b, '\n');
}

void
fit_note_levels(struct fit *f)
{
	size_t n = 0;

	for (size_t c = 0; c < f->nused; c++) {
		const struct levels *l = fit_levels(f, c);

		for (size_t i = 1; i < l->n; i++)
			if (l->level[i].n != 0 && is_separated(f, &l->level[i]) &&
			    n++ < NAMED_MOST)
				note_separation(f, f->used[c], l, i);
	}
	if (n <= NAMED_MOST)
		return;
	buf_string(&f->notes, "separation: ");
	put_count(&f->notes, n);
	buf_string(&f->notes, " such levels in all\n");
}
