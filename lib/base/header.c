/* header.c - which columns has the table, and where are they in each file? */
#include <stdio.h>

#include <lead/base/header.h>
#include <lead/base/mem.h>

enum { NAME_SHOWN = 80 };

void
header_clear(struct header *h)
{
	for (size_t i = 0; i < h->ncols; i++)
		mem_free_text(h->names[i]);
	mem_free(h->names);
	*h = (struct header){ 0 };
}

int
header_find(const struct header *h, struct text name)
{
	for (size_t i = 0; i < h->ncols; i++)
		if (text_equal(h->names[i], name))
			return (int)i;
	return -1;
}

static void
add(struct header *h, struct text name)
{
	h->names = mem_grow(h->names, &h->cap, h->ncols + 1, sizeof(*h->names),
	    HEADER_COLUMNS_MAX, "columns");
	h->names[h->ncols++] = mem_text(name);
}

void
header_map_clear(struct header_map *m)
{
	mem_free(m->place);
	*m = (struct header_map){ 0 };
}

/* Words about a name, in a buffer of its own. */
static const char *
about(struct text name, const char *words)
{
	static char why[NAME_SHOWN + 80];

	snprintf(why, sizeof(why), "column \"%.*s\" %s",
	    (int)(name.len < NAME_SHOWN ? name.len : NAME_SHOWN), name.s, words);
	return why;
}

/* Split line into part[]; their number, or 0 when there are too many. */
static size_t
split(struct text line, char sep, struct text *part)
{
	size_t n = 0;

	for (struct text rest = line; rest.s != NULL; n++) {
		if (n == HEADER_COLUMNS_MAX)
			return 0;
		text_next(&rest, sep, &part[n]);
	}
	return n;
}

static const char *
check(const struct text *part, size_t n)
{
	if (n == 0)
		return "more than 4096 columns";
	for (size_t i = 0; i < n; i++) {
		if (part[i].len == 0)
			return about(part[i], "has no name: is this the header line?");
		for (size_t j = 0; j < i; j++)
			if (text_equal(part[i], part[j]))
				return about(part[i], "stands twice in the header");
	}
	return NULL;
}

/* The places of the table's columns in a file with the columns part[0..n-1]. */
static void
set_places(const struct header *h, const struct text *part, size_t n,
    struct header_map *m)
{
	bool same = n == h->ncols;
	int *place = mem_raw(HEADER_COLUMNS_MAX, sizeof(*place));

	for (size_t c = 0; c < HEADER_COLUMNS_MAX; c++)
		place[c] = -1;
	for (size_t i = 0; i < n; i++) {
		int c = header_find(h, part[i]);

		place[c] = (int)i;
		same = same && c == (int)i;
	}
	header_map_clear(m);
	m->ncols = n;
	if (same)
		mem_free(place);
	else
		m->place = place;
}

/* All of part[] are the table's, or become so. */
static const char *
add_new(struct header *h, const struct text *part, size_t n, bool may_add)
{
	for (size_t i = 0; i < n; i++) {
		if (header_find(h, part[i]) >= 0)
			continue;
		if (!may_add)
			return about(part[i], "is new: a pipe may bring no new column");
		add(h, part[i]);
	}
	return NULL;
}

const char *
header_unite(struct header *h, struct text line, char sep, bool may_add,
    struct header_map *m)
{
	struct text *part = mem_raw(HEADER_COLUMNS_MAX, sizeof(*part));
	size_t n = split(line, sep, part);
	const char *why = check(part, n);

	if (why == NULL)
		why = add_new(h, part, n, may_add);
	if (why == NULL)
		set_places(h, part, n, m);
	mem_free(part);
	return why;
}

void
header_widen(const struct header *h, struct header_map *m)
{
	if (m->place != NULL || m->ncols == h->ncols)
		return;
	m->place = mem_raw(HEADER_COLUMNS_MAX, sizeof(*m->place));
	for (size_t c = 0; c < HEADER_COLUMNS_MAX; c++)
		m->place[c] = c < m->ncols ? (int)c : -1;
}
