/* value.c - what does a value that a url or a visitor brought really say? */
#include <stdbool.h>
#include <stdint.h>

#include <lead/base/url.h>
#include <lead/domain/source/value.h>

/* What a byte asks for. */
enum {
	CODED = 1,  /* % + */
	HIGH = 2,   /* past ASCII */
	UPPER = 4,
	AT = 8,
	BLANK = 16, /* which is to go when it stands at an end */
	LOCAL = 32, /* may stand in front of an @ */
	HOST = 64,  /* may stand behind it */
};

/* Of an e-mail address (RFC 5321, 4.5.3.1). */
enum { LOCAL_MAX = 64, HOST_MAX = 255 };

#define ROW8(x) x, x, x, x, x, x, x, x
static const uint8_t kind[256] = {
	[' '] = BLANK, ['\t'] = BLANK, ['\n'] = BLANK, ['\r'] = BLANK,
	['\v'] = BLANK, ['\f'] = BLANK,
	['%'] = CODED | LOCAL, ['+'] = CODED | LOCAL, ['@'] = AT,
	['.'] = LOCAL | HOST, ['-'] = LOCAL | HOST, ['_'] = LOCAL,
	['0'] = LOCAL | HOST, ['1'] = LOCAL | HOST, ['2'] = LOCAL | HOST,
	['3'] = LOCAL | HOST, ['4'] = LOCAL | HOST, ['5'] = LOCAL | HOST,
	['6'] = LOCAL | HOST, ['7'] = LOCAL | HOST, ['8'] = LOCAL | HOST,
	['9'] = LOCAL | HOST,
#define LETTER(lower, upper)                                                           \
	[lower] = LOCAL | HOST, [upper] = LOCAL | HOST | UPPER
	LETTER('a', 'A'), LETTER('b', 'B'), LETTER('c', 'C'), LETTER('d', 'D'),
	LETTER('e', 'E'), LETTER('f', 'F'), LETTER('g', 'G'), LETTER('h', 'H'),
	LETTER('i', 'I'), LETTER('j', 'J'), LETTER('k', 'K'), LETTER('l', 'L'),
	LETTER('m', 'M'), LETTER('n', 'N'), LETTER('o', 'O'), LETTER('p', 'P'),
	LETTER('q', 'Q'), LETTER('r', 'R'), LETTER('s', 'S'), LETTER('t', 'T'),
	LETTER('u', 'U'), LETTER('v', 'V'), LETTER('w', 'W'), LETTER('x', 'X'),
	LETTER('y', 'Y'), LETTER('z', 'Z'),
#undef LETTER
	[0x80] = ROW8(HIGH), ROW8(HIGH), ROW8(HIGH), ROW8(HIGH), ROW8(HIGH),
	ROW8(HIGH), ROW8(HIGH), ROW8(HIGH), ROW8(HIGH), ROW8(HIGH), ROW8(HIGH),
	ROW8(HIGH), ROW8(HIGH), ROW8(HIGH), ROW8(HIGH), ROW8(HIGH),
};
#undef ROW8

static bool
is(char c, unsigned kinds)
{
	return (kind[(unsigned char)c] & kinds) != 0;
}

static unsigned
kinds_of(struct text t)
{
	unsigned seen = 0;

	for (size_t i = 0; i < t.len; i++)
		seen |= kind[(unsigned char)t.s[i]];
	return seen;
}

/* Bytes of an @ at t[i], as @ or (coded) as %40; 0 when there is none. */
static size_t
at_sign(struct text t, size_t i, bool coded)
{
	if (t.s[i] == '@')
		return 1;
	return coded && text_starts(text_from(t, i), TEXT("%40")) ? 3 : 0;
}

/* Bytes of a host with a dot and two letters behind it at t[i], or 0. */
static size_t
mail_host(struct text t, size_t i)
{
	size_t n = i, dot;

	while (n < t.len && n - i < HOST_MAX && is(t.s[n], HOST))
		n++;
	while (n > i && (t.s[n - 1] == '.' || t.s[n - 1] == '-'))
		n--;
	for (dot = n; dot > i && t.s[dot - 1] != '.'; dot--)
		;
	return dot > i + 1 && n - dot >= 2 ? n - i : 0;
}

/*
 * The first e-mail address in t at or after *from: its bytes, and *from is its
 * first byte; 0 when there is none.
 */
static size_t
find_mail(struct text t, size_t *from, bool coded)
{
	for (size_t i = *from; i < t.len; i++) {
		size_t sign = at_sign(t, i, coded), first = i, host;

		if (sign == 0)
			continue;
		while (first > *from && i - first < LOCAL_MAX && is(t.s[first - 1], LOCAL))
			first--;
		host = mail_host(t, i + sign);
		if (first == i || host == 0)
			continue;
		*from = first;
		return i + sign + host - first;
	}
	return 0;
}

/* Copy t with each address masked, as far as room goes. */
static struct text
mask(struct text t, char *to, size_t room, bool coded)
{
	static const struct text words = { "(email)", 7 };
	size_t from = 0, done = 0, n, put = 0;
	struct text part;

	do {
		n = find_mail(t, &from, coded);
		part = n != 0 ? text_head(text_from(t, done), from - done)
			      : text_from(t, done);
		part = text_head(part, room - put);
		memcpy(to + put, part.s, part.len);
		put += part.len;
		if (n != 0 && words.len <= room - put) {
			memcpy(to + put, words.s, words.len);
			put += words.len;
		}
		done = from += n;
	} while (n != 0);
	return (struct text){ to, put };
}

struct text
value_read(struct text raw, unsigned form, char to[VALUE_MAX], unsigned *flaws)
{
	static char decoded[3 * VALUE_RAW_MAX], masked[4 * VALUE_RAW_MAX];
	unsigned seen = kinds_of(raw);
	struct text t = raw;
	size_t from = 0;
	bool moved;

	if ((form & VALUE_CODED) != 0 && (seen & (CODED | HIGH)) != 0) {
		t = url_decode(raw, decoded, flaws);
		seen = kinds_of(t);
	} else if ((seen & HIGH) != 0) {
		t = url_clean(raw, decoded, flaws);
	}
	moved = t.s != raw.s;
	if ((seen & BLANK) != 0)
		t = text_trim(t);
	if ((seen & AT) != 0 && find_mail(t, &from, false) != 0) {
		*flaws |= VALUE_PII;
		t = mask(t, masked, sizeof(masked), false);
		moved = true;
	}
	if (t.len > VALUE_MAX) {
		*flaws |= VALUE_CUT;
		t = url_cut(t, VALUE_MAX);
	}
	if ((form & VALUE_LOWER) != 0 && (seen & UPPER) != 0)
		return text_lower(to, t);
	if (!moved)
		return t;
	memcpy(to, t.s, t.len);
	return (struct text){ to, t.len };
}

struct text
value_path(struct text path, char *to, size_t room, unsigned *flaws)
{
	size_t from = 0;

	if (text_find(path, '@') < 0 && text_search(path, TEXT("%40")) < 0)
		return path;
	if (find_mail(path, &from, true) == 0)
		return path;
	*flaws |= VALUE_PII;
	return mask(path, to, room, true);
}
