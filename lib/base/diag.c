/* diag.c - messages to stderr, and the exit status they lead to */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <lead/base/diag.h>
#include <lead/base/utf8.h>

enum { DATA_MAX = 80, LINE_MAX_BYTES = 4096, VALUES = 4 };

static const char *prog = "lead";
static bool quiet;
static void (*last_words)(void);

void
diag_init(const char *progname)
{
	prog = progname;
}

void
diag_quiet(void)
{
	quiet = true;
}

void
diag_on_death(void (*fn)(void))
{
	last_words = fn;
}

/* One message line; what does not fit is cut, never split. */
struct line {
	char s[LINE_MAX_BYTES];
	size_t len;
};

static void
put_byte(struct line *l, unsigned char c)
{
	static const char hex[] = "0123456789abcdef";

	if (l->len + 6 > sizeof(l->s))
		return;
	if (c >= ' ' && c < 0x7f) {
		l->s[l->len++] = (char)c;
		return;
	}
	l->s[l->len++] = '\\';
	l->s[l->len++] = 'x';
	l->s[l->len++] = hex[c >> 4];
	l->s[l->len++] = hex[c & 15];
}

/* Bytes of the character at the head of t that a terminal may be given: printable
 * ASCII, and UTF-8 that neither controls nor turns the writing's direction; or 0. */
static size_t
printable(struct text t)
{
	static const struct {
		unsigned char lead, second, from, to;
	} hidden[] = {
		{ 0xc2, 0, 0x80, 0x9f },    /* C1 */
		{ 0xe2, 0x80, 0x8b, 0x8f }, /* no width, marks of direction */
		{ 0xe2, 0x80, 0xa8, 0xae }, /* line ends, directions */
		{ 0xe2, 0x81, 0xa0, 0xaf },
		{ 0xef, 0xbb, 0xbf, 0xbf }, /* BOM */
	};
	const unsigned char *c = (const unsigned char *)t.s;
	size_t n, bad;

	if (c[0] < 0x80)
		return c[0] >= ' ' && c[0] < 0x7f;
	if ((n = utf8_character(t, &bad)) == 0)
		return 0;
	for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++)
		if (c[0] == hidden[i].lead && c[n - 1] >= hidden[i].from &&
		    c[n - 1] <= hidden[i].to && (n == 2 || c[1] == hidden[i].second))
			return 0;
	return n;
}

static void
put(struct line *l, const char *s)
{
	struct text t = text_of(s);

	while (t.len != 0) {
		size_t n = printable(t);

		if (n < 2) {
			put_byte(l, (unsigned char)t.s[0]);
			n = 1;
		} else if (l->len + n + 1 <= sizeof(l->s)) {
			memcpy(l->s + l->len, t.s, n);
			l->len += n;
		}
		t = text_from(t, n);
	}
}

static void
put_number(struct line *l, uint64_t n)
{
	char digits[24];

	snprintf(digits, sizeof(digits), "%llu", (unsigned long long)n);
	put(l, digits);
}

static void
put_place(struct line *l, const struct diag_at *at)
{
	if (at == NULL)
		return;
	if (at->file != NULL) {
		put(l, at->file);
		put(l, ":");
		if (at->line != 0) {
			put_number(l, at->line);
			put(l, ":");
		}
		put(l, " ");
	}
	if (at->column != NULL) {
		put(l, at->column);
		put(l, ": ");
	}
}

static void
say(const struct diag_at *at, int errnum, const char *fmt, va_list ap)
{
	struct line l = { .len = 0 };
	char msg[1024];
	size_t done = 0;

	vsnprintf(msg, sizeof(msg), fmt, ap);
	put(&l, prog);
	put(&l, ": ");
	put_place(&l, at);
	put(&l, msg);
	if (errnum != 0) {
		put(&l, ": ");
		put(&l, strerror(errnum));
	}
	l.s[l.len++] = '\n';
	while (done < l.len) {
		ssize_t n = write(STDERR_FILENO, l.s + done, l.len - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return; /* nowhere left to say it */
		done += (size_t)n;
	}
}

void
diag_warn(const struct diag_at *at, const char *fmt, ...)
{
	va_list ap;

	if (quiet)
		return;
	va_start(ap, fmt);
	say(at, 0, fmt, ap);
	va_end(ap);
}

static _Noreturn void
end(enum diag_exit status)
{
	void (*fn)(void) = last_words;

	last_words = NULL;
	if (fn != NULL)
		fn();
	exit((int)status);
}

_Noreturn void
diag_die(enum diag_exit status, const struct diag_at *at, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(at, 0, fmt, ap);
	va_end(ap);
	end(status);
}

_Noreturn void
diag_die_sys(const struct diag_at *at, const char *fmt, ...)
{
	int saved = errno;
	va_list ap;

	va_start(ap, fmt);
	say(at, saved, fmt, ap);
	va_end(ap);
	end(DIAG_REQUEST);
}

const char *
diag_value(struct text value)
{
	static char ring[VALUES][DATA_MAX * 4 + 8];
	static int turn;
	char *s = ring[turn++ % VALUES];
	size_t len = 0, at = 0;

	s[len++] = '"';
	while (at < value.len && at < DATA_MAX) {
		struct text rest = text_from(value, at);
		size_t n = printable(rest);

		/* a NUL would end the message: spell it here */
		if (n == 0)
			len += (size_t)snprintf(s + len, 5, "\\x%02x",
			    (unsigned)(unsigned char)rest.s[0]);
		memcpy(s + len, rest.s, n);
		len += n;
		at += n != 0 ? n : 1;
	}
	s[len++] = '"';
	if (value.len > DATA_MAX)
		len += (size_t)snprintf(s + len, 4, "...");
	s[len] = '\0';
	return s;
}
