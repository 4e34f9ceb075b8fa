/* referrer_test.c - whose host it is, and what sources are called */
#include <lead/domain/rules/rules.h>
#include <lead/domain/source/referrer.h>
#include <lead/domain/source/source.h>

#include "tap.h"

static const char table[] = "class\tname\thosts\tterms\n"
    "search\tgoogle\tgoogle.{} {}.find.com\tq as_q\n"
    "shopping\tgoogle shopping\tgoogle.{}/shopping google.{}/shopping/deep\t\n"
    "social\tbook\t.book.com b.ook\t\n"
    "mail\tbook mail\tmail.book.com com.book.mail\t\n"
    "ai\tbot\tbook.com/bot\t\n";

static const struct {
	const char *host, *path, *name;
} asked[] = {
	{ "google.com", "/", "google" },
	{ "www.google.de", "/search", "google" },
	{ "google.co.uk", "", "google" },
	{ "google.com.br", "", "google" },
	{ "google.org.uk", "", "google" },
	{ "google.info", "", "" },
	{ "google.evil.de", "", "" },
	{ "google", "", "" },
	{ "notgoogle.de", "", "" },
	{ "google.de", "/shopping", "google shopping" },
	{ "google.de", "/shopping/x", "google shopping" },
	{ "google.de", "/shoppings", "google" },
	{ "de.find.com", "", "google" },
	{ "x1.find.com", "", "" },
	{ "find.com", "", "" },
	{ "book.com", "/", "book" },
	{ "book.com", "/bot/1", "bot" },
	{ "m.book.com", "/bot/1", "book" },
	{ "a.b.book.com", "", "book" },
	{ "facebook.com", "", "" },
	{ "mail.book.com", "", "book mail" },
	{ "com.book.mail", "", "book mail" },
	{ "x.b.ook", "", "" },
	{ "", "", "" },
};

static void
finding(void)
{
	struct sheet s;
	struct referrers *r = referrer_new(text_of(table), &s);
	bool by_path;

	for (size_t i = 0; i < sizeof(asked) / sizeof(asked[0]); i++) {
		const struct referrer *f = referrer_find(r, text_of(asked[i].host),
		    text_of(asked[i].path), NULL);

		is(f != NULL ? f->name : TEXT_NONE, asked[i].name, "%s%s", asked[i].host,
		    asked[i].path);
	}
	referrer_find(r, TEXT("google.de"), TEXT("/"), &by_path);
	ok(by_path, "of google.de the path may decide");
	referrer_find(r, TEXT("b.ook"), TEXT("/"), &by_path);
	ok(!by_path, "of b.ook it does not");
	is(text_of(referrer_named(r, TEXT("book mail"))->medium), "email", "mail is email");
	ok(referrer_named(r, TEXT("google.de")) == NULL, "a host is no name");
	referrer_free(r);
	referrer_free(NULL);
	ok(referrer_new(TEXT("class\tname\thosts\nshop\tx\ty\n"), &s) == NULL &&
	    s.line == 2 && s.at == 1, "a class that is none is refused");
	ok(referrer_new(TEXT("class\tname\thosts\nmail\tx\t\n"), &s) == NULL &&
	    s.line == 2, "so is a row without hosts");
}

static const struct {
	const char *source, *name, *category;
} sources[] = {
	{ "facebook", "facebook", "social" },
	{ "fb", "facebook", "social" },
	{ "m.facebook.com", "facebook", "social" },
	{ "google ads", "google", "search" },
	{ "google.co.uk", "google", "search" },
	{ "youtube.com", "youtube", "video" },
	{ "google shopping", "google shopping", "shopping" },
	{ "chatgpt.com", "chatgpt", "ai" },
	{ "stackexchange", "stackexchange", "social" },
	{ "mail.yahoo.com", "yahoo mail", "" },
	{ "newsletter", "newsletter", "" },
	{ "", "", "" },
};

static void
naming(void)
{
	struct sheet s;
	struct referrers *r = referrer_new(rules_text("referrers"), &s);
	struct source_book *b = source_new(r, &s);
	struct source f;

	ok(r != NULL && b != NULL, "the built-in tables are sound");
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
		f = source_find(b, text_of(sources[i].source));
		is(f.name, sources[i].name, "name of %s", sources[i].source);
		is(f.category, sources[i].category, "category of %s", sources[i].source);
	}
	ok(source_load(b, TEXT("alias\tname\tcategory\tchannel\nFB\tmeta\n"
	    "meta\t\tsocial\tour_social\ngoogle\tg\n"), &s), "the user's table is read");
	f = source_find(b, TEXT("fb"));
	is(f.name, "meta", "it comes first");
	is(f.channel, "our_social", "and may give the channel");
	is(source_find(b, TEXT("google")).name, "g", "even to names that are built in");
	ok(!source_load(b, TEXT("alias\tname\n\tx\n"), &s) && s.line == 2,
	    "a row without alias is refused");
	source_free(b);
	referrer_free(r);
}

int
main(void)
{
	finding();
	naming();
	return tap_end();
}
