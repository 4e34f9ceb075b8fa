/* breakdown.c - by what a figure is broken down, and the names of its segments */
#include <lead/base/mem.h>
#include <lead/domain/figures/breakdown.h>

enum { SEGMENT_MAX = 1 << 20 };

const char *const breakdown_sets[] = {
	[BREAKDOWN_FIRST] = "first",
	[BREAKDOWN_LEAD] = "lead",
	[BREAKDOWN_WON] = "won",
	[BREAKDOWN_NURTURE] = NULL,
};

/* --- names --- */

static const struct {
	const char *prefix;
	enum breakdown_set set;
} sets[] = {
	{ "first_", BREAKDOWN_FIRST },
	{ "lead_", BREAKDOWN_LEAD },
	{ "won_", BREAKDOWN_WON },
	{ "nurture_", BREAKDOWN_NURTURE },
};

static bool
is_touch_column(struct text name)
{
	enum step_column c = step_find(name);

	return c != STEP_COLUMNS && step_of_touch(c);
}

/*
 * "first_channel" is the channel of the first touch, "first_rep" the rep known
 * then; "lead_id" is a column of its own, as lead_X is a set's only where X is
 * a column of steps.
 */
static void
read_name(const struct breakdowns *b, struct text name, breakdown_column *column,
    const void *context, struct breakdown_part *part, struct text *bare)
{
	*bare = name;
	part->banded = false;
	part->set = is_touch_column(name) ? b->unprefixed : BREAKDOWN_OWN;
	part->prefixed = false;
	part->col = column(context, name);
	if (part->col >= 0)
		return;
	for (size_t i = 0; i < sizeof(sets) / sizeof(sets[0]); i++) {
		struct text prefix = text_of(sets[i].prefix);

		if (!text_starts(name, prefix) ||
		    (sets[i].set == BREAKDOWN_NURTURE && !b->nurture))
			continue;
		*bare = text_from(name, prefix.len);
		part->set = sets[i].set;
		part->prefixed = true;
		part->col = column(context, *bare);
	}
}

/* "value_band", or with its own cuts "value_band:1000:5000", unless steps have such
 * a column. False: the cuts are none. */
static bool
read_band(struct text name, breakdown_column *column, const void *context,
    struct breakdown_part *part, struct text *bare)
{
	static const struct text word = { "value_band", 10 };
	struct text cuts = text_from(name, word.len);

	if (part->col >= 0 || !text_starts(name, word) ||
	    (cuts.len > 0 && cuts.s[0] != ':'))
		return true;
	part->banded = true;
	part->col = column(context, TEXT("value"));
	*bare = text_head(name, word.len);
	return (cuts.len != 1) && band_parse(text_from(cuts, 1), &part->band);
}

static const char *
add_name(struct breakdowns *b, struct text bare, size_t *number)
{
	for (*number = 0; *number < b->nnames; ++*number)
		if (text_equal(b->name[*number], bare))
			return NULL;
	if (b->nnames == BREAKDOWN_NAMES)
		return "too many columns";
	b->name[b->nnames++] = bare;
	return NULL;
}

const char breakdown_lacking[] = "no such column in steps";
const char breakdown_lacking_part[] = "the parts were made without it, or of steps that lack it";

static const char *
add_part(struct breakdowns *b, struct breakdown *d, struct text name,
    breakdown_column *column, const void *context)
{
	struct breakdown_part *part = &d->part[d->nparts];
	struct text bare;

	if (d->nparts == BREAKDOWN_PARTS)
		return "more than 8 columns in one breakdown";
	read_name(b, name, column, context, part, &bare);
	if (!read_band(name, column, context, part, &bare))
		return "bands are cut at rising amounts, as in value_band:1000:5000";
	if (part->col < 0)
		return breakdown_lacking;
	if (b->credit && is_touch_column(name))
		d->by_credit = true;
	d->nparts++;
	return add_name(b, bare, &part->name);
}

/* name with + for each comma, owned by the caller. */
static struct text
joined(struct text spec, const char *end)
{
	size_t extra = strlen(end);
	char *s = mem_raw(spec.len + extra + 1, 1);

	for (size_t i = 0; i < spec.len; i++)
		s[i] = spec.s[i] == ',' ? '+' : spec.s[i];
	memcpy(s + spec.len, end, extra);
	return (struct text){ s, spec.len + extra };
}

/* The names of its columns, without the cuts of bands. */
static struct text
name_of(const struct breakdown *d, struct text spec)
{
	struct text name = joined(spec, ""), part;
	size_t k = 0, n = 0;

	for (struct text rest = spec; text_next(&rest, ',', &part); k++) {
		ptrdiff_t cuts = d->part[k].banded ? text_find(part, ':') : -1;

		part = cuts < 0 ? part : text_head(part, (size_t)cuts);
		n += k > 0;
		memmove((char *)name.s + n, part.s, part.len);
		n += part.len;
		if (n < name.len)
			((char *)name.s)[n] = '+';
	}
	return text_head(name, n);
}

/* A touch that earned credit and the first touch of a life are two touches. */
static const char *
check_credit(const struct breakdown *d)
{
	for (size_t i = 0; i < d->nparts; i++)
		if (d->by_credit && (d->part[i].prefixed || d->part[i].banded))
			return "first_, lead_, won_, nurture_ columns and value_band do "
			    "not combine with columns that --credit shares";
	return NULL;
}

/* email_campaign, unless steps have such a column. */
static bool
is_mail(const struct breakdowns *b, struct text spec, breakdown_column *column,
    const void *context)
{
	return b->mail && text_is(spec, "email_campaign") && column(context, spec) < 0;
}

static const char *
add_parts(struct breakdowns *b, struct breakdown *d, struct text spec,
    breakdown_column *column, const void *context, struct text *bad)
{
	const char *why;

	if (is_mail(b, spec, column, context)) {
		d->by_mail = d->by_credit = true;
		d->part[d->nparts].col = -1;
		return add_name(b, TEXT("campaign"), &d->part[d->nparts++].name);
	}
	for (struct text rest = spec; text_next(&rest, ',', bad);) {
		if (is_mail(b, *bad, column, context))
			return "stands alone";
		if ((why = add_part(b, d, *bad, column, context)) != NULL)
			return why;
	}
	return check_credit(d);
}

const char *
breakdown_add(struct breakdowns *b, struct text spec, breakdown_column *column,
    const void *context, struct text *bad)
{
	struct breakdown *d = &b->v[b->n];
	const char *why;

	*bad = spec;
	if (b->n >= BREAKDOWN_MAX / 2)
		return "more than 15 breakdowns";
	*d = (struct breakdown){ 0 };
	if ((why = add_parts(b, d, spec, column, context, bad)) != NULL)
		return why;
	d->name = name_of(d, spec);
	for (size_t i = 0; i < b->n; i++)
		if (text_equal(b->v[i].name, d->name)) {
			mem_free((void *)d->name.s);
			*bad = spec;
			return "given twice";
		}
	b->n++;
	return NULL;
}

static bool
has_reason(const struct breakdowns *b, const struct breakdown *d)
{
	for (size_t i = 0; i < d->nparts; i++)
		if (d->part[i].col == b->reason_col)
			return true;
	return false;
}

void
breakdown_add_reasons(struct breakdowns *b)
{
	size_t n = b->n;

	if (b->reason_col < 0)
		return;
	for (size_t i = 0; i < n; i++) {
		struct breakdown *d = &b->v[b->n];

		if (b->v[i].by_credit || has_reason(b, &b->v[i]))
			continue;
		*d = b->v[i];
		d->name = i == 0 ? joined(TEXT("reason"), "")
				 : joined(b->v[i].name, "+reason");
		d->by_reason = true;
		d->outer = (uint32_t)i;
		b->n++;
	}
}

void
breakdown_init(struct breakdowns *b, enum breakdown_set unprefixed, bool credit,
    breakdown_column *column, const void *context)
{
	*b = (struct breakdowns){ .n = 1, .unprefixed = unprefixed, .credit = credit,
		.reason_col = column(context, TEXT("reason")) };
	b->v[0].name = joined(TEXT("(all)"), "");
	buf_init(&b->segment, SEGMENT_MAX, "the name of a segment");
}

void
breakdown_clear(struct breakdowns *b)
{
	for (size_t i = 0; i < b->n; i++)
		mem_free((void *)b->v[i].name.s);
	buf_clear(&b->segment);
	arena_clear(&b->arena);
	*b = (struct breakdowns){ 0 };
}

static bool
is_credited(const struct breakdowns *b, size_t name)
{
	for (size_t i = 0; i < b->n; i++)
		for (size_t k = 0; b->v[i].by_credit && !b->v[i].by_mail && k < b->v[i].nparts; k++)
			if (b->v[i].part[k].name == name)
				return true;
	return false;
}

const char *const *
breakdown_columns(struct breakdowns *b, const char *const *own, size_t n, bool credit)
{
	const char **all = arena_new(&b->arena, n + b->nnames, sizeof(*all));

	memcpy(all, own, n * sizeof(*all));
	for (size_t i = 0; i < b->nnames; i++) {
		bool must = credit && is_credited(b, i);
		char *z = arena_new(&b->arena, b->name[i].len + 2, 1);

		if (!must)
			z[0] = '?';
		memcpy(z + !must, b->name[i].s, b->name[i].len);
		all[n + i] = z;
	}
	return all;
}

bool
breakdown_source(const struct breakdowns *b, size_t i, struct text *name)
{
	*name = TEXT("reason");
	if (b->reason_col >= 0 && i-- == 0)
		return true;
	for (size_t d = 0; d < b->n; d++)
		for (size_t k = 0; k < b->v[d].nparts; k++) {
			const struct breakdown_part *p = &b->v[d].part[k];

			if (p->col < 0 || i-- != 0)
				continue;
			*name = p->banded ? TEXT("value") : b->name[p->name];
			return true;
		}
	return false;
}

struct text
breakdown_name(const struct breakdowns *b, size_t i)
{
	return b->v[i].name;
}

/* --- segments --- */

static void
begin(struct breakdowns *b, const struct breakdown *d)
{
	b->segment.len = 0;
	if (d->nparts == 0 && !d->by_reason)
		buf_put(&b->segment, TEXT("(all)"));
}

static void
put(struct breakdowns *b, struct text value, bool combined)
{
	if (b->segment.len > 0)
		buf_put(&b->segment, TEXT(" > "));
	if (value.len == 0)
		buf_put(&b->segment, TEXT("(unknown)"));
	if (!combined)
		buf_put(&b->segment, value);
	for (size_t i = 0; combined && i < value.len; i++) {
		if (value.s[i] == '%')
			buf_put(&b->segment, TEXT("%25"));
		else if (value.s[i] == '>')
			buf_put(&b->segment, TEXT("%3E"));
		else
			buf_byte(&b->segment, value.s[i]);
	}
}

/* A cell as a segment names it. */
static struct text
named(struct breakdowns *b, const struct breakdown_part *p, struct text cell)
{
	int64_t micros;

	if (!p->banded)
		return cell;
	return num_parse(cell, &micros) == NUM_OK ? band_put(&p->band, micros, b->room)
						  : TEXT_NONE;
}

static bool
is_combined(const struct breakdown *d)
{
	return d->nparts + d->by_reason > 1;
}

/* Is the segment a cell as it stands, or all? */
static bool
is_plain(const struct breakdown *d)
{
	return d->nparts <= 1 && !d->by_reason;
}

static struct text
plain(struct breakdowns *b, const struct breakdown *d, struct text cell)
{
	if (d->nparts == 0)
		return TEXT("(all)");
	cell = named(b, d->part, cell);
	return cell.len != 0 ? cell : TEXT("(unknown)");
}

static ptrdiff_t
row_of_set(const struct life *l, const struct life_lead *lead, enum breakdown_set set)
{
	switch (set) {
	case BREAKDOWN_FIRST:
		return lead != NULL ? lead->first_touch : l->first_touch;
	case BREAKDOWN_LEAD:
		return lead != NULL ? lead->lead_touch : l->lead_touch;
	case BREAKDOWN_WON:
		return l->won_touch;
	case BREAKDOWN_NURTURE:
		return lead != NULL ? lead->nurture_touch : l->nurture_touch;
	case BREAKDOWN_OWN:
		break;
	}
	return LIFE_NONE;
}

static struct text
cell_of_lead(const struct life *l, const struct life_lead *lead,
    const struct breakdown_part *p)
{
	return p->set == BREAKDOWN_OWN ? life_lead_text(l, lead, p->col)
	    : life_row_text(l, row_of_set(l, lead, p->set), p->col);
}

static struct text
cell_of_deal(const struct life *l, const struct life_deal *deal,
    const struct breakdown_part *p)
{
	return p->set == BREAKDOWN_OWN ? life_deal_text(l, deal, p->col)
	    : life_row_text(l, row_of_set(l, NULL, p->set), p->col);
}

struct text
breakdown_of_lead(struct breakdowns *b, size_t i, const struct life *l,
    const struct life_lead *lead)
{
	const struct breakdown *d = &b->v[i];

	if (is_plain(d))
		return plain(b, d, d->nparts > 0 ? cell_of_lead(l, lead, d->part) : TEXT_NONE);
	begin(b, d);
	for (size_t k = 0; k < d->nparts; k++)
		put(b, named(b, &d->part[k], cell_of_lead(l, lead, &d->part[k])),
		    is_combined(d));
	if (d->by_reason)
		put(b, life_row_text(l, lead->disqualified_row, b->reason_col),
		    is_combined(d));
	return buf_text(&b->segment);
}

struct text
breakdown_of_deal(struct breakdowns *b, size_t i, const struct life *l,
    const struct life_deal *deal)
{
	const struct breakdown *d = &b->v[i];

	if (is_plain(d))
		return plain(b, d, d->nparts > 0 ? cell_of_deal(l, deal, d->part) : TEXT_NONE);
	begin(b, d);
	for (size_t k = 0; k < d->nparts; k++)
		put(b, named(b, &d->part[k], cell_of_deal(l, deal, &d->part[k])),
		    is_combined(d));
	if (d->by_reason)
		put(b, life_deal_text(l, deal, b->reason_col), is_combined(d));
	return buf_text(&b->segment);
}

struct text
breakdown_of_row(struct breakdowns *b, size_t i, const struct life *l, ptrdiff_t row)
{
	const struct breakdown *d = &b->v[i];

	begin(b, d);
	for (size_t k = 0; k < d->nparts; k++) {
		const struct breakdown_part *p = &d->part[k];

		put(b, named(b, p, life_row_text(l, p->set == BREAKDOWN_OWN ? row
		    : row_of_set(l, NULL, p->set), p->col)), is_combined(d));
	}
	return buf_text(&b->segment);
}

struct text
breakdown_of_touch(struct breakdowns *b, size_t i, const struct life *l, ptrdiff_t row)
{
	const struct breakdown *d = &b->v[i];

	begin(b, d);
	for (size_t k = 0; k < d->nparts; k++)
		put(b, named(b, &d->part[k], life_row_text(l, row, d->part[k].col)),
		    is_combined(d));
	return buf_text(&b->segment);
}

struct text
breakdown_of_names(struct breakdowns *b, size_t i, const struct text *value)
{
	const struct breakdown *d = &b->v[i];

	begin(b, d);
	for (size_t k = 0; k < d->nparts; k++)
		put(b, value[d->part[k].name], is_combined(d));
	return buf_text(&b->segment);
}
