/* source.c - what is a source really called, and what kind is it? */
#include <lead/base/dict.h>
#include <lead/base/mem.h>
#include <lead/base/url.h>
#include <lead/domain/rules/rules.h>
#include <lead/domain/source/source.h>

enum { SOURCES_MAX = 1000000 };

/* A text -> texts of a table; the first row of a key holds. */
struct table {
	struct dict *keys;
	struct source *row;
	size_t cap;
};

struct source_book {
	const struct referrers *referrers;
	struct table own;        /* alias -> name */
	struct table own_kinds;  /* name -> category, channel */
	struct table aliases, categories;
};

static void
put(struct table *t, struct text key, struct source row)
{
	uint32_t known = dict_count(t->keys), id = dict_add(t->keys, key);

	if (id != known)
		return;
	t->row = mem_grow(t->row, &t->cap, id + 1, sizeof(*t->row), SOURCES_MAX,
	    "sources");
	t->row[id] = row;
}

static const struct source *
get(const struct table *t, struct text key)
{
	uint32_t id = dict_get(t->keys, key);

	return id != DICT_NONE ? &t->row[id] : NULL;
}

static void
clear(struct table *t)
{
	dict_free(t->keys);
	mem_free(t->row);
}

/* A key in lower case; longer ones than a source can have are never found. */
static struct text
lower(struct text t, char room[URL_HOST])
{
	return text_lower(room, text_head(t, URL_HOST));
}

static bool
load_pairs(struct table *t, const char *rules, const char *const columns[2],
    struct sheet *s)
{
	bool good = sheet_begin(s, rules_text(rules), columns, 2);
	char room[URL_HOST];
	int next = 0;

	while (good && (next = sheet_next(s)) == 1)
		put(t, lower(s->cell[0], room),
		    (struct source){ s->cell[1], s->cell[1], TEXT_NONE });
	return good && next == 0;
}

struct source_book *
source_new(const struct referrers *referrers, struct sheet *s)
{
	static const char *const aliases[] = { "alias", "name" };
	static const char *const categories[] = { "source", "category" };
	struct source_book *b = mem_new(1, sizeof(*b));

	b->referrers = referrers;
	b->own.keys = dict_new();
	b->own_kinds.keys = dict_new();
	b->aliases.keys = dict_new();
	b->categories.keys = dict_new();
	if (load_pairs(&b->aliases, "sources", aliases, s) &&
	    load_pairs(&b->categories, "categories", categories, s))
		return b;
	source_free(b);
	return NULL;
}

void
source_free(struct source_book *b)
{
	if (b == NULL)
		return;
	clear(&b->own);
	clear(&b->own_kinds);
	clear(&b->aliases);
	clear(&b->categories);
	mem_free(b);
}

bool
source_load(struct source_book *b, struct text rules, struct sheet *s)
{
	static const char *const columns[] = { "alias", "name", "category", "channel" };
	bool good = sheet_begin(s, rules, columns, 4);
	char room[URL_HOST];
	int next = 0;

	while (good && (next = sheet_next(s)) == 1) {
		struct text *c = s->cell, name = c[1].len != 0 ? c[1] : c[0];

		if (c[0].len == 0) {
			s->at = 1;
			s->why = "a row without an alias";
			return false;
		}
		put(&b->own, lower(c[0], room), (struct source){ .name = name });
		if (c[2].len != 0 || c[3].len != 0)
			put(&b->own_kinds, lower(name, room),
			    (struct source){ name, c[2], c[3] });
	}
	return good && next == 0;
}

static const struct referrer *
known_host(const struct source_book *b, struct text name)
{
	if (text_find(name, '.') < 0)
		return NULL;
	return referrer_find(b->referrers, name, TEXT_NONE, NULL);
}

static struct text
name_of(const struct source_book *b, struct text name)
{
	const struct source *own = get(&b->own, name);
	const struct referrer *host;

	if (own == NULL)
		own = get(&b->aliases, name);
	if (own != NULL)
		return own->name;
	host = known_host(b, name);
	return host != NULL ? host->name : name;
}

struct source
source_find(const struct source_book *b, struct text name)
{
	struct source found = { name_of(b, name), TEXT_NONE, TEXT_NONE };
	const struct source *kind;
	const struct referrer *known;
	char room[URL_HOST];
	struct text key = lower(found.name, room);

	kind = get(&b->own_kinds, key);
	if (kind != NULL) {
		found.category = kind->category;
		found.channel = kind->channel;
	}
	if (found.category.len != 0)
		return found;
	kind = get(&b->categories, key);
	known = kind == NULL ? referrer_named(b->referrers, key) : NULL;
	if (kind != NULL)
		found.category = kind->category;
	else if (known != NULL)
		found.category = text_of(known->category);
	return found;
}
