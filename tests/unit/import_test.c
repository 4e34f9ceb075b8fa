/* Small modules behind lead-import: addresses, charsets, JSON, rates, versions. */
#include "tap.h"

#include <lead/base/field.h>
#include <lead/base/ip.h>
#include <lead/base/json.h>
#include <lead/base/quote.h>
#include <lead/base/tsv.h>
#include <lead/base/utf8.h>
#include <lead/base/when.h>
#include <lead/domain/identity/visitor.h>
#include <lead/domain/import/bots.h>
#include <lead/domain/import/naming.h>
#include <lead/domain/import/rates.h>
#include <lead/domain/import/snapshot.h>

static void
test_ip(void)
{
	static const char *const good[] = { "0.0.0.0", "255.255.255.255", "::", "::1",
		"2001:db8::", "1:2:3:4:5:6:7:8", "::ffff:1.2.3.4", "fe80::1%eth0",
		"2001:DB8::A" };
	static const char *const bad[] = { "", "1.2.3", "1.2.3.4.5", "256.1.1.1", "1..2.3",
		"01234.1.1.1", ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
		"12345::", "g::", "1.2.3.4::" };
	struct ip a, b;
	struct ip_set *s = ip_set_new();

	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		ok(ip_parse(text_of(good[i]), &a), "an address: %s", good[i]);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		ok(!ip_parse(text_of(bad[i]), &a), "no address: %s", bad[i]);
	ip_parse(TEXT("1.2.3.4"), &a);
	ip_parse(TEXT("::ffff:1.2.3.4"), &b);
	ok(a.hi == b.hi && a.lo == b.lo, "a mapped address is the address");
	ok(ip_set_add(s, TEXT("10.0.0.0/8")) && ip_set_add(s, TEXT("2001:db8::/33")) &&
	    ip_set_add(s, TEXT("192.0.2.7")), "networks");
	ok(!ip_set_add(s, TEXT("10.0.0.0/33")) && !ip_set_add(s, TEXT("10/8")) &&
	    !ip_set_add(s, TEXT("::/129")) && !ip_set_add(s, TEXT("1.2.3.4/")), "no networks");
	ip_parse(TEXT("10.255.0.1"), &a);
	ok(ip_set_has(s, a), "inside /8");
	ip_parse(TEXT("11.0.0.1"), &a);
	ok(!ip_set_has(s, a), "outside /8");
	ip_parse(TEXT("2001:db8:7fff::1"), &a);
	ok(ip_set_has(s, a), "inside /33");
	ip_parse(TEXT("2001:db8:8000::1"), &a);
	ok(!ip_set_has(s, a), "outside /33");
	ok(ip_is_name(TEXT("client-1.example")) && !ip_is_name(TEXT("1.2.3")) &&
	    !ip_is_name(TEXT("a b")), "names have a letter, no blanks");
	ip_set_free(s);
}

static void
test_utf8(void)
{
	static const struct {
		const char *text;
		size_t sound;
	} cases[] = {
		{ "plain ascii, longer than eight", 30 }, { "\xc3\xa9", 2 }, { "\xe2\x82\xac", 3 },
		{ "\xf0\x9f\x98\x80", 4 }, { "a\xc0\x80", 1 }, { "a\xed\xa0\x80", 1 },
		{ "a\xf4\x90\x80\x80", 1 }, { "a\x80", 1 }, { "12345678\xe2\x82", 8 },
		{ "a\xe0\x80\xaf", 1 }, { "\xf8\x88\x80\x80\x80", 0 },
	};
	char to[32];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		ok(utf8_sound(text_of(cases[i].text)) == cases[i].sound,
		    "sound up to byte %zu: case %zu", cases[i].sound, i);
	ok(utf8_is_cut(TEXT("a\xe2\x82"), 1) && !utf8_is_cut(TEXT("a\xe2("), 1) &&
	    !utf8_is_cut(TEXT("a\x80"), 1), "cut is not broken");
	is(utf8_from_latin1(to, TEXT("\x80 \xe9\xff\x81")), "\xe2\x82\xac \xc3\xa9\xc3\xbf\xc2\x81",
	    "windows-1252, its holes as controls");
}

static void
test_quote(void)
{
	char c;

	ok(quote_separator(TEXT("\"a,b,c\";d;e")) == ';', "commas in quotes do not count");
	ok(quote_separator(TEXT("a,b;c")) == ',', "of equals the comma");
	ok(quote_separator(TEXT("abc")) == '\0', "none");
	ok(quote_says_separator(TEXT("SEP=|"), &c) && c == '|', "sep=");
	ok(!quote_says_separator(TEXT("sep=ab"), &c), "sep= of two bytes is a header");
	ok(quote_culprit(TEXT("1,\"a\",na\"me,\"x\n"), ',') == 8, "a quote in a field");
	ok(quote_culprit(TEXT("1,\"a\"b,c\n"), ',') == 2, "text after a closing quote");
	ok(quote_culprit(TEXT("\"1\",\"x\n2\",3\n"), ',') == 4, "all sound: that over a line end");
}

static void
test_json(void)
{
	struct json *j = json_new();
	const char *reason, *words;

	ok(json_parse(j, TEXT("{\"a\":1.50,\"b\":{\"c\":\"x\"},\"d\":[1],\"e\":null}"), &reason,
	    &words) && json_nkeys(j) == 3 && json_arrays(j) == 1, "keys, an array left out");
	is(json_values(j)[0], "1.50", "a number keeps its text");
	is(json_names(j)[1], "b.c", "the name of a value inside");
	ok(json_parse(j, TEXT("{\"b\":{\"c\":true},\"z\":12345678901234567890}"), &reason,
	    &words), "another object");
	is(json_values(j)[0], "", "a key that is not there is empty");
	is(json_values(j)[1], "true", "a word");
	is(json_values(j)[3], "12345678901234567890", "64 bits");
	ok(!json_parse(j, TEXT("{\"z\":123456789012345678901}"), &reason, &words),
	    "no digit of a longer number is lost in silence");
	ok(!json_parse(j, TEXT("{'a':1}"), &reason, &words) &&
	    !json_parse(j, TEXT("{\"a\":1,}"), &reason, &words) &&
	    !json_parse(j, TEXT("{\"a\":1} x"), &reason, &words) &&
	    !json_parse(j, TEXT("[]"), &reason, &words) &&
	    !json_parse(j, TEXT("{\"a\":\"\xff\"}"), &reason, &words), "no JSON objects");
	json_free(j);
}

static const char *
add_rate(struct rates *r, const char *day, const char *from, const char *to,
    const char *rate)
{
	struct text field[RATES_COLUMNS] = { text_of(day), text_of(from), text_of(to),
		text_of(rate) };
	size_t bad;

	return rates_add(r, field, &bad);
}

static void
test_rates(void)
{
	struct rates *r = rates_new();
	int64_t day, out;

	when_parse_day(TEXT("2026-11-02"), &day);
	ok(add_rate(r, "2026-11-03", "USD", "EUR", "0.9") == NULL &&
	    add_rate(r, "2026-11-01", "USD", "EUR", "0.8") == NULL &&
	    add_rate(r, "2026-11-01", "VND", "EUR", "0.000034567891") == NULL, "rates");
	ok(add_rate(r, "2026-11-01", "USD", "GBP", "1") != NULL, "one currency to");
	ok(add_rate(r, "2026-11-01", "USD", "EUR", "0") != NULL &&
	    add_rate(r, "2026-11-01", "USD", "EUR", "1.") != NULL &&
	    add_rate(r, "2026-11-01", "usd", "EUR", "1") != NULL &&
	    add_rate(r, "2026-13-01", "USD", "EUR", "1") != NULL, "no rates");
	ok(rates_ready(r), "ready");
	ok(rates_convert(r, TEXT("USD"), day, 100, &out) == RATES_OK && out == 80, "the last before");
	ok(rates_convert(r, TEXT("USD"), day + 1, 100, &out) == RATES_OK && out == 90, "on the day");
	ok(rates_convert(r, TEXT("USD"), day - 2, 100, &out) == RATES_NONE, "before the first");
	ok(rates_convert(r, TEXT("EUR"), day, 100, &out) == RATES_SAME && out == 100, "the same");
	ok(rates_convert(r, TEXT("VND"), day, 1000000 * 1000000LL, &out) == RATES_OK &&
	    out == 34567891, "twelve decimals");
	ok(rates_convert(r, TEXT("USD"), day + 1, -5, &out) == RATES_OK && out == -5,
	    "half away from zero: -4.5");
	ok(add_rate(r, "2026-11-01", "USD", "EUR", "0.81") == NULL && !rates_ready(r),
	    "two rates of one day");
	rates_free(r);
}

static void
put(struct snapshot *s, const char *key, int64_t at, const char *raw, bool want)
{
	struct text cell = text_of(raw);
	struct snapshot_record r = { &cell, text_of(raw), "f", 1 };

	ok(snapshot_add(s, text_of(key), at, &r) == want, "version %s of %s", raw, key);
}

static void
test_snapshot(void)
{
	struct snapshot *s = snapshot_new(1);
	struct snapshot_record r;

	put(s, "b", 5, "b5", false);
	put(s, "a", 1, "a1", false);
	put(s, "b", 4, "b4", true);
	put(s, "b", 6, "b6", true);
	put(s, "b", 6, "b6 later in bytes", true);
	put(s, "b", 6, "a", true);
	put(s, "", 1, "x", false);
	put(s, "", 1, "x", false);
	snapshot_sort(s);
	ok(snapshot_count(s) == 4, "one a key, and those of nobody");
	snapshot_get(s, 2, &r);
	is(r.cell[0], "a1", "in order of the key");
	snapshot_get(s, 3, &r);
	is(r.cell[0], "b6 later in bytes", "the newest, of equals the greater bytes");
	snapshot_free(s);
}

static void
test_naming(void)
{
	struct naming w = { 0 };
	size_t a = naming_add_foreign(&w, TEXT(" Deal-ID (#) "), 1);

	is(w.name[a], "deal_id", "a normal name");
	is(w.name[naming_add_foreign(&w, TEXT("A\xc3\x91O"), 2)], "a\xc3\x91o", "letters beyond ASCII stay");
	is(w.name[naming_add_foreign(&w, TEXT("--"), 3)], "column_3", "no name");
	ok(naming_add_foreign(&w, TEXT("deal id"), 4) == a, "the same name");
	ok(naming_rename(&w, a, TEXT("column_3")) != NULL &&
	    naming_rename(&w, a, TEXT("x")) == NULL, "a name that is taken");
	naming_clear(&w);
}

static void
test_visitor(void)
{
	struct visitor_rules rules;
	char a[VISITOR_LEN], b[VISITOR_LEN];

	ok(visitor_parse(TEXT("cookie:a,param:b,ip+ua"), &rules) == NULL && rules.n == 3, "rules");
	ok(visitor_parse(TEXT("cookie:"), &rules) != NULL &&
	    visitor_parse(TEXT("ip"), &rules) != NULL && visitor_parse(TEXT(""), &rules) != NULL,
	    "no rules");
	is(visitor_cookie(TEXT("xa=1; a=2 ;ab=3"), TEXT("a")), "2", "the cookie of that name");
	is(visitor_cookie(TEXT("xa=1"), TEXT("a")), "", "no cookie");
	is(visitor_param(TEXT("x=1&vid=a%20b&vid=c"), TEXT("vid")), "a%20b", "the first parameter");
	ok(!text_equal(visitor_of_agent(TEXT("1.1.1.1"), TEXT("2 M"), a),
	    visitor_of_agent(TEXT("1.1.1.12"), TEXT(" M"), b)), "address and agent are told apart");
	ok(visitor_is_daily((struct text){ a, VISITOR_LEN }) &&
	    !visitor_is_daily(TEXT("~short")), "a visitor of a day is known by its sign");
}

static void
test_bots(void)
{
	struct bots *b = bots_new();

	ok(bots_is(b, TEXT("")) && bots_is(b, TEXT("-")), "no agent is a program's");
	ok(bots_is(b, TEXT("Mozilla/5.0 (compatible; bingbot/2.0)")), "a bot");
	ok(!bots_is(b, TEXT("Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2)")), "a browser");
	ok(!bots_is(b, TEXT("Mozilla/5.0 (compatible; MSIE 10.0; Windows NT 6.2)")), "and again");
	ok(bots_is(b, TEXT("curl/8")), "what begins like no browser");
	bots_free(b);
}

/* Every byte at every place of a text of 20. */
static void
test_plain(void)
{
	char text[20];
	bool good = true;

	for (size_t i = 0; i < sizeof(text); i++)
		for (int c = 0; c < 256; c++) {
			bool special = c == '\t' || c == '\n' || c == '\r' || c == '\\';

			memset(text, 0xe9, sizeof(text));
			text[i] = (char)c;
			good &= field_is_plain((struct text){ text, sizeof(text) }) == !special;
		}
	ok(good, "tab, line feed, CR and backslash alone need an escape, wherever");
}

int
main(void)
{
	test_plain();
	test_ip();
	test_utf8();
	test_quote();
	test_json();
	test_rates();
	test_snapshot();
	test_naming();
	test_visitor();
	test_bots();
	return tap_end();
}
