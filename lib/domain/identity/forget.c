/* forget.c - is this a row of somebody who is to be forgotten, and whose is it then? */
#include <lead/base/dict.h>
#include <lead/base/map.h>
#include <lead/base/mem.h>
#include <lead/domain/identity/forget.h>

const char *const forget_columns[FORGET_COLUMNS] = { "key_type", "digest", "?lead_id" };

enum { KEY_TYPE, DIGEST, LEAD_ID };

static const char *const strong[] = { "lead_id", "crm_id", "email", "phone",
	"visitor_id" };
enum { NSTRONG = sizeof(strong) / sizeof(strong[0]) };

static const size_t KEYS_MAX = (size_t)UINT32_MAX - 1;

struct forget {
	const struct mask_rule *rule;
	struct dict *types, *leads;
	struct map *keys;
	uint32_t *lead; /* by key: of leads */
	size_t cap;
	bool has_leads;
	struct text type[FORGET_TYPES_MAX]; /* strongest first */
	int col[FORGET_TYPES_MAX], key[NSTRONG], alias, link;
	size_t ntypes;
};

struct forget *
forget_new(const struct mask_rule *rule)
{
	struct forget *f = mem_new(1, sizeof(*f));

	f->rule = rule;
	f->types = dict_new();
	f->leads = dict_new();
	f->keys = map_new();
	return f;
}

void
forget_free(struct forget *f)
{
	if (f == NULL)
		return;
	dict_free(f->types);
	dict_free(f->leads);
	map_free(f->keys);
	mem_free(f->lead);
	mem_free(f);
}

/* --- the list --- */

static bool
is_digest(struct text t)
{
	for (size_t i = 0; i < t.len; i++)
		if (!((t.s[i] >= '0' && t.s[i] <= '9') || (t.s[i] >= 'a' && t.s[i] <= 'f')))
			return false;
	return t.len == MASK_LEN;
}

const char *
forget_add(void *list, const struct text *field, size_t *bad)
{
	struct forget *f = list;
	uint32_t key, lead;
	bool added;

	*bad = DIGEST;
	if (!is_digest(field[DIGEST]))
		return "not 64 hex digits, as lead-mask writes them";
	*bad = KEY_TYPE;
	if (dict_get(f->types, field[KEY_TYPE]) == DICT_NONE &&
	    dict_count(f->types) == FORGET_TYPES_MAX)
		return "more than 16 key types";
	dict_add(f->types, field[KEY_TYPE]);
	lead = dict_add(f->leads, field[LEAD_ID]);
	f->has_leads |= field[LEAD_ID].len != 0;
	key = map_add(f->keys, hash_pair(field[KEY_TYPE], field[DIGEST]), &added);
	*bad = LEAD_ID;
	if (!added && f->lead[key] != lead)
		return "a key of two leads";
	f->lead = mem_grow(f->lead, &f->cap, (size_t)key + 1, sizeof(*f->lead), KEYS_MAX,
	    "keys to forget");
	f->lead[key] = lead;
	return NULL;
}

bool
forget_has_leads(const struct forget *f)
{
	return f->has_leads;
}

/* --- columns --- */

static bool
is_strong(struct text type)
{
	for (size_t i = 0; i < NSTRONG; i++)
		if (text_is(type, strong[i]))
			return true;
	return false;
}

static void
bind(struct forget *f, struct text type, forget_column *column, const void *table)
{
	f->col[f->ntypes] = column(table, type);
	f->type[f->ntypes++] = type;
}

void
forget_bind(struct forget *f, forget_column *column, const void *table)
{
	f->ntypes = 0;
	for (size_t i = 0; i < NSTRONG; i++) {
		f->key[i] = column(table, text_of(strong[i]));
		if (dict_get(f->types, text_of(strong[i])) != DICT_NONE)
			bind(f, text_of(strong[i]), column, table);
	}
	for (uint32_t t = 0; t < dict_count(f->types); t++)
		if (!is_strong(dict_text(f->types, t)))
			bind(f, dict_text(f->types, t), column, table);
	f->alias = column(table, TEXT("alias"));
	f->link = column(table, TEXT("link"));
}

/* --- rows --- */

/* Is a value in the list, as a key of that type? */
static bool
find(const struct forget *f, struct text type, struct text value, struct text *lead_id)
{
	char digits[MASK_LEN];
	uint32_t key;

	if (value.len == 0)
		return false;
	if (mask_key(f->rule, type, &value, digits) != KEY_OK)
		return false;
	key = map_get(f->keys, hash_pair(type, value));
	if (key == MAP_NONE)
		return false;
	*lead_id = dict_text(f->leads, f->lead[key]);
	return true;
}

/* A list of contacts, between ; or commas, without those that are to be forgotten,
 * whose first has *lead_id; nothing is left out when none is. */
struct contacts {
	struct text left, lead_id;
	bool any, first; /* is somebody left out; is it the first of the list */
};

static void
read_contacts(const struct forget *f, struct text list, struct arena *arena,
    struct contacts *c)
{
	char *to = arena_alloc(arena, list.len + 1);
	struct text part, contact, lead_id;
	size_t n = 0, seen = 0;

	*c = (struct contacts){ { to, 0 }, TEXT_NONE, false, false };
	while (text_next(&list, ';', &part))
		while (text_next(&part, ',', &contact)) {
			contact = text_trim(contact);
			if (contact.len == 0)
				continue;
			if (!find(f, TEXT("crm_id"), contact, &lead_id)) {
				if (n != 0)
					to[n++] = ';';
				memcpy(to + n, contact.s, contact.len);
				n += contact.len;
			} else if (!c->any) {
				c->any = true;
				c->first = seen == 0;
				c->lead_id = lead_id;
			}
			seen++;
		}
	c->left.len = n;
}

static bool
has_key(const struct forget *f, const struct forget_row *row)
{
	for (size_t i = 0; i < NSTRONG; i++)
		if (row->cell(row->rows, row->row, f->key[i]).len != 0)
			return true;
	return false;
}

enum forget_verdict
forget_row(const struct forget *f, const struct forget_row *row, struct text *lead_id,
    struct text *link)
{
	struct text alias = row->cell(row->rows, row->row, f->alias);
	struct contacts c;

	*lead_id = *link = TEXT_NONE;
	for (size_t i = 0; i < f->ntypes; i++)
		if (find(f, f->type[i], row->cell(row->rows, row->row, f->col[i]), lead_id))
			return FORGET_ROW;
	if (alias.len != 0) {
		read_contacts(f, alias, row->arena, &c);
		*lead_id = c.lead_id;
		if (c.any)
			return FORGET_ROW;
	}
	*link = row->cell(row->rows, row->row, f->link);
	if (link->len == 0)
		return FORGET_NOBODY;
	read_contacts(f, *link, row->arena, &c);
	if (!c.any)
		return FORGET_NOBODY;
	*link = c.left;
	*lead_id = c.first && !has_key(f, row) ? c.lead_id : TEXT_NONE;
	return FORGET_LINK;
}
