/* habits.c - which rules might there be about what leads do? */
#include <lead/base/mem.h>
#include <lead/domain/learn/habits.h>
#include <lead/domain/rules/event.h>

enum { VALUE_BYTES = 200 };

const char *const habits_columns[] = { "page", "form", "channel" };

static const char *const counts[] = { "2", "3", "5", "8", "1/7d", "2/7d", "3/7d", "1/30d",
	"2/30d", "4/30d" };
static const char *const silences[] = { "7d", "14d", "30d", "60d", "90d" };

static void
put_rule(struct buf *b, struct text event, const char *column, const char *op,
    struct text value)
{
	buf_string(b, "1\t");
	buf_put(b, event);
	buf_byte(b, '\t');
	buf_string(b, column);
	buf_byte(b, '\t');
	buf_string(b, op);
	buf_byte(b, '\t');
	buf_put(b, value);
	buf_byte(b, '\n');
}

/* Can a rule name it as it stands? */
static bool
is_sayable(struct text t)
{
	return t.len <= VALUE_BYTES && text_trim(t).len == t.len;
}

static bool
is_deed(struct text event)
{
	const struct event *e = event_find(event);

	return is_sayable(event) && text_find(event, ',') < 0 &&
	    (e == NULL || e->kind != EVENT_MILESTONE);
}

static size_t
put_event(struct buf *b, struct text event)
{
	size_t n = sizeof(counts) / sizeof(counts[0]);

	put_rule(b, event, "", "", TEXT_NONE);
	for (size_t i = 0; i < n; i++)
		put_rule(b, event, "", "count>=", text_of(counts[i]));
	return n + 1;
}

static size_t
put_silences(struct buf *b)
{
	size_t n = sizeof(silences) / sizeof(silences[0]);

	for (size_t i = 0; i < n; i++)
		put_rule(b, TEXT_NONE, "", "idle>=", text_of(silences[i]));
	return n;
}

size_t
habits_put(struct buf *b, const struct behaviour *from, uint64_t least)
{
	size_t n, rules = 0;
	struct behaviour_habit *h = behaviour_habits(from, least, HABITS_VALUES_MAX, &n);

	buf_string(b, "points\tevent\tcolumn\top\tvalue\n");
	for (size_t i = 0; i < n; i++) {
		if (!is_deed(h[i].event) || !is_sayable(h[i].value))
			continue;
		if (h[i].column < 0) {
			rules += put_event(b, h[i].event);
		} else if (h[i].column < HABITS_COLUMNS) {
			put_rule(b, h[i].event, habits_columns[h[i].column], "=",
			    h[i].value);
			rules++;
		}
	}
	mem_free(h);
	return rules != 0 ? rules + put_silences(b) : 0;
}
