/* naming.c - what are the columns of a foreign table called here? */
#include <stdbool.h>
#include <stdint.h>

#include <lead/base/mem.h>
#include <lead/base/num.h>
#include <lead/domain/import/naming.h>

void
naming_clear(struct naming *w)
{
	for (size_t i = 0; i < w->n; i++)
		mem_free_text(w->name[i]);
	mem_free(w->name);
	*w = (struct naming){ 0 };
}

int
naming_find(const struct naming *w, struct text name)
{
	for (size_t i = 0; i < w->n; i++)
		if (text_equal(w->name[i], name))
			return (int)i;
	return -1;
}

size_t
naming_add(struct naming *w, struct text name)
{
	int at = naming_find(w, name);

	if (at >= 0)
		return (size_t)at;
	w->name = mem_grow(w->name, &w->cap, w->n + 1, sizeof(*w->name), NAMING_MAX,
	    "columns");
	w->name[w->n] = mem_text(name);
	return w->n++;
}

static bool
is_name_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
	    (unsigned char)c >= 0x80;
}

/* The normal form of a name, owned by the caller. */
static struct text
normal(struct text name, size_t place)
{
	static const struct text prefix = { "column_", 7 };
	char *to = mem_raw(name.len + prefix.len + NUM_TEXT, 1);
	size_t len = 0;

	for (size_t i = 0; i < name.len; i++) {
		char c;

		text_lower(&c, (struct text){ name.s + i, 1 });
		if (is_name_byte(c))
			to[len++] = c;
		else if (len != 0 && to[len - 1] != '_')
			to[len++] = '_';
	}
	while (len != 0 && to[len - 1] == '_')
		len--;
	if (len == 0) {
		memcpy(to, prefix.s, prefix.len);
		len = prefix.len + num_put_count(to + prefix.len, (int64_t)place).len;
	}
	return (struct text){ to, len };
}

int
naming_find_foreign(const struct naming *w, struct text name, size_t place)
{
	struct text made = normal(name, place);
	int at = naming_find(w, made);

	mem_free_text(made);
	return at;
}

size_t
naming_add_foreign(struct naming *w, struct text name, size_t place)
{
	struct text made = normal(name, place);
	size_t at = naming_add(w, made);

	mem_free_text(made);
	return at;
}

const char *
naming_rename(struct naming *w, size_t column, struct text to)
{
	int at = naming_find(w, to);

	if (at >= 0 && (size_t)at != column)
		return "there is a column of that name already";
	mem_free_text(w->name[column]);
	w->name[column] = mem_text(to);
	return NULL;
}
