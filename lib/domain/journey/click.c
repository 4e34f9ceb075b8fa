/* click.c - which clicks in mails led to this page? */
#include <lead/base/map.h>
#include <lead/base/mem.h>
#include <lead/domain/journey/click.h>

struct click {
	int64_t us;
	uint32_t step, older; /* older: of the same person and campaign */
};

struct clicks {
	struct map *numbers; /* of a person and a campaign */
	uint32_t *newest;    /* by number: a click, or CLICK_NONE */
	struct click *v;
	size_t n, cap, newest_cap;
};

struct clicks *
click_new(void)
{
	struct clicks *c = mem_new(1, sizeof(*c));

	c->numbers = map_new();
	return c;
}

void
click_free(struct clicks *c)
{
	if (c == NULL)
		return;
	map_free(c->numbers);
	mem_free(c->newest);
	mem_free(c->v);
	mem_free(c);
}

void
click_clear(struct clicks *c)
{
	if (c->n != 0)
		map_clear(c->numbers);
	c->n = 0;
}

static struct hash
hash_of(uint32_t person, struct text campaign)
{
	struct hash h = hash_text(campaign);

	h.lo ^= (person + UINT64_C(1)) * UINT64_C(0x9e3779b97f4a7c15);
	return h;
}

void
click_wait(struct clicks *c, uint32_t person, struct text campaign, int64_t us,
    uint32_t step)
{
	bool added;
	uint32_t n;

	if (campaign.len == 0)
		return;
	n = map_add(c->numbers, hash_of(person, campaign), &added);
	if (added) {
		c->newest = mem_grow(c->newest, &c->newest_cap, (size_t)n + 1,
		    sizeof(*c->newest), UINT32_MAX, "campaigns of a group");
		c->newest[n] = CLICK_NONE;
	}
	c->v = mem_grow(c->v, &c->cap, c->n + 1, sizeof(*c->v), UINT32_MAX,
	    "clicks of a group");
	c->v[c->n] = (struct click){ us, step, c->newest[n] };
	c->newest[n] = (uint32_t)c->n++;
}

uint32_t
click_take(struct clicks *c, uint32_t person, struct text campaign, int64_t since_us)
{
	const struct click *click;
	uint32_t n;

	if (c->n == 0 || campaign.len == 0)
		return CLICK_NONE;
	n = map_get(c->numbers, hash_of(person, campaign));
	if (n == MAP_NONE || c->newest[n] == CLICK_NONE)
		return CLICK_NONE;
	click = &c->v[c->newest[n]];
	c->newest[n] = click->us < since_us ? CLICK_NONE : click->older;
	return click->us < since_us ? CLICK_NONE : click->step;
}
