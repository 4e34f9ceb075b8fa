/* Formats as servers write them, lines cut by them, and what escapes mean. */
#include "tap.h"

#include <lead/base/clf.h>
#include <lead/base/weblog.h>
#include <lead/base/when.h>

static struct weblog *
compile(const char *format)
{
	const char *why = NULL;
	size_t at;
	struct weblog *w = weblog_new(text_of(format), &why, &at);

	ok(w != NULL, "compiles: %s (%s)", format, why != NULL ? why : "");
	return w;
}

static void
names(const char *format, const char *const *want)
{
	struct weblog *w = compile(format);
	size_t n = 0;

	for (; want[n] != NULL; n++)
		is(weblog_name(w, n), want[n], "part %zu of %s", n, format);
	ok(weblog_nparts(w) == n, "no more parts in %s", format);
	weblog_free(w);
}

static void
test_names(void)
{
	names("combined", (const char *const[]){ "remote_addr", "remote_ident",
	    "remote_user", "time_local", "request", "status", "body_bytes_sent",
	    "http_referer", "http_user_agent", NULL });
	names("$remote_addr ${cookie_Uid}x$arg_vid \"$http_x_id\"", (const char *const[]){
	    "remote_addr", "cookie_Uid", "arg_vid", "http_x_id", NULL });
	names("%a %{Uid}C %{X-Id}i %{sec}t %{%Y-%m-%d}t %400,501{Referer}i %>s %%",
	    (const char *const[]){ "remote_addr", "cookie_Uid", "http_x_id", "time_sec",
	    "time:%Y-%m-%d", "http_referer", "status", NULL });
}

static void
test_faults(void)
{
	static const struct {
		const char *format;
		size_t at;
	} faults[] = {
		{ "", 0 }, { "plain words", 11 }, { "$a$b", 2 }, { "$", 1 }, { "${a", 3 },
		{ "%h%l", 2 }, { "%h %Z", 4 }, { "%h %{a}Z", 7 }, { "%{a", 2 },
	};
	const char *why;
	size_t at;

	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		struct weblog *w = weblog_new(text_of(faults[i].format), &why, &at);

		ok(w == NULL && at == faults[i].at, "no format, told at byte %zu: %s",
		    faults[i].at, faults[i].format);
		weblog_free(w);
	}
}

static void
test_lines(void)
{
	struct weblog *w = compile("$remote_addr - $remote_user [$time_local] \"$request\"");
	struct text part[WEBLOG_PARTS_MAX];
	size_t stuck;

	ok(weblog_parse(w, TEXT("1.2.3.4 - a b [t] \"G \\\"x\\\\\""), part, &stuck),
	    "a line of the format");
	is(part[1], "a b", "a user name with a blank");
	is(part[3], "G \\\"x\\\\", "escaped quotes and backslashes stay in");
	ok(!weblog_parse(w, TEXT("1.2.3.4 - a b [t] \"G \" x\""), part, &stuck) &&
	    stuck == 4, "a raw quote ends the part, and the line is none");
	ok(!weblog_parse(w, TEXT("1.2.3.4 - a b [t] \"G\" x"), part, &stuck) && stuck == 4,
	    "the line goes on after the last part");
	ok(!weblog_parse(w, TEXT("1.2.3.4 - a b t \"G\""), part, &stuck) && stuck == 1,
	    "no bracket: told where it stopped");
	ok(!weblog_parse(w, TEXT(""), part, &stuck), "an empty line");
	weblog_free(w);
}

static void
test_plain(void)
{
	char to[64];

	is(clf_plain(to, TEXT("a\\x22b\\\\c\\\"d\\n\\t")), "a\"b\\c\"d\n\t", "escapes undone");
	is(clf_plain(to, TEXT("caf\\xC3\\xa9")), "caf\xc3\xa9", "UTF-8 by its bytes");
	is(clf_plain(to, TEXT("\\xE9")), "\\xE9", "what is no UTF-8 stays as written");
	is(clf_plain(to, TEXT("a\\x1b[0m")), "a\\x1b[0m", "control bytes stay as written");
	is(clf_plain(to, TEXT("\\q \\x1 \\xzz \\")), "\\q \\x1 \\xzz \\", "no escapes");
}

static void
test_time(void)
{
	struct clf_day day = { .day = 0 };
	int64_t us, want;

	when_parse(TEXT("2015-05-17T10:05:03Z"), &want);
	ok(clf_time(TEXT("17/May/2015:10:05:03 +0000"), &day, &us) && us == want, "UTC");
	ok(clf_time(TEXT("17/May/2015:12:35:03 +0230"), &day, &us) && us == want,
	    "an offset ahead, the date remembered");
	ok(clf_time(TEXT("16/May/2015:23:05:03 -1100"), &day, &us) && us == want,
	    "an offset behind, on the day before");
	ok(!clf_time(TEXT("31/Apr/2015:10:05:03 +0000"), &day, &us), "no such day");
	ok(clf_time(TEXT("17/May/2015:10:05:03 +0000"), &day, &us) && us == want,
	    "a bad date is not remembered");
}

int
main(void)
{
	test_names();
	test_faults();
	test_lines();
	test_plain();
	test_time();
	return tap_end();
}
