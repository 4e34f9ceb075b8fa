/* part.c - the sums of a part of the input, as rows under a seal */
#include <lead/base/arena.h>
#include <lead/base/buf.h>
#include <lead/base/dict.h>
#include <lead/base/hash.h>
#include <lead/base/mem.h>
#include <lead/base/part.h>

enum { RULES_MAX = 64, ROW_MAX = 2 << 20, WHY_MAX = 1 << 20 };

/*
 * Of all groups of a part those with the least hashes are told: two parts that have
 * more than a few groups in common have some of these in common, too.
 */
enum { GROUPS = 64 };

struct rule {
	const char *name;
	struct text value;
};

struct part {
	size_t columns;
	part_take *take;
	void *of;

	struct rule rule[RULES_MAX];
	size_t nrules;
	struct arena texts;
	struct dict *had;            /* columns of the table */
	struct hash least[GROUPS];   /* of groups, ascending */
	size_t nleast;
	struct dict *groups;         /* those that were told */

	bool open;                   /* a part was begun, and has no end yet */
	size_t rules_seen, had_seen; /* of it */
	uint64_t count;
	struct hash seal;            /* of its rows so far */
	struct buf row, why;

	part_write *write;
	void *to;
	struct text *cell; /* of a row out */
};

struct part *
part_new(size_t columns)
{
	struct part *p = mem_new(1, sizeof(*p));

	p->columns = columns;
	p->had = dict_new();
	p->groups = dict_new();
	p->cell = mem_new(columns, sizeof(*p->cell));
	buf_init(&p->row, ROW_MAX, "a row of sums");
	buf_init(&p->why, WHY_MAX, "a rule");
	return p;
}

void
part_free(struct part *p)
{
	if (p == NULL)
		return;
	dict_free(p->had);
	dict_free(p->groups);
	arena_clear(&p->texts);
	buf_clear(&p->row);
	buf_clear(&p->why);
	mem_free(p->cell);
	mem_free(p);
}

void
part_rule(struct part *p, const char *name, struct text value)
{
	p->rule[p->nrules++] = (struct rule){ name, arena_text(&p->texts, value) };
}

void
part_column(struct part *p, struct text name)
{
	dict_add(p->had, name);
}

bool
part_column_at(const struct part *p, size_t i, struct text *name)
{
	if (i >= dict_count(p->had))
		return false;
	*name = dict_text(p->had, (uint32_t)i);
	return true;
}

static bool
is_less(struct hash a, struct hash b)
{
	return a.hi != b.hi ? a.hi < b.hi : a.lo < b.lo;
}

void
part_group(struct part *p, struct text key)
{
	struct hash h = hash_fixed(key);
	size_t i = p->nleast;

	if (i == GROUPS && !is_less(h, p->least[GROUPS - 1]))
		return;
	i -= i == GROUPS;
	p->nleast = i + 1;
	for (; i > 0 && is_less(h, p->least[i - 1]); i--)
		p->least[i] = p->least[i - 1];
	p->least[i] = h;
}

/* --- the seal --- */

/* That of a row and of all above it. No cell has a tab. */
static void
seal_row(struct part *p, const struct text *cell)
{
	char seal[HASH_ID_LEN];

	p->row.len = 0;
	buf_put(&p->row, hash_put(p->seal, seal));
	for (size_t i = 0; i < p->columns; i++) {
		buf_put(&p->row, cell[i]);
		buf_byte(&p->row, '\t');
	}
	p->seal = hash_fixed(buf_text(&p->row));
}

/* --- rows in --- */

/* What a part was asked is not what this run was. */
static const char *
differs(struct part *p, const struct rule *r)
{
	p->why.len = 0;
	buf_string(&p->why, r->name);
	buf_string(&p->why, " differs: in this run it is ");
	buf_put(&p->why, r->value.len != 0 ? r->value : TEXT("not given"));
	buf_byte(&p->why, '\0');
	return p->why.s;
}

static const char *
take_rule(struct part *p, const struct text *cell, size_t *bad)
{
	const struct rule *r = &p->rule[p->rules_seen];

	*bad = PART_NAME;
	if (p->open && p->rules_seen == p->nrules)
		return "the part above it has no end: it was cut";
	if (!text_is(cell[PART_NAME], r->name))
		return "not the next rule of a part, as this version writes them";
	*bad = PART_VALUE;
	if (!text_equal(cell[PART_VALUE], r->value))
		return differs(p, r);
	p->open = true;
	p->rules_seen++;
	return NULL;
}

static const char *
take_column(struct part *p, const struct text *cell, size_t *bad)
{
	*bad = PART_NAME;
	p->had_seen++;
	return dict_get(p->had, cell[PART_NAME]) != DICT_NONE ? NULL
	    : "a column that the table of other parts lacks";
}

static const char *
take_group(struct part *p, const struct text *cell, size_t *bad)
{
	uint32_t known = dict_count(p->groups);

	*bad = PART_NAME;
	return dict_add(p->groups, cell[PART_NAME]) == known ? NULL
	    : "a group of a part that was read before: each group is of one part, "
	      "and each part is given once";
}

static const char *
take_end(struct part *p, const struct text *cell, size_t *bad)
{
	char seal[HASH_ID_LEN];

	*bad = PART_NAME;
	if (!text_equal(cell[PART_NAME], hash_put(p->seal, seal)))
		return "the part is not as it was written: rows were changed or lost";
	p->open = false;
	p->rules_seen = p->had_seen = 0;
	p->seal = (struct hash){ 0 };
	p->count++;
	return NULL;
}

/* The rows that a part begins with. */
static const char *
take_head(struct part *p, const struct text *cell, size_t *bad)
{
	seal_row(p, cell);
	return text_is(cell[PART_RECORD], "rule") ? take_rule(p, cell, bad)
	                                          : take_column(p, cell, bad);
}

void
part_into(struct part *p, part_take *take, void *of)
{
	p->take = take;
	p->of = of;
}

const char *
part_row(struct part *p, const struct text *cell, size_t *bad)
{
	struct text record = cell[PART_RECORD];

	*bad = PART_RECORD;
	if (!text_is(record, "rule") && (!p->open || p->rules_seen < p->nrules))
		return "the part lacks its first rows";
	if (text_is(record, "rule") || text_is(record, "column"))
		return take_head(p, cell, bad);
	if (p->had_seen != dict_count(p->had))
		return "the table of this part lacked columns that others had";
	if (text_is(record, "end"))
		return take_end(p, cell, bad);
	seal_row(p, cell);
	return text_is(record, "group") ? take_group(p, cell, bad)
	                                : p->take(p->of, cell, bad);
}

const char *
part_close(const struct part *p)
{
	return p->open ? "the last part has no end: it was cut" : NULL;
}

uint64_t
part_count(const struct part *p)
{
	return p->count;
}

/* --- rows out --- */

void
part_put(struct part *p, const struct text *cell)
{
	seal_row(p, cell);
	p->write(p->to, cell);
}

static void
put(struct part *p, const char *record, struct text name, struct text value)
{
	p->cell[PART_RECORD] = text_of(record);
	p->cell[PART_NAME] = name;
	p->cell[PART_VALUE] = value;
	part_put(p, p->cell);
}

/* Those of this run beside those of the parts that it merged. */
static void
add_groups(struct part *p)
{
	char name[HASH_ID_LEN];

	for (size_t i = 0; i < p->nleast; i++)
		dict_add(p->groups, hash_put(p->least[i], name));
}

void
part_begin(struct part *p, part_write *write, void *to)
{
	p->write = write;
	p->to = to;
	p->seal = (struct hash){ 0 };
	for (size_t i = 0; i < p->nrules; i++)
		put(p, "rule", text_of(p->rule[i].name), p->rule[i].value);
	for (uint32_t i = 0; i < dict_count(p->had); i++)
		put(p, "column", dict_text(p->had, i), TEXT_NONE);
	add_groups(p);
	for (uint32_t i = 0; i < dict_count(p->groups); i++)
		put(p, "group", dict_text(p->groups, i), TEXT_NONE);
}

void
part_end(struct part *p)
{
	char seal[HASH_ID_LEN];

	put(p, "end", hash_put(p->seal, seal), TEXT_NONE);
}

/* --- cells --- */

bool
part_whole(struct text t, num_wide *n)
{
	static const num_wide max = (num_wide)1 << 96;
	bool minus = t.len > 0 && t.s[0] == '-';

	*n = 0;
	t = text_from(t, minus);
	for (size_t i = 0; i < t.len; i++) {
		if (t.s[i] < '0' || t.s[i] > '9' || *n > max / 10)
			return false;
		*n = *n * 10 + (t.s[i] - '0');
	}
	if (minus)
		*n = -*n;
	return t.len > 0 && *n <= max && *n >= -max;
}

struct text
part_put_whole(char out[NUM_TEXT], num_wide n)
{
	char back[NUM_TEXT];
	size_t len = 0, at = 0;
	bool minus = n < 0;

	do {
		int digit = (int)(n % 10);

		back[len++] = (char)('0' + (minus ? -digit : digit));
		n /= 10;
	} while (n != 0);
	if (minus)
		out[at++] = '-';
	while (len > 0)
		out[at++] = back[--len];
	return (struct text){ out, at };
}
