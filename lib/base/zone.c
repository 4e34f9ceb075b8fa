/* zone.c - what the clocks of a place show, and when */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include <lead/base/buf.h>
#include <lead/base/mem.h>
#include <lead/base/tzif.h>
#include <lead/base/zone.h>

#define FOLDER "/usr/share/zoneinfo/"

enum { NAME_LEN_MAX = 255, DAY = 86400 };

struct zone {
	struct tzif table;
};

static int
read_file(const char *name, struct buf *b)
{
	char path[sizeof(FOLDER) + NAME_LEN_MAX];
	ssize_t n = 1;
	int fd, saved;

	snprintf(path, sizeof(path), FOLDER "%s", name);
	if ((fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)) < 0)
		return -1;
	while (n > 0 && b->len < TZIF_MAX) {
		n = read(fd, buf_room(b, 4096), 4096);
		if (n < 0 && errno == EINTR)
			n = 1;
		else if (n > 0)
			b->len += (size_t)n;
	}
	saved = errno;
	close(fd);
	errno = saved;
	return n < 0 ? -1 : 0;
}

static bool
is_name(struct text name)
{
	return name.len > 0 && name.len <= NAME_LEN_MAX && name.s[0] != '/' &&
	    text_search(name, TEXT("..")) < 0;
}

struct zone *
zone_open(const char *name)
{
	struct zone *z;
	struct buf b;
	bool sound = true;
	int error = EINVAL;

	if (!is_name(text_of(name))) {
		errno = ENOENT;
		return NULL;
	}
	z = mem_new(1, sizeof(*z));
	z->table.limit = INT64_MAX;
	buf_init(&b, TZIF_MAX + 4096, "a time zone file");
	if (!text_is(TEXT("UTC"), name)) {
		sound = read_file(name, &b) == 0;
		error = sound ? EINVAL : errno;
		sound = sound && tzif_parse(buf_text(&b), &z->table);
	}
	buf_clear(&b);
	if (sound)
		return z;
	zone_free(z);
	errno = error;
	return NULL;
}

void
zone_free(struct zone *z)
{
	if (z == NULL)
		return;
	tzif_clear(&z->table);
	mem_free(z);
}

/* --- answers --- */

/* How many whole cycles to go back so that the table knows the second. */
static int64_t
cycles(const struct tzif *z, int64_t second)
{
	return second < z->limit ? 0 : (second - z->limit) / TZIF_CYCLE + 1;
}

/* How many changes have happened by then: the number of the stretch of time
 * in which the offset stays the same. */
static size_t
stretch(const struct tzif *z, int64_t second)
{
	size_t from = 0, to = z->n;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (z->change[middle].at <= second)
			from = middle + 1;
		else
			to = middle;
	}
	return from;
}

static int64_t
stretch_start(const struct tzif *z, size_t i)
{
	return i == 0 ? INT64_MIN : z->change[i - 1].at;
}

static int64_t
stretch_end(const struct tzif *z, size_t i)
{
	return i == z->n ? INT64_MAX : z->change[i].at;
}

static int32_t
stretch_offset(const struct tzif *z, size_t i)
{
	return i == 0 ? z->first : z->change[i - 1].offset;
}

int64_t
zone_offset(const struct zone *z, int64_t us)
{
	const struct tzif *t = &z->table;
	int64_t second = when_floor(us, WHEN_SECOND);

	if (t->n == 0)
		return (int64_t)t->first * WHEN_SECOND;
	second -= cycles(t, second) * TZIF_CYCLE;
	return (int64_t)stretch_offset(t, stretch(t, second)) * WHEN_SECOND;
}

int64_t
zone_day(const struct zone *z, int64_t us)
{
	return when_floor(us + zone_offset(z, us), WHEN_DAY);
}

/* Is it 00:00:00 or 23:59:59? */
static bool
is_edge(int64_t local)
{
	int64_t into = local - when_floor(local, WHEN_DAY) * WHEN_DAY;

	return into == 0 || into == WHEN_DAY - WHEN_SECOND;
}

int64_t
zone_dated_day(const struct zone *z, int64_t us)
{
	static const int64_t quarter = (int64_t)15 * 60 * WHEN_SECOND;
	static const int64_t ahead = (int64_t)13 * 3600 * WHEN_SECOND;
	int64_t into = us - when_floor(us, quarter) * quarter;

	if (!is_edge(us + zone_offset(z, us))) {
		if (into == 0)
			return when_floor(us + ahead, WHEN_DAY);
		if (into == quarter - WHEN_SECOND)
			return when_floor(us + WHEN_SECOND + ahead, WHEN_DAY) - 1;
	}
	return zone_day(z, us);
}

enum when_verdict
zone_instant(const struct zone *z, int64_t local, int64_t *us, bool *twice)
{
	const struct tzif *t = &z->table;
	int64_t second = when_floor(local, WHEN_SECOND);
	int64_t fraction = local - second * WHEN_SECOND;
	int64_t back = cycles(t, second + 2 * DAY) * TZIF_CYCLE;
	size_t i = stretch(t, second - back - 2 * DAY), found = 0;

	for (; i <= t->n && stretch_start(t, i) <= second - back + 2 * DAY; i++) {
		int64_t at = second - back - stretch_offset(t, i);

		if (at < stretch_start(t, i) || at >= stretch_end(t, i))
			continue;
		if (found++ == 0)
			*us = (at + back) * WHEN_SECOND + fraction;
	}
	if (twice != NULL)
		*twice = found > 1;
	return found > 0 ? WHEN_OK : WHEN_GAP;
}

int64_t
zone_day_start(const struct zone *z, int64_t day)
{
	const struct tzif *t = &z->table;
	int64_t second = day * DAY;
	int64_t back = cycles(t, second + 2 * DAY) * TZIF_CYCLE;
	size_t i = stretch(t, second - back - 2 * DAY);

	for (;; i++) {
		int64_t at = second - back - stretch_offset(t, i);

		if (at < stretch_start(t, i))
			at = stretch_start(t, i);
		if (at < stretch_end(t, i))
			return (at + back) * WHEN_SECOND;
	}
}
