/* re_test.c - patterns: what compiles, what matches, and what is too hard */
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <lead/base/re.h>

#include "tap.h"

static char as[3 << 20];

static enum re_verdict
verdict(const char *pattern, struct text subject)
{
	const char *why;
	size_t at;
	struct re *r = re_new(text_of(pattern), false, &why, &at);
	enum re_verdict v;

	if (r == NULL)
		return (enum re_verdict)-1;
	v = re_match(r, subject);
	re_free(r);
	return v;
}

static const char *
refused(struct text pattern, size_t *at)
{
	const char *why = NULL;
	struct re *r = re_new(pattern, false, &why, at);

	re_free(r);
	return r == NULL ? why : NULL;
}

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
bytes(void)
{
	const char *why;
	size_t at;
	struct re *r = re_new(TEXT("^CPC$"), true, &why, &at);

	ok(re_match(r, TEXT("cpc")) == RE_YES, "case is ignored when asked");
	ok(re_match(r, TEXT("cpcx")) == RE_NO, "and only the whole matches");
	ok(re_match(r, TEXT("cpc\n")) == RE_NO, "$ is the end, not a last line feed");
	ok(re_match(r, (struct text){ NULL, 0 }) == RE_NO, "an empty subject is fine");
	re_free(r);
	ok(verdict("CPC", TEXT("cpc")) == RE_NO, "case matters when not asked");
	ok(verdict("", TEXT("x")) == RE_YES, "the empty pattern holds for all");
	ok(verdict("^..$", TEXT("\xc3\xa9")) == RE_YES, "a pattern counts bytes, not letters");
	ok(verdict("b", (struct text){ "a\0b", 3 }) == RE_YES, "a NUL does not end the subject");
	ok(verdict("^\\xff$", TEXT("\xff")) == RE_YES, "bytes that are no UTF-8 match");
}

static void
refusals(void)
{
	static const char *const bad[] = { "(", "[", "*a", "a\\", "(?", "\\C",
		"(*UTF)a", "(*UCP)a", "(*NO_JIT)a", "(*LIMIT_MATCH=9)a",
		"(*ANYCRLF)a", "(?(R)a|b", "(?1)" };
	static char deep[700];
	size_t at;

	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ok(refused(text_of(bad[i]), &at) != NULL, "%s is refused", bad[i]);
	refused(TEXT("ab[c"), &at);
	ok(at == 4, "the offset points at the place: %zu", at);
	memset(deep, '(', 300);
	memset(deep + 300, ')', 300);
	ok(refused((struct text){ deep, 600 }, &at) != NULL, "300 parentheses deep is refused");
	ok(refused((struct text){ as, RE_PATTERN_MAX }, &at) == NULL, "4096 bytes are a pattern");
	ok(refused((struct text){ as, RE_PATTERN_MAX + 1 }, &at) != NULL, "4097 are not");
	ok(refused((struct text){ as, 1 << 20 }, &at) != NULL, "nor is a megabyte");
	ok(refused(TEXT("(((ab){1,1000}c){1,9}){1,9}"), &at) != NULL,
	    "what grows past the compiler is refused");
	ok(verdict("(?C1)a", TEXT("a")) == RE_YES, "a callout without a function is nothing");
}

/* Each is exponential or quadratic on a run of the letter a and one !. */
static void
limits(void)
{
	static const char *const hard[] = { "^(a+)+$", "^(a|aa)+$", "(a+a+)+[yz]",
		"^(a|a?)+$", "([a-z]+)*\\d" };
	static const char *const slow[] = { "a+[0-9]", ".*.*=.*" };
	struct text eight = { as + sizeof(as) - RE_SUBJECT_MAX, RE_SUBJECT_MAX };

	as[sizeof(as) - 1] = '!';
	for (size_t i = 0; i < sizeof(hard) / sizeof(hard[0]); i++) {
		double from = seconds();
		enum re_verdict v = verdict(hard[i], eight);

		ok(v == RE_LIMIT, "%s on 8 KiB is too hard, not no match: %d", hard[i], (int)v);
		ok(seconds() - from < 0.5, "and ends soon");
	}
	eight.s = as;
	for (size_t i = 0; i < sizeof(slow) / sizeof(slow[0]); i++) {
		double from = seconds();
		enum re_verdict v = verdict(slow[i], eight);

		ok(v == RE_NO || v == RE_LIMIT, "%s on 8 KiB gives a verdict", slow[i]);
		ok(seconds() - from < 2, "and ends soon");
	}
	ok(verdict("a$", eight) == RE_YES, "8192 bytes are a subject");
	ok(verdict("a", (struct text){ as, RE_SUBJECT_MAX + 1 }) == RE_LIMIT, "8193 are not");
	ok(verdict("^(?:a|b)*c", (struct text){ as, 2 << 20 }) == RE_LIMIT, "nor are 2 MB");
	ok(verdict("^(?:(a)|b)*+$", eight) == RE_YES,
	    "a match that outgrows the JIT stack is found by the interpreter");
	ok(verdict("(?R)|x", TEXT("a")) == RE_LIMIT, "recursion without end is too hard");
	ok(verdict("^(a(?1)?b)$", TEXT("aaabbb")) == RE_YES, "recursion with an end is fine");
}

static void
groups(void)
{
	const char *why;
	size_t at;
	struct re *r = re_new(TEXT("(\\w+)@(x)?(\\w+)"), false, &why, &at);
	struct text g[6];

	ok(re_capture(r, TEXT("to ann@host now"), g, 6) == RE_YES, "a capture matches");
	is(g[0], "ann@host", "group 0 is the match");
	is(g[1], "ann", "group 1");
	is(g[2], "", "a group that took no part is empty");
	is(g[3], "host", "group 3");
	is(g[5], "", "a group past the last is empty");
	ok(re_capture(r, TEXT("nothing"), g, 6) == RE_NO && g[0].len == 0,
	    "no match leaves no groups");
	re_free(r);
	r = re_new(TEXT("(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)"
	    "(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)(a)"), false, &why, &at);
	ok(re_match(r, (struct text){ as, 36 }) == RE_YES, "more groups than are kept match");
	re_free(r);
	re_free(NULL);
}

static void
all(void)
{
	memset(as, 'a', sizeof(as));
	bytes();
	refusals();
	limits();
	groups();
}

/* In a process of its own: the first pattern decides for all. */
static int
without_jit(void)
{
	int status = -1;
	pid_t child = fork();

	if (child == 0) {
		setenv("LEAD_NO_JIT", "1", 1);
		if (freopen("/dev/null", "w", stdout) == NULL)
			_exit(9);
		all();
		_exit(tap_bad != 0);
	}
	return waitpid(child, &status, 0) == child && status == 0;
}

int
main(void)
{
	ok(without_jit(), "every check below holds where JIT code cannot be had");
	all();
	return tap_end();
}
