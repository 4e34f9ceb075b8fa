/* settle.c - which steps of a group stay, once all its rows were seen */
#include <lead/domain/journey/settle.h>

/* What is known of a lead. */
struct tally {
	uint64_t touches, seen;
	bool reached; /* a milestone */
	bool touched; /* before that, by anything but a stated source */
};

static void
count(const struct journey_step *s, size_t n, struct tally *people)
{
	for (size_t i = 0; i < n; i++) {
		struct tally *t = &people[s[i].person];

		if (s[i].dropped)
			continue;
		if (s[i].origin == JOURNEY_MILESTONE) {
			t->reached = true;
		} else if (s[i].origin != JOURNEY_STATED) {
			t->touched |= !t->reached;
			t->touches++;
		}
	}
}

static void
drop_stated(struct journey_step *s, size_t n, struct tally *people, bool fallback)
{
	for (size_t i = 0; i < n; i++) {
		struct tally *t = &people[s[i].person];

		if (s[i].dropped || s[i].origin != JOURNEY_STATED)
			continue;
		if (fallback && t->touched)
			s[i].dropped = true;
		else
			t->touches++;
	}
}

/* The first half stays, an odd one more, and the last half. */
static void
drop_middle(struct journey_step *s, size_t n, struct tally *people,
    uint64_t max, uint64_t *cut)
{
	uint64_t tail = max / 2, head = max - tail;

	for (size_t i = 0; i < n; i++) {
		struct tally *t = &people[s[i].person];
		uint64_t nth;

		if (s[i].dropped || s[i].origin == JOURNEY_MILESTONE ||
		    t->touches <= max)
			continue;
		nth = t->seen++;
		s[i].dropped = nth >= head && nth < t->touches - tail;
		*cut += s[i].dropped;
	}
}

size_t
settle_steps(struct journey_step *s, size_t n, size_t npeople,
    const struct journey_rules *r, struct arena *scratch, uint64_t *cut)
{
	struct tally *people = arena_new(scratch, npeople, sizeof(*people));
	bool too_many = false;
	size_t left = 0;

	count(s, n, people);
	drop_stated(s, n, people, r->declared == JOURNEY_FALLBACK);
	for (size_t i = 0; i < npeople; i++)
		too_many |= people[i].touches > r->max_touches;
	if (too_many && r->max_touches != 0)
		drop_middle(s, n, people, r->max_touches, cut);
	for (size_t i = 0; i < n; i++)
		if (!s[i].dropped)
			s[left++] = s[i];
	return left;
}
