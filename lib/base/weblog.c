/* weblog.c - the parts of a web server's log line */
#include <lead/base/buf.h>
#include <lead/base/mem.h>
#include <lead/base/weblog.h>

enum { FORMAT_MAX = 4096 };

/* A part and the literal bytes behind it. */
struct step {
	struct text name;
	struct text stop;
	bool quoted; /* stands in "", where \" is no end */
};

struct weblog {
	struct text head; /* literal bytes before the first part */
	struct step step[WEBLOG_PARTS_MAX];
	size_t nsteps;
	struct buf bytes; /* of the names and literals; never grown past room */
};

static const struct {
	const char *name, *format;
} built_in[] = {
	{ "common", "%h %l %u [%t] \"%r\" %>s %b" },
	{ "combined", "%h %l %u [%t] \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\"" },
	{ "vcombined",
	    "%v %h %l %u [%t] \"%r\" %>s %b \"%{Referer}i\" \"%{User-Agent}i\"" },
	{ "main", "$remote_addr - $remote_user [$time_local] \"$request\" $status "
		  "$body_bytes_sent \"$http_referer\" \"$http_user_agent\" "
		  "\"$http_x_forwarded_for\"" },
};

/* Apache's letters; those with a name in braces are made from it. */
static const struct {
	char letter;
	const char *name;
} directives[] = {
	{ 'a', "remote_addr" }, { 'A', "server_addr" }, { 'b', "body_bytes_sent" },
	{ 'B', "body_bytes_sent" }, { 'D', "request_usec" }, { 'f', "file" },
	{ 'h', "remote_addr" }, { 'H', "server_protocol" }, { 'I', "bytes_in" },
	{ 'k', "connection_requests" }, { 'l', "remote_ident" }, { 'L', "log_id" },
	{ 'm', "request_method" }, { 'O', "bytes_sent" }, { 'p', "server_port" },
	{ 'P', "pid" }, { 'q', "query_string" }, { 'r', "request" },
	{ 'R', "handler" }, { 's', "status" }, { 'S', "bytes" },
	{ 't', "time_local" }, { 'T', "request_time" }, { 'u', "remote_user" },
	{ 'U', "uri" }, { 'v', "host" }, { 'V', "host" }, { 'X', "connection" },
};

static const struct {
	char letter;
	const char *prefix;
	bool header; /* lower case, _ for - */
} named[] = {
	{ 'i', "http_", true }, { 'o', "sent_http_", true }, { 'C', "cookie_", false },
	{ 'e', "env_", false }, { 'n', "note_", false }, { 't', "time:", false },
	{ 'a', "peer_", false }, { 'p', "port_", false }, { 'P', "pid_", false },
	{ 'T', "request_time_", false }, { '^', "trailer_", true },
};

#define COUNT(a) (sizeof(a) / sizeof((a)[0]))

/* Where in the format the compiler is. */
struct source {
	struct text format;
	size_t at;
	const char *why;
};

static char
peek(const struct source *s)
{
	return s->at < s->format.len ? s->format.s[s->at] : '\0';
}

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	    (c >= '0' && c <= '9') || c == '_';
}

static bool
is_upper_or_dash(char c)
{
	return (c >= 'A' && c <= 'Z') || c == '-';
}

static struct text
keep(struct weblog *w, size_t from)
{
	return (struct text){ w->bytes.s + from, w->bytes.len - from };
}

/* $name or ${name} */
static struct text
nginx_name(struct weblog *w, struct source *s)
{
	size_t from = w->bytes.len;
	bool braced = peek(s) == '{';

	s->at += braced;
	while (is_word(peek(s)))
		buf_byte(&w->bytes, s->format.s[s->at++]);
	if (w->bytes.len == from)
		s->why = "no name after $";
	else if (braced && peek(s) != '}')
		s->why = "no } after the name";
	s->at += braced;
	return keep(w, from);
}

static void
put_prefixed(struct weblog *w, const char *prefix, bool header, struct text name)
{
	buf_string(&w->bytes, prefix);
	for (size_t i = 0; i < name.len; i++) {
		char c = name.s[i];

		if (header && is_upper_or_dash(c))
			c = c == '-' ? '_' : (char)(c + ('a' - 'A'));
		buf_byte(&w->bytes, c);
	}
}

/* %{sec}t and its like have names of their own. */
static const char *
time_token(struct text name)
{
	static const char *const token[][2] = {
		{ "sec", "time_sec" }, { "msec", "time_msec" }, { "usec", "time_usec" },
		{ "%s", "time_sec" }, { "msec_frac", "msec_frac" },
		{ "usec_frac", "usec_frac" },
	};

	for (size_t i = 0; i < COUNT(token); i++)
		if (text_is(name, token[i][0]))
			return token[i][1];
	return NULL;
}

static void
braced_directive(struct weblog *w, struct source *s, struct text name)
{
	char letter = peek(s);

	if (letter == 't' && time_token(name) != NULL) {
		buf_string(&w->bytes, time_token(name));
		return;
	}
	for (size_t i = 0; i < COUNT(named); i++)
		if (named[i].letter == letter) {
			put_prefixed(w, named[i].prefix, named[i].header, name);
			return;
		}
	s->why = "unknown letter after %{...}";
}

static void
plain_directive(struct weblog *w, struct source *s)
{
	for (size_t i = 0; i < COUNT(directives); i++)
		if (directives[i].letter == peek(s)) {
			buf_string(&w->bytes, directives[i].name);
			return;
		}
	s->why = "unknown letter after %";
}

/* %h, %>s, %400,501{Referer}i, %!200{X}o, %{NAME}^ti */
static struct text
apache_name(struct weblog *w, struct source *s)
{
	size_t from = w->bytes.len, name;
	ptrdiff_t brace;

	while (peek(s) != '\0' && memchr("<>!,0123456789", peek(s), 14) != NULL)
		s->at++;
	if (peek(s) == '{') {
		name = ++s->at;
		brace = text_find(text_from(s->format, name), '}');
		if (brace < 0) {
			s->why = "no } after the name";
			return TEXT_NONE;
		}
		s->at += (size_t)brace + 1;
		braced_directive(w, s, text_head(text_from(s->format, name),
		    (size_t)brace));
		s->at += peek(s) == '^' && s->at + 2 < s->format.len ? 2 : 0;
	} else {
		plain_directive(w, s);
	}
	s->at += s->why == NULL;
	return keep(w, from);
}

/* Bytes up to the next part, \" and \\ and %% undone. */
static struct text
literal(struct weblog *w, struct source *s, char sign)
{
	static const char from[] = "nt", to[] = "\n\t";
	size_t start = w->bytes.len;

	while (s->at < s->format.len) {
		char c = s->format.s[s->at];
		const char *named_byte;

		if (c == sign && !(sign == '%' && s->at + 1 < s->format.len &&
		    s->format.s[s->at + 1] == '%'))
			break;
		if ((c == '\\' || c == sign) && s->at + 1 < s->format.len) {
			c = s->format.s[++s->at];
			named_byte = strchr(from, c);
			c = named_byte != NULL ? to[named_byte - from] : c;
		}
		buf_byte(&w->bytes, c);
		s->at++;
	}
	return keep(w, start);
}

static bool
is_quote(struct text before, struct text after)
{
	return before.len != 0 && before.s[before.len - 1] == '"' &&
	    after.len != 0 && after.s[0] == '"';
}

/* Apache puts brackets around %t by itself: the part is what stands inside. */
static void
bracket_time(struct weblog *w, struct text *before, struct step *step)
{
	size_t from = w->bytes.len;

	if (!text_is(step->name, "time_local") ||
	    (before->len != 0 && before->s[before->len - 1] == '['))
		return;
	buf_put(&w->bytes, *before);
	buf_byte(&w->bytes, '[');
	*before = keep(w, from);
	from = w->bytes.len;
	buf_byte(&w->bytes, ']');
	buf_put(&w->bytes, step->stop);
	step->stop = keep(w, from);
}

static void
compile(struct weblog *w, struct source *s, char sign)
{
	struct text *before = &w->head;

	w->head = literal(w, s, sign);
	while (s->at < s->format.len && s->why == NULL) {
		struct step *step = &w->step[w->nsteps];

		if (w->nsteps++ == WEBLOG_PARTS_MAX) {
			w->nsteps--;
			s->why = "too many parts";
			return;
		}
		s->at++;
		step->name = sign == '$' ? nginx_name(w, s) : apache_name(w, s);
		if (s->why != NULL)
			return;
		step->stop = literal(w, s, sign);
		if (sign == '%')
			bracket_time(w, before, step);
		if (step->stop.len == 0 && s->at < s->format.len)
			s->why = "nothing between two parts";
		step->quoted = is_quote(*before, step->stop);
		before = &step->stop;
	}
}

static struct text
named_format(struct text format)
{
	for (size_t i = 0; i < COUNT(built_in); i++)
		if (text_is(format, built_in[i].name))
			return text_of(built_in[i].format);
	return format;
}

struct weblog *
weblog_new(struct text format, const char **why, size_t *at)
{
	struct weblog *w = mem_new(1, sizeof(*w));
	struct source s = { named_format(format), 0, NULL };

	/* one allocation: names and literals are slices of it */
	buf_init(&w->bytes, (size_t)FORMAT_MAX * 8, "log format");
	if (format.len > FORMAT_MAX) {
		s.why = "too long";
	} else {
		buf_room(&w->bytes, (size_t)FORMAT_MAX * 8);
		compile(w, &s, text_find(s.format, '$') >= 0 ? '$' : '%');
		if (s.why == NULL && w->nsteps == 0)
			s.why = "no $name or %letter in it";
	}
	if (s.why == NULL)
		return w;
	*why = s.why;
	*at = s.at < s.format.len ? s.at : s.format.len;
	weblog_free(w);
	return NULL;
}

void
weblog_free(struct weblog *w)
{
	if (w == NULL)
		return;
	buf_clear(&w->bytes);
	mem_free(w);
}

size_t
weblog_nparts(const struct weblog *w)
{
	return w->nsteps;
}

struct text
weblog_name(const struct weblog *w, size_t part)
{
	return w->step[part].name;
}

/* The first " that no backslash escapes. */
static const char *
find_quote(const char *from, const char *end)
{
	const char *at = from;

	while ((at = memchr(at, '"', (size_t)(end - at))) != NULL) {
		const char *b = at;

		while (b > from && b[-1] == '\\')
			b--;
		if (((at - b) & 1) == 0)
			return at;
		at++;
	}
	return NULL;
}

static const char *
find_stop(const struct step *step, const char *from, const char *end)
{
	const char *at = from;
	size_t n = step->stop.len;

	if (step->quoted) {
		at = find_quote(from, end);
		return at != NULL && (size_t)(end - at) >= n &&
		    memcmp(at, step->stop.s, n) == 0 ? at : NULL;
	}
	while ((at = memchr(at, step->stop.s[0], (size_t)(end - at))) != NULL) {
		if (n == 1)
			return at;
		if ((size_t)(end - at) < n)
			return NULL;
		if (memcmp(at, step->stop.s, n) == 0)
			return at;
		at++;
	}
	return NULL;
}

bool
weblog_parse(const struct weblog *w, struct text line, struct text *part,
    size_t *stuck)
{
	const char *at = line.s, *end = line.s + line.len;

	*stuck = 0;
	if (!text_starts(line, w->head))
		return false;
	at += w->head.len;
	for (size_t i = 0; i < w->nsteps; i++) {
		const struct step *step = &w->step[i];
		const char *stop = step->stop.len != 0
		    ? find_stop(step, at, end) : end;

		*stuck = i;
		if (stop == NULL)
			return false;
		part[i] = (struct text){ at, (size_t)(stop - at) };
		at = stop + step->stop.len;
	}
	*stuck = w->nsteps;
	return at == end;
}
