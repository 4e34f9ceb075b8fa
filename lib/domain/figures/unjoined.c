/* unjoined.c - campaigns with spend and no touch, and with touches and no spend */
#include <stdlib.h>

#include <lead/base/dict.h>
#include <lead/base/map.h>
#include <lead/base/mem.h>
#include <lead/domain/figures/unjoined.h>

enum { CAMPAIGNS_MAX = 1 << 28, ROW_MAX = 1 << 20 };

const char *const unjoined_header =
    "side\tplatform\tcampaign_id\tcampaign\tcost\ttouches";

/* Sums by a key, the columns left of them. */
struct sums {
	struct dict *keys;
	num_wide *sum;
	size_t cap;
};

struct unjoined {
	struct sums touches; /* "touch\t\t\tcampaign" */
	struct sums spend;   /* "spend\tplatform\tcampaign_id\tcampaign" */
	struct dict *paid;   /* campaigns with spend */
	struct buf row;
	struct text *order;  /* keys that did not join, sorted */
	size_t n;
	bool sorted;
};

struct unjoined *
unjoined_new(void)
{
	struct unjoined *u = mem_new(1, sizeof(*u));

	u->touches.keys = dict_new();
	u->spend.keys = dict_new();
	u->paid = dict_new();
	buf_init(&u->row, ROW_MAX, "a campaign");
	return u;
}

void
unjoined_free(struct unjoined *u)
{
	if (u == NULL)
		return;
	dict_free(u->touches.keys);
	dict_free(u->spend.keys);
	dict_free(u->paid);
	mem_free(u->touches.sum);
	mem_free(u->spend.sum);
	mem_free(u->order);
	buf_clear(&u->row);
	mem_free(u);
}

static void
add(struct sums *s, struct text key, num_wide amount)
{
	uint32_t known = dict_count(s->keys), n = dict_add(s->keys, key);

	if (n == known) {
		s->sum = mem_grow(s->sum, &s->cap, (size_t)n + 1, sizeof(*s->sum),
		    CAMPAIGNS_MAX, "campaigns");
		s->sum[n] = 0;
	}
	s->sum[n] += amount;
}

/* side, platform, number and name: the columns left of the sums. */
static struct text
key_of(struct unjoined *u, const char *side, const struct spend_row *r)
{
	u->row.len = 0;
	buf_string(&u->row, side);
	buf_byte(&u->row, '\t');
	buf_put(&u->row, r->platform);
	buf_byte(&u->row, '\t');
	buf_put(&u->row, r->campaign_id);
	buf_byte(&u->row, '\t');
	buf_put(&u->row, r->campaign);
	return buf_text(&u->row);
}

/* The fourth column of a key. */
static struct text
campaign_of(struct text key)
{
	struct text part = TEXT_NONE;

	while (text_next(&key, '\t', &part))
		;
	return part;
}

void
unjoined_add(struct unjoined *u, struct text campaign, num_wide touches)
{
	struct spend_row r = { .platform = TEXT_NONE, .campaign_id = TEXT_NONE,
		.campaign = campaign };

	add(&u->touches, key_of(u, "touch", &r), touches);
}

void
unjoined_touches(struct unjoined *u, const struct life *l)
{
	for (size_t i = 0; i < l->nsteps; i++) {
		struct text campaign = step_text(&l->step[i], STEP_CAMPAIGN);

		if (l->step[i].kind == STEP_TOUCH && campaign.len != 0)
			unjoined_add(u, campaign, NUM_MICROS);
	}
}

bool
unjoined_touched(const struct unjoined *u, size_t i, struct text *campaign,
    num_wide *touches)
{
	if (i >= dict_count(u->touches.keys))
		return false;
	*campaign = campaign_of(dict_text(u->touches.keys, (uint32_t)i));
	*touches = u->touches.sum[i];
	return true;
}

void
unjoined_spend(struct unjoined *u, const struct spend *s)
{
	struct spend_row r;

	for (size_t i = 0; spend_row(s, i, &r); i++) {
		if (!r.counted)
			continue;
		add(&u->spend, key_of(u, "spend", &r), r.cost);
		if (r.campaign.len != 0)
			dict_add(u->paid, r.campaign);
	}
}

static bool
has_touch(struct unjoined *u, struct text campaign)
{
	struct spend_row r = { .platform = TEXT_NONE, .campaign_id = TEXT_NONE,
		.campaign = campaign };

	return dict_get(u->touches.keys, key_of(u, "touch", &r)) != MAP_NONE;
}

static int
by_bytes(const void *a, const void *b)
{
	return text_compare(*(const struct text *)a, *(const struct text *)b);
}

static void
sort_rows(struct unjoined *u)
{
	uint32_t ntouches = dict_count(u->touches.keys), nspend = dict_count(u->spend.keys);

	u->order = mem_new((size_t)ntouches + nspend + 1, sizeof(*u->order));
	for (uint32_t i = 0; i < ntouches; i++) {
		struct text key = dict_text(u->touches.keys, i);

		if (dict_get(u->paid, campaign_of(key)) == MAP_NONE)
			u->order[u->n++] = key;
	}
	for (uint32_t i = 0; i < nspend; i++) {
		struct text key = dict_text(u->spend.keys, i);

		if (!has_touch(u, campaign_of(key)))
			u->order[u->n++] = key;
	}
	qsort(u->order, u->n, sizeof(*u->order), by_bytes);
	u->sorted = true;
}

bool
unjoined_row(void *unjoined, size_t i, struct text *row)
{
	struct unjoined *u = unjoined;
	char number[NUM_TEXT];
	uint32_t n;

	if (!u->sorted)
		sort_rows(u);
	if (i >= u->n)
		return false;
	u->row.len = 0;
	buf_put(&u->row, u->order[i]);
	buf_byte(&u->row, '\t');
	if ((n = dict_get(u->spend.keys, u->order[i])) != MAP_NONE) {
		buf_put(&u->row, num_put_wide(number, u->spend.sum[n]));
		buf_byte(&u->row, '\t');
	} else {
		n = dict_get(u->touches.keys, u->order[i]);
		buf_byte(&u->row, '\t');
		buf_put(&u->row, num_put_wide(number, u->touches.sum[n]));
	}
	*row = buf_text(&u->row);
	return true;
}
