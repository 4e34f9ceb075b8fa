/* lifeline.c - the whole life of one group in one line */
#include <string.h>

#include <lead/domain/journey/lifeline.h>
#include <lead/domain/journey/stepout.h>
#include <lead/domain/journey/trail.h>

static const char *const places[LIFELINE_PLACES] = { "first", "lead", "won", "last" };

/* Milestone i in the order of events, or NULL past the last. */
static const struct event *
milestone(size_t i)
{
	const struct event *e;

	for (unsigned n = 0; (e = event_at(n)) != NULL; n++)
		if (e->kind == EVENT_MILESTONE && i-- == 0)
			return e;
	return NULL;
}

void
lifeline_init(struct lifeline *l)
{
	*l = (struct lifeline){ .touches = 0 };
	buf_init(&l->path, 2 * LIFELINE_PATH_MAX, "a path");
}

void
lifeline_clear(struct lifeline *l)
{
	buf_clear(&l->path);
}

static void
begin(struct lifeline *l)
{
	struct buf path = l->path;

	*l = (struct lifeline){ .path = path };
	l->path.len = 0;
}

/* --- path --- */

static void
put_element(struct lifeline *l, const struct journey *j,
    const struct journey_columns *c, const struct journey_step *s)
{
	struct text channel;

	if (l->path.len != 0)
		buf_string(&l->path, TRAIL_SEPARATOR);
	if (s->origin == JOURNEY_MILESTONE) {
		buf_byte(&l->path, '(');
		buf_string(&l->path, s->event->name);
		buf_byte(&l->path, ')');
	} else {
		channel = stepout_touch(j, c, s, STEP_CHANNEL);
		trail_put(&l->path, channel.len != 0 ? channel : TEXT("unassigned"));
	}
}

/* --- touches and milestones --- */

static void
add_touch(struct lifeline *l, const struct journey_step *s)
{
	if (l->touches++ == 0)
		l->at[LIFELINE_FIRST] = s;
	l->at[LIFELINE_LAST] = s;
}

static void
add_milestone(struct lifeline *l, const struct journey_step *s)
{
	for (size_t i = 0; i < LIFELINE_MILESTONES; i++) {
		if (milestone(i) != s->event || l->milestone[i] != NULL)
			continue;
		l->milestone[i] = s;
		if (strcmp(s->event->name, "lead") == 0) {
			l->at[LIFELINE_LEAD] = l->at[LIFELINE_LAST];
			l->method = s->method;
		}
		if (strcmp(s->event->name, "won") == 0)
			l->at[LIFELINE_WON] = l->at[LIFELINE_LAST];
	}
}

static void
add_value(struct lifeline *l, const struct journey *j,
    const struct journey_columns *c, const struct journey_step *s)
{
	struct text cells[STEP_COLUMNS];
	char pages[NUM_TEXT];
	int64_t micros;

	if (strcmp(s->event->name, "won") != 0 && strcmp(s->event->name, "refund") != 0)
		return;
	stepout_cells(j, c, s, cells, pages);
	if (num_parse(cells[STEP_VALUE], &micros) != NUM_OK)
		return;
	l->mixed |= l->priced && !text_equal(l->currency, cells[STEP_CURRENCY]);
	l->currency = cells[STEP_CURRENCY];
	l->priced = true;
	l->value += micros;
}

bool
lifeline_read(struct lifeline *l, const struct journey *j,
    const struct journey_columns *c, const struct journey_step *steps, size_t n)
{
	begin(l);
	for (size_t i = 0; i < n; i++) {
		const struct journey_step *s = &steps[i];

		if (s->origin == JOURNEY_MILESTONE) {
			add_milestone(l, s);
			add_value(l, j, c, s);
		} else {
			add_touch(l, s);
		}
		if (journey_at(j, s->row) != INT64_MAX)
			put_element(l, j, c, s);
		if (l->path.len > LIFELINE_PATH_MAX)
			return false;
	}
	return true;
}

/* --- cells --- */

static const enum step_column told[LIFELINE_TOLD] = { STEP_CHANNEL, STEP_SOURCE,
	STEP_MEDIUM, STEP_CAMPAIGN, STEP_TERM };

enum { PATH, TOUCHES, FIRST_AT, LAST_AT, MILESTONES };
enum {
	VALUE = MILESTONES + LIFELINE_MILESTONES,
	CURRENCY,
	METHOD,
	PLACES,
};
static const char *const single[] = {
	[PATH] = "path", [TOUCHES] = "touches", [FIRST_AT] = "first_at",
	[LAST_AT] = "last_at", [VALUE] = "value", [CURRENCY] = "currency",
	[METHOD] = "method",
};

static struct text
join(char room[LIFELINE_NAME], const char *left, const char *right)
{
	size_t l = strlen(left), r = strlen(right);

	memcpy(room, left, l);
	room[l] = '_';
	memcpy(room + l + 1, right, r);
	return (struct text){ room, l + 1 + r };
}

struct text
lifeline_name(size_t i, char room[LIFELINE_NAME])
{
	if (i >= MILESTONES && i < VALUE)
		return join(room, milestone(i - MILESTONES)->name, "at");
	if (i >= PLACES)
		return join(room, places[(i - PLACES) / LIFELINE_TOLD],
		    step_name(told[(i - PLACES) % LIFELINE_TOLD]));
	return text_of(single[i]);
}

static struct text
time_of(const struct journey *j, const struct journey_columns *c,
    const struct journey_step *s)
{
	return s != NULL ? journey_cell(j, s->row, c->step[STEP_TIME]) : TEXT_NONE;
}

static void
money_cells(const struct lifeline *l, struct arena *a, struct text *cells)
{
	cells[VALUE] = cells[CURRENCY] = TEXT_NONE;
	if (!l->priced || l->mixed)
		return;
	cells[VALUE] = num_put_wide(arena_alloc(a, NUM_TEXT), l->value);
	cells[CURRENCY] = l->currency;
}

void
lifeline_cells(const struct lifeline *l, const struct journey *j,
    const struct journey_columns *c, struct arena *a,
    struct text cells[LIFELINE_CELLS])
{
	cells[PATH] = buf_text(&l->path);
	cells[TOUCHES] = num_put_count(arena_alloc(a, NUM_TEXT), (int64_t)l->touches);
	cells[FIRST_AT] = time_of(j, c, l->at[LIFELINE_FIRST]);
	cells[LAST_AT] = time_of(j, c, l->at[LIFELINE_LAST]);
	cells[METHOD] = l->method;
	money_cells(l, a, cells);
	for (size_t i = 0; i < LIFELINE_MILESTONES; i++)
		cells[MILESTONES + i] = time_of(j, c, l->milestone[i]);
	for (size_t i = 0; i < LIFELINE_PLACES * LIFELINE_TOLD; i++) {
		const struct journey_step *s = l->at[i / LIFELINE_TOLD];

		cells[PLACES + i] = s != NULL
		    ? stepout_touch(j, c, s, told[i % LIFELINE_TOLD]) : TEXT_NONE;
	}
}
