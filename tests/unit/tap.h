/* tap.h - a test program prints one line a check and ends with their verdict */
#ifndef TESTS_TAP_H
#define TESTS_TAP_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lead/base/text.h>

static int tap_run, tap_bad;

/* One check; name says what must hold. */
#define ok(holds, ...) tap_ok((holds), __FILE__, __LINE__, __VA_ARGS__)

/* The text must be exactly these bytes. */
#define is(text, want, ...) tap_is((text), (want), __FILE__, __LINE__, __VA_ARGS__)

static inline __attribute__((format(printf, 4, 5))) void
tap_ok(int holds, const char *file, int line, const char *name, ...)
{
	__builtin_va_list ap;

	printf("%sok %d - ", holds ? "" : "not ", ++tap_run);
	__builtin_va_start(ap, name);
	vprintf(name, ap);
	__builtin_va_end(ap);
	printf("\n");
	if (!holds) {
		tap_bad++;
		printf("# failed at %s:%d\n", file, line);
	}
}

static inline __attribute__((format(printf, 5, 6))) void
tap_is(struct text got, const char *want, const char *file, int line,
    const char *name, ...)
{
	char title[256];
	__builtin_va_list ap;

	__builtin_va_start(ap, name);
	vsnprintf(title, sizeof(title), name, ap);
	__builtin_va_end(ap);
	tap_ok(text_is(got, want), file, line, "%s", title);
	if (!text_is(got, want))
		printf("# got \"%.*s\", want \"%s\"\n", (int)got.len, got.s, want);
}

/* The last line of main(). */
static inline int
tap_end(void)
{
	printf("1..%d\n", tap_run);
	return tap_bad != 0;
}

#endif
