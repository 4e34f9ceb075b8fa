/* cell: every text comes back, and ids take few bytes */
#include <lead/base/cell.h>
#include <lead/base/hash.h>

#include "tap.h"

static unsigned char room[70000];

/* Code t and read it back; the number of bytes it took, or 0. */
static size_t
there_and_back(struct cell_column *c, struct text t)
{
	unsigned char *end = cell_put(c, room, t);
	char plain[CELL_PLAIN];

	if (cell_end(room) != end || (size_t)(end - room) > t.len + CELL_MORE ||
	    !text_equal(cell_get(c, room, 0, plain), t))
		return 0;
	return (size_t)(end - room);
}

static void
ids(void)
{
	char id[HASH_ID_LEN];
	struct text t = hash_put(hash_fixed(TEXT("x")), id);

	ok(there_and_back(NULL, TEXT("0123456789abcdef")) == 9,
	    "16 hex digits take 9 bytes");
	ok(there_and_back(NULL, TEXT("00000001f78ab0c3d4e9")) == 11,
	    "20 hex digits take 11");
	ok(there_and_back(NULL, t) == 17, "an event_id takes 17");
	ok(there_and_back(NULL, TEXT("0123456789ABCDEF")) == 17,
	    "capital digits stay as they are");
	ok(there_and_back(NULL, TEXT("0123456789abcdeg")) == 17,
	    "a letter past f is no digit");
	ok(there_and_back(NULL, TEXT("abcdefghijklmnopqrstuvwxyz")) == 27,
	    "26 letters that are no id stay as they are");
	ok(there_and_back(NULL, TEXT("tgvanuybi6mnqyabymsendkjp5")) == 27,
	    "so do those whose last bits are not zero");
	ok(there_and_back(NULL, TEXT_NONE) == 1, "nothing takes one byte");
}

static void
every_length(void)
{
	static char bytes[66000];
	struct cell_column *c = cell_column_new(100);
	bool alone = true, column = true;

	for (size_t kind = 0; kind < 3; kind++) {
		memset(bytes, "0z\xff"[kind], sizeof(bytes));
		for (size_t n = 0; n < 400; n++) {
			alone &= there_and_back(NULL, (struct text){ bytes, n }) != 0;
			column &= there_and_back(c, (struct text){ bytes, n }) != 0;
		}
		alone &= there_and_back(NULL, (struct text){ bytes, 65999 }) == 66004;
	}
	ok(alone, "texts of every length come back");
	ok(column, "from a column that has too many of them too");
	cell_column_free(c);
}

static void
dictionary(void)
{
	struct cell_column *c = cell_column_new(8351), *ids_only = cell_column_new(8351);
	bool one = true, two = true, back = true;
	char word[32];

	for (unsigned i = 0; i < 8350 * 5; i++) {
		int n = snprintf(word, sizeof(word), "campaign %u", i / 5);
		size_t took = there_and_back(c, (struct text){ word, (size_t)n });

		if (i / 5 < 159)
			one &= took == 1;
		else
			two &= took == 2;
	}
	ok(one, "the first 159 texts of a column take one byte");
	ok(two, "the next 8,192 take two");
	for (unsigned i = 0; i < 30000; i++) {
		int n = snprintf(word, sizeof(word), "%016x", i * 2654435761u);

		back &= there_and_back(ids_only,
		    (struct text){ word, (size_t)n }) == (i < 159 ? 1 : i < 8350 ? 2 : 9);
	}
	ok(back, "a column of ids gives up its dictionary and packs them");
	cell_column_free(c);
	cell_column_free(ids_only);
}

int
main(void)
{
	char plain[CELL_PLAIN];

	ids();
	every_length();
	dictionary();
	room[0] = CELL_TIME;
	is(cell_get(NULL, room, 1777777777 * (int64_t)1000000, plain),
	    "2026-05-03T03:09:37Z", "the time of a row is written from it");
	return tap_end();
}
