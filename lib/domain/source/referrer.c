/* referrer.c - whose host is this: a search engine, a network, a mail box? */
#include <lead/base/dict.h>
#include <lead/base/mem.h>
#include <lead/base/url.h>
#include <lead/domain/source/referrer.h>

enum {
	REFERRERS_MAX = 100000, /* patterns */
	NO_SPOT = UINT32_MAX,
};

static const struct class {
	const char *name, *medium, *category;
} classes[] = {
	{ "search", "organic", "search" },
	{ "social", "social", "social" },
	{ "video", "video", "video" },
	{ "shopping", "shopping", "shopping" },
	{ "ai", "ai", "ai" },
	{ "mail", "email", "" },
	{ "app", "app", "" },
};

/* One pattern; those of one host pattern are chained by falling path length. */
struct spot {
	struct text path;
	uint32_t next, referrer;
};

struct referrers {
	struct referrer *list;
	struct spot *spot;
	uint32_t *first;   /* host pattern -> its first spot */
	uint32_t *by_name; /* name -> its first row */
	struct dict *hosts, *names;
	size_t n, cap, nspots, spots_cap, first_cap, names_cap;
};

static bool
fail(struct sheet *s, size_t column, const char *why)
{
	s->at = sheet_place(s, column, 0);
	s->why = why;
	return false;
}

static void
add_pattern(struct referrers *r, struct text pattern)
{
	ptrdiff_t slash = text_find(pattern, '/');
	struct text host = slash < 0 ? pattern : text_head(pattern, (size_t)slash);
	struct text path = slash < 0 ? TEXT_NONE : text_from(pattern, (size_t)slash);
	uint32_t known = dict_count(r->hosts), id = dict_add(r->hosts, host), *at;

	r->first = mem_grow(r->first, &r->first_cap, id + 1, sizeof(*r->first),
	    REFERRERS_MAX, "referrer hosts");
	r->spot = mem_grow(r->spot, &r->spots_cap, r->nspots + 1, sizeof(*r->spot),
	    REFERRERS_MAX, "referrer hosts");
	if (id == known)
		r->first[id] = NO_SPOT;
	at = &r->first[id];
	while (*at != NO_SPOT && r->spot[*at].path.len >= path.len)
		at = &r->spot[*at].next;
	r->spot[r->nspots] = (struct spot){ path, *at, (uint32_t)r->n };
	*at = (uint32_t)r->nspots++;
}

/* The first row of a name tells its class. */
static void
add_name(struct referrers *r, struct text name)
{
	uint32_t known = dict_count(r->names), id = dict_add(r->names, name);

	if (id != known)
		return;
	r->by_name = mem_grow(r->by_name, &r->names_cap, id + 1,
	    sizeof(*r->by_name), REFERRERS_MAX, "referrers");
	r->by_name[id] = (uint32_t)r->n;
}

static bool
add(struct referrers *r, struct sheet *s)
{
	struct text hosts = s->cell[2], pattern;
	size_t c = 0, n = sizeof(classes) / sizeof(classes[0]);

	while (c < n && !text_is(s->cell[0], classes[c].name))
		c++;
	if (c == n)
		return fail(s, 0,
		    "no class: search social video shopping ai mail app");
	if (s->cell[1].len == 0 || hosts.len == 0)
		return fail(s, s->cell[1].len == 0 ? 1 : 2, "an empty cell");
	while (text_next(&hosts, ' ', &pattern))
		if (pattern.len != 0)
			add_pattern(r, pattern);
	add_name(r, s->cell[1]);
	r->list = mem_grow(r->list, &r->cap, r->n + 1, sizeof(*r->list),
	    REFERRERS_MAX, "referrers");
	r->list[r->n++] = (struct referrer){ s->cell[0], s->cell[1], s->cell[3],
		classes[c].medium, classes[c].category };
	return true;
}

struct referrers *
referrer_new(struct text rules, struct sheet *s)
{
	static const char *const columns[] = { "class", "name", "hosts", "terms" };
	struct referrers *r = mem_new(1, sizeof(*r));
	bool good = sheet_begin(s, rules, columns, 4);
	int next = 0;

	r->hosts = dict_new();
	r->names = dict_new();
	while (good && (next = sheet_next(s)) == 1)
		good = add(r, s);
	if (good && next == 0)
		return r;
	referrer_free(r);
	return NULL;
}

void
referrer_free(struct referrers *r)
{
	if (r == NULL)
		return;
	dict_free(r->hosts);
	dict_free(r->names);
	mem_free(r->list);
	mem_free(r->spot);
	mem_free(r->first);
	mem_free(r->by_name);
	mem_free(r);
}

/* Two letters: the label of a country. */
static bool
is_country(struct text label)
{
	return label.len == 2 && (unsigned char)(label.s[0] - 'a') < 26 &&
	    (unsigned char)(label.s[1] - 'a') < 26;
}

/* Bytes of host before its last label and that label's dot; 0: it has one. */
static size_t
before_last(struct text host)
{
	size_t n = host.len;

	while (n > 0 && host.s[n - 1] != '.')
		n--;
	return n > 0 ? n - 1 : 0;
}

/*
 * Bytes of host in front of the dot and the country at its end: com, de, or
 * the second level of a country, co.uk com.br org.uk; 0 when there is none.
 */
static size_t
before_country(struct text host)
{
	static const char *const second[] = { "co", "com", "org", "net", "ne", "or" };
	size_t n = before_last(host), m;
	struct text last = text_from(host, n + 1), label;

	if (n == 0 || (!is_country(last) && !text_is(last, "com")))
		return 0;
	m = before_last(text_head(host, n));
	label = text_from(text_head(host, n), m + 1);
	for (size_t i = 0; m != 0 && i < sizeof(second) / sizeof(second[0]); i++)
		if (is_country(last) && text_is(label, second[i]))
			return m;
	return n;
}

/* What a lookup goes through: the address, and what it found. */
struct query {
	const struct referrers *all;
	struct text path;
	const struct referrer *found;
	bool by_path;
};

static bool
under(struct text path, struct text top)
{
	return text_starts(path, top) &&
	    (path.len == top.len || top.len == 0 || path.s[top.len] == '/');
}

static bool
try(struct query *q, struct text pattern)
{
	uint32_t id = dict_get(q->all->hosts, pattern);
	uint32_t i = id != DICT_NONE ? q->all->first[id] : NO_SPOT;

	for (; q->found == NULL && i != NO_SPOT; i = q->all->spot[i].next) {
		const struct spot *spot = &q->all->spot[i];

		q->by_path |= spot->path.len != 0;
		if (under(q->path, spot->path))
			q->found = &q->all->list[spot->referrer];
	}
	return q->found != NULL;
}

/* host, then with {} in place of the country behind it. */
static bool
try_both(struct query *q, struct text host, char room[URL_HOST + 4])
{
	size_t n = before_country(host);

	if (try(q, host))
		return true;
	if (n == 0)
		return false;
	memcpy(room, host.s, n);
	memcpy(room + n, ".{}", 3);
	return try(q, (struct text){ room, n + 3 });
}

const struct referrer *
referrer_find(const struct referrers *r, struct text host, struct text path,
    bool *by_path)
{
	struct query q = { .all = r, .path = path };
	char room[URL_HOST + 4], at[URL_HOST + 4];
	ptrdiff_t dot;
	bool found;

	host = text_head(url_bare(host), URL_HOST - 1);
	found = host.len != 0 && try_both(&q, host, room);
	dot = text_find(host, '.');
	if (!found && dot == 2 && is_country(text_head(host, 2))) {
		memcpy(at, "{}", 2);
		memcpy(at + 2, host.s + 2, host.len - 2);
		found = try(&q, (struct text){ at, host.len });
	}
	/* The host itself and each domain above it, as ".domain". */
	at[0] = '.';
	while (!found && host.len != 0) {
		memcpy(at + 1, host.s, host.len);
		found = try_both(&q, (struct text){ at, host.len + 1 }, room);
		dot = text_find(host, '.');
		host = dot >= 0 ? text_from(host, (size_t)dot + 1) : TEXT_NONE;
	}
	if (by_path != NULL)
		*by_path = q.by_path;
	return q.found;
}

const struct referrer *
referrer_named(const struct referrers *r, struct text name)
{
	uint32_t id = dict_get(r->names, name);

	return id != DICT_NONE ? &r->list[r->by_name[id]] : NULL;
}
