/* field.c - a value as a field of lead TSV, and back */
#include <stdint.h>

#include <lead/base/field.h>

static bool
is_plain_byte(char c)
{
	return c != '\t' && c != '\n' && c != '\r' && c != '\\';
}

/* Has one of eight bytes a value below 0x20, or is one a backslash? */
static bool
is_suspect(uint64_t eight)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones * 0x80;
	uint64_t slash = eight ^ ones * '\\';

	return ((((eight - ones * 0x20) & ~eight) | ((slash - ones) & ~slash)) & tops) != 0;
}

bool
field_is_plain(struct text value)
{
	size_t i = 0;
	uint64_t eight;

	for (; i + sizeof(eight) <= value.len; i += sizeof(eight)) {
		memcpy(&eight, value.s + i, sizeof(eight));
		for (size_t k = 0; is_suspect(eight) && k < sizeof(eight); k++)
			if (!is_plain_byte(value.s[i + k]))
				return false;
	}
	for (; i < value.len; i++)
		if (!is_plain_byte(value.s[i]))
			return false;
	return true;
}

struct text
field_plain(char *to, struct text field)
{
	size_t n = 0;

	if (text_find(field, '\\') < 0)
		return field;
	for (size_t i = 0; i < field.len; i++) {
		char c = field.s[i];

		if (c == '\\' && i + 1 < field.len) {
			c = field.s[++i];
			c = c == 't' ? '\t' : c == 'n' ? '\n' : c == 'r' ? '\r' : c;
		}
		to[n++] = c;
	}
	return (struct text){ to, n };
}

struct text
field_put(char *to, struct text value)
{
	size_t n = 0;

	if (field_is_plain(value))
		return value;
	for (size_t i = 0; i < value.len; i++) {
		char c = value.s[i];

		if (c == '\t' || c == '\n' || c == '\r' || c == '\\') {
			to[n++] = '\\';
			c = c == '\t' ? 't' : c == '\n' ? 'n' : c == '\r' ? 'r' : c;
		}
		to[n++] = c;
	}
	return (struct text){ to, n };
}
