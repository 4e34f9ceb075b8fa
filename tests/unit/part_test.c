/* part_test.c - a part is read back as it was written, or not at all */
#include "tap.h"

#include <lead/base/mem.h>
#include <lead/base/part.h>

enum { COLUMNS = 5, A = PART_OWN, B, ROWS = 512 };

/* The rows of parts, as a table would hold them. */
static struct text table[ROWS][COLUMNS];
static size_t nrows;

static void
keep(void *to, const struct text *cell)
{
	(void)to;
	for (size_t i = 0; i < COLUMNS; i++)
		table[nrows][i] = (struct text){ mem_copy(cell[i].s != NULL ? cell[i].s : "",
		    cell[i].len), cell[i].len };
	nrows++;
}

static void
forget(void)
{
	for (size_t r = 0; r < nrows; r++)
		for (size_t i = 0; i < COLUMNS; i++)
			mem_free((char *)(size_t)table[r][i].s);
	nrows = 0;
}

static size_t taken;

static const char *
take(void *of, const struct text *cell, size_t *bad)
{
	(void)of;
	*bad = B;
	taken++;
	return text_is(cell[B], "bad") ? "a bad row" : NULL;
}

static struct part *
asked(const char *rule)
{
	struct part *p = part_new(COLUMNS);

	part_rule(p, "first", TEXT("1"));
	part_rule(p, "second", text_of(rule));
	part_column(p, TEXT("value"));
	part_into(p, take, NULL);
	return p;
}

/* A part of groups from to to - 1. */
static void
write_part(int from, int to)
{
	struct part *p = asked("x");
	struct text cell[COLUMNS] = { TEXT("sum"), TEXT("n"), TEXT(""), TEXT("a"), TEXT("b") };
	char key[16];

	for (int i = from; i < to; i++) {
		int n = snprintf(key, sizeof(key), "g%d", i);

		part_group(p, (struct text){ key, (size_t)n });
	}
	part_begin(p, keep, NULL);
	part_put(p, cell);
	part_put(p, cell);
	part_end(p);
	part_free(p);
}

/* What all rows together say, read by one that was asked that. */
static const char *
read_as(const char *rule)
{
	static char words[256];
	struct part *p = asked(rule);
	const char *why = NULL;
	size_t bad;

	taken = 0;
	for (size_t r = 0; why == NULL && r < nrows; r++)
		why = part_row(p, table[r], &bad);
	if (why == NULL)
		why = part_close(p);
	snprintf(words, sizeof(words), "%s", why != NULL ? why : "");
	part_free(p);
	return words;
}

static void
test_sound(void)
{
	write_part(0, 3);
	write_part(3, 300);
	write_part(0, 0);
	ok(nrows == 3 * 6 + 3 + 64, "rules, columns, groups, at most 64, sums and the end: %zu", nrows);
	is(text_of(read_as("x")), "", "three parts with different groups are read");
	ok(taken == 6, "and their sums are given on");
	is(text_of(read_as("y")), "second differs: in this run it is y", "another rule is told");
	is(text_of(read_as("")), "second differs: in this run it is not given",
	    "also one that this run lacks");
	forget();
}

static void
test_groups(void)
{
	write_part(0, 10);
	write_part(9, 20);
	ok(strstr(read_as("x"), "read before") != NULL, "one group of few in two parts is found");
	forget();
	write_part(0, 4000);
	write_part(2000, 6000);
	ok(strstr(read_as("x"), "read before") != NULL, "half of many as well");
	forget();
}

/* Each row left out, doubled, swapped with the next, or with another byte: refused. */
static void
test_seal(void)
{
	size_t n, went = 0;

	write_part(0, 5);
	n = nrows;
	for (size_t r = 0; r < n; r++) {
		struct text had[COLUMNS];

		memcpy(had, table[r], sizeof(had));
		table[r][A] = TEXT("?");
		went += read_as("x")[0] == '\0' && r != n - 1;
		memcpy(table[r], had, sizeof(had));
		if (r + 1 < n) {
			memcpy(table[r], table[r + 1], sizeof(had));
			memcpy(table[r + 1], had, sizeof(had));
			/* the two rows of sums are alike */
			went += read_as("x")[0] == '\0' && r != n - 3;
			memcpy(table[r + 1], table[r], sizeof(had));
			memcpy(table[r], had, sizeof(had));
			memmove(table[r], table[r + 1], (n - 1 - r) * sizeof(had));
			nrows = n - 1;
			went += read_as("x")[0] == '\0';
			memmove(table[r + 1], table[r], (n - 1 - r) * sizeof(had));
			memcpy(table[r], had, sizeof(had));
			nrows = n;
		}
		nrows = r;
		went += r > 0 && read_as("x")[0] == '\0';
		nrows = n;
	}
	ok(went == 0, "a part that is not as it was written is not read");
	is(text_of(read_as("x")), "", "the part itself is");
	forget();
}

static void
test_numbers(void)
{
	static const char *const good[] = { "0", "-1", "79228162514264337593543950336",
		"-79228162514264337593543950336", "18446744073709551616" };
	static const char *const wrong[] = { "", "-", "+1", "1.0", " 1", "1e3", "0x1",
		"79228162514264337593543950337", "99999999999999999999999999999999999999999999" };
	char out[NUM_TEXT];
	num_wide n;

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		ok(part_whole(text_of(good[i]), &n), "%s is a number", good[i]);
		is(part_put_whole(out, n), good[i], "and comes out as it was");
	}
	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++)
		ok(!part_whole(text_of(wrong[i]), &n), "'%s' is none", wrong[i]);
}

int
main(void)
{
	test_sound();
	test_groups();
	test_seal();
	test_numbers();
	return tap_end();
}
