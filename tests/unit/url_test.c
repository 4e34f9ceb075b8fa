/* url_test.c - the parts of a url and the values of its query */
#include <lead/base/url.h>

#include "tap.h"

/* "scheme|host|port|path|query|fragment"; - for a part that is not there. */
static const struct {
	const char *url, *parts;
} splits[] = {
	{ "https://www.Example.com/a/b?x=1&y=2#top", "https|www.Example.com||/a/b|x=1&y=2|top" },
	{ "http://user:pw@host:99999/", "http|host|99999|/|-|-" },
	{ "http://a@b@host/", "http|host||/|-|-" },
	{ "http://[2001:db8::1]:8080/x", "http|[2001:db8::1]|8080|/x|-|-" },
	{ "http://[::1", "http|[::1||" "|-|-" },
	{ "//cdn.example.com/x", "|cdn.example.com||/x|-|-" },
	{ "/path?a=b?c", "|||/path|a=b?c|-" },
	{ "?a=b", "|||" "|a=b|-" },
	{ "#?a=b", "|||" "|-|?a=b" },
	{ "", "|||" "|-|-" },
	{ "//", "|||" "|-|-" },
	{ "https://", "https|||" "|-|-" },
	{ "https://example.com?a=b", "https|example.com||" "|a=b|-" },
	{ "example.com/x", "|example.com||/x|-|-" },
	{ "localhost:8080/x", "|localhost|8080|/x|-|-" },
	{ "page", "|||page|-|-" },
	{ "a.b:8x/y", "a.b|||8x/y|-|-" },
	{ "h:/y", "h|||/y|-|-" },
	{ "h:", "h|||" "|-|-" },
	{ "h:80", "|h|80||-|-" },
	{ ":80/x", "|||:80/x|-|-" },
	{ ".com/x", "|||.com/x|-|-" },
	{ "a b.com/x", "|||a b.com/x|-|-" },
	{ " b.com/x", "||| b.com/x|-|-" },
	{ "h{x://a/b", "|||h{x://a/b|-|-" },
	{ "https", "|||https|-|-" },
	{ "http://h:80/#f", "http|h|80|/|-|f" },
	{ "http://[::1]:80/", "http|[::1]|80|/|-|-" },
	{ "about:blank", "about|||blank|-|-" },
	{ "javascript:void(0)", "javascript|||void(0)|-|-" },
	{ "data:text/html;base64,AA==", "data|||text/html;base64,AA==|-|-" },
	{ "mailto:ann@example.com", "mailto|||ann@example.com|-|-" },
	{ "android-app://com.google.android.gm/x", "android-app|com.google.android.gm||/x|-|-" },
	{ "https://x.com/a#b?utm=c", "https|x.com||/a|-|b?utm=c" },
};

static void
splitting(void)
{
	char got[256];
	struct url u;

	for (size_t i = 0; i < sizeof(splits) / sizeof(splits[0]); i++) {
		url_split(text_of(splits[i].url), &u);
		snprintf(got, sizeof(got), "%.*s|%.*s|%.*s|%.*s|%.*s|%.*s",
		    (int)u.scheme.len, u.scheme.s, (int)u.host.len, u.host.s,
		    (int)u.port.len, u.port.s, (int)u.path.len, u.path.s,
		    u.query.s != NULL ? (int)u.query.len : 1,
		    u.query.s != NULL ? u.query.s : "-",
		    u.fragment.s != NULL ? (int)u.fragment.len : 1,
		    u.fragment.s != NULL ? u.fragment.s : "-");
		is(text_of(got), splits[i].parts, "parts of %s", splits[i].url);
	}
}

static void
hosts(void)
{
	static const struct {
		const char *host, *want;
	} cases[] = {
		{ "WWW.Example.COM", "www.example.com" },
		{ "example.com.", "example.com" },
		{ "xn--BCHER-kva.example", "xn--bcher-kva.example" },
		{ "b\xc3\xbc" "cher.example", "b\xc3\xbc" "cher.example" },
		{ "[2001:DB8::1]", "[2001:db8::1]" },
		{ "a b", "" }, { " ab", "" }, { "a\tb", "" }, { "a\x7f", "" }, { "", "" }, { ".", "" },
	};
	char out[URL_HOST], big[300];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		is(url_host(text_of(cases[i].host), out), cases[i].want, "the host %s",
		    cases[i].host);
	memset(big, 'a', sizeof(big));
	ok(url_host((struct text){ big, 253 }, out).len == 253, "253 bytes are a host");
	ok(url_host((struct text){ big, 254 }, out).len == 0, "254 are not");
	is(url_bare(TEXT("www.example.com")), "example.com", "www. goes");
	is(url_bare(TEXT("www.")), "www.", "a host that is only www. stays");
	is(url_bare(TEXT("shop.www.com")), "shop.www.com", "only in front");
}

static void
queries(void)
{
	struct text q = TEXT("&a=1&&b&=c&d==e&f=");
	struct url_param p;
	char got[64];
	size_t n = 0;

	while (url_next(&q, &p))
		n += (size_t)snprintf(got + n, sizeof(got) - n, "[%.*s:%.*s]",
		    (int)p.key.len, p.key.s, (int)p.value.len, p.value.s);
	is(text_of(got), "[a:1][b:][:c][d:=e][f:]", "a query falls into its parameters");
	q = TEXT("a=1;b=2");
	url_next(&q, &p);
	is(p.value, "1;b=2", "only & parts: U09");
}

static const struct {
	const char *id, *raw, *want;
	unsigned flaws;
} values[] = {
	{ "U01", "a%", "a%", URL_BAD_PERCENT },
	{ "U01", "a%4", "a%4", URL_BAD_PERCENT },
	{ "U01", "%zz", "%zz", URL_BAD_PERCENT },
	{ "U01", "%9g%g9", "%9g%g9", URL_BAD_PERCENT },
	{ "U01", "%%41", "%A", URL_BAD_PERCENT },
	{ "U03", "%2541", "%41", 0 },
	{ "U04", "a+b%20c%2Bd", "a b c+d", 0 },
	{ "U05", "%C0%AF", "\xef\xbf\xbd\xef\xbf\xbd", URL_BAD_UTF8 },
	{ "U05", "%ED%A0%80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd", URL_BAD_UTF8 },
	{ "U05", "x%E2%82", "x\xef\xbf\xbd", URL_BAD_UTF8 },
	{ "U05", "%E2%82y", "\xef\xbf\xbdy", URL_BAD_UTF8 },
	{ "U05", "%F4%90%80%80", "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd", URL_BAD_UTF8 },
	{ "U05", "%F0%9F%98", "\xef\xbf\xbd", URL_BAD_UTF8 },
	{ "U05", "\xe4\xf6", "\xef\xbf\xbd\xef\xbf\xbd", URL_BAD_UTF8 },
	{ "U15", "%09%0A%22%27%2C", "\t\n\"',", 0 },
	{ "U17", "e%CC%81%E2%80%AE", "e\xcc\x81\xe2\x80\xae", 0 },
	{ "hex", "%c3%A9%C3%a9", "\xc3\xa9\xc3\xa9", 0 },
	{ "hex", "%f0%9f%98%80", "\xf0\x9f\x98\x80", 0 },
	{ "plain", "summer-sale", "summer-sale", 0 },
	{ "empty", "", "", 0 },
};

static void
decoding(void)
{
	char to[4096], raw[600];
	unsigned flaws;
	struct text got;

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++) {
		flaws = 0;
		is(url_decode(text_of(values[i].raw), to, &flaws), values[i].want,
		    "%s: %s decoded", values[i].id, values[i].raw);
		ok(flaws == values[i].flaws, "%s: flaws of %s: %u", values[i].id,
		    values[i].raw, flaws);
	}
	flaws = 0;
	got = url_decode(TEXT("a%00b"), to, &flaws);
	ok(got.len == 3 && flaws == URL_NUL, "U02: %%00 is told");
	flaws = 0;
	memset(raw, 0xff, sizeof(raw));
	ok(url_decode((struct text){ raw, 600 }, to, &flaws).len == 1800,
	    "every bad byte is one U+FFFD");
	raw[0] = '+';
	got = url_decode((struct text){ raw, 600 }, to, &flaws);
	ok(got.len == 1 + 3 * 599 && memcmp(got.s, " \xef\xbf\xbd\xef", 5) == 0,
	    "decoding and cleaning share their room");
}

static void
cuts(void)
{
	is(url_cut(TEXT("abc"), 3), "abc", "what fits is not cut");
	is(url_cut(TEXT("ab\xc3\xa9"), 3), "ab", "no cut inside a character");
	is(url_cut(TEXT("ab\xc3\xa9x"), 4), "ab\xc3\xa9", "a cut behind a character");
}

int
main(void)
{
	splitting();
	hosts();
	queries();
	decoding();
	cuts();
	return tap_end();
}
