/* intake.c - what does a row say about keys? */
#include <lead/base/when.h>
#include <lead/domain/intake.h>
#include <lead/domain/visitor.h>

static bool
add_type(struct intake *in, struct text name, struct text list,
    struct intake_error *error)
{
	unsigned n = keyring_ntypes(in->ring);
	struct placeholder_error in_list;
	struct placeholder *nobody;

	error->name = name;
	error->why = n == KEYRING_TYPES_MAX ? "one column too many" :
	    name.len == 0 ? "no name" : NULL;
	for (unsigned i = 0; i < n; i++)
		if (text_equal(keyring_type_name(in->ring, i), name))
			error->why = "a column twice";
	if (error->why != NULL)
		return false;
	nobody = placeholder_new(list, name, &in_list);
	if (nobody == NULL) {
		error->in_list = in_list;
		error->why = in_list.why;
		return false;
	}
	keyring_add_type(in->ring, name, nobody);
	return true;
}

bool
intake_init(struct intake *in, struct text names, struct text list,
    const struct phone_country *home, struct intake_error *error)
{
	struct text name;

	*in = (struct intake){ .ring = keyring_new(home) };
	*error = (struct intake_error){ 0 };
	while (text_next(&names, ',', &name))
		if (!add_type(in, name, list, error))
			return false;
	return true;
}

void
intake_clear(struct intake *in)
{
	links_free(in->links);
	keyring_free(in->ring);
}

void
intake_begin(struct intake *in, unsigned keep, const struct zone *zone)
{
	in->zone = zone;
	in->links = links_new(in->ring, keep);
}

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
read_daily(struct intake *in, unsigned type, const struct intake_row *row,
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

bool
intake_types(const struct intake *in, struct text names, unsigned *bits, struct text *bad)
{
	*bits = 0;
	while (text_next(&names, ',', bad)) {
		unsigned type = type_named(in, *bad);

		if (type == KEYRING_NONE)
			return false;
		*bits |= 1U << type;
	}
	return true;
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
    const struct intake_row *row)
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
set_apart(struct intake *in, uint32_t *spelling, const struct intake_row *row)
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
static enum intake_verdict
add_aliases(struct intake *in, const uint32_t *spelling, const struct intake_row *row,
    unsigned *bad)
{
	struct text aliases = row->aliases;
	unsigned type = type_named(in, TEXT("crm_id"));
	struct text alias;

	if (aliases.len == 0 || type == KEYRING_NONE || spelling[type] == KEYRING_NONE)
		return INTAKE_USED;
	*bad = type;
	while (text_next(&aliases, ';', &alias)) {
		uint32_t twin;
		enum keyring_verdict k = read_key(in, type, alias, &twin);

		if (k == KEYRING_BAD || k == KEYRING_LIMIT)
			return k == KEYRING_BAD ? INTAKE_BAD : INTAKE_LIMIT;
		if (k == KEYRING_KEY)
			add_alias(in, spelling[type], twin, row->event);
	}
	return INTAKE_USED;
}

enum intake_verdict
intake_row(struct intake *in, const struct intake_row *row, unsigned *bad)
{
	uint32_t spelling[KEYRING_TYPES_MAX];
	enum intake_verdict v = INTAKE_ANONYMOUS;

	if (is_anonymous(in, row->cell))
		return INTAKE_ANONYMOUS;
	for (unsigned i = 0; i < keyring_ntypes(in->ring); i++) {
		enum keyring_verdict k;

		if (read_daily(in, i, row, &spelling[i]))
			continue;
		k = read_key(in, i, row->cell[i], &spelling[i]);
		*bad = i;
		if (k == KEYRING_BAD || k == KEYRING_LIMIT)
			return k == KEYRING_BAD ? INTAKE_BAD : INTAKE_LIMIT;
	}
	v = add_aliases(in, spelling, row, bad);
	if (v != INTAKE_USED)
		return v;
	if (in->apart != NULL)
		set_apart(in, spelling, row);
	switch (links_add(in->links, spelling, row->us, row->account, row->event)) {
	case LINKS_USED:
		v = INTAKE_USED;
		break;
	case LINKS_NO_KEY:
		v = INTAKE_NO_KEY;
		break;
	case LINKS_ANONYMOUS:
		v = INTAKE_ANONYMOUS;
		break;
	}
	return v;
}

size_t
intake_edges(struct intake *in)
{
	return links_edges(in->links);
}

size_t
intake_edge(const struct intake *in, size_t i, struct text *cell, char *time)
{
	struct links_edge e = links_edge(in->links, i);
	unsigned n = keyring_ntypes(in->ring);

	for (unsigned t = 0; t < n; t++)
		cell[t] = e.spelling[t] == KEYRING_NONE ? TEXT_NONE :
		    keyring_text(in->ring, e.spelling[t]);
	cell[n] = e.account;
	cell[n + 1] = e.twin == KEYRING_NONE ? TEXT_NONE : keyring_text(in->ring, e.twin);
	cell[n + 2] = e.us == LINKS_UNDATED ? TEXT_NONE : when_put(time, e.us);
	cell[n + 3] = e.event;
	return n + 4;
}
