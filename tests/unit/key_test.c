#include <lead/domain/identity/key.h>

#include "tap.h"

struct spelling {
	const char *value, *normal; /* NULL: no key */
};

static void
is_its_own(enum key_form form, const struct phone_country *home, struct text normal)
{
	char to[KEY_MAX + 2];
	struct text again = TEXT_NONE;

	ok(key_normal(form, home, normal, to, &again) == KEY_OK &&
	    text_equal(again, normal), "%.*s is its own normal form", (int)normal.len,
	    normal.s);
}

static void
each(enum key_form form, const char *home, const struct spelling *s, size_t n)
{
	const struct phone_country *country =
	    home != NULL ? phone_country(text_of(home)) : NULL;

	for (size_t i = 0; i < n; i++) {
		char to[KEY_MAX + 2];
		struct text normal = TEXT_NONE;
		enum key_verdict v =
		    key_normal(form, country, text_of(s[i].value), to, &normal);

		if (s[i].normal != NULL) {
			is(normal, s[i].normal, "%s (%s)", s[i].value,
			    home != NULL ? home : "-");
			is_its_own(form, country, normal);
		} else {
			ok(v != KEY_OK, "%s (%s) is no key", s[i].value,
			    home != NULL ? home : "-");
		}
	}
}

#define EACH(form, home, ...)                                                          \
	do {                                                                           \
		const struct spelling cases[] = { __VA_ARGS__ };                       \
		each(form, home, cases, sizeof(cases) / sizeof(cases[0]));             \
	} while (0)

static void
addresses(void)
{
	static char longest[400], too_long[400];

	EACH(KEY_EMAIL, NULL, { " Ana@Acme.COM ", "ana@acme.com" },
	    { "mailto:Ana@acme.com?subject=x", "ana@acme.com" },
	    { "MAILTO: ana@acme.com", "ana@acme.com" },
	    { "ana@acme.com..", "ana@acme.com" },
	    { "A.n.a+X@Gmail.com", "ana+x@gmail.com" },
	    { "a.n.a@googlemail.com", "ana@googlemail.com" },
	    { "a.n.a@acme.com", "a.n.a@acme.com" },
	    { "ana+news@acme.com", "ana+news@acme.com" },
	    { "\xc3\x91u@acme.com", "\xc3\x91u@acme.com" },
	    { "Ana@M\xc3\xbcller.de", "ana@m\xc3\xbcller.de" }, { "", NULL },
	    { "  ", NULL }, { "@", NULL }, { "a@", NULL }, { "@b", NULL },
	    { "a@b@c", NULL }, { "\"a\"@b.c", NULL }, { "Ana <ana@b.c>", NULL },
	    { "a b@c.d", NULL }, { "a@b.c,d@e.f", NULL }, { "a\tb@c.d", NULL },
	    { "a@.c", NULL }, { ".@gmail.com", NULL }, { "ana", NULL });
	memset(longest, 'b', 320);
	memset(longest, 'a', 64);
	longest[64] = '@';
	memcpy(too_long, longest, 320);
	too_long[320] = 'b';
	EACH(KEY_EMAIL, NULL, { longest, longest }, { too_long, NULL });
	longest[64] = 'a';
	longest[65] = '@';
	EACH(KEY_EMAIL, NULL, { longest, NULL });
}

static void
phones(void)
{
	EACH(KEY_PHONE, NULL, { "+34 612 345 678", "+34612345678" },
	    { "0034612345678", "+34612345678" },
	    { "0 034 612345678", "+34612345678" }, { "+44 00 20 7946 0958", "+442079460958" },
	    { "0044 (0)20 7946 0958", "+442079460958" }, { "(+34) 612345678", "+34612345678" },
	    { "tel:+34-612-345-678", "+34612345678" }, { "612 34 56 78", "612345678" },
	    { "+44 (0)20 7946 0958", "+442079460958" },
	    { "+44 020 7946 0958", "+442079460958" },
	    { "+39 06 1234567", "+39061234567" },
	    { "+34 612\xc2\xa0""345\xe2\x80\x93""678", "+34612345678" },
	    { "612345678 ext. 12", "612345678" }, { "612345678x12", "612345678" },
	    { "612345678 #12", "612345678" }, { "+34612345678;ext=12", "+34612345678" },
	    { "612345678 extension", "612345678" }, { "1.23E+11", NULL },
	    { "call me", NULL }, { "123", NULL }, { "123456", NULL },
	    { "1234567", "1234567" }, { "123456789012345", "123456789012345" },
	    { "1234567890123456", NULL }, { "+123456", NULL }, { "+0612345678", NULL },
	    { "1234567890123456789012345678901234567890", NULL }, { "+", NULL },
	    { "612+345678", NULL }, { "555 ext 123456", NULL }, { "", NULL });
	EACH(KEY_PHONE, "ES", { "612 345 678", "+34612345678" },
	    { "34612345678", "+34612345678" }, { "+33612345678", "+33612345678" },
	    { "1234567", "1234567" });
	EACH(KEY_PHONE, "PT", { "912345678", "+351912345678" });
	EACH(KEY_PHONE, "PL", { "601 234 567", "+48601234567" },
	    { "0 22 123 45 67", "+48221234567" });
	EACH(KEY_PHONE, "uk", { "020 7946 0958", "+442079460958" },
	    { "07911 123456", "+447911123456" });
	EACH(KEY_PHONE, "FR", { "06 12 34 56 78", "+33612345678" },
	    { "612345678", "+33612345678" });
	EACH(KEY_PHONE, "DE", { "030/1234567", "+49301234567" },
	    { "0171 1234567", "+491711234567" });
	EACH(KEY_PHONE, "IT", { "06 1234567", "+39061234567" },
	    { "333 1234567", "+393331234567" });
	EACH(KEY_PHONE, "US", { "(212) 555-0123", "+12125550123" },
	    { "1-212-555-0123", "+12125550123" }, { "011 34 612345678", "+34612345678" },
	    { "555-0123", "5550123" });
	ok(phone_country(TEXT("XX")) == NULL, "a country that is not named");
}

static void
others(void)
{
	static char big[KEY_MAX + 2];
	char to[KEY_MAX + 2];
	struct text normal;

	EACH(KEY_EXACT, NULL, { " aB-1 ", "aB-1" }, { "", NULL });
	ok(key_normal(KEY_EXACT, NULL, TEXT("a\tb"), to, &normal) == KEY_CONTROL,
	    "a tab inside a key");
	memset(big, 'x', KEY_MAX + 1);
	ok(key_normal(KEY_EXACT, NULL, text_of(big), to, &normal) == KEY_LONG,
	    "a key above its length");
	big[KEY_MAX] = '\0';
	ok(key_normal(KEY_EXACT, NULL, text_of(big), to, &normal) == KEY_OK,
	    "a key of just that length");
	ok(key_type(TEXT("crm_id"))->single && key_type(TEXT("email"))->single &&
	    !key_type(TEXT("phone"))->single, "single-valued: crm_id and email");
	ok(!key_type(TEXT("visitor_id"))->anchor && key_type(TEXT("nif"))->anchor,
	    "a visitor alone is no lead");
}

int
main(void)
{
	addresses();
	phones();
	others();
	return tap_end();
}
