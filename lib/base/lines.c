/* lines.c - the lines of a foreign text file, one by one */
#include <lead/base/buf.h>
#include <lead/base/gz.h>
#include <lead/base/lines.h>
#include <lead/base/mem.h>
#include <lead/base/utf8.h>

enum {
	START = 64, /* bytes that tell an encoding */
	AGAIN_MAX = 16 << 20,
};

struct lines {
	struct gz *gz;
	struct lines_options o;
	bool begun, at_end, skipping;
	const char *at, *end; /* what is left of the chunk */
	const char *lf;       /* the next LF at or after at, or end; NULL: unknown */
	uint64_t number, offset;
	const char *error;    /* of our own; NULL: gz_error() */
	bool failed;
	struct buf plain;     /* a line made UTF-8 */
	struct buf again;     /* lines to be read before the rest, from here */
	size_t again_from;
	uint64_t again_number, again_offset;
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
	l->o = *o;
	buf_init(&l->plain, (size_t)3 * LINES_MAX, "a line");
	buf_init(&l->again, AGAIN_MAX, "lines read again");
	return l;
}

void
lines_close(struct lines *l)
{
	if (l == NULL)
		return;
	gz_close(l->gz);
	buf_clear(&l->plain);
	buf_clear(&l->again);
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
lines_number(const struct lines *l)
{
	return l->begun && !lines_error_is_system(l) ? l->number : 0;
}

uint64_t
lines_bytes_in(const struct lines *l)
{
	return gz_bytes_in(l->gz);
}

const char *
lines_note(const struct lines *l)
{
	return gz_note(l->gz);
}

/* Text of one-byte letters in UTF-16 has a NUL beside each of them. */
static const char *
utf16_without_mark(struct text t)
{
	size_t nul[2] = { 0, 0 }, n = t.len < START ? t.len & ~(size_t)1 : START;

	for (size_t i = 0; i < n; i++)
		nul[i & 1] += t.s[i] == '\0';
	if (n >= 4 && nul[0] == 0 && nul[1] * 4 > n)
		return "UTF-16 (little end first), not UTF-8: "
		    "iconv -f utf-16le -t utf-8";
	if (n >= 4 && nul[1] == 0 && nul[0] * 4 > n)
		return "UTF-16 (big end first), not UTF-8: "
		    "iconv -f utf-16be -t utf-8";
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
		{ "\xff\xfe", 2, "UTF-16 (little end first), not UTF-8: "
		  "iconv -f utf-16 -t utf-8" },
		{ "\xfe\xff", 2, "UTF-16 (big end first), not UTF-8: "
		  "iconv -f utf-16 -t utf-8" },
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
	if (!l->o.lone_cr || from == l->lf)
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

static enum lines_verdict
next_of_file(struct lines *l, struct line *line)
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

static enum lines_verdict
make_utf8(struct lines *l, struct line *line)
{
	size_t sound;

	if (l->o.charset == LINES_LATIN1) {
		l->plain.len = 0;
		line->text = utf8_from_latin1(buf_room(&l->plain, line->text.len * 3),
		    line->text);
		return LINES_LINE;
	}
	sound = utf8_sound(line->text);
	if (sound == line->text.len)
		return LINES_LINE;
	if (line->end.len == 0 && utf8_is_cut(line->text, sound))
		return LINES_CUT;
	l->error = "not UTF-8: is it --from latin1?";
	l->failed = true;
	return LINES_FAIL;
}

/* --- again --- */

/* Put text in front of what is to be read again. Mostly it stands there already,
 * read a moment ago: then nothing is copied, so that thousands of broken lines
 * behind each other cost no more than their own bytes. */
static void
put_again(struct lines *l, struct text text)
{
	struct text read = text_head(buf_text(&l->again), l->again_from);
	struct text left = text_from(buf_text(&l->again), l->again_from);
	struct buf all;

	if (text_ends(read, text)) {
		l->again_from -= text.len;
		return;
	}
	buf_init(&all, AGAIN_MAX, l->again.what);
	buf_put(&all, text);
	buf_put(&all, left);
	buf_clear(&l->again);
	l->again = all;
	l->again_from = 0;
}

void
lines_again(struct lines *l, struct text text, uint64_t number, uint64_t offset)
{
	put_again(l, text);
	l->again_number = number;
	l->again_offset = offset;
}

bool
lines_has_again(const struct lines *l)
{
	return l->again_from < l->again.len;
}

/* Bytes of the first line of t, and of its end. */
static size_t
first_line(struct text t, size_t *end)
{
	size_t n = 0;

	while (n < t.len && t.s[n] != '\n' &&
	    (t.s[n] != '\r' || (n + 1 < t.len && t.s[n + 1] == '\n')))
		n++;
	*end = n < t.len;
	if (n > 0 && n < t.len && t.s[n] == '\n' && t.s[n - 1] == '\r') {
		n--;
		*end = 2;
	}
	return n;
}

static bool
next_again(struct lines *l, struct line *line)
{
	struct text left = text_from(buf_text(&l->again), l->again_from);
	size_t end, n;

	if (left.len == 0)
		return false;
	n = first_line(left, &end);
	*line = (struct line){ text_head(left, n), text_head(text_from(left, n), end),
		l->again_number++, l->again_offset };
	l->again_from += n + end;
	l->again_offset += n + end;
	return true;
}

enum lines_verdict
lines_next(struct lines *l, struct line *line)
{
	enum lines_verdict v;

	if (next_again(l, line))
		return LINES_LINE;
	v = next_of_file(l, line);
	return v == LINES_LINE && l->o.charset != LINES_BYTES ? make_utf8(l, line) : v;
}
