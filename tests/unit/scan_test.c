/* scan_test.c - every tab and line feed is found, and nothing past the end */
#include <stdint.h>

#include <lead/base/scan.h>

#include "tap.h"

enum { LONGEST = 300, BEHIND = 64 };

/* The same by one byte at a time. */
static int
agrees(const char *s, size_t n)
{
	uint32_t at[LONGEST];
	struct scan r = scan_separators(s, n, at);
	size_t found = 0, lines = 0;
	unsigned seen = 0;

	for (size_t i = 0; i < n; i++) {
		lines += s[i] == '\n';
		seen |= s[i] == '\\' ? SCAN_BACKSLASH : 0u;
		seen |= s[i] == '\r' ? SCAN_CR : 0u;
		seen |= s[i] == '\0' ? SCAN_NUL : 0u;
		if ((s[i] == '\t' || s[i] == '\n') &&
		    (found >= r.separators || at[found++] != i))
			return 0;
	}
	return found == r.separators && lines == r.lines && seen == r.seen;
}

int
main(void)
{
	static const char bytes[] = "\t\n\\\r\0ab\x89\xff\x0b";
	char s[LONGEST + BEHIND];
	uint32_t state = 1;
	int all = 1;

	for (int round = 0; round < 2000; round++) {
		size_t n = (size_t)round % LONGEST;

		for (size_t i = 0; i < sizeof(s); i++) {
			state = state * 1664525 + 1013904223;
			s[i] = round % 3 == 0 ? 'x' : bytes[(state >> 24) % 10];
		}
		all = all && agrees(s, n);
	}
	ok(all, "2,000 texts of every length to %d, any bytes behind them", LONGEST);
	ok(agrees("", 0), "the empty text has none");
	return tap_end();
}
