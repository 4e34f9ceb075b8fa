/* cell.c - a field in few bytes: a number, a packed id, or its own bytes */
#include <stdbool.h>
#include <string.h>

#include <lead/base/cell.h>
#include <lead/base/dict.h>
#include <lead/base/hash.h>
#include <lead/base/mem.h>
#include <lead/base/when.h>

/* First bytes. */
enum {
	SHORT_NUMBER = 0x00, /* 160 numbers */
	LONG_NUMBER = CELL_NUMBER, /* 32 times 256 more */
	HEX = 0xc0,          /* 1 to 32 bytes of two digits */
	RAW = 0xe0,          /* 0 to 27 bytes */
	RAW_LONG = 0xfc,     /* four bytes of length, the bytes */
	ID = 0xfd,           /* 16 bytes of a hash_put() */
};

enum {
	SHORT_NUMBERS = LONG_NUMBER - SHORT_NUMBER,
	NUMBERS = SHORT_NUMBERS + ((HEX - LONG_NUMBER) << 8),
	HEX_BYTES_MAX = RAW - HEX,
	RAW_SHORT_MAX = RAW_LONG - RAW - 1,
	ID_BYTES = 16,
	DICT_TEXT_MAX = 255, /* longer texts are no dictionary's */
	REPEATS = 4, /* a column with fewer rows a text than that has none */
};

struct cell_column {
	struct dict *dict; /* text 0 is the empty one */
	uint32_t max;
	uint64_t seen; /* texts, while the dictionary is open */
	bool full;     /* no text is added any more */
	bool all_differ; /* not even looked up */
};

struct cell_column *
cell_column_new(uint32_t max)
{
	struct cell_column *c = mem_new(1, sizeof(*c));

	c->dict = dict_new();
	dict_add(c->dict, TEXT_NONE);
	c->max = max < NUMBERS ? max : NUMBERS;
	return c;
}

void
cell_column_free(struct cell_column *c)
{
	if (c == NULL)
		return;
	dict_free(c->dict);
	mem_free(c);
}

static uint64_t
load(const char *s, size_t n)
{
	uint64_t x = 0;

	memcpy(&x, s, n);
	return x;
}

/* --- packed ids --- */

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__,
    "digits are packed with the first one in the lowest byte");

static const uint64_t ONES = 0x0101010101010101;

/* Eight hex digits into four bytes; false when one is no digit 0-9a-f. */
static bool
pack_digits(uint64_t digits, unsigned char *to)
{
	uint64_t letter = digits >> 6 & ONES;
	uint64_t value = (digits & 0x0f * ONES) + 9 * letter;
	uint64_t ten = (value + 6 * ONES) >> 4 & ONES;
	uint32_t packed;

	if (((value + 0x30 * ONES + 0x27 * ten) ^ digits) != 0 ||
	    (value & 0xf0 * ONES) != 0)
		return false;
	value = (value << 4 | value >> 8) & 0x00ff00ff00ff00ff;
	value = (value | value >> 8) & 0x0000ffff0000ffff;
	packed = (uint32_t)(value | value >> 16);
	memcpy(to, &packed, sizeof(packed));
	return true;
}

static void
unpack_digits(const unsigned char *from, char *to)
{
	uint32_t packed;
	uint64_t value, ten;

	memcpy(&packed, from, sizeof(packed));
	value = packed;
	value = (value | value << 16) & 0x0000ffff0000ffff;
	value = (value | value << 8) & 0x00ff00ff00ff00ff;
	value = (value >> 4 | value << 8) & 0x0f * ONES;
	ten = (value + 6 * ONES) >> 4 & ONES;
	value += 0x30 * ONES + 0x27 * ten;
	memcpy(to, &value, sizeof(value));
}

/* Bytes written, or 0 when t is no even number of hex digits. */
static size_t
pack_hex(struct text t, unsigned char *to)
{
	size_t i = 0;
	char last[9] = "00000000";
	unsigned char bytes[4];

	for (; i + 8 <= t.len; i += 8)
		if (!pack_digits(load(t.s + i, 8), to + i / 2))
			return 0;
	if (i == t.len)
		return i / 2;
	memcpy(last, t.s + i, t.len - i);
	if (!pack_digits(load(last, 8), bytes))
		return 0;
	memcpy(to + i / 2, bytes, (t.len - i) / 2);
	return t.len / 2;
}

static struct text
unpack_hex(const unsigned char *from, size_t bytes, char plain[CELL_PLAIN])
{
	unsigned char last[4] = { 0 };
	size_t i = 0;

	for (; i + 4 <= bytes; i += 4)
		unpack_digits(from + i, plain + 2 * i);
	if (i < bytes) {
		memcpy(last, from + i, bytes - i);
		unpack_digits(last, plain + 2 * i);
	}
	return (struct text){ plain, 2 * bytes };
}

/* The hash whose hash_put() is t; false when there is none. */
static bool
pack_id(struct text t, unsigned char *to)
{
	char again[HASH_ID_LEN];
	struct hash h = { 0, 0 };

	for (size_t i = 0; i < HASH_ID_LEN; i++) {
		unsigned char c = (unsigned char)t.s[i];
		uint64_t five = c >= 'a' ? (uint64_t)(c - 'a')
					 : (uint64_t)(c - '2' + 26);
		unsigned bits = i < HASH_ID_LEN - 1 ? 5 : 3;

		h.hi = h.hi << bits | h.lo >> (64 - bits);
		h.lo = h.lo << bits | (five & 31) >> (5 - bits);
	}
	memcpy(to, &h, ID_BYTES);
	return text_equal(hash_put(h, again), t);
}

static struct text
unpack_id(const unsigned char *from, char plain[CELL_PLAIN])
{
	struct hash h;

	memcpy(&h, from, ID_BYTES);
	return hash_put(h, plain);
}

/* --- a text that has no number --- */

static unsigned char *
put_text(unsigned char *to, struct text t)
{
	size_t packed;

	if (t.len == HASH_ID_LEN && pack_id(t, to + 1)) {
		*to = ID;
		return to + 1 + ID_BYTES;
	}
	if (t.len % 2 == 0 && t.len <= 2 * HEX_BYTES_MAX && t.len != 0 &&
	    (packed = pack_hex(t, to + 1)) != 0) {
		*to = (unsigned char)(HEX + packed - 1);
		return to + 1 + packed;
	}
	if (t.len <= RAW_SHORT_MAX) {
		*to++ = (unsigned char)(RAW + t.len);
	} else {
		uint32_t len = (uint32_t)t.len;

		*to++ = RAW_LONG;
		memcpy(to, &len, sizeof(len));
		to += sizeof(len);
	}
	memcpy(to, t.s, t.len);
	return to + t.len;
}

/* --- a text that may have one --- */

/* The number of t in its column, or DICT_NONE. */
static uint32_t
number_of(struct cell_column *c, struct text t)
{
	uint32_t n;

	c->seen++;
	if (c->full)
		return dict_get(c->dict, t);
	n = dict_add(c->dict, t);
	c->full = dict_count(c->dict) >= c->max;
	c->all_differ = c->full && c->seen < (uint64_t)c->max * REPEATS;
	return n;
}

unsigned char *
cell_put(struct cell_column *c, unsigned char *to, struct text t)
{
	uint32_t n = DICT_NONE;

	if (t.len == 0) {
		*to = CELL_EMPTY;
		return to + 1;
	}
	if (c != NULL && !c->all_differ && t.len <= DICT_TEXT_MAX)
		n = number_of(c, t);
	if (n == DICT_NONE)
		return put_text(to, t);
	if (n < SHORT_NUMBERS) {
		*to = (unsigned char)(SHORT_NUMBER + n);
		return to + 1;
	}
	n -= SHORT_NUMBERS;
	to[0] = (unsigned char)(LONG_NUMBER + (n >> 8));
	to[1] = (unsigned char)n;
	return to + 2;
}

static uint32_t
long_length(const unsigned char *from)
{
	uint32_t len;

	memcpy(&len, from + 1, sizeof(len));
	return len;
}

const unsigned char *
cell_end_long(const unsigned char *from)
{
	if (*from == CELL_TIME)
		return from + 1;
	if (*from < HEX)
		return from + 2;
	if (*from < RAW)
		return from + 2 + (*from - HEX);
	if (*from < RAW_LONG)
		return from + 1 + (*from - RAW);
	if (*from == RAW_LONG)
		return from + 1 + sizeof(uint32_t) + long_length(from);
	return from + 1 + ID_BYTES;
}

struct text
cell_get(const struct cell_column *c, const unsigned char *from, int64_t at,
    char plain[CELL_PLAIN])
{
	if (*from == CELL_EMPTY)
		return TEXT_NONE;
	if (*from < LONG_NUMBER)
		return dict_text(c->dict, *from);
	if (*from < HEX)
		return dict_text(c->dict, SHORT_NUMBERS + from[1] +
		    ((uint32_t)(*from - LONG_NUMBER) << 8));
	if (*from < RAW)
		return unpack_hex(from + 1, (size_t)(*from - HEX) + 1, plain);
	if (*from < RAW_LONG)
		return (struct text){ (const char *)from + 1, *from - RAW };
	if (*from == RAW_LONG)
		return (struct text){ (const char *)from + 1 + sizeof(uint32_t),
			long_length(from) };
	if (*from == ID)
		return unpack_id(from + 1, plain);
	return when_put(plain, at);
}
