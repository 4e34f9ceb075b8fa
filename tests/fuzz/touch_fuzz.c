/* touch_fuzz.c - any url and referrer give sound fields, the same ones again */
#include <lead/base/url.h>
#include <lead/domain/source/atlas.h>
#include <lead/domain/source/touch.h>
#include <lead/domain/source/value.h>

#include "fuzz.h"

static struct touch *
begin(void)
{
	static struct atlas atlas;
	enum atlas_table which;
	struct sheet s;
	struct touch_options o = { .fragment = true, .amp = true, .wanted = ~0u };
	struct hosts *own = hosts_new();

	must(atlas_open(&atlas, (struct text){ NULL, 0 }, (struct text){ NULL, 0 }, &which,
	    &s));
	hosts_add(own, TEXT("me.org"));
	o.parameters = atlas.parameters;
	o.referrers = atlas.referrers;
	o.own = own;
	o.excluded = hosts_new();
	o.origin = (struct origin_options){ atlas.rules, atlas.sources, NULL, TEXT_NONE,
		false };
	return touch_new(&o);
}

/* A field of lead TSV, in UTF-8 but for the page, which is as it came. */
static void
check(struct text field, enum touch_column c)
{
	static char room[8 * URL_MAX];
	unsigned flaws = 0;

	must(text_find(field, '\t') < 0 && text_find(field, '\n') < 0);
	if (c == TOUCH_PAGE)
		return;
	must(field.len <= VALUE_FIELD);
	url_clean(field, room, &flaws);
	must(flaws == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct touch *touch;
	static char kept[TOUCH_COLUMNS][4 * URL_MAX];
	struct text all = fuzz_text(data, n), out[TOUCH_COLUMNS];
	struct touch_row row = { .url = TEXT_NONE };
	size_t len[TOUCH_COLUMNS];
	enum touch_verdict first;

	if (touch == NULL)
		touch = begin();
	for (size_t i = 0; i < n; i++)
		if (data[i] == '\n' || data[i] == '\0' || data[i] == '\\' || data[i] == '\r')
			return 0;
	if (!text_next(&all, '\t', &row.url))
		return 0;
	if (all.s != NULL)
		text_next(&all, '\t', &row.referrer);
	first = touch_read(touch, &row, out);
	for (size_t i = 0; first == TOUCH_GOOD && i < TOUCH_COLUMNS; i++) {
		check(out[i], (enum touch_column)i);
		len[i] = out[i].len;
		if (len[i] != 0)
			memcpy(kept[i], out[i].s, len[i]);
	}
	must(touch_read(touch, &row, out) == first);
	for (size_t i = 0; first == TOUCH_GOOD && i < TOUCH_COLUMNS; i++)
		must(text_equal(out[i], (struct text){ kept[i], len[i] }));
	return 0;
}
