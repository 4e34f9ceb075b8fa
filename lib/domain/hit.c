/* hit.c - which event is this line of a web log? */
#include <lead/base/arena.h>
#include <lead/base/clf.h>
#include <lead/base/mem.h>
#include <lead/base/num.h>
#include <lead/base/stamp.h>
#include <lead/base/when.h>
#include <lead/domain/bots.h>
#include <lead/domain/hit.h>
#include <lead/domain/logfield.h>

enum { EXTRAS_MAX = 256, FORMAT_MAX = 128 };

struct hits {
	struct hit_options options;
	struct bots *bots;
	enum hit_writing writing;
	int part[LOGFIELD_PARTS];         /* field of a part, or -1 */
	int visitor[VISITOR_RULES_MAX];   /* field of a rule's own, or -1 */
	char time_format[FORMAT_MAX];     /* of time:FORMAT, or "" */
	bool bound;
	struct text extra_name[EXTRAS_MAX]; /* owned */
	int extra[EXTRAS_MAX];
	struct text value[EXTRAS_MAX];
	size_t nextras;
	struct clf_day day;
	struct zone *utc;
	struct arena arena;               /* reset with each line that used it */
	char id[VISITOR_LEN];
};

static const struct {
	const char *word;
	enum hit_drop bit;
} drops[] = {
	{ "internal", HIT_INTERNAL },
	{ "errors", HIT_ERRORS },
	{ "static", HIT_STATIC },
	{ "bots", HIT_BOTS },
};

enum { DROPS = sizeof(drops) / sizeof(drops[0]) };

bool
hit_parse_drop(struct text list, unsigned *drop, struct text *bad)
{
	*drop = 0;
	while (text_next(&list, ',', bad)) {
		size_t i = 0;

		while (i < DROPS && !text_is(*bad, drops[i].word))
			i++;
		if (i == DROPS)
			return false;
		*drop |= drops[i].bit;
	}
	return true;
}

struct hits *
hits_new(const struct hit_options *o)
{
	struct hits *h = mem_new(1, sizeof(*h));

	h->options = *o;
	h->bots = (o->drop & HIT_BOTS) != 0 ? bots_new() : NULL;
	h->utc = zone_open("UTC");
	return h;
}

void
hits_free(struct hits *h)
{
	if (h == NULL)
		return;
	for (size_t i = 0; i < h->nextras; i++)
		mem_free((char *)(uintptr_t)h->extra_name[i].s);
	bots_free(h->bots);
	zone_free(h->utc);
	arena_clear(&h->arena);
	mem_free(h);
}

/* --- which field is what --- */

static int
find_field(const struct text *name, size_t n, const char *prefix, struct text bare)
{
	for (size_t i = 0; i < n; i++)
		if (text_starts(name[i], text_of(prefix)) &&
		    text_equal(text_from(name[i], strlen(prefix)), bare))
			return (int)i;
	return -1;
}

/* A visitor's id must be found somewhere. */
static const char *
bind_visitor(struct hits *h, const struct text *name, size_t n)
{
	const struct visitor_rules *v = &h->options.visitor;

	for (size_t i = 0; i < v->n; i++) {
		const struct visitor_rule *r = &v->rule[i];

		h->visitor[i] = -1;
		if (r->kind == VISITOR_AGENT) {
			if (h->part[LOGFIELD_ADDRESS] < 0)
				return "no address of the visitor";
			continue;
		}
		h->visitor[i] = find_field(name, n,
		    r->kind == VISITOR_COOKIE ? "cookie_" : "arg_", r->name);
		if (h->visitor[i] < 0 && h->writing == HIT_PLAIN)
			h->visitor[i] = find_field(name, n, "", r->name);
		if (h->visitor[i] < 0 && r->kind == VISITOR_COOKIE &&
		    h->part[LOGFIELD_COOKIES] < 0)
			return "no field of the visitor's cookie";
	}
	return NULL;
}

static bool
is_visitor(const struct hits *h, int field)
{
	for (size_t i = 0; i < h->options.visitor.n; i++)
		if (h->visitor[i] == field)
			return true;
	return false;
}

/* The first time columns are made; later their fields are found again. */
static void
bind_extra(struct hits *h, struct text column, int field)
{
	for (size_t i = 0; i < h->nextras; i++)
		if (text_equal(h->extra_name[i], column)) {
			h->extra[i] = field;
			return;
		}
	if (h->bound || h->nextras == EXTRAS_MAX)
		return;
	h->extra[h->nextras] = field;
	h->extra_name[h->nextras++] =
	    (struct text){ mem_copy(column.s, column.len), column.len };
}

static void
bind_named(struct hits *h, const struct text *name, size_t n)
{
	for (size_t i = 0; i < h->nextras; i++)
		h->extra[i] = -1;
	for (size_t i = 0; i < n; i++) {
		struct text column;
		enum logfield part = logfield_of(name[i], &column);

		if (is_visitor(h, (int)i))
			continue;
		if (part == LOGFIELD_NAMED ||
		    (part == LOGFIELD_OTHER && h->writing == HIT_PLAIN))
			bind_extra(h, column, (int)i);
	}
}

static void
bind_parts(struct hits *h, const struct text *name, size_t n)
{
	struct text column;

	for (size_t i = 0; i < LOGFIELD_PARTS; i++)
		h->part[i] = -1;
	h->time_format[0] = '\0';
	for (size_t i = 0; i < n; i++) {
		enum logfield part = logfield_of(name[i], &column);

		if (part >= LOGFIELD_PARTS || h->part[part] >= 0)
			continue;
		h->part[part] = (int)i;
		if (!text_starts(name[i], TEXT("time:")))
			continue;
		column = text_head(text_from(name[i], strlen("time:")), FORMAT_MAX - 1);
		memcpy(h->time_format, column.s, column.len);
		h->time_format[column.len] = '\0';
	}
	if (h->part[LOGFIELD_ADDRESS] < 0)
		h->part[LOGFIELD_ADDRESS] = h->part[LOGFIELD_FORWARDED];
}

static const char *
missing_part(const struct hits *h)
{
	size_t at;

	if (h->part[LOGFIELD_TIME] < 0 && h->part[LOGFIELD_TIME_MS] < 0 &&
	    h->part[LOGFIELD_TIME_US] < 0)
		return "no time of the request";
	if (h->time_format[0] != '\0' && !stamp_check(h->time_format, &at))
		return "a letter in the time's format that is not known";
	if (h->part[LOGFIELD_REQUEST] < 0 && h->part[LOGFIELD_URI] < 0)
		return "no request line and no uri";
	if ((h->options.drop & HIT_ERRORS) != 0 && h->part[LOGFIELD_STATUS] < 0)
		return "no status, and errors are to be dropped";
	if ((h->options.drop & HIT_BOTS) != 0 && h->part[LOGFIELD_AGENT] < 0)
		return "no user agent, and bots are to be dropped";
	if ((h->options.drop & HIT_INTERNAL) != 0 && h->part[LOGFIELD_ADDRESS] < 0)
		return "no address, and internal requests are to be dropped";
	return NULL;
}

const char *
hits_bind(struct hits *h, enum hit_writing writing, const struct text *name, size_t n)
{
	const char *missing;

	h->writing = writing;
	bind_parts(h, name, n);
	missing = missing_part(h);
	if (missing == NULL)
		missing = bind_visitor(h, name, n);
	if (missing == NULL)
		bind_named(h, name, n);
	h->bound = true;
	return missing;
}

size_t
hits_nextras(const struct hits *h)
{
	return h->nextras;
}

struct text
hits_extra(const struct hits *h, size_t i)
{
	return h->extra_name[i];
}

/* --- one line --- */

/* What the parts say, before it is an event. */
struct request {
	const struct text *field;
	struct text method, target, address;
	int status;
};

static struct text
part_of(const struct hits *h, const struct text *field, enum logfield part)
{
	struct text t = h->part[part] >= 0 ? field[h->part[part]] : TEXT_NONE;

	return t.len == 1 && t.s[0] == '-' ? TEXT_NONE : t;
}

/* A value as the browser sent it. */
static struct text
plain(struct hits *h, struct text t)
{
	if (h->writing != HIT_ESCAPED || text_find(t, '\\') < 0)
		return t;
	return clf_plain(arena_alloc(&h->arena, t.len), t);
}

static enum hit_verdict
bad(struct hit *out, const char *reason, const char *why, struct text value)
{
	out->reason = reason;
	out->why = why;
	out->value = value;
	return HIT_BAD;
}

/* Epoch seconds with a fraction, as micros of num.h are. */
static bool
parse_epoch(struct text t, int64_t *us)
{
	return num_parse(t, us) == NUM_OK && *us >= 0 && *us < INT64_MAX / 2;
}

/* ISO 8601 with any offset and fraction. */
static bool
parse_iso(struct hits *h, struct text t, int64_t *us)
{
	static const char *const formats[] = { "%Y-%m-%dT%H:%M:%S%z",
		"%Y-%m-%dT%H:%M:%S.%f%z", "%Y-%m-%d %H:%M:%S%z",
		"%Y-%m-%d %H:%M:%S.%f%z" };
	bool dated;

	if (when_parse(t, us) == WHEN_OK)
		return true;
	for (size_t i = 0; i < sizeof(formats) / sizeof(formats[0]); i++)
		if (stamp_parse(t, formats[i], h->utc, us, &dated) == WHEN_OK)
			return true;
	return false;
}

/* 2026-11-02 and 10:15:00 of W3C logs, in UTC. */
static bool
parse_date_time(struct text date, struct text time, int64_t *us)
{
	char joined[WHEN_TEXT];

	if (date.len != 10 || time.len < 8 || time.len > WHEN_TEXT - 12)
		return false;
	memcpy(joined, date.s, 10);
	joined[10] = 'T';
	memcpy(joined + 11, time.s, time.len);
	joined[11 + time.len] = 'Z';
	return when_parse((struct text){ joined, time.len + 12 }, us) == WHEN_OK;
}

static bool
parse_scaled(struct text t, int64_t scale, int64_t *us)
{
	return num_parse_count(t, us) == NUM_OK && !__builtin_mul_overflow(*us, scale, us);
}

static bool
read_time(struct hits *h, const struct text *field, int64_t *us)
{
	struct text t = part_of(h, field, LOGFIELD_TIME);
	bool dated;

	if (h->part[LOGFIELD_TIME] < 0)
		return h->part[LOGFIELD_TIME_MS] >= 0
		    ? parse_scaled(part_of(h, field, LOGFIELD_TIME_MS), 1000, us)
		    : parse_scaled(part_of(h, field, LOGFIELD_TIME_US), 1, us);
	if (h->time_format[0] != '\0')
		return stamp_parse(t, h->time_format, h->utc, us, &dated) == WHEN_OK;
	if (clf_time(t, &h->day, us))
		return true;
	if (h->part[LOGFIELD_DATE] >= 0)
		return parse_date_time(part_of(h, field, LOGFIELD_DATE), t, us);
	return parse_iso(h, t, us) || parse_epoch(t, us);
}

/* Three digits, 100 to 599; 0 when it is none. */
static int
parse_status(struct text t)
{
	int v = 0;

	if (t.len != 3)
		return 0;
	for (size_t i = 0; i < 3; i++) {
		if (t.s[i] < '0' || t.s[i] > '9')
			return 0;
		v = v * 10 + (t.s[i] - '0');
	}
	return v >= 100 && v <= 599 ? v : 0;
}

static bool
is_method(struct text t)
{
	for (size_t i = 0; i < t.len; i++)
		if ((t.s[i] < 'A' || t.s[i] > 'Z') && t.s[i] != '-' && t.s[i] != '_')
			return false;
	return t.len != 0 && t.len <= 32;
}

/* METHOD target HTTP/x, three words and no more. */
static bool
split_request(struct text line, struct request *r)
{
	struct text version;

	if (!text_next(&line, ' ', &r->method) || !text_next(&line, ' ', &r->target) ||
	    !text_next(&line, ' ', &version) || line.s != NULL)
		return false;
	return is_method(r->method) && r->target.len != 0 &&
	    text_starts(version, TEXT("HTTP/"));
}

/* The target of a method, a uri and perhaps a query apart. */
static bool
join_request(struct hits *h, struct request *r)
{
	struct text uri = part_of(h, r->field, LOGFIELD_URI),
	    query = part_of(h, r->field, LOGFIELD_QUERY);
	char *to;

	r->method = part_of(h, r->field, LOGFIELD_METHOD);
	r->target = uri;
	if (h->part[LOGFIELD_METHOD] < 0)
		r->method = TEXT("GET");
	if (uri.len == 0 || !is_method(r->method))
		return false;
	if (text_starts(query, TEXT("?")))
		query = text_from(query, 1);
	if (query.len == 0 || text_find(uri, '?') >= 0)
		return true;
	to = arena_alloc(&h->arena, uri.len + 1 + query.len);
	memcpy(to, uri.s, uri.len);
	to[uri.len] = '?';
	memcpy(to + uri.len + 1, query.s, query.len);
	r->target = (struct text){ to, uri.len + 1 + query.len };
	return true;
}

static bool
read_request(struct hits *h, struct request *r)
{
	if (h->part[LOGFIELD_REQUEST] < 0 ? !join_request(h, r)
	    : !split_request(part_of(h, r->field, LOGFIELD_REQUEST), r))
		return false;
	r->target = plain(h, r->target);
	return true;
}

/* The first of a list; false when it has the shape of no address or host. */
static bool
read_address(struct hits *h, struct request *r, struct ip *ip, bool *is_ip)
{
	struct text t = part_of(h, r->field, LOGFIELD_ADDRESS), first;

	*is_ip = false;
	r->address = TEXT_NONE;
	if (t.len == 0 || !text_next(&t, ',', &first))
		return t.len == 0;
	r->address = text_trim(first);
	*is_ip = ip_parse(r->address, ip);
	return *is_ip || ip_is_name(r->address);
}

static struct text
path_of(struct text target)
{
	ptrdiff_t query = text_find(target, '?');

	return query >= 0 ? text_head(target, (size_t)query) : target;
}

static struct text
query_of(struct text target)
{
	ptrdiff_t query = text_find(target, '?');

	return query >= 0 ? text_from(target, (size_t)query + 1) : TEXT_NONE;
}

/* A picture, style, script, font, film; robots.txt. */
static bool
is_static(struct text path)
{
	static const char *const ends[] = { "css", "js", "mjs", "map", "png", "jpg",
		"jpeg", "gif", "ico", "svg", "webp", "avif", "bmp", "tif", "tiff", "woff",
		"woff2", "ttf", "otf", "eot", "mp3", "mp4", "m4v", "webm", "ogg", "wav",
		"mov", "avi", "swf", "webmanifest", "wasm" };
	size_t i = path.len;
	struct text end;

	if (text_is(path, "/robots.txt") || text_starts(path, TEXT("/.well-known/")))
		return true;
	while (i > 0 && path.len - i < 12 && path.s[i - 1] != '.' && path.s[i - 1] != '/')
		i--;
	if (i == 0 || path.s[i - 1] != '.')
		return false;
	end = text_from(path, i);
	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (text_same(end, text_of(ends[i])))
			return true;
	return false;
}

/* The host as a url has it; the port of the usual schemes goes. */
static struct text
host_of(struct hits *h, const struct request *r, const char **scheme)
{
	struct text host = part_of(h, r->field, LOGFIELD_HOST),
	    said = part_of(h, r->field, LOGFIELD_SCHEME);

	*scheme = text_is(said, "http") || text_ends(host, TEXT(":80"))
	    ? "http://" : "https://";
	if (text_ends(host, TEXT(":443")))
		host.len -= strlen(":443");
	if (text_ends(host, TEXT(":80")))
		host.len -= strlen(":80");
	return text_is(host, "_") ? TEXT_NONE : host;
}

/* The target, behind scheme and host where the log tells the host. */
static struct text
url_of(struct hits *h, const struct request *r)
{
	const char *scheme;
	struct text host = host_of(h, r, &scheme);
	size_t n = strlen(scheme);
	char *to;

	if (host.len == 0 || !text_starts(r->target, TEXT("/")))
		return r->target;
	to = arena_alloc(&h->arena, n + host.len + r->target.len);
	memcpy(to, scheme, n);
	memcpy(to + n, host.s, host.len);
	memcpy(to + n + host.len, r->target.s, r->target.len);
	return (struct text){ to, n + host.len + r->target.len };
}

/* W3C logs write a blank of the agent as +. */
static struct text
agent_of(struct hits *h, const struct text *field)
{
	struct text t = part_of(h, field, LOGFIELD_AGENT);
	char *to;

	if (h->writing != HIT_W3C || text_find(t, '+') < 0)
		return plain(h, t);
	to = arena_alloc(&h->arena, t.len);
	for (size_t i = 0; i < t.len; i++)
		to[i] = t.s[i] == '+' ? ' ' : t.s[i];
	return (struct text){ to, t.len };
}

static struct text
dash_is_none(struct text t)
{
	return text_is(t, "-") ? TEXT_NONE : t;
}

static struct text
visitor_by(struct hits *h, size_t i, const struct request *r, struct text agent)
{
	const struct visitor_rule *rule = &h->options.visitor.rule[i];

	switch (rule->kind) {
	case VISITOR_AGENT:
		return r->address.len != 0
		    ? visitor_of_agent(r->address, agent, h->id) : TEXT_NONE;
	case VISITOR_COOKIE:
		if (h->visitor[i] >= 0)
			return plain(h, dash_is_none(r->field[h->visitor[i]]));
		return plain(h, visitor_cookie(
		    part_of(h, r->field, LOGFIELD_COOKIES), rule->name));
	case VISITOR_PARAM:
		if (h->visitor[i] >= 0)
			return plain(h, dash_is_none(r->field[h->visitor[i]]));
		return visitor_param(query_of(r->target), rule->name);
	}
	return TEXT_NONE;
}

static struct text
find_visitor(struct hits *h, const struct request *r, struct text agent)
{
	struct text id = TEXT_NONE;

	for (size_t i = 0; i < h->options.visitor.n && id.len == 0; i++)
		id = visitor_by(h, i, r, agent);
	return id;
}

/* The rule by which a request is no event, or NULL. */
static const char *
drop_rule(struct hits *h, const struct request *r, const struct text *agent)
{
	if ((h->options.drop & HIT_STATIC) != 0 && is_static(path_of(r->target)))
		return "static";
	if ((h->options.drop & HIT_BOTS) != 0 && bots_is(h->bots, *agent))
		return "bots";
	return NULL;
}

static enum hit_verdict
dropped(struct hit *out, const char *rule)
{
	out->rule = rule;
	return HIT_DROPPED;
}

static bool
sound_bytes(struct text t)
{
	int64_t n;

	return t.len == 0 || num_parse_count(t, &n) == NUM_OK;
}

/* Time, address, status: what a line needs before it can be left out. */
static enum hit_verdict
read_facts(struct hits *h, struct request *r, struct hit *out)
{
	struct ip ip;
	bool is_ip;

	if (!read_time(h, r->field, &out->us))
		return bad(out, "time", "not a time",
		    part_of(h, r->field, LOGFIELD_TIME));
	if (!read_address(h, r, &ip, &is_ip))
		return bad(out, "ip", "not an address", r->address);
	if (is_ip && (h->options.drop & HIT_INTERNAL) != 0 &&
	    ip_set_has(h->options.internal, ip))
		return dropped(out, "internal");
	r->status = parse_status(part_of(h, r->field, LOGFIELD_STATUS));
	if (r->status == 0 && h->part[LOGFIELD_STATUS] >= 0)
		return bad(out, "status", "not a status",
		    part_of(h, r->field, LOGFIELD_STATUS));
	if (r->status >= 400 && (h->options.drop & HIT_ERRORS) != 0)
		return dropped(out, "errors");
	if (!sound_bytes(part_of(h, r->field, LOGFIELD_BYTES)))
		return bad(out, "bytes", "not a number of bytes",
		    part_of(h, r->field, LOGFIELD_BYTES));
	return HIT_EVENT;
}

static void
read_extras(struct hits *h, const struct text *field, struct hit *out)
{
	for (size_t i = 0; i < h->nextras; i++)
		h->value[i] = h->extra[i] >= 0
		    ? plain(h, dash_is_none(field[h->extra[i]])) : TEXT_NONE;
	out->extra = h->value;
}

enum hit_verdict
hits_read(struct hits *h, const struct text *field, struct hit *out)
{
	struct request r = { .field = field };
	enum hit_verdict v = read_facts(h, &r, out);
	const char *rule;

	if (v != HIT_EVENT)
		return v;
	arena_reset(&h->arena);
	if (!read_request(h, &r))
		return bad(out, "request", "not a request",
		    part_of(h, field, LOGFIELD_REQUEST));
	out->agent = agent_of(h, field);
	rule = drop_rule(h, &r, &out->agent);
	if (rule != NULL)
		return dropped(out, rule);
	if (actions_of(h->options.actions, r.method, path_of(r.target), r.status,
	    out->event, &out->nevents) == ACTION_LIMIT)
		return bad(out, "rule-limit", "too hard for a pattern of --events",
		    r.target);
	out->visitor = find_visitor(h, &r, out->agent);
	out->url = url_of(h, &r);
	out->referrer = plain(h, part_of(h, field, LOGFIELD_REFERRER));
	read_extras(h, field, out);
	return HIT_EVENT;
}
