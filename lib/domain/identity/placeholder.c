/* placeholder.c - which values stand for "nobody" and are no key */
#include <lead/base/buf.h>
#include <lead/base/mem.h>
#include <lead/domain/identity/placeholder.h>
#include <lead/domain/rules/sheet.h>

/*
 * All patterns joined make one match of many; where they do not compile as one
 * each is tried by itself.
 */
struct placeholder {
	struct re **each, *joined;
	size_t n, cap;
};

enum { PATTERNS_MAX = 4096 };
enum { KEY_TYPE, PATTERN, COLUMNS };
static const char *const names[COLUMNS] = { "key_type", "pattern" };

void
placeholder_free(struct placeholder *p)
{
	if (p == NULL)
		return;
	for (size_t i = 0; i < p->n; i++)
		re_free(p->each[i]);
	mem_free(p->each);
	re_free(p->joined);
	mem_free(p);
}

/* Append as "|(?:pattern)"; in "(?|…)" each part numbers its groups from 1. */
static void
join(struct buf *b, struct text pattern)
{
	buf_string(b, b->len == 0 ? "(?|(?:" : "|(?:");
	buf_put(b, pattern);
	buf_byte(b, ')');
}

static bool
add(struct placeholder *p, const struct sheet *s, struct buf *all,
    struct placeholder_error *error)
{
	struct text pattern = s->cell[PATTERN];
	size_t at = 0;
	struct re *re = NULL;

	error->why = "no pattern";
	if (pattern.len != 0)
		re = re_new(pattern, true, &error->why, &at);
	error->line = s->line;
	error->at = sheet_place(s, PATTERN, at);
	if (re == NULL)
		return false;
	p->each = mem_grow(p->each, &p->cap, p->n + 1, sizeof(struct re *),
	    PATTERNS_MAX, "placeholder patterns");
	p->each[p->n++] = re;
	join(all, pattern);
	return true;
}

static bool
add_all(struct placeholder *p, struct text list, struct text key_type, struct buf *all,
    struct placeholder_error *error)
{
	struct sheet s;
	int row = sheet_begin(&s, list, names, COLUMNS) ? 1 : -1;

	while (row > 0 && (row = sheet_next(&s)) > 0)
		if ((s.cell[KEY_TYPE].len == 0 ||
			text_equal(s.cell[KEY_TYPE], key_type)) &&
		    !add(p, &s, all, error))
			return false;
	if (row < 0)
		*error = (struct placeholder_error){ s.why, s.line, s.at };
	return row == 0;
}

struct placeholder *
placeholder_new(struct text list, struct text key_type, struct placeholder_error *error)
{
	struct placeholder *p = mem_new(1, sizeof(*p));
	struct buf all;
	const char *why;
	size_t at;

	buf_init(&all, (size_t)PATTERNS_MAX * (RE_PATTERN_MAX + 4) + 1, "placeholders");
	if (add_all(p, list, key_type, &all, error)) {
		if (p->n > 1) {
			buf_byte(&all, ')');
			p->joined = re_new(buf_text(&all), true, &why, &at);
		}
	} else {
		placeholder_free(p);
		p = NULL;
	}
	buf_clear(&all);
	return p;
}

enum re_verdict
placeholder_match(const struct placeholder *p, struct text value)
{
	if (p->joined != NULL)
		return re_match(p->joined, value);
	for (size_t i = 0; i < p->n; i++) {
		enum re_verdict v = re_match(p->each[i], value);

		if (v != RE_NO)
			return v;
	}
	return RE_NO;
}
