/* weblog.c - what the web server wrote: people, strangers, robots and noise
 *
 * A line is written when its answer is finished, so stamps stand out of order
 * by seconds; some come hours late, into the next day's file; the last lines of
 * a file are repeated at the head of the next.
 */
#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lead/base/mem.h>

enum { ADDRESS_TEXT = 40, AGENT_ROBOTS = 7, AGENT_PEOPLE = 6, LATE = 3,
	TAIL = 3 };

static const char host[] = "https://www.soleo.example";

static const char *const pages[] = { "/", "/precios", "/placas-solares",
	"/baterias", "/blog/ayudas-2026", "/blog/autoconsumo", "/casos", "/empleo" };
static const uint16_t page_weight[] = { 30, 22, 25, 15, 20, 14, 10, 2 };

static const char *const people_agents[AGENT_PEOPLE] = {
	"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
	" Chrome/142.0.0.0 Safari/537.36",
	"Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15"
	" (KHTML, like Gecko) Version/18.6 Mobile/15E148 Safari/604.1",
	"Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)"
	" Chrome/142.0.0.0 Mobile Safari/537.36",
	"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15"
	" (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
	"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
	"Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:144.0) Gecko/20100101 Firefox/144.0",
};

static const struct {
	const char *agent, *target;
	uint32_t hourly;
} robots[AGENT_ROBOTS] = {
	{ "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
	    "/placas-solares", 9 },
	{ "Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)",
	    "/casos", 5 },
	{ "Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)",
	    "/blog/ayudas-2026", 4 },
	{ "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2;"
	    " +https://openai.com/gptbot)", "/precios", 3 },
	{ "UptimeRobot/2.0 (http://www.uptimerobot.com/; monitoring)", "/", 6 },
	{ "python-requests/2.32.3", "/wp-login.php", 1 },
	{ "curl/8.5.0", "/.env", 1 },
};

/* What scanners send, around the stamp; none of it is a line of the format. */
static const char *const junk[][2] = {
	{ "198.51.100.23 - - [",
	    "] \"\\x16\\x03\\x01\\x02\\x00\\x01\" 400 150 \"-\" \"-\"\n" },
	{ "198.51.100.23 - - [", "] \"GET /precios HTT\n" },
	{ "198.51.100.77 - - [", "] \"\" 400 0 \"-\"\n" },
};

struct line {
	int64_t at; /* when it was written */
	size_t from, len;
};

struct pool {
	struct buf bytes;
	struct line *line;
	size_t n, cap;
};

/* One client: its address, program and first-party id ("-": no cookie). */
struct client {
	char address[ADDRESS_TEXT];
	const char *agent, *visitor;
};

static void
begin_line(struct pool *to, int64_t at)
{
	if (to->n == to->cap)
		to->line = mem_grow(to->line, &to->cap, to->n + 1, sizeof(*to->line),
		    SIZE_MAX / sizeof(*to->line), "lines of a day");
	to->line[to->n].at = at;
	to->line[to->n].from = to->bytes.len;
}

static void
end_line(struct pool *to)
{
	to->line[to->n].len = to->bytes.len - to->line[to->n].from;
	to->n++;
}

struct answer {
	const char *method, *target, *query, *referrer;
	unsigned status, size;
};

static void
request(struct pool *to, const struct client *c, int64_t at, int64_t delay,
    const struct answer *a)
{
	char stamp[CALENDAR_TEXT];

	begin_line(to, at + delay);
	file_add(&to->bytes, "%s - - [%s] \"%s %s%s%s HTTP/2.0\" %u %u \"%s\" \"%s\" \"%s\"\n",
	    c->address, calendar_put_log(stamp, at), a->method, a->target,
	    *a->query != '\0' ? "?" : "", a->query, a->status, a->size,
	    *a->referrer != '\0' ? a->referrer : "-", c->agent, c->visitor);
	end_line(to);
}

static struct client
client_of(uint64_t key, const char *visitor)
{
	struct dice d = { key };
	struct client c = { .visitor = visitor };

	if (dice_permille(&d, 300))
		snprintf(c.address, sizeof(c.address), "2001:db8:%x:%x::%x",
		    dice_below(&d, 65536), dice_below(&d, 65536), dice_below(&d, 4095) + 1);
	else
		snprintf(c.address, sizeof(c.address), "198.%u.%u.%u",
		    18 + dice_below(&d, 2), dice_below(&d, 256), dice_below(&d, 254) + 1);
	c.agent = people_agents[dice_below(&d, AGENT_PEOPLE)];
	return c;
}

/* The query of a way, with a click id in place of the dollar sign. */
static void
click(char *out, size_t room, const struct way *way, struct dice *d)
{
	const char *sign = strchr(way->query, '$');
	int before = sign != NULL ? (int)(sign - way->query) : (int)strlen(way->query);

	snprintf(out, room, "%.*s", before, way->query);
	if (sign != NULL)
		snprintf(out + before, room - (size_t)before, "Cj%016llx%s",
		    (unsigned long long)dice_bits(d), sign + 1);
}

static void
page_of_visit(struct pool *to, const struct client *c, int64_t at, struct dice *d,
    const struct answer *a)
{
	struct answer style = { "GET", "/static/soleo.css", "", host, 200, 18231 };

	request(to, c, at, dice_below(d, 4), a);
	if (dice_permille(d, 2))
		request(to, c, at, 4, a), to->line[to->n - 1].at = at + 9;
	if (dice_permille(d, 500))
		request(to, c, at, dice_below(d, 6), &style);
	style = (struct answer){ "GET", "/img/tejado.webp", "", host, 200, 90210 };
	if (dice_permille(d, 300))
		request(to, c, at + 1, dice_below(d, 6), &style);
}

/* The pages of a visit, gap seconds apart. */
static void
visit(struct pool *to, const struct client *c, const struct visit *v, int64_t gap,
    struct dice *d)
{
	char query[512], referrer[256];
	const struct way *way = &ways[v->way];
	const char *page = pages[dice_weighted(d, page_weight, 8)];
	int64_t at = v->at;

	click(query, sizeof(query), way, d);
	snprintf(referrer, sizeof(referrer), "%s", way->referrer);
	for (unsigned i = 0; i < v->pages; i++) {
		struct answer a = { "GET", page, i == 0 ? query : "", referrer, 200,
			4000 + dice_below(d, 30000) };

		page_of_visit(to, c, at, d, &a);
		snprintf(referrer, sizeof(referrer), "%s%s", host, page);
		page = pages[dice_weighted(d, page_weight, 8)];
		at += gap;
	}
	if (dice_permille(d, 10))
		request(to, c, at, 0, &(struct answer){ "GET", "/antiguo.html", "",
		    referrer, 404, 153 });
}

static void
visit_of_person(struct pool *to, const struct world *w, const struct person *p,
    const struct visit *v)
{
	char id[VISITOR_TEXT];
	struct dice d = dice_of(w->seed, "visit", (uint64_t)v->at);
	struct client c;
	int64_t gap = dice_between(&d, 15, 400);

	person_visitor(id, w, p, v->device);
	c = client_of(w->seed * 7 + p->number * 2ULL + v->device, id);
	if (v->act >= 0)
		gap = (p->lead - v->at) / (v->pages + 1);
	visit(to, &c, v, gap, &d);
	if (v->act == ACT_FORM) {
		request(to, &c, p->lead, 1, &(struct answer){ "POST", "/contacto", "",
		    "https://www.soleo.example/contacto", 302, 0 });
		request(to, &c, p->lead + 1, 1, &(struct answer){ "GET", "/gracias", "",
		    "https://www.soleo.example/contacto", 200, 3120 });
	} else if (v->act == ACT_CHAT) {
		request(to, &c, p->lead, 1, &(struct answer){ "POST", "/chat", "",
		    "https://www.soleo.example/", 200, 41 });
	}
}

/* A second of the day, as people are awake. */
static int64_t
waking_second(struct dice *d)
{
	static const uint16_t hours[24] = { 7, 5, 4, 3, 3, 5, 12, 22, 38, 48, 52, 50,
		46, 40, 38, 42, 46, 48, 46, 44, 42, 38, 26, 14 };
	int64_t hour = dice_weighted(d, hours, 24);

	return hour * HOUR + dice_below(d, HOUR);
}

static void
stranger(struct pool *to, const struct world *w, struct dice *d, int64_t at)
{
	uint16_t weight[32];
	char id[VISITOR_TEXT] = "-";
	uint64_t who = dice_below(d, w->leads * 14 + 1);
	struct dice of_id = dice_of(w->seed, "stranger", who);
	struct visit v = { .at = at, .act = -1 };
	struct client c;

	for (uint32_t i = 0; i < nways; i++)
		weight[i] = ways[i].anonymous;
	v.way = (uint8_t)dice_weighted(d, weight, nways);
	v.pages = (uint8_t)dice_between(d, 1, 4);
	if (!dice_permille(d, 60))
		snprintf(id, sizeof(id), "%016llx",
		    (unsigned long long)dice_bits(&of_id));
	c = client_of(of_id.state, id);
	visit(to, &c, &v, dice_between(d, 15, 600), d);
	if (dice_permille(d, LATE))
		for (size_t i = 1; i <= v.pages && i <= to->n; i++)
			to->line[to->n - i].at += 5 * HOUR;
}

static void
strangers(struct pool *to, const struct world *w, int64_t day)
{
	struct dice d = dice_of(w->seed, "strangers", (uint64_t)day);
	uint32_t n = 100 + w->leads * 3 / 4;

	if (calendar_weekday(day) > 5)
		n -= n / 4;
	for (uint32_t i = 0; i < n; i++)
		stranger(to, w, &d, calendar_instant(day, waking_second(&d)));
	for (int64_t at = calendar_instant(day, 0); calendar_day_of(at) == day; at += HOUR)
		stranger(to, w, &d, at + dice_below(&d, HOUR));
}

/* Robots, the office, the scanners: every hour of the day. */
static void
machines(struct pool *to, const struct world *w, int64_t day)
{
	struct dice d = dice_of(w->seed, "machines", (uint64_t)day);
	struct client office = { "203.0.113.7", people_agents[0], "-" };
	struct client c = { "192.0.2.44", "", "-" };
	char stamp[CALENDAR_TEXT];
	uint32_t kind;

	for (int64_t at = calendar_instant(day, 0); calendar_day_of(at) == day; at += HOUR) {
		for (unsigned r = 0; r < AGENT_ROBOTS; r++) {
			c.agent = robots[r].agent;
			for (uint32_t i = 0; i < robots[r].hourly; i++)
				request(to, &c, at + dice_below(&d, HOUR), 0,
				    &(struct answer){ "GET", robots[r].target, "", "",
				    r < 5 ? 200 : 404, 5120 });
		}
		request(to, &office, at + dice_below(&d, HOUR), 0,
		    &(struct answer){ "GET", "/precios", "", "", 200, 9120 });
		if (!dice_permille(&d, 120))
			continue;
		kind = dice_below(&d, 3);
		begin_line(to, at + dice_below(&d, HOUR));
		file_add(&to->bytes, "%s%s%s", junk[kind][0],
		    calendar_put_log(stamp, to->line[to->n].at), junk[kind][1]);
		end_line(to);
	}
}

static int
by_writing(const void *a, const void *b)
{
	const struct line *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (x->from > y->from) - (x->from < y->from);
}

/* Move the lines from i on of one pool into an empty one. */
static void
carry(struct pool *to, const struct pool *from, size_t i)
{
	for (; i < from->n; i++) {
		begin_line(to, from->line[i].at);
		buf_put(&to->bytes, (struct text){ from->bytes.s + from->line[i].from,
		    from->line[i].len });
		end_line(to);
	}
}

/* Write the lines before the end of the day; the others wait in next. */
static void
write_day(const struct world *w, struct pool *day, int64_t end, struct buf *tail,
    struct pool *next)
{
	char name[CALENDAR_TEXT + 32], date[CALENDAR_TEXT];
	struct buf out;
	size_t i;

	qsort(day->line, day->n, sizeof(*day->line), by_writing);
	file_begin(&out);
	buf_put(&out, buf_text(tail));
	buf_clear(tail);
	for (i = 0; i < day->n && day->line[i].at < end; i++)
		buf_put(&out, (struct text){ day->bytes.s + day->line[i].from,
		    day->line[i].len });
	for (size_t j = i < TAIL ? 0 : i - TAIL; j < i; j++)
		buf_put(tail, (struct text){ day->bytes.s + day->line[j].from,
		    day->line[j].len });
	carry(next, day, i);
	snprintf(name, sizeof(name), "access-%s.log.gz",
	    calendar_put_day(date, calendar_day_of(end - 1)));
	file_write(w, "logs", name, &out);
}

void
weblog_write(const struct world *w)
{
	struct pool pool[2] = { 0 };
	struct buf tail;

	file_begin(&tail);
	file_begin(&pool[0].bytes);
	file_begin(&pool[1].bytes);
	for (int64_t i = 0; i < w->days; i++) {
		int64_t day = w->first_day + i;
		struct pool *now = &pool[i % 2], *next = &pool[1 - i % 2];

		for (uint32_t p = 0; p < w->npeople; p++)
			for (uint32_t v = 0; v < w->person[p].nvisits; v++)
				if (calendar_day_of(w->person[p].visit[v].at) == day)
					visit_of_person(now, w, &w->person[p],
					    &w->person[p].visit[v]);
		strangers(now, w, day);
		machines(now, w, day);
		write_day(w, now, calendar_instant(day + 1, 0), &tail, next);
		buf_clear(&now->bytes);
		now->n = 0;
	}
	buf_clear(&tail);
	for (int i = 0; i < 2; i++) {
		buf_clear(&pool[i].bytes);
		mem_free(pool[i].line);
	}
}
