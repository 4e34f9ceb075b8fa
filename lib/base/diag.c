/* diag.c - messages to stderr, and the exit status they lead to */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <lead/base/diag.h>

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

static void
put(struct line *l, const char *s)
{
	for (; *s != '\0'; s++)
		put_byte(l, (unsigned char)*s);
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
	size_t len = 0;

	s[len++] = '"';
	for (size_t i = 0; i < value.len && i < DATA_MAX; i++) {
		unsigned char c = (unsigned char)value.s[i];

		/* a NUL would end the message: spell it here */
		if (c < ' ' || c >= 0x7f)
			len += (size_t)snprintf(s + len, 5, "\\x%02x", c);
		else
			s[len++] = (char)c;
	}
	s[len++] = '"';
	if (value.len > DATA_MAX)
		len += (size_t)snprintf(s + len, 4, "...");
	s[len] = '\0';
	return s;
}
