/* intake.c - what does a row say about keys? */
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
intake_begin(struct intake *in, bool accounts, bool aliases, const struct zone *zone)
{
	in->zone = zone;
	in->links = links_new(in->ring, accounts, aliases);
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

/* The type of a name, or KEYRING_NONE. */
static unsigned
type_named(const struct intake *in, const char *name)
{
	for (unsigned i = 0; i < keyring_ntypes(in->ring); i++)
		if (text_is(keyring_type_name(in->ring, i), name))
			return i;
	return KEYRING_NONE;
}

/* Ids that the CRM merged into the row's own. */
static enum intake_verdict
add_aliases(struct intake *in, const uint32_t *spelling, struct text aliases,
    unsigned *bad)
{
	unsigned type = type_named(in, "crm_id");
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
			links_add_twin(in->links, spelling[type], twin);
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
	v = add_aliases(in, spelling, row->aliases, bad);
	if (v != INTAKE_USED)
		return v;
	switch (links_add(in->links, spelling, row->us, row->account)) {
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
intake_bytes(const struct intake *in)
{
	return keyring_bytes(in->ring) + links_bytes(in->links);
}
