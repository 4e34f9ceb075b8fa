/* hit.c - which event is this line of a web log? */
#include <lead/base/arena.h>
#include <lead/base/clf.h>
#include <lead/base/mem.h>
#include <lead/base/num.h>
#include <lead/base/stamp.h>
#include <lead/domain/import/bots.h>
#include <lead/domain/import/hit.h>
#include <lead/domain/import/httpline.h>
#include <lead/domain/import/logfield.h>
#include <lead/domain/import/logtime.h>

enum { EXTRAS_MAX = 256 };

struct hits {
	struct hit_options options;
	struct bots *bots;
	enum hit_writing writing;
	struct logfields at;
	int visitor[VISITOR_RULES_MAX];   /* field of a rule's own, or -1 */
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
hit_new(const struct hit_options *o)
{
	struct hits *h = mem_new(1, sizeof(*h));

	h->options = *o;
	h->bots = (o->drop & HIT_BOTS) != 0 ? bots_new() : NULL;
	h->utc = zone_open("UTC");
	return h;
}

void
hit_free(struct hits *h)
{
	if (h == NULL)
		return;
	for (size_t i = 0; i < h->nextras; i++)
		mem_free_text(h->extra_name[i]);
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
bind_visitor(struct hits *h, const struct text *name, size_t n, struct text *bad)
{
	const struct visitor_rules *v = &h->options.visitor;

	for (size_t i = 0; i < v->n; i++) {
		const struct visitor_rule *r = &v->rule[i];

		h->visitor[i] = -1;
		if (r->kind == VISITOR_AGENT) {
			if (h->at.part[LOGFIELD_ADDRESS] < 0)
				return "no address of the visitor";
			continue;
		}
		h->visitor[i] = find_field(name, n,
		    r->kind == VISITOR_COOKIE ? "cookie_" : "arg_", r->name);
		if (h->visitor[i] < 0 && h->writing == HIT_PLAIN)
			h->visitor[i] = find_field(name, n, "", r->name);
		if (h->visitor[i] < 0 && r->kind == VISITOR_COOKIE &&
		    h->at.part[LOGFIELD_COOKIES] < 0) {
			*bad = visitor_cookie_field(&h->arena, r->name);
			return visitor_no_cookie(&h->arena, name, n);
		}
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
	h->extra_name[h->nextras++] = mem_text(column);
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

static const char *
missing_part(const struct hits *h)
{
	static const struct {
		enum hit_drop bit;
		enum logfield part;
		const char *why;
	} needs[] = {
		{ HIT_ERRORS, LOGFIELD_STATUS, "no status, and errors are to be dropped" },
		{ HIT_BOTS, LOGFIELD_AGENT, "no user agent, and bots are to be dropped" },
		{ HIT_INTERNAL, LOGFIELD_ADDRESS,
		    "no address, and internal requests are to be dropped" },
	};

	for (size_t i = 0; i < sizeof(needs) / sizeof(needs[0]); i++)
		if ((h->options.drop & needs[i].bit) != 0 && h->at.part[needs[i].part] < 0)
			return needs[i].why;
	return NULL;
}

const char *
hit_bind(struct hits *h, enum hit_writing writing, const struct text *name, size_t n,
    struct text *bad)
{
	const char *missing = logfield_bind(&h->at, name, n);

	h->writing = writing;
	if (missing == NULL)
		missing = missing_part(h);
	if (missing == NULL)
		missing = bind_visitor(h, name, n, bad);
	if (missing == NULL)
		bind_named(h, name, n);
	h->bound = true;
	return missing;
}

size_t
hit_nextras(const struct hits *h)
{
	return h->nextras;
}

struct text
hit_extra(const struct hits *h, size_t i)
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
	return logfield_get(&h->at, field, part);
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

static bool
parse_time(struct hits *h, const struct text *field, int64_t *us)
{
	struct text t = part_of(h, field, LOGFIELD_TIME);
	bool dated;

	if (h->at.part[LOGFIELD_TIME] < 0)
		return h->at.part[LOGFIELD_TIME_MS] >= 0
		    ? logtime_count(part_of(h, field, LOGFIELD_TIME_MS), 1000, us)
		    : logtime_count(part_of(h, field, LOGFIELD_TIME_US), 1, us);
	if (h->at.time_format[0] != '\0')
		return stamp_parse(t, h->at.time_format, h->utc, us, &dated) == WHEN_OK;
	if (h->at.part[LOGFIELD_DATE] >= 0)
		return logtime_of_day(part_of(h, field, LOGFIELD_DATE), t, us);
	return logtime_parse(t, h->utc, &h->day, us);
}

static bool
read_time(struct hits *h, const struct text *field, int64_t *us)
{
	return parse_time(h, field, us) && when_fits(*us);
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
	if (h->at.part[LOGFIELD_METHOD] < 0)
		r->method = TEXT("GET");
	if (uri.len == 0 || !httpline_is_method(r->method))
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
	if (h->at.part[LOGFIELD_REQUEST] < 0 ? !join_request(h, r)
	    : !httpline_split(
	    part_of(h, r->field, LOGFIELD_REQUEST), &r->method, &r->target))
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
		return visitor_param(httpline_query(r->target), rule->name);
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
	if ((h->options.drop & HIT_STATIC) != 0 && httpline_is_static(httpline_path(r->target)))
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
	r->status = httpline_status(part_of(h, r->field, LOGFIELD_STATUS));
	if (r->status == 0 && h->at.part[LOGFIELD_STATUS] >= 0)
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
hit_read(struct hits *h, const struct text *field, struct hit *out)
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
	if (action_of(h->options.actions, r.method, httpline_path(r.target), r.status,
	    out->event, &out->nevents) == ACTION_LIMIT)
		return bad(out, "rule-limit", "too hard for a pattern of --events",
		    r.target);
	out->visitor = find_visitor(h, &r, out->agent);
	out->url = url_of(h, &r);
	out->referrer = plain(h, part_of(h, field, LOGFIELD_REFERRER));
	read_extras(h, field, out);
	return HIT_EVENT;
}
