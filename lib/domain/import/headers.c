/* headers.c - what do the words of another program's export mean? */
#include <lead/domain/import/headers.h>
#include <lead/domain/rules/rules.h>

enum { EVENT, COLUMN, AS, NAMES, COLUMNS };
static const char *const columns[COLUMNS] = { "event", "column", "as", "names" };

/* U+00C0 to U+00FF without their accents. */
static const char plain[] = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty";

/* --- names --- */

static void
add(struct headers_name *n, char c)
{
	if (n->len < HEADERS_NAME_MAX - 1 && (c != ' ' || n->s[n->len - 1] != ' '))
		n->s[n->len++] = c;
}

/* One character of t from byte i on; returns how many bytes it has. */
static size_t
fold_char(struct headers_name *n, struct text t, size_t i)
{
	unsigned char c = (unsigned char)t.s[i];
	unsigned char next = i + 1 < t.len ? (unsigned char)t.s[i + 1] : 0;
	char small;

	if (c == 0xc3 && next >= 0x80 && next < 0xc0) {
		add(n, plain[next - 0x80]);
		return 2;
	}
	if ((c == 0xcc && next >= 0x80) || (c == 0xcd && next >= 0x80 && next < 0xb0))
		return 2; /* an accent that follows its letter */
	text_lower(&small, (struct text){ t.s + i, 1 });
	if ((small >= 'a' && small <= 'z') || (small >= '0' && small <= '9') || c >= 0x80)
		add(n, small);
	else
		add(n, ' ');
	if (t.s[i] >= 'a' && t.s[i] <= 'z' && next >= 'A' && next <= 'Z')
		add(n, ' ');
	return 1;
}

static void
fold(struct headers_name *n, struct text t)
{
	n->s[0] = ' ';
	n->len = 1;
	for (size_t i = 0; i < t.len;)
		i += fold_char(n, t, i);
	if (n->s[n->len - 1] != ' ')
		n->s[n->len++] = ' ';
}

/* Does the name hold these words, or is it all of them? */
static bool
holds(const struct headers_name *n, struct text words)
{
	bool whole = text_starts(words, TEXT("="));
	struct text name = { n->s, n->len }, rest;
	ptrdiff_t at;

	words = text_from(words, whole);
	if (words.len == 0 || words.len + 2 > name.len)
		return false;
	if (whole)
		return text_equal(words, text_head(text_from(name, 1), name.len - 2));
	for (rest = name; (at = text_search(rest, words)) >= 0;
	    rest = text_from(rest, (size_t)at + 1))
		if (rest.s[at - 1] == ' ' && rest.s[(size_t)at + words.len] == ' ')
			return true;
	return false;
}

static bool
any_holds(const struct headers_name *n, struct text names)
{
	struct text words;

	while (text_next(&names, '|', &words))
		if (holds(n, words))
			return true;
	return false;
}

/* --- the tables --- */

void
headers_begin(struct headers *h, struct text name)
{
	fold(&h->name, name);
	sheet_begin(&h->sheet, rules_text("headers"), columns, COLUMNS);
}

bool
headers_next(struct headers *h, struct headers_meaning *m)
{
	const struct text *cell = h->sheet.cell;

	while (sheet_next(&h->sheet) == 1)
		if (any_holds(&h->name, cell[NAMES])) {
			*m = (struct headers_meaning){ cell[EVENT], cell[COLUMN],
				cell[AS], h->sheet.line };
			return true;
		}
	return false;
}

/* The first cell of the first row of a table of values that holds. */
static struct text
value_in(const char *table, const char *first, struct text value)
{
	const char *const two[] = { first, "names" };
	struct headers_name name;
	struct sheet sheet;

	fold(&name, value);
	if (sheet_begin(&sheet, rules_text(table), two, 2))
		while (sheet_next(&sheet) == 1)
			if (any_holds(&name, sheet.cell[1]))
				return sheet.cell[0];
	return TEXT_NONE;
}

struct text
headers_outcome(struct text value)
{
	return value_in("outcomes", "outcome", value);
}

struct text
headers_act(struct text value)
{
	return value_in("acts", "event", value);
}
