/* milestone.c - which milestone rows of a group count, and which rows they replace */
#include <stddef.h>

#include <lead/base/map.h>
#include <lead/base/mem.h>
#include <lead/domain/journey/milestone.h>

/* Milestones that a deal has once; the first three end it, for the time being. */
static const char *const of_deal[] = {
	"won", "lost", "disqualified", "meeting", "proposal", "opp"
};
enum { OUTCOMES = 3, OF_DEAL = sizeof(of_deal) / sizeof(of_deal[0]) };

struct deal {
	uint32_t step[OF_DEAL];
};

struct milestone_book {
	struct map *numbers; /* of deals, by deal_id */
	struct deal *deals;
	size_t cap;
};

struct milestone_book *
milestone_new(void)
{
	struct milestone_book *b = mem_new(1, sizeof(*b));

	b->numbers = map_new();
	return b;
}

void
milestone_free(struct milestone_book *b)
{
	if (b == NULL)
		return;
	map_free(b->numbers);
	mem_free(b->deals);
	mem_free(b);
}

void
milestone_clear(struct milestone_book *b)
{
	if (map_count(b->numbers) != 0)
		map_clear(b->numbers);
}

static struct deal *
find_deal(struct milestone_book *b, struct text deal_id)
{
	bool added;
	uint32_t n = map_add(b->numbers, hash_text(deal_id), &added);

	if (added) {
		b->deals = mem_grow(b->deals, &b->cap, (size_t)n + 1,
		    sizeof(*b->deals), UINT32_MAX, "deals of a group");
		for (size_t i = 0; i < OF_DEAL; i++)
			b->deals[n].step[i] = MILESTONE_NOT;
	}
	return &b->deals[n];
}

static uint32_t
bit_of(struct text event)
{
	return UINT32_C(1) << (event_rank(event) % 32);
}

static size_t
place_of(const struct event *event)
{
	size_t i = 0;

	while (i < OF_DEAL && !text_is(text_of(event->name), of_deal[i]))
		i++;
	return i;
}

/* Another outcome that stood before stands no more. A lead may be disqualified
 * again by another deal after that. */
static uint32_t
undo(struct deal *d, size_t outcome, uint32_t *once)
{
	uint32_t undone = MILESTONE_NOT;

	for (size_t i = 0; i < OUTCOMES; i++) {
		if (i == outcome || d->step[i] == MILESTONE_NOT)
			continue;
		undone = d->step[i];
		d->step[i] = MILESTONE_NOT;
		if (event_find(text_of(of_deal[i]))->once == EVENT_PER_LEAD)
			*once &= ~bit_of(text_of(of_deal[i]));
	}
	return undone;
}

struct milestone_verdict
milestone_admit(struct milestone_book *b, uint32_t *once, const struct event *event,
    struct text deal_id, uint32_t step)
{
	struct milestone_verdict v = { true, MILESTONE_NOT, MILESTONE_NOT };
	size_t place = deal_id.len != 0 ? place_of(event) : OF_DEAL;
	struct deal *d = place < OF_DEAL ? find_deal(b, deal_id) : NULL;
	uint32_t bit = bit_of(text_of(event->name));

	if (place < OUTCOMES)
		v.undoes = undo(d, place, once);
	if (event->once == EVENT_PER_LEAD) {
		v.stands = (*once & bit) == 0;
		*once |= bit;
	} else if (d != NULL && d->step[place] != MILESTONE_NOT) {
		v.stands = false;
		v.updates = d->step[place];
	}
	if (v.stands && d != NULL)
		d->step[place] = step;
	return v;
}
