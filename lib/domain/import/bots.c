/* bots.c - is this user agent a robot's? */
#include <stdint.h>

#include <lead/base/hash.h>
#include <lead/base/map.h>
#include <lead/base/mem.h>
#include <lead/domain/import/bots.h>
#include <lead/domain/rules/rules.h>
#include <lead/domain/rules/sheet.h>

enum { TOKENS_MAX = 4096, AGENT_MAX = 1024, MEMO_MAX = 1 << 18 };

enum { TOKEN, WHERE, KIND, UNLESS, COLUMNS };
static const char *const names[COLUMNS] = { "token", "where", "kind", "unless" };

struct token {
	struct text text, unless; /* small letters; unless: several by | */
	bool at_start;
};

struct list {
	struct token *v;
	size_t n, cap;
};

struct bots {
	struct list bot, human;
	struct map *seen;  /* agent -> number */
	bool *verdict;     /* of that number */
	size_t cap;
};

static void
add(struct list *l, const struct sheet *s)
{
	l->v = mem_grow(l->v, &l->cap, l->n + 1, sizeof(*l->v), TOKENS_MAX, "bots.tsv");
	l->v[l->n++] = (struct token){ s->cell[TOKEN], s->cell[UNLESS],
		text_is(s->cell[WHERE], "start") };
}

struct bots *
bots_new(void)
{
	struct bots *b = mem_new(1, sizeof(*b));
	struct sheet s;

	b->seen = map_new();
	if (sheet_begin(&s, rules_text("bots"), names, COLUMNS))
		while (sheet_next(&s) == 1)
			add(text_is(s.cell[KIND], "human") ? &b->human : &b->bot, &s);
	return b;
}

void
bots_free(struct bots *b)
{
	if (b == NULL)
		return;
	map_free(b->seen);
	mem_free(b->bot.v);
	mem_free(b->human.v);
	mem_free(b->verdict);
	mem_free(b);
}

static bool
excused(struct text unless, struct text agent)
{
	struct text part;

	while (unless.len != 0 && text_next(&unless, '|', &part))
		if (text_search(agent, part) >= 0)
			return true;
	return false;
}

static bool
has(const struct list *l, struct text agent)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct token *t = &l->v[i];

		if ((t->at_start ? text_starts(agent, t->text)
		    : text_search(agent, t->text) >= 0) && !excused(t->unless, agent))
			return true;
	}
	return false;
}

static bool
judge(const struct bots *b, struct text agent)
{
	char small[AGENT_MAX];

	agent = text_trim(text_head(agent, AGENT_MAX));
	if (agent.len == 0 || text_is(agent, "-"))
		return true;
	agent = text_lower(small, agent);
	return !has(&b->human, agent) || has(&b->bot, agent);
}

bool
bots_is(struct bots *b, struct text agent)
{
	uint32_t n;
	bool added;

	if (map_count(b->seen) == MEMO_MAX) {
		map_free(b->seen);
		b->seen = map_new();
	}
	n = map_add(b->seen, hash_text(agent), &added);
	if (added) {
		b->verdict = mem_grow(b->verdict, &b->cap, n + 1, sizeof(*b->verdict),
		    MEMO_MAX, "user agents");
		b->verdict[n] = judge(b, agent);
	}
	return b->verdict[n];
}
