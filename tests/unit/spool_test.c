/* spool: what is set aside comes back, from memory and from the file */
#include <lead/base/mem.h>
#include <lead/base/spool.h>

#include "tap.h"

enum { ROWS = 60000 };

/* Row i: i % 700 bytes, each telling i; every 5000th is as long as can be. */
static struct text
make_row(size_t i)
{
	static char s[SPOOL_ROW_MAX];
	size_t n = i % 5000 == 4999 ? SPOOL_ROW_MAX : i % 700;

	memset(s, (int)('a' + i % 26), n);
	if (n >= 8)
		snprintf(s, 8, "%zu", i);
	return (struct text){ s, n };
}

static void
test_size(size_t memory, bool spills)
{
	struct spool *s = spool_new(memory, NULL);
	uint64_t *place = mem_new(ROWS, sizeof(*place));
	struct spool_row row = { 0 };
	size_t good = 0, i;

	for (i = 0; i < ROWS; i++)
		good += spool_add(s, &(struct spool_tag){ { i, i * 3 }, { 0, i } },
		    make_row(i), &place[i]) == 0;
	ok(good == ROWS, "%zu: all rows were taken", memory);
	ok((spool_spilled(s) > 0) == spills, "%zu: spilled or not", memory);
	good = 0;
	for (i = ROWS; i-- > 0; ) {
		struct text got;

		good += spool_get(s, place[i], &got) == 0 &&
		    text_equal(got, make_row(i));
	}
	ok(good == ROWS, "%zu: each row by its place", memory);
	for (int turn = 1; turn <= 2; turn++, spool_rewind(s)) {
		for (i = 0, good = 0; spool_next(s, &row) == 1; i++)
			good += row.place == place[i] &&
			    row.tag.key.lo == i * 3 && row.tag.bytes.lo == i &&
			    text_equal(row.row, make_row(i));
		ok(i == ROWS && good == ROWS, "%zu: all rows in order, turn %d",
		    memory, turn);
	}
	ok(place[ROWS - 1] < spool_end(s), "%zu: the end", memory);
	for (i = 1, good = 1; i < ROWS; i++)
		good += place[i] - place[i - 1] >= SPOOL_STEP;
	ok(good == ROWS, "%zu: places are SPOOL_STEP apart", memory);
	mem_free(place);
	spool_free(s);
}

int
main(void)
{
	struct spool *s = spool_new(0, "/nowhere/at/all");
	struct spool_row row;
	uint64_t place;
	int status = 0;

	ok(spool_next(s, &row) == 0, "an empty spool has no row");
	for (size_t i = 0; status == 0 && i < ROWS; i++)
		status = spool_add(s, &(struct spool_tag){ 0 }, make_row(i), &place);
	ok(status < 0, "no folder for the file: an error, not a loss");
	spool_free(s);
	spool_free(NULL);
	test_size(0, true);
	test_size(8 << 20, true);
	test_size(1 << 30, false);
	return tap_end();
}
