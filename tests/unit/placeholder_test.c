#include <lead/domain/identity/placeholder.h>
#include <lead/domain/rules/rules.h>

#include "tap.h"

static void
built_in(void)
{
	static const char *const nobody[] = { "0", "0000000000", "000-000-000", "-", "-1",
		"null", "NULL", "N/A", "na", "none", "Unknown", "anonymous", "undefined",
		"(not set)", "#N/A", "test@test.com", "TEST@TEST.es", "noreply@acme.com",
		"no-reply@x.com", "acme-noreply@x.com", "do-not-reply@x.com",
		"none@none" };
	static const char *const somebody[] = { "1", "10", "ana@acme.com",
		"tester@test.com", "nonette@acme.com", "noah@reply.com", "+34910000000" };
	struct placeholder_error e;
	struct placeholder *p =
	    placeholder_new(rules_text("placeholders"), TEXT("email"), &e);

	ok(p != NULL, "the list that ships is sound");
	for (size_t i = 0; i < sizeof(nobody) / sizeof(nobody[0]); i++)
		ok(placeholder_match(p, text_of(nobody[i])) == RE_YES, "nobody: %s",
		    nobody[i]);
	for (size_t i = 0; i < sizeof(somebody) / sizeof(somebody[0]); i++)
		ok(placeholder_match(p, text_of(somebody[i])) == RE_NO, "somebody: %s",
		    somebody[i]);
	placeholder_free(p);
}

static void
own_list(void)
{
	struct placeholder_error e;
	struct placeholder *p = placeholder_new(
	    TEXT("key_type\tpattern\nphone\t^(\\d)\\1+$\n\t^(a)b\\1$\nemail\tinfo@\n"),
	    TEXT("phone"), &e);

	ok(p != NULL, "a list of one's own");
	ok(placeholder_match(p, TEXT("777")) == RE_YES, "a back reference is its own");
	ok(placeholder_match(p, TEXT("ABa")) == RE_YES, "also in the second pattern");
	ok(placeholder_match(p, TEXT("info@x")) == RE_NO, "other types' patterns rest");
	placeholder_free(p);

	p = placeholder_new(TEXT("key_type\tpattern\n"), TEXT("phone"), &e);
	ok(p != NULL && placeholder_match(p, TEXT("null")) == RE_NO,
	    "an empty list: nobody is nobody");
	placeholder_free(p);

	ok(placeholder_new(TEXT("pattern\n(a\n"), TEXT("phone"), &e) == NULL &&
	    e.line == 2 && e.at == 3, "a bad pattern, and where");
	ok(placeholder_new(TEXT(""), TEXT("phone"), &e) == NULL && e.why != NULL,
	    "no list at all");
}

int
main(void)
{
	built_in();
	own_list();
	return tap_end();
}
