/* keyring.c - the distinct keys of the input, by number */
#include <lead/base/field.h>
#include <lead/base/mem.h>
#include <lead/base/pool.h>
#include <lead/base/probe.h>
#include <lead/domain/identity/keyring.h>
#include <lead/domain/identity/visitor.h>

struct type {
	struct text name;
	const struct key_type *type;
	struct placeholder *nobody;
};

/*
 * A number's record: its type and what it is, the length in one byte or two,
 * the number of its key (OTHER) or why it is none (NO_KEY), the text; behind
 * the text of a key of one day a tab, which no cell has, and the day.
 */
enum { TYPE = 7, OTHER = 0x10, NO_KEY = 0x20, SPELLED = 0x40, DAILY = 0x80 };
enum { DAY_MARK = 1, DAY_BYTES = DAY_MARK + 4, LONG = 0x80 };
enum { HEAD_MAX = 3 + 4, TEXT_MAX = 2 * KEY_MAX };

struct keyring {
	struct type types[KEYRING_TYPES_MAX];
	unsigned ntypes;
	const struct phone_country *home;
	struct probe *probe; /* type and text -> number */
	struct pool records;
	uint32_t *record; /* by number, into records */
	size_t cap;
	uint32_t count;
};

static const size_t NUMBERS_MAX = (size_t)1 << 31;

struct keyring *
keyring_new(const struct phone_country *home)
{
	struct keyring *r = mem_new(1, sizeof(*r));

	r->home = home;
	r->probe = probe_new();
	return r;
}

void
keyring_free(struct keyring *r)
{
	if (r == NULL)
		return;
	for (unsigned i = 0; i < r->ntypes; i++)
		placeholder_free(r->types[i].nobody);
	probe_free(r->probe);
	pool_clear(&r->records);
	mem_free(r->record);
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

/* --- records --- */

struct record {
	uint8_t *flags;
	uint32_t key; /* KEYRING_NONE: NO_KEY */
	enum keyring_verdict why;
	struct text text; /* all of it */
};

static struct record
record(const struct keyring *r, uint32_t n)
{
	uint8_t *at = pool_at(&r->records, r->record[n]);
	struct record got = { .flags = at, .key = n, .why = KEYRING_KEY };
	size_t len = at[1];

	at += 2;
	if ((len & LONG) != 0)
		len = (len & ~(size_t)LONG) | (size_t)*at++ << 7;
	if ((*got.flags & OTHER) != 0) {
		memcpy(&got.key, at, sizeof(got.key));
		at += sizeof(got.key);
	} else if ((*got.flags & NO_KEY) != 0) {
		got.key = KEYRING_NONE;
		got.why = (enum keyring_verdict)*at++;
	}
	got.text = (struct text){ (const char *)at, len };
	return got;
}

/* One more number: of this text, with key (KEYRING_NONE: its own) or the reason
 * why it is none. */
static uint32_t
add_record(struct keyring *r, unsigned flags, struct text t, uint32_t key,
    enum keyring_verdict why)
{
	uint32_t n = r->count;
	uint8_t *start, *at;

	r->record = mem_grow(r->record, &r->cap, (size_t)n + 1, sizeof(*r->record),
	    NUMBERS_MAX, "distinct keys");
	start = at = pool_room(&r->records, HEAD_MAX + t.len, &r->record[n]);
	*at++ = (uint8_t)flags;
	*at++ = (uint8_t)(t.len < LONG ? t.len : t.len % LONG | LONG);
	if (t.len >= LONG)
		*at++ = (uint8_t)(t.len / LONG);
	if ((flags & OTHER) != 0) {
		memcpy(at, &key, sizeof(key));
		at += sizeof(key);
	} else if ((flags & NO_KEY) != 0) {
		*at++ = (uint8_t)why;
	}
	if (t.len != 0)
		memcpy(at, t.s, t.len);
	pool_take(&r->records, r->record[n], (size_t)(at - start) + t.len);
	r->count++;
	return n;
}

/* --- numbers --- */

static struct hash
hash_of(unsigned type, struct text t)
{
	struct hash h = hash_text(t);

	h.lo ^= (type + 1) * UINT64_C(0x9e3779b97f4a7c15);
	return h;
}

struct wanted {
	const struct keyring *ring;
	unsigned type; /* with DAILY */
	struct text text;
};

static bool
is_wanted(const void *wanted, uint32_t n)
{
	const struct wanted *w = wanted;
	struct record r = record(w->ring, n);

	return (*r.flags & (TYPE | DAILY)) == w->type && text_equal(r.text, w->text);
}

/* The number of type and t, or PROBE_NONE. */
static uint32_t
find(const struct keyring *r, unsigned type, struct text t)
{
	const struct wanted w = { r, type, t };

	return probe_find(r->probe, hash_of(type, t), is_wanted, &w);
}

/* The same; a new one is its own key. */
static uint32_t
number_of(struct keyring *r, unsigned type, struct text t)
{
	uint32_t n = find(r, type, t);

	if (n != PROBE_NONE)
		return n;
	n = add_record(r, type, t, KEYRING_NONE, KEYRING_KEY);
	probe_add(r->probe, hash_of(type, t), n);
	return n;
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

/* A cell that was not seen before. */
static enum keyring_verdict
add_spelling(struct keyring *r, unsigned type, struct text cell, uint32_t *spelling)
{
	char plain_room[KEY_MAX], normal_room[KEY_MAX + 2], escaped[TEXT_MAX];
	struct text plain = field_plain(plain_room, cell), normal;
	enum keyring_verdict v;
	unsigned flags = type | SPELLED;
	uint32_t key = KEYRING_NONE;

	v = judge(r, type, plain, normal_room, &normal);
	if (v != KEYRING_KEY)
		flags |= NO_KEY;
	else if (normal = field_put(escaped, normal), !text_equal(normal, cell)) {
		flags |= OTHER;
		key = number_of(r, type, normal);
	}
	*spelling = add_record(r, flags, cell, key, v);
	probe_add(r->probe, hash_of(type, cell), *spelling);
	return v;
}

enum keyring_verdict
keyring_add(struct keyring *r, unsigned type, struct text cell, uint32_t *spelling)
{
	struct record known;

	if (cell.len == 0)
		return KEYRING_EMPTY;
	if (cell.len > KEY_MAX)
		return KEYRING_BAD;
	*spelling = find(r, type, cell);
	if (*spelling == PROBE_NONE)
		return add_spelling(r, type, cell, spelling);
	/* A normal form is its own: key_normal() of it gives itself. */
	known = record(r, *spelling);
	*known.flags |= SPELLED;
	return known.why;
}

uint32_t
keyring_find(const struct keyring *r, struct text type, struct text cell)
{
	uint32_t n = PROBE_NONE;

	for (unsigned t = 0; t < r->ntypes; t++)
		if (text_equal(r->types[t].name, type))
			n = find(r, t, cell);
	return n == PROBE_NONE ? KEYRING_NONE : keyring_key(r, n);
}

uint32_t
keyring_add_daily(struct keyring *r, unsigned type, struct text cell, int64_t day)
{
	char room[VISITOR_LEN + DAY_BYTES];
	uint32_t n, bits = (uint32_t)(day + INT32_MAX);

	memcpy(room, cell.s, VISITOR_LEN);
	room[VISITOR_LEN] = '\t';
	for (int i = 0; i < DAY_BYTES - DAY_MARK; i++)
		room[VISITOR_LEN + DAY_MARK + i] = (char)(unsigned char)(bits >> 8 * (3 - i));
	n = number_of(r, type | DAILY, (struct text){ room, sizeof(room) });
	*record(r, n).flags |= SPELLED;
	return n;
}

void
keyring_shut(struct keyring *r)
{
	probe_free(r->probe);
	r->probe = NULL;
}

uint32_t
keyring_count(const struct keyring *r)
{
	return r->count;
}

size_t
keyring_probe_bytes(const struct keyring *r)
{
	return r->probe != NULL ? probe_bytes(r->probe) : 0;
}

size_t
keyring_bytes(const struct keyring *r)
{
	return keyring_probe_bytes(r) + pool_bytes(&r->records) +
	    r->count * sizeof(*r->record);
}

static uint8_t
flags(const struct keyring *r, uint32_t n)
{
	return *pool_at(&r->records, r->record[n]);
}

unsigned
keyring_type_of(const struct keyring *r, uint32_t n)
{
	return flags(r, n) & (unsigned)TYPE;
}

struct text
keyring_text(const struct keyring *r, uint32_t n)
{
	struct record got = record(r, n);

	if ((*got.flags & DAILY) != 0)
		got.text.len -= DAY_BYTES;
	return got.text;
}

bool
keyring_day(const struct keyring *r, uint32_t n, int64_t *day)
{
	const char *at;
	uint32_t bits = 0;

	if ((flags(r, n) & DAILY) == 0)
		return false;
	at = record(r, n).text.s + VISITOR_LEN + DAY_MARK;
	for (int i = 0; i < DAY_BYTES - DAY_MARK; i++)
		bits = bits << 8 | (unsigned char)at[i];
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
	return (flags(r, n) & (OTHER | NO_KEY)) == 0 ? n : record(r, n).key;
}

bool
keyring_spelled(const struct keyring *r, uint32_t n)
{
	return (flags(r, n) & (NO_KEY | SPELLED)) == SPELLED;
}
