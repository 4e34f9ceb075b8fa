/* suggest_fuzz.c - the map suggested for any export runs on it, or has no event yet */
#include <lead/base/buf.h>
#include <lead/domain/import/mapping.h>
#include <lead/domain/import/suggest.h>

#include "fuzz.h"

enum { NAMES = 8, MAP_MAX = 1 << 24 };

static void
put_row(struct buf *b, const struct text *cell)
{
	for (size_t i = 0; i < SUGGEST_CELLS; i++) {
		buf_put(b, cell[i]);
		buf_byte(b, i + 1 < SUGGEST_CELLS ? '\t' : '\n');
	}
}

/* Fields between |, blank ones to the end. */
static void
cut(struct text line, struct text field[NAMES])
{
	for (size_t i = 0; i < NAMES; i++)
		if (line.s == NULL || !text_next(&line, '|', &field[i]))
			field[i] = TEXT_NONE;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct text rest = fuzz_text(data, n), line, name[NAMES], cell[SUGGEST_CELLS];
	struct zone *utc = zone_open("UTC");
	struct suggest *s = suggest_new();
	struct mapping_error error;
	struct mapping *m;
	struct buf map;

	buf_init(&map, MAP_MAX, "a map");
	buf_string(&map, "event\tcolumn\tfrom\tas\twhen\n");
	text_next(&rest, '\n', &line);
	cut(line, name);
	suggest_bind(s, name, NAMES);
	while (rest.s != NULL && text_next(&rest, '\n', &line)) {
		struct text field[NAMES];

		cut(line, field);
		suggest_look(s, field);
	}
	while (suggest_next(s, cell))
		if (!text_starts(cell[0], TEXT("#")))
			put_row(&map, cell);
	m = mapping_new(buf_text(&map), utc, &error);
	must(m != NULL || error.line == 0);
	if (m != NULL)
		must(mapping_bind(m, name, NAMES, true) == NULL);
	mapping_free(m);
	buf_clear(&map);
	suggest_free(s);
	zone_free(utc);
	return 0;
}
