/* brief: two texts have one brief only if they are equal, whatever their length */
#include <lead/base/brief.h>

#include "tap.h"

enum { LONGEST = 40 };

static bool
same(const char *x, size_t nx, const char *y, size_t ny)
{
	return brief_equal(brief_of((struct text){ x, nx }),
	    brief_of((struct text){ y, ny }));
}

/* Each byte counts, and the length does; NULs are bytes as others are. */
static void
every_byte(void)
{
	char x[LONGEST + 1] = { 0 }, y[LONGEST + 1] = { 0 };
	bool alike = true, byte = true, length = true;

	for (size_t n = 0; n <= LONGEST; n++) {
		alike &= same(x, n, y, n);
		length &= n == LONGEST || !same(x, n, x, n + 1);
		for (size_t i = 0; i < n; i++) {
			y[i] = 1;
			byte &= !same(x, n, y, n);
			y[i] = 0;
		}
	}
	ok(alike, "equal texts have one brief");
	ok(byte, "a byte that differs, anywhere, tells texts apart");
	ok(length, "so does a length, of bytes all alike");
}

static void
places(void)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz";
	size_t used = 0;
	bool taken[16] = { false };

	for (size_t i = 0; i < 26; i++) {
		size_t at = brief_place(brief_of((struct text){ letters + i, 1 }), 4);

		used += at < 16 && !taken[at];
		taken[at % 16] = true;
	}
	ok(used > 8, "26 letters lie in %zu of 16 places", used);
	ok(brief_place(brief_of(TEXT_NONE), 1) == 0, "nothing lies in the first");
}

int
main(void)
{
	every_byte();
	places();
	return tap_end();
}
