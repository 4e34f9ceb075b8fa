/* intake.c - what does a row say about keys? */
#include <lead/base/when.h>
#include <lead/domain/identity/intake.h>

static const char *
no_type(const struct intake *in, struct text name)
{
	unsigned n = keyring_ntypes(in->ring);

	for (unsigned i = 0; i < n; i++)
		if (text_equal(keyring_type_name(in->ring, i), name))
			return "a column twice";
	return n == KEYRING_TYPES_MAX ? "one column too many" :
	    name.len == 0 ? "no name" : NULL;
}

static bool
add_type(struct intake *in, struct text name, struct text list, struct intake_problem *p)
{
	struct placeholder_error in_list;
	struct placeholder *nobody;

	*p = (struct intake_problem){ .option = "keys", .word = name,
		.why = no_type(in, name) };
	if (p->why != NULL)
		return false;
	nobody = placeholder_new(list, name, &in_list);
	if (nobody == NULL) {
		p->why = in_list.why;
		p->line = in_list.line;
		p->at = in_list.at;
		return false;
	}
	keyring_add_type(in->ring, name, nobody);
	return true;
}

static bool
add_merge(struct intake *in, struct text name, struct intake_problem *p)
{
	*p = (struct intake_problem){ .option = "merge-on", .word = name,
		.why = "no key column" };
	for (unsigned i = 0; i < keyring_ntypes(in->ring); i++) {
		if (!text_equal(keyring_type_name(in->ring, i), name))
			continue;
		in->merge_on |= 1U << i;
		return true;
	}
	return false;
}

bool
intake_init(struct intake *in, const struct intake_words *w, struct intake_problem *p)
{
	struct text keys = text_of(w->keys), merge_on = text_of(w->merge_on), name;

	*in = (struct intake){ .home = phone_country(text_of(w->country)) };
	in->ring = keyring_new(in->home);
	*p = (struct intake_problem){ .option = "default-country",
		.word = text_of(w->country), .why = "none of ES PT PL UK FR DE IT US" };
	if (w->country != NULL && in->home == NULL)
		return false;
	while (text_next(&keys, ',', &name))
		if (!add_type(in, name, w->placeholders, p))
			return false;
	while (w->merge_on != NULL && text_next(&merge_on, ',', &name))
		if (!add_merge(in, name, p))
			return false;
	return true;
}

void
intake_clear(struct intake *in)
{
	links_free(in->links);
	keyring_free(in->ring);
	apart_free(in->apart);
}

struct tsv_taker
intake_apart(void *intake, struct text header)
{
	struct intake *in = intake;

	(void)header;
	in->apart = apart_new(in->home);
	return (struct tsv_taker){ apart_columns, APART_COLUMNS, apart_add, in->apart };
}

bool
intake_find(struct intake *in, const void *table,
    int (*column)(const void *table, struct text name))
{
	bool any = false;

	for (unsigned i = 0; i < keyring_ntypes(in->ring); i++) {
		in->key[i] = column(table, keyring_type_name(in->ring, i));
		any |= in->key[i] >= 0;
	}
	in->time = column(table, TEXT("time"));
	in->account = column(table, TEXT("account_id"));
	in->alias = column(table, TEXT("alias"));
	in->event = column(table, TEXT("event_id"));
	return any;
}

void
intake_begin(struct intake *in, unsigned keep)
{
	if (in->event < 0)
		keep &= ~(unsigned)LINKS_EVENTS;
	if (in->account >= 0)
		keep |= LINKS_ACCOUNTS;
	if (in->alias >= 0)
		keep |= LINKS_TWINS;
	in->links = links_new(in->ring, keep);
}

bool
intake_is_personal(const struct intake *in)
{
	for (unsigned i = 0; i < keyring_ntypes(in->ring); i++)
		if (in->key[i] >= 0 && keyring_type(in->ring, i)->personal)
			return true;
	return false;
}

/* --- edges --- */

struct text
intake_edge_name(const struct intake *in, size_t i)
{
	static const char *const beside[] = { "account_id", "alias", "time", "event_id" };
	unsigned n = keyring_ntypes(in->ring);

	if (i < n)
		return keyring_type_name(in->ring, (unsigned)i);
	return i < n + 4 ? text_of(beside[i - n]) : TEXT_NONE;
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
