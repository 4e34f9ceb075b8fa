/* rowkey.c - the key of a row: its cells, or its person in the identity map */
#include <lead/base/mem.h>
#include <lead/base/when.h>
#include <lead/domain/identity/rowkey.h>

enum { KEY_BYTES_MAX = 64 << 20 };

static struct rowkey_part
make_part(int col, struct text name, const struct identity *people)
{
	struct rowkey_part p = { col, ROWKEY_CELL };

	if (people != NULL && text_is(name, "lead_id"))
		p.from = ROWKEY_LEAD;
	else if (people != NULL && text_is(name, "account_id"))
		p.from = ROWKEY_ACCOUNT;
	return p;
}

void
rowkey_init(struct rowkey *k, rowkey_column *column, const void *table,
    const struct text *name, size_t n, const struct identity *people)
{
	*k = (struct rowkey){ .nparts = n, .people = people,
		.time_col = column(table, TEXT("time")) };
	k->parts = mem_new(n, sizeof(*k->parts));
	for (size_t i = 0; i < n; i++)
		k->parts[i] = make_part(column(table, name[i]), name[i], people);
	for (size_t i = 0; people != NULL && i < identity_ntypes(people); i++)
		k->type_col[i] = column(table, identity_type(people, i));
	buf_init(&k->key, KEY_BYTES_MAX, "bytes of a key");
}

void
rowkey_clear(struct rowkey *k)
{
	mem_free(k->parts);
	buf_clear(&k->key);
}

static struct text
field(struct text row, int col)
{
	return text_part(row, '\t', col);
}

/* The number of the row's lead in the map. */
static uint32_t
lead_of(const struct rowkey *k, struct text row)
{
	struct text cell[IDENTITY_TYPES_MAX];
	int64_t at = 0;
	bool timed = when_parse(field(row, k->time_col), &at) == WHEN_OK;

	for (size_t i = 0; i < identity_ntypes(k->people); i++)
		cell[i] = field(row, k->type_col[i]);
	return identity_find(k->people, cell, timed, at, at + IDENTITY_VISIT_US);
}

static struct text
part_of(const struct rowkey *k, const struct rowkey_part *p,
    struct text row)
{
	struct text cell = field(row, p->col);
	uint32_t lead;

	if (cell.len != 0 || p->from == ROWKEY_CELL ||
	    (lead = lead_of(k, row)) == IDENTITY_NONE)
		return cell;
	return p->from == ROWKEY_LEAD ? identity_lead_id(k->people, lead)
	    : identity_account_id(k->people, lead);
}

struct text
rowkey_text(struct rowkey *k, struct text row)
{
	struct text key = part_of(k, &k->parts[0], row);
	bool blank = key.len == 0;

	if (k->nparts > 1) {
		k->key.len = 0;
		buf_put(&k->key, key);
		for (size_t i = 1; i < k->nparts; i++) {
			key = part_of(k, &k->parts[i], row);
			blank = blank && key.len == 0;
			buf_byte(&k->key, '\t');
			buf_put(&k->key, key);
		}
		key = buf_text(&k->key);
	}
	return blank ? row : key;
}
