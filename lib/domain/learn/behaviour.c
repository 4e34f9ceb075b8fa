/* behaviour.c - what did a lead do, up to a moment? */
#include <stdlib.h>
#include <string.h>

#include <lead/base/dict.h>
#include <lead/base/map.h>
#include <lead/base/mem.h>
#include <lead/base/sort.h>
#include <lead/base/when.h>
#include <lead/domain/learn/behaviour.h>

enum { LEAD, TIME, EVENT, MACHINE, FIXED };

struct deed {
	int64_t us;
	uint32_t lead, event;
};

struct behaviour {
	struct dict *leads, *texts;
	char *name[FIXED + BEHAVIOUR_COLUMNS_MAX];
	const char *names[FIXED + BEHAVIOUR_COLUMNS_MAX];
	struct text column[BEHAVIOUR_COLUMNS_MAX];
	size_t ncolumns;
	struct deed *deed;
	uint32_t *value; /* ncolumns a deed: texts, DICT_NONE a blank */
	size_t n, cap, values_cap;
	uint32_t *order; /* deeds by lead, then in order */
	size_t *first;   /* by lead; one more at the end */
};

struct behaviour *
behaviour_new(struct text key, const struct text *columns, size_t n)
{
	struct behaviour *b = mem_new(1, sizeof(*b));

	b->leads = dict_new();
	b->texts = dict_new();
	b->names[LEAD] = b->name[LEAD] = mem_copy(key.s, key.len);
	b->names[TIME] = "time";
	b->names[EVENT] = "event";
	b->names[MACHINE] = "?machine";
	for (size_t i = 0; i < n && b->ncolumns < BEHAVIOUR_COLUMNS_MAX; i++) {
		size_t at = FIXED + b->ncolumns;
		char *name = mem_new(columns[i].len + 2, 1);

		name[0] = '?'; /* may be absent */
		if (columns[i].len != 0)
			memcpy(name + 1, columns[i].s, columns[i].len);
		b->names[at] = b->name[at] = name;
		b->column[b->ncolumns++] = (struct text){ name + 1, columns[i].len };
	}
	return b;
}

void
behaviour_free(struct behaviour *b)
{
	if (b == NULL)
		return;
	for (size_t i = 0; i < FIXED + b->ncolumns; i++)
		mem_free(b->name[i]);
	dict_free(b->leads);
	dict_free(b->texts);
	mem_free(b->deed);
	mem_free(b->value);
	mem_free(b->order);
	mem_free(b->first);
	mem_free(b);
}

const char *const *
behaviour_names(const struct behaviour *b, size_t *n)
{
	*n = FIXED + b->ncolumns;
	return b->names;
}

const char *
behaviour_add(void *behaviour, const struct text *field, size_t *bad)
{
	struct behaviour *b = behaviour;
	int64_t us;

	*bad = TIME;
	if (field[LEAD].len == 0 || field[TIME].len == 0 || field[EVENT].len == 0 ||
	    scoring_is_machine(field[EVENT], field[MACHINE]))
		return NULL;
	if (when_parse(field[TIME], &us) != WHEN_OK)
		return "not a time";
	b->deed = mem_grow(b->deed, &b->cap, b->n + 1, sizeof(*b->deed), UINT32_MAX - 1,
	    "events");
	b->deed[b->n] = (struct deed){ us, dict_add(b->leads, field[LEAD]),
		dict_add(b->texts, field[EVENT]) };
	if (b->ncolumns != 0)
		b->value = mem_grow(b->value, &b->values_cap, (b->n + 1) * b->ncolumns,
		    sizeof(*b->value), SIZE_MAX / 8, "columns of events");
	for (size_t c = 0; c < b->ncolumns; c++)
		b->value[b->n * b->ncolumns + c] = field[FIXED + c].len != 0 ?
		    dict_add(b->texts, field[FIXED + c]) : DICT_NONE;
	b->n++;
	return NULL;
}

static struct text
text_at(const struct behaviour *b, uint32_t text)
{
	return text == DICT_NONE ? TEXT_NONE : dict_text(b->texts, text);
}

/* --- order --- */

static int
compare(const void *ctx, uint32_t x, uint32_t y)
{
	const struct behaviour *b = ctx;
	int order = text_compare(text_at(b, b->deed[x].event),
	    text_at(b, b->deed[y].event));

	for (size_t c = 0; c < b->ncolumns && order == 0; c++)
		order = text_compare(text_at(b, b->value[x * b->ncolumns + c]),
		    text_at(b, b->value[y * b->ncolumns + c]));
	return order;
}

/* The deeds of one lead. */
static void
sort_lead(struct behaviour *b, size_t from, size_t n, struct sort_item *item)
{
	for (size_t i = 0; i < n; i++)
		item[i] = (struct sort_item){
			(uint64_t)b->deed[b->order[from + i]].us ^ UINT64_C(1) << 63, 0,
			b->order[from + i] };
	sort_items(item, n, item + n, 1, compare, b);
	for (size_t i = 0; i < n; i++)
		b->order[from + i] = item[i].ref;
}

void
behaviour_ready(struct behaviour *b)
{
	size_t leads = dict_count(b->leads), most = 0;
	size_t *next = mem_new(leads + 1, sizeof(*next));
	struct sort_item *item;

	b->first = mem_new(leads + 1, sizeof(*b->first));
	b->order = mem_new(b->n + 1, sizeof(*b->order));
	for (size_t i = 0; i < b->n; i++)
		b->first[b->deed[i].lead + 1]++;
	for (size_t l = 0; l < leads; l++) {
		most = b->first[l + 1] > most ? b->first[l + 1] : most;
		b->first[l + 1] += b->first[l];
		next[l] = b->first[l];
	}
	for (size_t i = 0; i < b->n; i++)
		b->order[next[b->deed[i].lead]++] = (uint32_t)i;
	item = mem_new(2 * most + 1, sizeof(*item));
	for (size_t l = 0; l < leads; l++)
		sort_lead(b, b->first[l], b->first[l + 1] - b->first[l], item);
	mem_free(item);
	mem_free(next);
}

/* --- a lead --- */

int
behaviour_column(const struct behaviour *b, struct text name)
{
	for (size_t c = 0; c < b->ncolumns; c++)
		if (text_equal(b->column[c], name))
			return (int)c;
	return -1;
}

static bool
is_outcome(struct text event)
{
	return text_is(event, "won") || text_is(event, "lost") ||
	    text_is(event, "disqualified");
}

int64_t
behaviour_play(const struct behaviour *b, struct text lead, int64_t us,
    const int *column, size_t ncolumns, struct score *score)
{
	struct text field[SCORING_COLUMNS_MAX];
	uint32_t l = dict_get(b->leads, lead);

	if (l == DICT_NONE)
		return us;
	for (size_t i = b->first[l]; i < b->first[l + 1]; i++) {
		const struct deed *d = &b->deed[b->order[i]];
		const uint32_t *value = b->value + (size_t)b->order[i] * b->ncolumns;
		struct text event = text_at(b, d->event);

		if (d->us > us)
			break;
		if (is_outcome(event))
			return d->us;
		for (size_t c = 0; c < ncolumns; c++)
			field[c] = column[c] < 0 ? TEXT_NONE :
			    text_at(b, value[column[c]]);
		score_add(score, event, true, d->us, field);
	}
	return us;
}

/* --- what many do --- */

static int
by_text(const void *x, const void *y)
{
	const struct behaviour_habit *a = x, *b = y;
	int order = text_compare(a->event, b->event);

	if (order == 0)
		order = (a->column > b->column) - (a->column < b->column);
	return order != 0 ? order : text_compare(a->value, b->value);
}

/* Of one event and column, most leads first. */
static int
by_leads(const void *x, const void *y)
{
	const struct behaviour_habit *a = x, *b = y;
	int order = text_compare(a->event, b->event);

	if (order == 0)
		order = (a->column > b->column) - (a->column < b->column);
	if (order != 0)
		return order;
	if (a->leads != b->leads)
		return a->leads > b->leads ? -1 : 1;
	return text_compare(a->value, b->value);
}

struct counting {
	const struct behaviour *b;
	struct map *map; /* by event, column and value */
	struct behaviour_habit *habit;
	uint32_t *last;  /* lead that was counted last, plus one */
	size_t cap, last_cap;
};

static void
count_one(struct counting *k, uint32_t event, int column, uint32_t value, uint32_t lead)
{
	const uint32_t key[] = { event, (uint32_t)column, value };
	bool added;
	uint32_t at = map_add(k->map,
	    hash_text((struct text){ (const char *)key, sizeof(key) }), &added);

	if (added) {
		size_t n = (size_t)at + 1;

		k->habit = mem_grow(k->habit, &k->cap, n, sizeof(*k->habit), UINT32_MAX,
		    "habits");
		k->last = mem_grow(k->last, &k->last_cap, n, sizeof(*k->last), UINT32_MAX,
		    "habits");
		k->habit[at] = (struct behaviour_habit){ text_at(k->b, event),
			text_at(k->b, value), column, 0 };
		k->last[at] = 0;
	}
	k->habit[at].leads += k->last[at] != lead + 1;
	k->last[at] = lead + 1;
}

struct behaviour_habit *
behaviour_habits(const struct behaviour *b, uint64_t least, size_t most, size_t *n)
{
	struct counting k = { .b = b, .map = map_new() };
	size_t count, same = 0;

	for (size_t i = 0; i < b->n; i++) {
		const struct deed *d = &b->deed[b->order[i]];

		count_one(&k, d->event, -1, DICT_NONE, d->lead);
		for (size_t c = 0; c < b->ncolumns; c++) {
			uint32_t value = b->value[(size_t)b->order[i] * b->ncolumns + c];

			if (value != DICT_NONE)
				count_one(&k, d->event, (int)c, value, d->lead);
		}
	}
	count = map_count(k.map);
	*n = 0;
	if (count != 0)
		qsort(k.habit, count, sizeof(*k.habit), by_leads);
	for (size_t i = 0; i < count; i++) {
		const struct behaviour_habit h = k.habit[i];
		bool again = *n != 0 && h.column == k.habit[*n - 1].column &&
		    text_equal(h.event, k.habit[*n - 1].event);

		same = again ? same + 1 : 0;
		if (h.leads >= least && same < most)
			k.habit[(*n)++] = h;
	}
	if (*n != 0)
		qsort(k.habit, *n, sizeof(*k.habit), by_text);
	map_free(k.map);
	mem_free(k.last);
	return k.habit;
}
