/* keyring.c - the distinct keys of the input, by number */
#include <lead/base/arena.h>
#include <lead/base/map.h>
#include <lead/base/mem.h>
#include <lead/domain/keyring.h>
#include <lead/domain/visitor.h>

struct type {
	struct text name;
	const struct key_type *type;
	struct placeholder *nobody;
};

/*
 * A number's bytes in the arena: type, length (two), text; behind the text of a
 * key of one day a tab, which no cell has, and the day.
 */
enum { HEAD = 3, DAY_MARK = 1, DAY_BYTES = DAY_MARK + 4, DAILY = 0x80 };

struct keyring {
	struct type types[KEYRING_TYPES_MAX];
	unsigned ntypes;
	const struct phone_country *home;
	struct map *map; /* type and text -> number */
	struct arena texts;
	const char **text; /* by number, into texts */
	uint32_t *key;     /* by number: its key and SPELLED, or NO_KEY and why */
	size_t text_cap, key_cap;
	uint32_t count;
};

static const uint32_t NO_KEY = UINT32_C(1) << 31, SPELLED = UINT32_C(1) << 30;
static const uint32_t NUMBERS_MAX = (UINT32_C(1) << 30) - 1;

struct keyring *
keyring_new(const struct phone_country *home)
{
	struct keyring *r = mem_new(1, sizeof(*r));

	r->home = home;
	r->map = map_new();
	return r;
}

void
keyring_free(struct keyring *r)
{
	if (r == NULL)
		return;
	for (unsigned i = 0; i < r->ntypes; i++)
		placeholder_free(r->types[i].nobody);
	map_free(r->map);
	arena_clear(&r->texts);
	mem_free(r->text);
	mem_free(r->key);
	mem_free(r);
}

void
keyring_add_type(struct keyring *r, struct text name, struct placeholder *nobody)
{
	r->types[r->ntypes++] = (struct type){ name, key_type(name), nobody };
}

unsigned
keyring_ntypes(const struct keyring *r)
{
	return r->ntypes;
}

struct text
keyring_type_name(const struct keyring *r, unsigned type)
{
	return r->types[type].name;
}

const struct key_type *
keyring_type(const struct keyring *r, unsigned type)
{
	return r->types[type].type;
}

static struct hash
hash_of(unsigned type, struct text t)
{
	struct hash h = hash_text(t);

	h.hi ^= (type + 1) * UINT64_C(0x9e3779b97f4a7c15);
	return h;
}

/* The number of type and t; a new one has itself as its key. */
static uint32_t
number_of(struct keyring *r, unsigned type, struct text t, bool *added)
{
	char bytes[HEAD + 2 * KEY_MAX];
	uint32_t n = map_add(r->map, hash_of(type, t), added);

	if (!*added)
		return n;
	bytes[0] = (char)(unsigned char)type;
	bytes[1] = (char)(t.len & 0xff);
	bytes[2] = (char)(t.len >> 8);
	memcpy(bytes + HEAD, t.s, t.len);
	r->text = mem_grow(r->text, &r->text_cap, (size_t)n + 1, sizeof(*r->text),
	    NUMBERS_MAX, "distinct keys");
	r->key = mem_grow(r->key, &r->key_cap, (size_t)n + 1, sizeof(*r->key),
	    NUMBERS_MAX, "distinct keys");
	r->text[n] = arena_text(&r->texts, (struct text){ bytes, HEAD + t.len }).s;
	r->key[n] = n;
	r->count = n + 1;
	return n;
}

/* A field without its escapes, which are known to be sound. */
static struct text
unescape(char *to, struct text field)
{
	size_t n = 0;

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

/* A backslash in a normal form is written as a field writes it. */
static struct text
escape(char *to, struct text t)
{
	size_t n = 0;

	if (text_find(t, '\\') < 0)
		return t;
	for (size_t i = 0; i < t.len; i++) {
		if (t.s[i] == '\\')
			to[n++] = '\\';
		to[n++] = t.s[i];
	}
	return (struct text){ to, n };
}

static enum keyring_verdict
judge_nobody(const struct placeholder *p, struct text plain, struct text normal)
{
	enum re_verdict v = placeholder_match(p, text_trim(plain));

	if (v == RE_NO && !text_equal(plain, normal))
		v = placeholder_match(p, normal);
	return v == RE_YES ? KEYRING_NOBODY : v == RE_LIMIT ? KEYRING_LIMIT : KEYRING_KEY;
}

/* A cell seen for the first time: *normal is in room (KEY_MAX + 2 bytes). */
static enum keyring_verdict
judge(const struct keyring *r, unsigned type, struct text plain, char *room,
    struct text *normal)
{
	const struct type *t = &r->types[type];
	enum keyring_verdict v = KEYRING_BAD;

	*normal = plain;
	switch (key_normal(t->type->form, r->home, plain, room, normal)) {
	case KEY_OK:
		v = judge_nobody(t->nobody, plain, *normal);
		break;
	case KEY_NOT:
		/* "n/a" as a phone is nobody rather than a bad number. */
		v = judge_nobody(t->nobody, plain, plain);
		if (v == KEYRING_KEY)
			v = KEYRING_MALFORMED;
		break;
	case KEY_EMPTY:
		v = KEYRING_EMPTY;
		break;
	case KEY_LONG:
	case KEY_CONTROL:
		break;
	}
	return v;
}

static enum keyring_verdict
add_spelling(struct keyring *r, unsigned type, struct text cell, uint32_t spelling)
{
	char plain_room[KEY_MAX], normal_room[KEY_MAX + 2], escaped[2 * KEY_MAX];
	struct text plain = cell, normal;
	enum keyring_verdict v;
	bool added;

	if (text_find(cell, '\\') >= 0)
		plain = unescape(plain_room, cell);
	v = judge(r, type, plain, normal_room, &normal);
	if (v != KEYRING_KEY) {
		r->key[spelling] = NO_KEY | (uint32_t)v;
		return v;
	}
	normal = escape(escaped, normal);
	if (!text_equal(normal, cell)) {
		uint32_t key = number_of(r, type, normal, &added);

		r->key[spelling] = key | SPELLED;
	}
	return KEYRING_KEY;
}

enum keyring_verdict
keyring_add(struct keyring *r, unsigned type, struct text cell, uint32_t *spelling)
{
	uint32_t n;
	bool added;

	if (cell.len == 0)
		return KEYRING_EMPTY;
	if (cell.len > KEY_MAX)
		return KEYRING_BAD;
	n = number_of(r, type, cell, &added);
	*spelling = n;
	if (added) {
		r->key[n] |= SPELLED;
		return add_spelling(r, type, cell, n);
	}
	if ((r->key[n] & NO_KEY) != 0)
		return (enum keyring_verdict)(r->key[n] & ~NO_KEY);
	/* A normal form is its own: key_normal() of it gives itself. */
	r->key[n] |= SPELLED;
	return KEYRING_KEY;
}

uint32_t
keyring_find(const struct keyring *r, struct text type, struct text cell)
{
	uint32_t n = MAP_NONE;

	for (unsigned t = 0; t < r->ntypes; t++)
		if (text_equal(r->types[t].name, type))
			n = map_get(r->map, hash_of(t, cell));
	return n == MAP_NONE ? KEYRING_NONE : keyring_key(r, n);
}

uint32_t
keyring_add_daily(struct keyring *r, unsigned type, struct text cell, int64_t day)
{
	char room[VISITOR_LEN + DAY_BYTES];
	uint32_t n, bits = (uint32_t)(day + INT32_MAX);
	bool added;

	memcpy(room, cell.s, VISITOR_LEN);
	room[VISITOR_LEN] = '\t';
	for (int i = 0; i < DAY_BYTES - DAY_MARK; i++)
		room[VISITOR_LEN + DAY_MARK + i] = (char)(unsigned char)(bits >> 8 * (3 - i));
	n = number_of(r, type | DAILY, (struct text){ room, sizeof(room) }, &added);
	r->key[n] |= SPELLED;
	return n;
}

void
keyring_shut(struct keyring *r)
{
	map_free(r->map);
	r->map = NULL;
}

uint32_t
keyring_count(const struct keyring *r)
{
	return r->count;
}

size_t
keyring_bytes(const struct keyring *r)
{
	return (r->map != NULL ? map_bytes(r->map) : 0) + r->texts.bytes +
	    r->count * (sizeof(*r->text) + sizeof(*r->key));
}

unsigned
keyring_type_of(const struct keyring *r, uint32_t n)
{
	return (unsigned char)r->text[n][0] & ~(unsigned)DAILY;
}

static bool
is_daily(const struct keyring *r, uint32_t n)
{
	return ((unsigned char)r->text[n][0] & DAILY) != 0;
}

struct text
keyring_text(const struct keyring *r, uint32_t n)
{
	const unsigned char *at = (const unsigned char *)r->text[n];
	size_t len = (size_t)at[1] | (size_t)at[2] << 8;

	return (struct text){ r->text[n] + HEAD, is_daily(r, n) ? len - DAY_BYTES : len };
}

bool
keyring_day(const struct keyring *r, uint32_t n, int64_t *day)
{
	const unsigned char *at = (const unsigned char *)r->text[n] + HEAD + VISITOR_LEN +
	    DAY_MARK;
	uint32_t bits = 0;

	if (!is_daily(r, n))
		return false;
	for (int i = 0; i < DAY_BYTES - DAY_MARK; i++)
		bits = bits << 8 | at[i];
	*day = (int64_t)bits - INT32_MAX;
	return true;
}

int
keyring_order(const struct keyring *r, uint32_t a, uint32_t b)
{
	unsigned ta = keyring_type_of(r, a), tb = keyring_type_of(r, b);
	int64_t da = INT64_MIN, db = INT64_MIN;
	int c;

	if (a == b)
		return 0;
	if (ta != tb)
		return ta < tb ? -1 : 1;
	c = text_compare(keyring_text(r, a), keyring_text(r, b));
	keyring_day(r, a, &da);
	keyring_day(r, b, &db);
	return c != 0 ? c : (da > db) - (da < db);
}

uint32_t
keyring_key(const struct keyring *r, uint32_t n)
{
	return (r->key[n] & NO_KEY) != 0 ? KEYRING_NONE : r->key[n] & NUMBERS_MAX;
}

bool
keyring_spelled(const struct keyring *r, uint32_t n)
{
	return (r->key[n] & (NO_KEY | SPELLED)) == SPELLED;
}
