/* url.c - the parts of a url, and what its query says */
#include <lead/base/url.h>
#include <lead/base/utf8.h>

static bool
is_alpha(char c)
{
	return (unsigned char)((c | 0x20) - 'a') < 26;
}

static bool
is_digit(char c)
{
	return (unsigned char)(c - '0') < 10;
}

/* Bytes before the first stop, or all. */
static size_t
until(struct text t, char stop)
{
	const char *at = t.len != 0 ? memchr(t.s, stop, t.len) : NULL;

	return at != NULL ? (size_t)(at - t.s) : t.len;
}

/* Length of a scheme in front of a colon (RFC 3986, 3.1), or 0. */
static size_t
scheme_of(struct text t)
{
	size_t i = 0;

	if (t.len == 0 || !is_alpha(t.s[0]))
		return 0;
	while (i < t.len && (is_alpha(t.s[i]) || is_digit(t.s[i]) ||
	    t.s[i] == '+' || t.s[i] == '-' || t.s[i] == '.'))
		i++;
	return i < t.len && t.s[i] == ':' ? i : 0;
}

/* www.example.com/x and localhost:8080/x, but not mailto:x or about:blank. */
static bool
begins_with_host(struct text t)
{
	struct text first = text_head(t, until(t, '/'));
	size_t colon = until(first, ':'), digits = colon + 1;

	if (colon == first.len)
		return text_find(first, '.') > 0 && text_find(first, ' ') < 0;
	while (digits < first.len && is_digit(first.s[digits]))
		digits++;
	return colon != 0 && digits > colon + 1 && digits == first.len;
}

/* user:password@host:port */
static void
split_authority(struct text a, struct url *u)
{
	const char *at = a.len != 0 ? memrchr(a.s, '@', a.len) : NULL;
	size_t n;

	if (at != NULL)
		a = text_from(a, (size_t)(at - a.s) + 1);
	n = a.len != 0 && a.s[0] == '[' ? until(a, ']') : 0;
	n += until(text_from(a, n), ':');
	u->host = text_head(a, n);
	u->port = text_from(a, n + 1);
}

/* Take ?query and #fragment off the end. */
static struct text
split_tail(struct text t, struct url *u)
{
	size_t n = until(t, '#');

	if (n < t.len)
		u->fragment = (struct text){ t.s + n + 1, t.len - n - 1 };
	t.len = n;
	n = until(t, '?');
	if (n < t.len)
		u->query = (struct text){ t.s + n + 1, t.len - n - 1 };
	t.len = n;
	return t;
}

void
url_split(struct text t, struct url *u)
{
	size_t n;

	*u = (struct url){ .scheme = TEXT_NONE, .host = TEXT_NONE,
		.port = TEXT_NONE, .path = TEXT_NONE };
	t = split_tail(t, u);
	n = scheme_of(t);
	if (n != 0 && text_starts(text_from(t, n), TEXT("://"))) {
		u->scheme = text_head(t, n);
		t = text_from(t, n + 3);
	} else if (text_starts(t, TEXT("//"))) {
		t = text_from(t, 2);
	} else if (!begins_with_host(t)) {
		u->scheme = text_head(t, n);
		u->path = n != 0 ? text_from(t, n + 1) : t;
		return;
	}
	n = until(t, '/');
	split_authority(text_head(t, n), u);
	u->path = text_from(t, n);
}

struct text
url_host(struct text host, char out[URL_HOST])
{
	if (host.len != 0 && host.s[host.len - 1] == '.')
		host.len--;
	if (host.len == 0 || host.len > 253)
		return TEXT_NONE;
	for (size_t i = 0; i < host.len; i++)
		if ((unsigned char)host.s[i] <= ' ' || host.s[i] == 0x7f)
			return TEXT_NONE;
	return text_lower(out, host);
}

struct text
url_bare(struct text host)
{
	return text_starts(host, TEXT("www.")) && host.len > 4 ? text_from(host, 4)
							       : host;
}

bool
url_next(struct text *query, struct url_param *p)
{
	struct text part;
	size_t n;

	do {
		if (query->len == 0)
			return false;
		n = until(*query, '&');
		part = text_head(*query, n);
		*query = text_from(*query, n + 1);
	} while (part.len == 0);
	n = until(part, '=');
	p->key = text_head(part, n);
	p->value = text_from(part, n + 1);
	return true;
}

static int
hex(char c)
{
	if (is_digit(c))
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static struct text
unescape(struct text raw, char *to, unsigned *flaws)
{
	char *at = to;
	int high, low;

	for (size_t i = 0; i < raw.len; i++) {
		char c = raw.s[i];

		if (c == '%') {
			high = i + 2 < raw.len ? hex(raw.s[i + 1]) : -1;
			low = i + 2 < raw.len ? hex(raw.s[i + 2]) : -1;
			if (high >= 0 && low >= 0) {
				c = (char)(high << 4 | low);
				*flaws |= c == '\0' ? URL_NUL : 0;
				i += 2;
			} else {
				*flaws |= URL_BAD_PERCENT;
			}
		} else if (c == '+') {
			c = ' ';
		}
		*at++ = c;
	}
	return (struct text){ to, (size_t)(at - to) };
}

struct text
url_clean(struct text raw, char *to, unsigned *flaws)
{
	size_t good = utf8_sound(raw), bad;
	char *put = to + good;

	if (good == raw.len)
		return raw;
	*flaws |= URL_BAD_UTF8;
	memcpy(to, raw.s, good);
	for (raw = text_from(raw, good); raw.len != 0;) {
		size_t n = utf8_character(raw, &bad);
		struct text take = n != 0 ? text_head(raw, n) : TEXT("\xef\xbf\xbd");

		memcpy(put, take.s, take.len);
		put += take.len;
		raw = text_from(raw, n != 0 ? n : bad);
	}
	return (struct text){ to, (size_t)(put - to) };
}

struct text
url_decode(struct text raw, char *to, unsigned *flaws)
{
	unsigned char high = 0;
	bool coded = false;
	struct text plain;

	for (size_t i = 0; i < raw.len; i++) {
		high |= (unsigned char)raw.s[i];
		coded |= raw.s[i] == '%' || raw.s[i] == '+';
	}
	if (!coded)
		return high < 0x80 ? raw : url_clean(raw, to, flaws);
	/* Decoded into the last third, so that cleaning can grow into the room. */
	plain = unescape(raw, to + 2 * raw.len, flaws);
	return url_clean(plain, to, flaws);
}

struct text
url_cut(struct text t, size_t max)
{
	if (t.len <= max)
		return t;
	while (max > 0 && ((unsigned char)t.s[max] & 0xc0) == 0x80)
		max--;
	return text_head(t, max);
}
