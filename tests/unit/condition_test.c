/* Every operator on every kind of text: a table of what must hold. */
#include "tap.h"

#include <lead/base/when.h>
#include <lead/domain/import/clause.h>
#include <lead/domain/rules/condition.h>

static const struct {
	const char *op, *value, *text;
	enum condition_verdict want;
} cases[] = {
	{ "=", "Won", "Won", CONDITION_YES },
	{ "=", "Won", "won", CONDITION_NO },
	{ "=", "Won", "", CONDITION_NO },
	{ "!=", "Won", "Lost", CONDITION_YES },
	{ "!=", "Won", "Won", CONDITION_NO },
	{ "!=", "Won", "", CONDITION_NO },
	{ "!=", "Won", "  ", CONDITION_NO },
	{ "<", "10", "9.999999", CONDITION_YES },
	{ "<", "10", "10", CONDITION_NO },
	{ "<", "10", "9x", CONDITION_NO },
	{ ">", "9", "10", CONDITION_YES },
	{ ">", "9", "x", CONDITION_NO },
	{ ">", "-1", "-0.5", CONDITION_YES },
	{ "<=", "10", "10.000000", CONDITION_YES },
	{ "<=", "10", "10.000001", CONDITION_NO },
	{ ">=", "10", "10", CONDITION_YES },
	{ ">=", "10", "", CONDITION_NO },
	{ ">=", "2026-11-01", "2026-11-01", CONDITION_YES },
	{ "<", "2026-11-01", "2026-10-31", CONDITION_YES },
	{ "in", "ES, PT,PL", "PT", CONDITION_YES },
	{ "in", "ES, PT,PL", "P", CONDITION_NO },
	{ "!in", "ES,PT", "FR", CONDITION_YES },
	{ "!in", "ES,PT", "ES", CONDITION_NO },
	{ "!in", "ES,PT", "", CONDITION_NO },
	{ "~", "\\b(ceo|cto)\\b", "Interim CEO", CONDITION_YES },
	{ "~", "(?-i)\\bceo\\b", "CEO", CONDITION_NO },
	{ "~", "^$", "", CONDITION_NO },
	{ "!~", "^/jobs", "/about", CONDITION_YES },
	{ "!~", "^/jobs", "/jobs/1", CONDITION_NO },
	{ "!~", "^/jobs", "", CONDITION_NO },
	{ "~", "(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", CONDITION_LIMIT },
	{ "!~", "(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab", CONDITION_LIMIT },
	{ "?", "", "x", CONDITION_YES },
	{ "?", "", " ", CONDITION_NO },
	{ "!?", "", "", CONDITION_YES },
	{ "!?", "", "x", CONDITION_NO },
	{ "within", "-7d..+3d", "2026-11-03T10:00:00Z", CONDITION_YES },
	{ "within", "-7d..+3d", "2026-11-03T09:59:59Z", CONDITION_NO },
	{ "within", "-7d..+3d", "2026-11-13T10:00:00Z", CONDITION_YES },
	{ "within", "-7d..+3d", "2026-11-13T10:00:01Z", CONDITION_NO },
	{ "within", "-7d..+3d", "2026-11-03", CONDITION_YES },
	{ "within", "-7d..+3d", "2026-11-02", CONDITION_NO },
	{ "within", "-7d..+3d", "2026-11-13", CONDITION_YES },
	{ "within", "-7d..+3d", "2026-11-14", CONDITION_NO },
	{ "within", "0d..30d", "soon", CONDITION_NO },
};

static const struct {
	const char *op, *value;
	size_t at;
} faults[] = {
	{ "==", "x", 0 },
	{ "=", "", 0 },
	{ "in", "a,,b", 2 },
	{ "~", "a(b", 3 },
	{ "?", "x", 0 },
	{ "within", "7d", 0 },
	{ "within", "3d..-3d", 0 },
};

static void
test_clauses(void)
{
	struct text whole = TEXT("Deal Stage in Won,Lost && \"Sign in\" ? && a !~ x y");
	struct text rest = whole;
	struct condition_error e;
	struct clause c;

	ok(clause_next(whole, &rest, &c, &e), "the first clause");
	is(c.column, "Deal Stage", "a name of two words");
	condition_free(c.condition);
	ok(clause_next(whole, &rest, &c, &e), "the second clause");
	is(c.column, "Sign in", "a name with an operator in it, in quotes");
	condition_free(c.condition);
	ok(clause_next(whole, &rest, &c, &e), "the third clause");
	ok(condition_test(c.condition, TEXT("has x y in it"), 0) == CONDITION_NO,
	    "a value of two words");
	condition_free(c.condition);
	ok(!clause_next(whole, &rest, &c, &e) && e.why == NULL, "no fourth");
	whole = rest = TEXT("a = 1 && b is 2");
	ok(clause_next(whole, &rest, &c, &e), "a sound clause");
	condition_free(c.condition);
	ok(!clause_next(whole, &rest, &c, &e) && e.why != NULL && e.at == 9,
	    "then one that is none, told by its byte");
}

int
main(void)
{
	struct condition_error e;
	int64_t as_of;

	when_parse(TEXT("2026-11-10T10:00:00Z"), &as_of);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct condition *c = condition_new(text_of(cases[i].op),
		    text_of(cases[i].value), &e);

		ok(c != NULL && condition_test(c, text_of(cases[i].text), as_of) ==
		    cases[i].want, "\"%s\" %s %s", cases[i].text, cases[i].op,
		    cases[i].value);
		condition_free(c);
	}
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		struct condition *c = condition_new(text_of(faults[i].op),
		    text_of(faults[i].value), &e);

		ok(c == NULL && e.why != NULL && e.at == faults[i].at,
		    "no condition: %s %s", faults[i].op, faults[i].value);
		condition_free(c);
	}
	test_clauses();
	return tap_end();
}
