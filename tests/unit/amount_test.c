/* Amounts as exports write them, by the form of a map: a table of what they are. */
#include "tap.h"

#include <lead/domain/import/amount.h>

#define NBSP "\xc2\xa0"
#define NARROW "\xe2\x80\xaf"
#define MINUS "\xe2\x88\x92"
#define RAISED "\xe2\x80\x99" /* an apostrophe, as Swiss exports have it */

enum { OK, EMPTY, BAD, SCALE, OVERFLOW, UNSIGNED, SIGNED, OTHER };

static const struct {
	const char *form, *cell;
	int verdict;
	const char *want;
} cases[] = {
	/* no currency: only digits, marks and a minus */
	{ "", "1234.5", OK, "1234.5" },
	{ "", " -1234.5" NBSP, OK, "-1234.5" },
	{ "", MINUS "7", OK, "-7" },
	{ "", "144.", OK, "144" },
	{ "", NBSP, EMPTY, "" },
	{ "", "$5", SIGNED, "" },
	{ "", "5 EUR", SIGNED, "" },
	{ "", "5 x", BAD, "" },
	{ "", "5 %", BAD, "" },
	{ "", "N/A", BAD, "" },
	{ "", "-", BAD, "" },
	{ "", "--", BAD, "" },
	{ "", "(5)", BAD, "" },
	{ "", "5-", BAD, "" },
	{ "", "1,234", BAD, "" },
	{ "", "0.0000001", SCALE, "" },
	{ "round", "0.0000005", OK, "0.000001" },
	{ "", "9223372036854.775808", OVERFLOW, "" },
	/* marks of thousands */
	{ "1,234.56", "1,234,567.8", OK, "1234567.8" },
	{ "1,234.56", "1.234,56", BAD, "" },
	{ "1 234,56", "1" NBSP "234,5", OK, "1234.5" },
	{ "1 234,56", "1" NARROW "234 567,5", OK, "1234567.5" },
	{ "1" NARROW "234,56", "1 234,5", OK, "1234.5" },
	{ "1 234,56", "12 34,5", BAD, "" },
	{ "1'234.56", "1" RAISED "234.5", OK, "1234.5" },
	{ "1" RAISED "234.56", "1'234.5", OK, "1234.5" },
	{ "12,34,567.89", "12,34,567.8", OK, "1234567.8" },
	{ "12,34,567.89", "1,234,567.8", BAD, "" },
	{ "1,234.56", "12,34,567.8", BAD, "" },
	/* with a currency: its own alone, on either side, with blanks or without */
	{ "$1,234.56", "$1,234.56", OK, "1234.56" },
	{ "$1,234.56", "$ 1,234.56 ", OK, "1234.56" },
	{ "$1,234.56", "-$1,234.56", OK, "-1234.56" },
	{ "$1,234.56", "$-1,234.56", OK, "-1234.56" },
	{ "$1,234.56", "$" MINUS "1,234.56", OK, "-1234.56" },
	{ "$1,234.56", "$.5", BAD, "" },
	{ "$1,234.56", "1,234.56", UNSIGNED, "" },
	{ "$1,234.56", "0", UNSIGNED, "" },
	{ "$1,234.56", "\xe2\x82\xac" "1,234.56", OTHER, "" },
	{ "$1,234.56", "C$1,234.56", OTHER, "" },
	{ "$1,234.56", "EUR 1,234.56", OTHER, "" },
	{ "$1,234.56", "$5 USD", BAD, "" },
	{ "$1,234.56", "$$5", BAD, "" },
	{ "$1,234.56", "$", BAD, "" },
	{ "$1,234.56", "", EMPTY, "" },
	{ "1.234,56 \xe2\x82\xac", "1.234,56" NBSP "\xe2\x82\xac", OK, "1234.56" },
	{ "1.234,56 \xe2\x82\xac", MINUS "1.234,56 \xe2\x82\xac", OK, "-1234.56" },
	{ "1.234,56 \xe2\x82\xac", "\xe2\x82\xac 5", OK, "5" },
	{ "1.234,56 \xe2\x82\xac", "5 $", OTHER, "" },
	{ "1.234,56 \xe2\x82\xac", "$5", OTHER, "" },
	{ "1.234,56 \xe2\x82\xac", "5,00", UNSIGNED, "" },
	{ "EUR 1,234.56", "EUR 1,234.5", OK, "1234.5" },
	{ "EUR 1,234.56", "1,234.5 eur", OK, "1234.5" },
	{ "EUR 1,234.56", "USD 1,234.5", OTHER, "" },
	{ "Rs. 12,34,567.89", "Rs. 1,00,000", OK, "100000" },
	{ "1.234,56 kr.", "1.234,50 kr.", OK, "1234.5" },
	{ "1 234,56 z\xc5\x82", "1" NBSP "234,56" NBSP "z\xc5\x82", OK, "1234.56" },
	{ "CHF 1'234.56:round", "CHF 1" RAISED "234.5600001", OK, "1234.56" },
	/* as accountants write what is negative, and zero */
	{ "(1,234.56)", "(1,234.56)", OK, "-1234.56" },
	{ "(1,234.56)", "1,234.56", OK, "1234.56" },
	{ "(1,234.56)", "-1,234.56", OK, "-1234.56" },
	{ "(1,234.56)", "-", OK, "0" },
	{ "(1,234.56)", "-(5)", BAD, "" },
	{ "(1,234.56)", "(-5)", BAD, "" },
	{ "(1,234.56)", "((5))", BAD, "" },
	{ "(1,234.56)", "(5", BAD, "" },
	{ "(1,234.56)", "5)", BAD, "" },
	{ "(1,234.56)", "()", BAD, "" },
	{ "($1,234.56)", "($5)", OK, "-5" },
	{ "($1,234.56)", "$(5)", OK, "-5" },
	{ "($1,234.56)", "$ (5.00)", OK, "-5" },
	{ "($1,234.56)", " $ -   ", OK, "0" },
	{ "($1,234.56)", "(5)", UNSIGNED, "" },
	{ "(1.234,56 \xe2\x82\xac)", "(5,00 \xe2\x82\xac)", OK, "-5" },
	{ "(1.234,56 \xe2\x82\xac)", "(5,00) \xe2\x82\xac", OK, "-5" },
	{ "micros", "36150000", OK, "36.15" },
	{ "micros", "1.5", BAD, "" },
	{ "micros", "$1", SIGNED, "" },
};

static const char *const faults[] = { "1.234.56", "x", "1234.5", "-1,234.56", "(-1,234.56)",
	"@1,234.56", "Dollar 1,234.56", "$1,234.56 USD", "$", "$micros", "ground", "1,234.56xround" };

static const struct {
	const char *sign, *codes;
} signs[] = { { "EUR", "EUR" }, { "\xe2\x82\xac", "EUR" }, { "R$", "BRL" }, { "KR", "DKK,ISK,NOK,SEK" },
	{ "Eur", "" }, { "", "" }, { "%", "" }, { "x", "" } };

static void
check(size_t i)
{
	struct amount_form form;
	char out[NUM_TEXT];
	int64_t micros;
	const char *why = amount_form_read(text_of(cases[i].form), &form);

	ok(why == NULL, "a form: %s", cases[i].form);
	ok((int)amount_read(&form, text_of(cases[i].cell), &micros) == cases[i].verdict,
	    "verdict of \"%s\" as \"%s\"", cases[i].cell, cases[i].form);
	if (cases[i].verdict == OK)
		is(num_put(out, micros), cases[i].want, "\"%s\" as \"%s\"", cases[i].cell,
		    cases[i].form);
}

int
main(void)
{
	struct amount_form form;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		check(i);
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
		ok(amount_form_read(text_of(faults[i]), &form) != NULL, "no form: %s",
		    faults[i]);
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		is(amount_currencies(text_of(signs[i].sign)), signs[i].codes, "codes of \"%s\"",
		    signs[i].sign);
	return tap_end();
}
