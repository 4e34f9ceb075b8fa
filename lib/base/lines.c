/* lines.c - the lines of a foreign text file, one by one */
#include <lead/base/gz.h>
#include <lead/base/lines.h>
#include <lead/base/mem.h>

enum { START = 64 }; /* bytes that tell an encoding */

struct lines {
	struct gz *gz;
	bool lone_cr, begun, at_end, skipping;
	const char *at, *end; /* what is left of the chunk */
	const char *lf;       /* the next LF at or after at, or end; NULL: unknown */
	uint64_t number, offset;
	const char *error;    /* of our own; NULL: gz_error() */
	bool failed;
};

struct lines *
lines_open(const char *path, const struct lines_options *o)
{
	struct gz *gz = gz_open(path, o->max_ratio);
	struct lines *l;

	if (gz == NULL)
		return NULL;
	l = mem_new(1, sizeof(*l));
	l->gz = gz;
	l->lone_cr = o->lone_cr;
	return l;
}

void
lines_close(struct lines *l)
{
	if (l == NULL)
		return;
	gz_close(l->gz);
	mem_free(l);
}

const char *
lines_error(const struct lines *l)
{
	return l->error != NULL ? l->error : gz_error(l->gz);
}

bool
lines_error_is_system(const struct lines *l)
{
	return l->error == NULL && gz_error_is_system(l->gz);
}

uint64_t
lines_bytes_in(const struct lines *l)
{
	return gz_bytes_in(l->gz);
}

/* Text of one-byte letters in UTF-16 has a NUL beside each of them. */
static const char *
utf16_without_mark(struct text t)
{
	size_t nul[2] = { 0, 0 }, n = t.len < START ? t.len & ~(size_t)1 : START;

	for (size_t i = 0; i < n; i++)
		nul[i & 1] += t.s[i] == '\0';
	if (n >= 4 && nul[0] == 0 && nul[1] * 4 > n)
		return "UTF-16 (little end first), not UTF-8";
	if (n >= 4 && nul[1] == 0 && nul[0] * 4 > n)
		return "UTF-16 (big end first), not UTF-8";
	return NULL;
}

/* Step over a mark, or say what the text is when it is not for us. */
static const char *
look_at_start(struct lines *l)
{
	static const struct {
		const char *mark;
		size_t len;
		const char *error; /* NULL: ours */
	} marks[] = {
		{ "\xff\xfe\0\0", 4, "UTF-32, not UTF-8" },
		{ "\0\0\xfe\xff", 4, "UTF-32, not UTF-8" },
		{ "\xff\xfe", 2, "UTF-16 (little end first), not UTF-8" },
		{ "\xfe\xff", 2, "UTF-16 (big end first), not UTF-8" },
		{ "\xef\xbb\xbf", 3, NULL },
	};
	struct text t = { l->at, (size_t)(l->end - l->at) };

	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		if (!text_starts(t, (struct text){ marks[i].mark, marks[i].len }))
			continue;
		l->at += marks[i].error == NULL ? marks[i].len : 0;
		l->offset += marks[i].error == NULL ? marks[i].len : 0;
		return marks[i].error;
	}
	return utf16_without_mark(t);
}

/* One more chunk behind the keep bytes at l->at. 1, 0 at the end, -1. */
static int
more(struct lines *l, size_t keep)
{
	struct text chunk;
	int got = gz_next(l->gz, keep, &chunk);

	l->failed = got < 0;
	l->at_end = got == 0;
	if (got <= 0)
		return got;
	l->at = chunk.s - keep;
	l->end = chunk.s + chunk.len;
	l->lf = NULL;
	return 1;
}

/* Enough of the file to know its encoding. 0, or -1. */
static int
begin(struct lines *l)
{
	l->begun = true;
	while (!l->at_end && l->end - l->at < START)
		if (more(l, (size_t)(l->end - l->at)) < 0)
			return -1;
	l->error = look_at_start(l);
	l->failed = l->error != NULL;
	return l->failed ? -1 : 0;
}

/* Where the line at l->at ends, looking from from on; NULL: not in the chunk. */
static const char *
find_end(struct lines *l, const char *from)
{
	const char *cr, *none = NULL;

	if (l->lf == NULL || l->lf < from) {
		l->lf = from < l->end
		    ? memchr(from, '\n', (size_t)(l->end - from)) : NULL;
		l->lf = l->lf != NULL ? l->lf : l->end;
	}
	if (l->lf != l->end)
		none = l->lf;
	if (!l->lone_cr || from == l->lf)
		return none;
	cr = memchr(from, '\r', (size_t)(l->lf - from));
	if (cr == NULL || (none != NULL && cr + 1 == none))
		return none;
	return cr + 1 < l->end || l->at_end ? cr : NULL;
}

/* Hand out the line from l->at to its end. */
static enum lines_verdict
give(struct lines *l, const char *end, struct line *line)
{
	const char *next = end < l->end ? end + 1 : end;
	bool crlf = end < l->end && *end == '\n' && end > l->at && end[-1] == '\r';

	line->text = (struct text){ l->at, (size_t)(end - l->at) - crlf };
	line->end = (struct text){ end - crlf, (size_t)(next - end) + crlf };
	line->number = ++l->number;
	line->offset = l->offset;
	l->offset += (uint64_t)(next - l->at);
	l->at = next;
	if (line->text.len <= LINES_MAX)
		return LINES_LINE;
	line->text.len = LINES_MAX;
	return LINES_LONG;
}

/* The line is longer than a chunk may hold: give its head, skip the rest. */
static enum lines_verdict
give_head(struct lines *l, struct line *line)
{
	*line = (struct line){ { l->at, LINES_MAX }, TEXT_NONE, ++l->number,
		l->offset };
	l->offset += (uint64_t)(l->end - l->at);
	l->at = l->end;
	l->skipping = true;
	return LINES_LONG;
}

/* Pass what is left of a long line. 0 once it is passed or the file ends. */
static int
skip_rest(struct lines *l)
{
	while (l->skipping) {
		const char *end = find_end(l, l->at);

		if (end != NULL) {
			l->offset += (uint64_t)(end + 1 - l->at);
			l->at = end + 1;
			l->skipping = false;
			return 0;
		}
		l->offset += (uint64_t)(l->end - l->at);
		l->at = l->end;
		if (more(l, 0) < 0)
			return -1;
		l->skipping = !l->at_end;
	}
	return 0;
}

/* find_end() over as many chunks as the line needs; NULL: too long, or failed. */
static const char *
reach_end(struct lines *l)
{
	const char *end = find_end(l, l->at);

	while (end == NULL) {
		size_t have = (size_t)(l->end - l->at);
		/* a CR that ended the chunk was not yet judged */
		size_t seen = have != 0 && l->end[-1] == '\r' ? have - 1 : have;

		if (l->at_end)
			return l->end;
		if (have > LINES_MAX + 1 || more(l, have) < 0)
			return NULL;
		end = find_end(l, l->at + seen);
	}
	return end;
}

enum lines_verdict
lines_next(struct lines *l, struct line *line)
{
	const char *end;

	if (l->failed || (!l->begun && begin(l) != 0) ||
	    (l->skipping && skip_rest(l) != 0))
		return LINES_FAIL;
	if (l->at_end && l->at == l->end)
		return LINES_END;
	end = reach_end(l);
	if (l->failed)
		return LINES_FAIL;
	if (end == NULL)
		return give_head(l, line);
	if (end == l->at && end == l->end)
		return LINES_END;
	return give(l, end, line);
}
