/* mapping_bind.c - how an import map meets a file's columns */
#include <lead/base/buf.h>
#include <lead/base/near.h>
#include <lead/base/num.h>

#include "mapping_state.h"

enum { TOLD_MAX = 1 << 12, TOLD_ENOUGH = 600, SHOWN_MAX = 80 };

static int
find_name(const struct text *name, size_t n, struct text wanted)
{
	for (size_t i = 0; i < n; i++)
		if (text_same(text_trim(name[i]), wanted))
			return (int)i;
	return -1;
}

/* The name as it stands, or one of A|B. false when a slot that no ? excuses is
 * not there. */
static bool
bind_slot(struct mapping_slot *slot, const struct text *name, size_t n)
{
	bool optional = text_ends(slot->from, TEXT("?"));
	struct text rest = slot->from;

	slot->shown = slot->from;
	slot->field = find_name(name, n, slot->from);
	rest.len -= optional;
	while (slot->field < 0 && text_next(&rest, '|', &slot->shown)) {
		slot->shown = text_trim(slot->shown);
		slot->field = find_name(name, n, slot->shown);
	}
	return slot->field >= 0 || optional;
}

/* "Etapas" of line 4 of the map (Etapa?) */
static void
tell_missing(struct buf *words, const struct mapping_slot *slot, const struct text *name,
    size_t n)
{
	char digits[NUM_TEXT];
	int near = near_find(slot->from, name, n);

	buf_byte(words, '"');
	buf_put(words, text_head(slot->from, SHOWN_MAX));
	buf_string(words, "\" of line ");
	buf_put(words, num_put_count(digits, (int64_t)slot->line));
	buf_string(words, " of the map");
	if (near < 0)
		return;
	buf_string(words, " (there is \"");
	buf_put(words, text_trim(name[near]));
	buf_string(words, "\")");
}

const char *
mapping_bind(struct mapping *m, const struct text *name, size_t n, bool strict)
{
	struct buf words;
	struct text told;

	buf_init(&words, TOLD_MAX, "names of columns");
	for (size_t i = 0; i < m->nslots; i++) {
		if (bind_slot(&m->slots[i], name, n) || !strict ||
		    words.len > TOLD_ENOUGH)
			continue;
		buf_string(&words, words.len != 0 ? ", " : "no such column in the header: ");
		tell_missing(&words, &m->slots[i], name, n);
	}
	if (words.len > TOLD_ENOUGH)
		buf_string(&words, ", ...");
	buf_byte(&words, '\0');
	told = arena_text(&m->arena, buf_text(&words));
	buf_clear(&words);
	return told.len > 1 ? told.s : NULL;
}
