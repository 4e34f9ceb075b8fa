/* office.c - how much of a time was the office open? */
#include <stdlib.h>

#include <lead/base/mem.h>
#include <lead/domain/figures/office.h>

enum { SPANS_MAX = 1000, HOLIDAYS_MAX = 1000000, DAYS_MAX = 4000000, WEEK = 7 };

/* Clock times of a day, in microseconds from its 00:00. */
struct span {
	int64_t from, to;
};

struct office {
	const struct zone *zone;
	struct hours {
		struct span *span; /* ascending, apart */
		size_t n, cap;
	} week[WEEK + 1]; /* by when_weekday() */
	int64_t *holiday; /* sorted once they are asked for */
	size_t nholidays, holiday_cap;
	bool sorted;
	int64_t first;    /* the day of open[0] */
	int64_t *open;    /* open[i]: open time of ndays days, those before day i */
	size_t ndays, cap;
};

const char *const office_hours_columns[OFFICE_HOURS_COLUMNS] = { "weekday", "from",
	"to" };
const char *const office_holiday_columns[OFFICE_HOLIDAY_COLUMNS] = { "date" };

struct office *
office_new(const struct zone *zone)
{
	struct office *o = mem_new(1, sizeof(*o));

	o->zone = zone;
	return o;
}

void
office_free(struct office *o)
{
	if (o == NULL)
		return;
	for (int day = 1; day <= WEEK; day++)
		mem_free(o->week[day].span);
	mem_free(o->holiday);
	mem_free(o->open);
	mem_free(o);
}

/* --- the tables --- */

/* 1 Monday … 7 Sunday, or 0. */
static int
read_weekday(struct text t)
{
	static const char *const names[] = { "mon", "tue", "wed", "thu", "fri", "sat",
		"sun" };

	for (int i = 0; i < WEEK; i++)
		if (text_same(t, text_of(names[i])))
			return i + 1;
	return 0;
}

static bool
read_days(struct text t, int *first, int *last)
{
	struct text part = TEXT_NONE, rest = t;

	text_next(&rest, '-', &part);
	*first = *last = read_weekday(part);
	if (text_next(&rest, '-', &part))
		*last = read_weekday(part);
	return rest.s == NULL && *first != 0 && *last >= *first;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* 09:00, up to 24:00 */
static bool
read_clock(struct text t, int64_t *us)
{
	int hours, minutes;

	if (t.len != 5 || !is_digit(t.s[0]) || !is_digit(t.s[1]) || t.s[2] != ':' ||
	    !is_digit(t.s[3]) || !is_digit(t.s[4]))
		return false;
	hours = (t.s[0] - '0') * 10 + t.s[1] - '0';
	minutes = (t.s[3] - '0') * 10 + t.s[4] - '0';
	*us = (int64_t)(hours * 60 + minutes) * 60 * WHEN_SECOND;
	return minutes < 60 && *us <= WHEN_DAY;
}

/* Into its place; false when it lies over another. */
static bool
add_span(struct hours *h, struct span s)
{
	size_t i = h->n;

	for (; i > 0 && h->span[i - 1].from >= s.from; i--)
		;
	if ((i > 0 && h->span[i - 1].to > s.from) ||
	    (i < h->n && h->span[i].from < s.to))
		return false;
	h->span = mem_grow(h->span, &h->cap, h->n + 1, sizeof(*h->span), SPANS_MAX,
	    "opening hours of a day");
	memmove(h->span + i + 1, h->span + i, (h->n - i) * sizeof(*h->span));
	h->span[i] = s;
	h->n++;
	return true;
}

const char *
office_hours(void *context, const struct text *field, size_t *bad)
{
	struct office *o = context;
	struct span s;
	int first, last;

	*bad = 0;
	if (!read_days(field[0], &first, &last))
		return "none of mon to sun, nor a run of them such as mon-fri";
	*bad = 1;
	if (!read_clock(field[1], &s.from))
		return "no time such as 09:00";
	*bad = 2;
	if (!read_clock(field[2], &s.to))
		return "no time such as 18:00";
	if (s.to <= s.from)
		return "no later than its from: a night is two rows, to 24:00 and from 00:00";
	*bad = 1;
	for (int day = first; day <= last; day++)
		if (!add_span(&o->week[day], s))
			return "lies over the hours of a row above";
	return NULL;
}

const char *
office_holiday(void *context, const struct text *field, size_t *bad)
{
	struct office *o = context;
	int64_t day;

	*bad = 0;
	if (when_parse_day(field[0], &day) != WHEN_OK)
		return "not a day";
	o->holiday = mem_grow(o->holiday, &o->holiday_cap, o->nholidays + 1,
	    sizeof(*o->holiday), HOLIDAYS_MAX, "holidays");
	o->holiday[o->nholidays++] = day;
	return NULL;
}

bool
office_opens(const struct office *o)
{
	for (int day = 1; day <= WEEK; day++)
		if (o->week[day].n > 0)
			return true;
	return false;
}

/* --- days --- */

static int
by_day(const void *a, const void *b)
{
	const int64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static const struct hours *
hours_of(const struct office *o, int64_t day)
{
	static const struct hours shut;

	if (o->nholidays > 0 && bsearch(&day, o->holiday, o->nholidays, sizeof(day), by_day) != NULL)
		return &shut;
	return &o->week[when_weekday(day)];
}

/*
 * The instant of a clock time: the first that shows it. Where the clocks skip it
 * that is the instant of the jump, found between the two that come out with the
 * offsets before and after.
 */
static int64_t
instant_of(const struct zone *z, int64_t local)
{
	int64_t us, low, high;

	if (zone_instant(z, local, &us, NULL) == WHEN_OK)
		return us;
	low = local - WHEN_DAY;
	high = local + WHEN_DAY;
	while (high - low > 1) {
		int64_t middle = low + (high - low) / 2;

		if (middle + zone_offset(z, middle) < local)
			low = middle;
		else
			high = middle;
	}
	return high;
}

/* Open time of a day that lies before an instant. */
static int64_t
open_until(const struct office *o, int64_t day, int64_t us)
{
	const struct hours *h = hours_of(o, day);
	int64_t sum = 0;

	for (size_t i = 0; i < h->n; i++) {
		int64_t from = instant_of(o->zone, day * WHEN_DAY + h->span[i].from);
		int64_t to = instant_of(o->zone, day * WHEN_DAY + h->span[i].to);

		to = to < us ? to : us;
		sum += to > from ? to - from : 0;
	}
	return sum;
}

/* Know the days up to and with the last one; first and last hold all asked. */
static void
learn(struct office *o, int64_t first, int64_t last)
{
	if (!o->sorted && o->nholidays > 1)
		qsort(o->holiday, o->nholidays, sizeof(*o->holiday), by_day);
	o->sorted = true;
	/* Days before those known: begin again, with as many days to spare. */
	if (o->ndays == 0 || first < o->first) {
		o->first = o->ndays == 0 ? first : first - (int64_t)o->ndays;
		o->ndays = 0;
	}
	while (o->first + (int64_t)o->ndays <= last + 1) {
		int64_t day = o->first + (int64_t)o->ndays - 1;

		o->open = mem_grow(o->open, &o->cap, o->ndays + 1, sizeof(*o->open),
		    2 * DAYS_MAX, "days of opening hours");
		o->open[o->ndays] = o->ndays == 0 ? 0 : o->open[o->ndays - 1] +
		    open_until(o, day, INT64_MAX);
		o->ndays++;
	}
}

int64_t
office_time(struct office *o, int64_t from_us, int64_t to_us)
{
	int64_t from, to;

	if (to_us <= from_us)
		return 0;
	from = zone_day(o->zone, from_us);
	to = zone_day(o->zone, to_us);
	learn(o, from, to);
	return o->open[to - o->first] - o->open[from - o->first] +
	    open_until(o, to, to_us) - open_until(o, from, from_us);
}
