/* intake_row.c - keys of one row */
#include <lead/base/when.h>
#include <lead/domain/identity/intake.h>
#include <lead/domain/identity/visitor.h>

enum verdict { USED, NO_KEY, ANONYMOUS, BAD, LIMIT };

static const struct group_refusal refusals[] = {
	[NO_KEY] = { .rule = "no_key" },
	[ANONYMOUS] = { .rule = "anonymous" },
	[BAD] = { .reason = "key", .why = "too long for a key, or a control byte in it" },
	[LIMIT] = { .reason = "rule-limit", .why = "too hard for a placeholder pattern" },
};

/* Fields of a row. */
struct row {
	struct text cell[KEYRING_TYPES_MAX]; /* by key type */
	int64_t us;                          /* or LINKS_UNDATED */
	struct text account, event;
	struct text aliases; /* other crm_ids of the same person, ; between */
};

/* Rows of visitors alone are most of a log: they touch no table. */
static bool
is_anonymous(const struct intake *in, const struct text *cell)
{
	bool any = false;

	for (unsigned i = 0; i < keyring_ntypes(in->ring); i++) {
		if (cell[i].len == 0)
			continue;
		if (keyring_type(in->ring, i)->anchor)
			return false;
		any = true;
	}
	return any;
}

static enum keyring_verdict
read_key(struct intake *in, unsigned type, struct text cell, uint32_t *spelling)
{
	enum keyring_verdict v = keyring_add(in->ring, type, cell, spelling);

	if (v != KEYRING_KEY)
		*spelling = KEYRING_NONE;
	in->placeholders += v == KEYRING_NOBODY;
	in->malformed += v == KEYRING_MALFORMED;
	return v;
}

/* A visitor of address and agent is a key of the row's civil day, and without a
 * time none. */
static bool
read_daily(struct intake *in, unsigned type, const struct row *row,
    uint32_t *spelling)
{
	if (!visitor_is_daily(row->cell[type]) ||
	    !text_is(keyring_type_name(in->ring, type), "visitor_id"))
		return false;
	*spelling = KEYRING_NONE;
	if (row->us != LINKS_UNDATED)
		*spelling = keyring_add_daily(in->ring, type, row->cell[type],
		    zone_day(in->zone, row->us));
	return true;
}

static unsigned
type_named(const struct intake *in, struct text name)
{
	for (unsigned i = 0; i < keyring_ntypes(in->ring); i++)
		if (text_equal(keyring_type_name(in->ring, i), name))
			return i;
	return KEYRING_NONE;
}

static bool
is_apart(const struct intake *in, uint32_t a, uint32_t b)
{
	const struct keyring *r = in->ring;

	a = keyring_key(r, a);
	b = keyring_key(r, b);
	return apart_keys(in->apart, keyring_type_name(r, keyring_type_of(r, a)),
	    keyring_text(r, a), keyring_type_name(r, keyring_type_of(r, b)),
	    keyring_text(r, b));
}

static void
add_alias(struct intake *in, uint32_t key, uint32_t twin, struct text event)
{
	if (in->apart != NULL && (apart_event(in->apart, event) ||
		is_apart(in, key, twin)))
		in->excluded++;
	else
		links_add_twin(in->links, key, twin, event);
}

/* Must key i of a row be taken by itself? */
static bool
stands_apart(const struct intake *in, const uint32_t *spelling, unsigned i,
    const struct row *row)
{
	if (apart_event(in->apart, row->event))
		return true;
	for (unsigned t = 0; t < i; t++)
		if (spelling[t] != KEYRING_NONE && is_apart(in, spelling[t], spelling[i]))
			return true;
	return false;
}

/* Keys that are not to join what stands with them leave the row. */
static void
set_apart(struct intake *in, uint32_t *spelling, const struct row *row)
{
	for (unsigned i = keyring_ntypes(in->ring); i-- > 1; ) {
		uint32_t alone[KEYRING_TYPES_MAX];

		if (spelling[i] == KEYRING_NONE || !stands_apart(in, spelling, i, row))
			continue;
		for (unsigned t = 0; t < keyring_ntypes(in->ring); t++)
			alone[t] = t == i ? spelling[i] : KEYRING_NONE;
		links_add(in->links, alone, row->us, TEXT_NONE, TEXT_NONE);
		spelling[i] = KEYRING_NONE;
		in->excluded++;
	}
}

/* Ids that the CRM merged into the row's own. */
static enum verdict
add_aliases(struct intake *in, const uint32_t *spelling, const struct row *row,
    unsigned *bad)
{
	struct text aliases = row->aliases;
	unsigned type = type_named(in, TEXT("crm_id"));
	struct text alias;

	if (aliases.len == 0 || type == KEYRING_NONE || spelling[type] == KEYRING_NONE)
		return USED;
	*bad = type;
	while (text_next(&aliases, ';', &alias)) {
		uint32_t twin;
		enum keyring_verdict k = read_key(in, type, alias, &twin);

		if (k == KEYRING_BAD || k == KEYRING_LIMIT)
			return k == KEYRING_BAD ? BAD : LIMIT;
		if (k == KEYRING_KEY)
			add_alias(in, spelling[type], twin, row->event);
	}
	return USED;
}

static enum verdict
add_row(struct intake *in, const struct row *row, unsigned *bad)
{
	uint32_t spelling[KEYRING_TYPES_MAX];
	enum verdict v = ANONYMOUS;

	if (is_anonymous(in, row->cell))
		return ANONYMOUS;
	for (unsigned i = 0; i < keyring_ntypes(in->ring); i++) {
		enum keyring_verdict k;

		if (read_daily(in, i, row, &spelling[i]))
			continue;
		k = read_key(in, i, row->cell[i], &spelling[i]);
		*bad = i;
		if (k == KEYRING_BAD || k == KEYRING_LIMIT)
			return k == KEYRING_BAD ? BAD : LIMIT;
	}
	v = add_aliases(in, spelling, row, bad);
	if (v != USED)
		return v;
	if (in->apart != NULL)
		set_apart(in, spelling, row);
	switch (links_add(in->links, spelling, row->us, row->account, row->event)) {
	case LINKS_USED:
		v = USED;
		break;
	case LINKS_NO_KEY:
		v = NO_KEY;
		break;
	case LINKS_ANONYMOUS:
		v = ANONYMOUS;
		break;
	}
	return v;
}

/* *us is the row's time, LINKS_UNDATED when it has none; or why it does not count. */
static const struct group_refusal *
read_time(struct intake *in, struct text time, int64_t *us)
{
	in->refusal = (struct group_refusal){ .bad = (size_t)in->time, .column = "time",
		.reason = "time", .why = "not a time" };
	switch (when_parse(time, us)) {
	case WHEN_OK:
		in->refusal.rule = in->outside(in->of, *us);
		return in->refusal.rule != NULL ? &in->refusal : NULL;
	case WHEN_EMPTY:
		*us = LINKS_UNDATED;
		return NULL;
	case WHEN_BAD:
	case WHEN_GAP:
		break;
	}
	return &in->refusal;
}

const struct group_refusal *
intake_take(struct intake *in, const struct tsv_block *b, size_t r)
{
	struct row row = { .account = tsv_field(b, r, in->account),
		.event = tsv_field(b, r, in->event),
		.aliases = tsv_field(b, r, in->alias) };
	const struct group_refusal *no = read_time(in, tsv_field(b, r, in->time), &row.us);
	enum verdict v;
	unsigned bad = 0;

	if (no != NULL)
		return no;
	for (unsigned t = 0; t < keyring_ntypes(in->ring); t++)
		row.cell[t] = tsv_field(b, r, in->key[t]);
	v = add_row(in, &row, &bad);
	if (v == USED)
		return NULL;
	in->refusal = refusals[v];
	in->refusal.bad = (size_t)in->key[bad];
	return &in->refusal;
}
