/* value_test.c - what values say, masked, cut and escaped */
#include <lead/base/url.h>
#include <lead/domain/source/value.h>

#include "tap.h"

static const struct {
	const char *raw;
	unsigned form;
	const char *want;
	unsigned flaws;
} values[] = {
	{ "Plain", 0, "Plain", 0 },
	{ "Plain", VALUE_LOWER, "plain", 0 },
	{ "A%20B", VALUE_CODED | VALUE_LOWER, "a b", 0 },
	{ "A%20B", 0, "A%20B", 0 },
	{ "a+b", 0, "a+b", 0 },
	{ "+a+", VALUE_CODED, "a", 0 },
	{ " \t", 0, "", 0 },
	{ "\xff", 0, "\xef\xbf\xbd", URL_BAD_UTF8 },
	{ "%C3%89", VALUE_CODED | VALUE_LOWER, "\xc3\x89", 0 },
	{ "joe@example.com", 0, "(email)", VALUE_PII },
	{ "to:joe.b+c@mail.example.co.uk, now", 0, "to:(email), now", VALUE_PII },
	{ "a@b.de;c@d.fr", 0, "(email);(email)", VALUE_PII },
	{ "joe%40x.org", VALUE_CODED, "(email)", VALUE_PII },
	{ "joe@x.org.", 0, "(email).", VALUE_PII },
	{ "@home", 0, "@home", 0 },
	{ "a@b", 0, "a@b", 0 },
	{ "a@b.c", 0, "a@b.c", 0 },
	{ "a@bc.de", 0, "(email)", VALUE_PII },
	{ "a@.com", 0, "a@.com", 0 },
	{ "@@@x@y.de", 0, "@@@(email)", VALUE_PII },
};

static void
reading(void)
{
	char to[VALUE_MAX];

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		unsigned flaws = 0;
		struct text t = value_read(text_of(values[i].raw), values[i].form, to,
		    &flaws);

		is(t, values[i].want, "value of %s", values[i].raw);
		ok(flaws == values[i].flaws, "its flaws: %u", flaws);
	}
}

static void
long_ones(void)
{
	static char raw[VALUE_RAW_MAX];
	char to[VALUE_MAX];
	unsigned flaws = 0;
	struct text t;

	memset(raw, 'a', sizeof(raw));
	ok(value_read((struct text){ raw, VALUE_MAX }, 0, to, &flaws).len == VALUE_MAX &&
	    flaws == 0, "512 bytes are whole");
	ok(value_read((struct text){ raw, VALUE_MAX + 1 }, 0, to, &flaws).len == VALUE_MAX &&
	    flaws == VALUE_CUT, "513 are cut");
	memset(raw, 0xff, sizeof(raw));
	flaws = 0;
	t = value_read((struct text){ raw, sizeof(raw) }, VALUE_CODED, to, &flaws);
	ok(t.len == 510 && flaws == (URL_BAD_UTF8 | VALUE_CUT),
	    "64 KiB of bad bytes are cut between characters: %zu", t.len);
	for (size_t i = 0; i + 2 < sizeof(raw); i += 3)
		memcpy(raw + i, "a@b", 3);
	flaws = 0;
	value_read((struct text){ raw, sizeof(raw) }, 0, to, &flaws);
	ok((flaws & VALUE_PII) == 0, "64 KiB of at signs end soon");
	for (size_t i = 0; i + 6 < sizeof(raw); i += 7)
		memcpy(raw + i, "a@b.cc,", 7);
	flaws = 0;
	t = value_read((struct text){ raw, sizeof(raw) }, 0, to, &flaws);
	ok(text_starts(t, TEXT("(email),(email),")) && t.len == VALUE_MAX,
	    "thousands of addresses are masked");
}

static void
paths(void)
{
	char to[64];
	unsigned flaws = 0;

	is(value_path(TEXT("/a/b"), to, sizeof(to), &flaws), "/a/b", "a path");
	is(value_path(TEXT("/@joe"), to, sizeof(to), &flaws), "/@joe", "a handle is no address");
	ok(flaws == 0, "and no flaw");
	is(value_path(TEXT("/u/joe@x.org/b%40y.de?"), to, sizeof(to), &flaws),
	    "/u/(email)/(email)?", "addresses in a path, coded or not");
	ok(flaws == VALUE_PII, "are told");
	is(value_path(TEXT("/joe@x.org/bbb"), to, 8, &flaws), "/(email)", "within the room");
}

/* What was read does not change when another value is. */
static void
rooms(void)
{
	char one[VALUE_MAX], two[VALUE_MAX], three[VALUE_MAX];
	unsigned flaws = 0;
	struct text a = value_read(TEXT("a%20b"), VALUE_CODED, one, &flaws);
	struct text b = value_read(TEXT("x@yz.de%20"), VALUE_CODED, two, &flaws);

	value_read(TEXT("%20%20c@dd.ee%20"), VALUE_CODED, three, &flaws);
	is(a, "a b", "a decoded value is its own");
	is(b, "(email)", "so is a masked one");
}

int
main(void)
{
	reading();
	rooms();
	long_ones();
	paths();
	return tap_end();
}
