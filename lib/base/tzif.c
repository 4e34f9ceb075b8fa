/* tzif.c - the clock changes of a place, from its TZif file */
#include <stdlib.h>

#include <lead/base/mem.h>
#include <lead/base/tzif.h>
#include <lead/base/when.h>

enum {
	HEADER = 44, /* of a TZif file, before its data */
	TYPE_SIZE = 6,
	DAY = 86400,
	OFFSET_MAX = 26 * 3600 - 1, /* RFC 8536 3.2: beyond -25:59:59 is refused */
};

/* --- the footer: a POSIX TZ string (RFC 8536 3.3.1) --- */

/* One of the two days a year on which the clocks change. */
struct rule_day {
	char form; /* M: month week weekday; J: 1-365, no leap day; 0: 0-365 */
	int month, week, wday, yday;
	int time; /* seconds into the day, may be outside it */
};

struct footer {
	int std, dst; /* seconds ahead of UTC */
	bool changes;
	struct rule_day start, end;
};

static bool
take(struct text *t, char c)
{
	if (t->len == 0 || t->s[0] != c)
		return false;
	*t = text_from(*t, 1);
	return true;
}

static bool
take_number(struct text *t, int max, int *v)
{
	size_t n = 0;

	for (*v = 0; n < t->len && t->s[n] >= '0' && t->s[n] <= '9'; n++)
		if ((*v = *v * 10 + (t->s[n] - '0')) > max)
			return false;
	*t = text_from(*t, n);
	return n > 0;
}

/* EST, or <+0330> */
static bool
take_name(struct text *t)
{
	size_t n = 0;
	ptrdiff_t end;

	if (t->len > 0 && t->s[0] == '<') {
		end = text_find(*t, '>');
		*t = text_from(*t, (size_t)end + 1);
		return end > 0;
	}
	while (n < t->len && ((t->s[n] | 32) >= 'a' && (t->s[n] | 32) <= 'z'))
		n++;
	*t = text_from(*t, n);
	return n > 0;
}

/* [+-]hh[:mm[:ss]] in seconds */
static bool
take_time(struct text *t, int *seconds)
{
	bool minus = take(t, '-');
	int h, m = 0, s = 0;

	if (!minus)
		take(t, '+');
	if (!take_number(t, 167, &h))
		return false;
	if (take(t, ':') && !take_number(t, 59, &m))
		return false;
	if (take(t, ':') && !take_number(t, 59, &s))
		return false;
	*seconds = (h * 3600 + m * 60 + s) * (minus ? -1 : 1);
	return true;
}

static bool
take_rule_day(struct text *t, struct rule_day *d)
{
	d->time = 2 * 3600;
	if (take(t, 'M')) {
		d->form = 'M';
		if (!take_number(t, 12, &d->month) || d->month == 0 || !take(t, '.') ||
		    !take_number(t, 5, &d->week) || d->week == 0 || !take(t, '.') ||
		    !take_number(t, 6, &d->wday))
			return false;
	} else {
		d->form = take(t, 'J') ? 'J' : 0;
		if (!take_number(t, 365, &d->yday))
			return false;
	}
	return !take(t, '/') || take_time(t, &d->time);
}

static bool
parse_footer(struct text t, struct footer *f)
{
	if (!take_name(&t) || !take_time(&t, &f->std))
		return false;
	f->std = -f->std; /* POSIX counts westward */
	f->changes = t.len > 0;
	if (!f->changes)
		return true;
	if (!take_name(&t))
		return false;
	f->dst = f->std + 3600;
	if (t.len > 0 && t.s[0] != ',') {
		if (!take_time(&t, &f->dst))
			return false;
		f->dst = -f->dst;
	}
	return take(&t, ',') && take_rule_day(&t, &f->start) && take(&t, ',') &&
	    take_rule_day(&t, &f->end) && t.len == 0;
}

/* The local second of a rule's day in a year. */
static int64_t
rule_second(const struct rule_day *d, int year)
{
	int64_t day = when_day_of(year, 1, 1);

	if (d->form == 'M') {
		int64_t next = d->month < 12 ? when_day_of(year, d->month + 1, 1)
					     : when_day_of(year + 1, 1, 1);
		int first;

		day = when_day_of(year, d->month, 1);
		first = when_weekday(day) % 7; /* 0 Sunday, as in the rule */
		day += (d->wday - first + 7) % 7 + (d->week - 1) * 7;
		if (day >= next)
			day -= 7;
	} else if (d->form == 'J') {
		bool leap = when_day_of(year + 1, 1, 1) - day == 366;

		day += d->yday - 1 + (leap && d->yday >= 60);
	} else {
		day += d->yday;
	}
	return day * DAY + d->time;
}

/* --- the file --- */

static void
add_change(struct tzif *z, int64_t at, int32_t offset)
{
	z->change = mem_grow(z->change, &z->cap, z->n + 1, sizeof(*z->change), TZIF_MAX,
	    "changes of a time zone");
	z->change[z->n++] = (struct tzif_change){ at, offset };
}

/* Write the footer's rule out, after the last change of the file. */
static void
write_out(struct tzif *z, const struct footer *f)
{
	int64_t last = z->n > 0 ? z->change[z->n - 1].at : INT64_MIN;
	int year = 1, month, mday;

	if (!f->changes) {
		if (z->n == 0)
			z->first = f->std;
		return;
	}
	if (z->n > 0)
		when_civil(when_floor(last, DAY), &year, &month, &mday);
	for (int y = year; y <= year + 402; y++) {
		struct tzif_change on = { rule_second(&f->start, y) - f->std, f->dst };
		struct tzif_change off = { rule_second(&f->end, y) - f->dst, f->std };
		struct tzif_change *early = on.at < off.at ? &on : &off;
		struct tzif_change *late = early == &on ? &off : &on;

		if (early->at > last)
			add_change(z, early->at, early->offset);
		if (late->at > last)
			add_change(z, late->at, late->offset);
	}
	z->limit = when_day_of(year + 402, 1, 1) * DAY;
}

static int64_t
big_endian(const char *s, int bytes)
{
	uint64_t v = (s[0] & 0x80) != 0 ? UINT64_MAX : 0;

	for (int i = 0; i < bytes; i++)
		v = v << 8 | (unsigned char)s[i];
	return (int64_t)v;
}

/* One header with its data block, times of width bytes. */
struct part {
	const char *data;
	size_t size, ntimes, ntypes, nleaps;
	int width;
};

static bool
take_part(struct text *t, int width, struct part *p)
{
	int64_t count[6]; /* isut isstd leap time type char */

	if (t->len < HEADER || !text_starts(*t, TEXT("TZif")))
		return false;
	for (int i = 0; i < 6; i++) {
		count[i] = big_endian(t->s + 20 + 4 * i, 4);
		if (count[i] < 0 || count[i] > TZIF_MAX)
			return false;
	}
	*t = text_from(*t, HEADER);
	p->data = t->s;
	p->width = width;
	p->nleaps = (size_t)count[2];
	p->ntimes = (size_t)count[3];
	p->ntypes = (size_t)count[4];
	p->size = p->ntimes * (size_t)(width + 1) + p->ntypes * TYPE_SIZE +
	    (size_t)(count[5] + count[2] * (width + 4) + count[1] + count[0]);
	if (p->size > t->len || p->ntypes == 0)
		return false;
	*t = text_from(*t, p->size);
	return true;
}

static bool
take_changes(struct tzif *z, const struct part *p)
{
	const char *types = p->data + p->ntimes * (size_t)p->width;
	const char *offsets = types + p->ntimes;

	z->first = (int32_t)big_endian(offsets, 4);
	for (size_t i = 0; i < p->ntimes; i++) {
		size_t type = (unsigned char)types[i];
		int64_t at = big_endian(p->data + i * (size_t)p->width, p->width);

		if (type >= p->ntypes || (i > 0 && at <= z->change[z->n - 1].at))
			return false;
		add_change(z, at, (int32_t)big_endian(offsets + type * TYPE_SIZE, 4));
	}
	for (size_t i = 0; i < z->n; i++)
		if (abs(z->change[i].offset) > OFFSET_MAX)
			return false;
	return abs(z->first) <= OFFSET_MAX;
}

bool
tzif_parse(struct text t, struct tzif *z)
{
	struct part p;
	struct footer f = { 0 };
	struct text line;

	*z = (struct tzif){ .limit = INT64_MAX };
	if (!take_part(&t, 4, &p))
		return false;
	if (p.data[-HEADER + 4] < '2')
		return p.nleaps == 0 && take_changes(z, &p);
	if (!take_part(&t, 8, &p) || p.nleaps != 0 || !take_changes(z, &p))
		return false;
	if (!take(&t, '\n') || !text_next(&t, '\n', &line) || t.s == NULL)
		return false;
	if (line.len == 0)
		return true;
	if (!parse_footer(line, &f))
		return false;
	write_out(z, &f);
	return true;
}

void
tzif_clear(struct tzif *z)
{
	mem_free(z->change);
	*z = (struct tzif){ .limit = INT64_MAX };
}
