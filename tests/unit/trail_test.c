/* trail: names in a path, and out of it */
#include <lead/domain/journey/trail.h>

#include "tap.h"

static void
put(const char *name, const char *want)
{
	struct buf b;

	buf_init(&b, 1000, "a path");
	trail_put(&b, text_of(name));
	is(buf_text(&b), want, "'%s' is put so that it stays one name", name);
	buf_clear(&b);
}

/* The names of a path with | between them. */
static void
next(const char *path, const char *want)
{
	struct text rest = text_of(path), name;
	struct buf b;

	buf_init(&b, 1000, "names");
	while (trail_next(&rest, &name)) {
		buf_put(&b, name);
		buf_byte(&b, '|');
	}
	is(buf_text(&b), want, "the names of '%s'", path);
	buf_clear(&b);
}

int
main(void)
{
	put("email", "email");
	put("a > b", "a %3E b");
	put("50%", "50%25");
	put("(won)", "%28won)");
	put("x (y)", "x (y)");
	put("paid\tspring", "paid:spring");
	put("", "");
	next("a > b > a", "a|b|a|");
	next("a", "a|");
	next("", "|");
	next("a > ", "a||");
	next(" > a", "|a|");
	next("a>b >c", "a>b >c|");
	next("a > b > ", "a|b||");
	return tap_end();
}
