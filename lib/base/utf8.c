/* utf8.c - is it UTF-8, and how Latin-1 becomes it */
#include <stdint.h>

#include <lead/base/utf8.h>

static size_t
skip_ascii(struct text t, size_t i)
{
	uint64_t eight;

	while (i + sizeof(eight) <= t.len) {
		memcpy(&eight, t.s + i, sizeof(eight));
		if ((eight & UINT64_C(0x8080808080808080)) != 0)
			break;
		i += sizeof(eight);
	}
	while (i < t.len && (unsigned char)t.s[i] < 0x80)
		i++;
	return i;
}

/* First byte -> length, and the range that the second byte must be in. */
static size_t
lead_byte(unsigned char c, unsigned char *from, unsigned char *to)
{
	*from = c == 0xe0 ? 0xa0 : c == 0xf0 ? 0x90 : 0x80;
	*to = c == 0xed ? 0x9f : c == 0xf4 ? 0x8f : 0xbf;
	if (c >= 0xc2 && c <= 0xdf)
		return 2;
	if (c >= 0xe0 && c <= 0xef)
		return 3;
	return c >= 0xf0 && c <= 0xf4 ? 4 : 0;
}

size_t
utf8_character(struct text t, size_t *bad)
{
	const unsigned char *s = (const unsigned char *)t.s;
	unsigned char from, to;
	size_t len = s[0] < 0x80 ? 1 : lead_byte(s[0], &from, &to);

	*bad = 1;
	for (size_t i = 1; i < len; i++, from = 0x80, to = 0xbf)
		if (i == t.len || s[i] < from || s[i] > to) {
			*bad = i;
			return 0;
		}
	return len;
}

size_t
utf8_sound(struct text t)
{
	size_t i = skip_ascii(t, 0), len, bad;

	while (i < t.len) {
		len = utf8_character(text_from(t, i), &bad);
		if (len == 0)
			return i;
		i = skip_ascii(t, i + len);
	}
	return i;
}

bool
utf8_is_cut(struct text t, size_t at)
{
	struct text rest = text_from(t, at);
	unsigned char from, to;
	size_t bad;

	return rest.len != 0 && utf8_character(rest, &bad) == 0 && bad == rest.len &&
	    lead_byte((unsigned char)rest.s[0], &from, &to) > rest.len;
}

size_t
utf8_characters(struct text t)
{
	size_t n = 0;

	for (size_t i = 0; i < t.len; i++)
		n += ((unsigned char)t.s[i] & 0xc0) != 0x80;
	return n;
}

/* windows-1252, 0x80 to 0x9f. */
static const uint16_t high[32] = {
	0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030,
	0x160, 0x2039, 0x152, 0x8d, 0x17d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c,
	0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d,
	0x17e, 0x178,
};

struct text
utf8_from_latin1(char *to, struct text t)
{
	char *p = to;

	for (size_t i = 0; i < t.len; i++) {
		unsigned c = (unsigned char)t.s[i];

		if (c >= 0x80 && c < 0xa0)
			c = high[c - 0x80];
		if (c < 0x80) {
			*p++ = (char)c;
		} else if (c < 0x800) {
			*p++ = (char)(0xc0 | c >> 6);
			*p++ = (char)(0x80 | (c & 0x3f));
		} else {
			*p++ = (char)(0xe0 | c >> 12);
			*p++ = (char)(0x80 | (c >> 6 & 0x3f));
			*p++ = (char)(0x80 | (c & 0x3f));
		}
	}
	return (struct text){ to, (size_t)(p - to) };
}
