/* ledger.c - where did every row go? */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>

#include <lead/base/buf.h>
#include <lead/base/ledger.h>
#include <lead/base/num.h>

enum { JSON_MAX = 64 << 10 };

bool
ledger_parse_bound(struct text t, struct ledger_bound *b)
{
	ptrdiff_t percent = text_find(t, '%');
	struct text rows = t;
	int64_t n = 0;

	*b = (struct ledger_bound){ 0 };
	if (percent >= 0) {
		if (num_parse(text_head(t, (size_t)percent), &n) != NUM_OK || n < 0 ||
		    n > 100 * (int64_t)NUM_MICROS)
			return false;
		b->per_million = (uint64_t)n / 100;
		rows = text_from(t, (size_t)percent + 1);
		if (rows.len == 0)
			return true;
		if (rows.s[0] != '+')
			return false;
		rows = text_from(rows, 1);
	}
	if (num_parse_count(rows, &n) != NUM_OK)
		return false;
	b->rows = (uint64_t)n;
	return true;
}

void
ledger_add(struct ledger_counts *c, const char *name, uint64_t n)
{
	size_t i = 0;

	while (i < c->used && c->name[i] != name && strcmp(c->name[i], name) != 0)
		i++;
	if (i == LEDGER_NAMES)
		return; /* names are literals, a command has a handful: unreachable */
	if (i == c->used) {
		c->name[c->used++] = name;
		c->n[i] = 0;
	}
	c->n[i] += n;
}

static uint64_t
count_of(const struct ledger_counts *c, const char *name)
{
	for (size_t i = 0; i < c->used; i++)
		if (strcmp(c->name[i], name) == 0)
			return c->n[i];
	return 0;
}

/* file line column reason record */
static void
keep_record(struct ledger *l, const struct diag_at *at, const char *reason,
    struct text record)
{
	char line[24];
	int n = snprintf(line, sizeof(line), "%" PRIu64, at->line);

	out_value(l->rejects, text_of(at->file));
	out_byte(l->rejects, '\t');
	out_put(l->rejects, (struct text){ line, (size_t)n });
	out_byte(l->rejects, '\t');
	out_value(l->rejects, text_of(at->column));
	out_byte(l->rejects, '\t');
	out_put(l->rejects, text_of(reason));
	out_byte(l->rejects, '\t');
	out_value(l->rejects, record);
	out_end_row(l->rejects);
}

bool
ledger_reject(struct ledger *l, const struct diag_at *at, const char *reason,
    const char *words, struct text value, struct text record)
{
	ledger_add(&l->rejected, reason, 1);
	l->rejected_rows++;
	if (count_of(&l->rejected, reason) <= LEDGER_SHOWN) {
		if (value.len != 0)
			diag_warn(at, "%s: %s", words, diag_value(value));
		else
			diag_warn(at, "%s", words);
	}
	if (l->rejects != NULL)
		keep_record(l, at, reason, record);
	return l->bound.per_million != 0 || l->rejected_rows <= l->bound.rows;
}

void
ledger_drop(struct ledger *l, const char *rule, uint64_t n, bool from_used)
{
	if (n == 0)
		return;
	ledger_add(&l->dropped, rule, n);
	l->dropped_rows += n;
	if (from_used)
		l->used -= n;
}

bool
ledger_sound(const struct ledger *l)
{
	uint64_t allowed = l->in / NUM_MICROS * l->bound.per_million +
	    l->in % NUM_MICROS * l->bound.per_million / NUM_MICROS;

	for (size_t i = 0; i < l->rejected.used; i++)
		if (l->rejected.n[i] > LEDGER_SHOWN)
			diag_warn(NULL, "%s: %" PRIu64 " rows in all, the first %d shown",
			    l->rejected.name[i], l->rejected.n[i], LEDGER_SHOWN);
	if (allowed < l->bound.rows)
		allowed = l->bound.rows;
	if (l->rejected_rows <= allowed)
		return true;
	diag_warn(NULL, "%" PRIu64 " of %" PRIu64 " rows are bad, at most %" PRIu64
	    " may be (--max-reject; --reject FILE keeps them)", l->rejected_rows, l->in, allowed);
	return false;
}

const char *
ledger_nothing_used(const struct ledger *l)
{
	const struct ledger_counts *c = &l->dropped;
	size_t most = 0;

	if (l->used != 0 || c->used == 0)
		return NULL;
	for (size_t i = 1; i < c->used; i++)
		if (c->n[i] > c->n[most])
			most = i;
	return c->name[most];
}

bool
ledger_balanced(const struct ledger *l)
{
	return l->in == l->used + l->rejected_rows + l->dropped_rows;
}

static void
put_number(struct buf *b, const char *name, uint64_t n)
{
	char text[96];

	snprintf(text, sizeof(text), "%s\"%s\":%" PRIu64,
	    b->s[b->len - 1] == '{' ? "" : ",", name, n);
	buf_string(b, text);
}

static void
put_counts(struct buf *b, const char *title, const struct ledger_counts *c)
{
	buf_string(b, ",\"");
	buf_string(b, title);
	buf_string(b, "\":{");
	for (size_t i = 0; i < c->used; i++)
		put_number(b, c->name[i], c->n[i]);
	buf_byte(b, '}');
}

int
ledger_write(const struct ledger *l, const char *program, const char *path,
    const struct ledger_bytes *bytes)
{
	struct io_out *file = io_create(path);
	struct buf b;
	int rc;

	if (file == NULL)
		return -1;
	buf_init(&b, JSON_MAX, "statistics");
	buf_string(&b, "{\"program\":\"");
	buf_string(&b, program);
	buf_byte(&b, '"');
	put_number(&b, "in", l->in);
	put_number(&b, "out", l->out);
	put_number(&b, "used", l->used);
	put_number(&b, "rejected_rows", l->rejected_rows);
	put_number(&b, "dropped_rows", l->dropped_rows);
	put_counts(&b, "rejected", &l->rejected);
	put_counts(&b, "dropped", &l->dropped);
	put_counts(&b, "counted", &l->counted);
	put_number(&b, "bytes_in", bytes->in);
	put_number(&b, "bytes_out", bytes->out);
	put_number(&b, "bytes_spilled", bytes->spilled);
	buf_string(&b, ledger_balanced(l) ? ",\"balanced\":true}\n"
	    : ",\"balanced\":false}\n");
	rc = io_put(file, b.s, b.len);
	buf_clear(&b);
	if (rc == 0)
		return io_commit(file);
	io_abandon(file);
	return -1;
}
