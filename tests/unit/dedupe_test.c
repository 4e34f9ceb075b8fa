/* dedupe: the total order, the row that stays, the window */
#include <lead/domain/journey/dedupe.h>

#include "tap.h"

/* Columns of the rows below: event_id time precision event note. */
static const struct dedupe_columns columns = { 1, 2, 3, 0 };

/* In the order of lead-tsv(5), each less than the next. */
static const char *const order[] = {
	"z\t2026-01-01T00:00:00Z\t\twon\t",
	"a\t2026-01-01T00:00:00.000001Z\t\tform\t",
	"a\t2026-01-01T00:00:01Z\t\twon\t",        /* precise: before day */
	"b\t2026-01-01T00:00:01Z\tsecond\tlead\t", /* event_id, not event */
	"z\t2026-01-01T00:00:01Z\tday\tpage_view\t",
	"b\t2026-01-01T00:00:01Z\tday\tlead\t",    /* day: event order */
	"a\t2026-01-01T00:00:01Z\tday\twon\t",
	"b\t2026-01-01T00:00:01Z\tday\twon\t",
	"b\t2026-01-01T00:00:01Z\tday\twon\tx",    /* the row's bytes */
	"0\t2026-01-01T00:00:02Z\t\t\t",
};

static void
test_order(void)
{
	size_t n = sizeof(order) / sizeof(order[0]);

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < n; j++) {
			struct text a = text_of(order[i]), b = text_of(order[j]);

			ok(dedupe_beats(&columns, DEDUPE_LEAST, a, b) == (i < j),
			    "least: row %zu against %zu", i, j);
			ok(dedupe_beats(&columns, DEDUPE_LATEST, a, b) == (i > j),
			    "latest: row %zu against %zu", i, j);
		}
}

static void
test_untimed(void)
{
	static const char *const without[] = {
		"a\t\t\tx\t", "a\t2026-13-01\t\tx\t", "a",
	};
	struct text timed = text_of(order[0]);
	struct dedupe_columns no_time = { -1, -1, -1, 0 };

	for (size_t i = 0; i < 3; i++)
		for (int keep = DEDUPE_LEAST; keep <= DEDUPE_LATEST; keep++) {
			struct text t = text_of(without[i]);

			ok(dedupe_beats(&columns, (enum dedupe_keep)keep, timed, t)
			    && !dedupe_beats(&columns, (enum dedupe_keep)keep, t,
			    timed), "no time gives way: %zu, keep %d", i, keep);
		}
	ok(dedupe_beats(&no_time, DEDUPE_LEAST, TEXT("a\t2"), TEXT("a\t3")) &&
	    dedupe_beats(&no_time, DEDUPE_LEAST, TEXT("a\t3"), TEXT("b\t2")),
	    "no such column: event_id, then bytes");
}

static void
test_window(enum dedupe_keep keep, const char *name, const int64_t *at, size_t n,
    const char *want)
{
	bool stays[16];
	char got[17];

	dedupe_window(at, n, 10, keep, stays);
	for (size_t i = 0; i < n; i++)
		got[i] = stays[i] ? '+' : '-';
	is(((struct text){ got, n }), want, "window: %s", name);
}

static void
test_windows(void)
{
	static const int64_t U = DEDUPE_UNTIMED;

	test_window(DEDUPE_LEAST, "new at the edge, not before",
	    (int64_t[]){ 0, 9, 10, 19, 20 }, 5, "+-+-+");
	test_window(DEDUPE_LEAST, "counted from the row that stayed",
	    (int64_t[]){ 0, 6, 12, 18, 24 }, 5, "+-+-+");
	test_window(DEDUPE_LATEST, "from the end",
	    (int64_t[]){ 0, 6, 12, 18, 24 }, 5, "+-+-+");
	test_window(DEDUPE_LATEST, "from the end, at the edge",
	    (int64_t[]){ 0, 5, 9, 14, 15 }, 5, "-+--+");
	test_window(DEDUPE_LEAST, "rows of one time are one",
	    (int64_t[]){ 3, 3, 3 }, 3, "+--");
	test_window(DEDUPE_LATEST, "the last of one time",
	    (int64_t[]){ 3, 3, 3 }, 3, "--+");
	test_window(DEDUPE_LEAST, "without time: repeats of any",
	    (int64_t[]){ 3, U, U }, 3, "+--");
	test_window(DEDUPE_LEAST, "all without time: the least",
	    (int64_t[]){ U, U }, 2, "+-");
	test_window(DEDUPE_LATEST, "all without time: the latest",
	    (int64_t[]){ U, U }, 2, "-+");
}

static void
test_admit(void)
{
	struct dedupe *d = dedupe_new(&columns, DEDUPE_SEEN, 0, NULL);
	struct hash a = hash_text(TEXT("a")), b = hash_text(TEXT("b"));

	ok(dedupe_admit(d, a, 100, 10), "admit: a first row");
	ok(!dedupe_admit(d, a, 109, 10), "admit: inside the window");
	ok(!dedupe_admit(d, a, 91, 10), "admit: and before it");
	ok(dedupe_admit(d, b, 100, 10), "admit: another key");
	ok(dedupe_admit(d, a, 110, 10), "admit: new at the edge");
	ok(!dedupe_admit(d, a, 105, 10), "admit: from the row that stayed");
	ok(!dedupe_admit(d, a, DEDUPE_UNTIMED, 10), "admit: no time, known key");
	ok(!dedupe_admit(d, a, 9999, -1), "admit: without window never again");
	dedupe_free(d);
}

enum { KEYS = 500000, EACH = 2 };

/* Row i has key i % KEYS; the least row of each key is its second. */
static struct text
make_row(char s[64], size_t i)
{
	int n = snprintf(s, 64, "%zu\t2026-01-01T00:00:0%dZ\t\t\t", i % KEYS,
	    i < KEYS ? 9 : 1);

	return (struct text){ s, (size_t)n };
}

/* More keys than fit are judged in parts: the same rows stay. */
static void
test_many(size_t memory, const char *name)
{
	struct dedupe *d = dedupe_new(&columns, DEDUPE_LEAST, memory, NULL);
	char s[64];
	struct text row;
	size_t n = 0, bad = 0;

	for (size_t i = 0; i < (size_t)KEYS * EACH; i++) {
		row = make_row(s, i);
		bad += dedupe_add(d, hash_text(text_part(row, '\t', 0)),
		    hash_text(row), row) != 0;
	}
	for (size_t i = 0; i < KEYS; i++) { /* all the losers again */
		row = make_row(s, i);
		bad += dedupe_add(d, hash_text(text_part(row, '\t', 0)),
		    hash_text(row), row) != 0;
	}
	for (; dedupe_next(d, &row) == 1; n++)
		bad += !text_equal(row, make_row(s, KEYS + n));
	ok(n == KEYS && bad == 0, "%s: one row a key, in order, the least", name);
	dedupe_free(d);
}

int
main(void)
{
	test_order();
	test_untimed();
	test_windows();
	test_admit();
	test_many((size_t)1 << 30, "keys in memory");
	test_many(0, "keys in parts");
	return tap_end();
}
