/* channel.c - which channel do a visit's source, medium and campaign make? */
#include <lead/base/mem.h>
#include <lead/domain/source/channel.h>

struct rule {
	struct text channel;
	struct re *cell[CHANNEL_INPUTS]; /* NULL: any */
};

struct channel_rules {
	struct rule *rule;
	size_t n, cap;
	bool closed; /* the last rule so far holds for all */
	uint64_t unreachable;
};

/* Columns of the file: the channel, then the inputs in their order. */
static const char *const columns[] = { "channel", "source", "medium", "campaign",
	"category", "click_id_type", "evidence" };

static bool
fail(struct sheet *s, size_t column, size_t at, const char *why)
{
	s->at = sheet_place(s, column, at);
	s->why = why;
	return false;
}

static bool
add(struct channel_rules *r, struct sheet *s)
{
	struct rule *rule;
	size_t at, patterns = 0;

	if (s->cell[0].len == 0)
		return fail(s, 0, 0, "a rule without a channel");
	if (text_is(s->cell[0], "internal"))
		return fail(s, 0, 0, "internal is no channel that a rule can make");
	if (r->n == CHANNEL_RULES_MAX)
		return fail(s, 0, 0, "more than 1000 rules");
	r->rule = mem_grow(r->rule, &r->cap, r->n + 1, sizeof(*r->rule),
	    CHANNEL_RULES_MAX, "channel rules");
	rule = &r->rule[r->n++];
	*rule = (struct rule){ mem_text(s->cell[0]), { NULL } };
	for (size_t i = 0; i < CHANNEL_INPUTS; i++) {
		if (s->cell[i + 1].len == 0)
			continue;
		patterns++;
		rule->cell[i] = re_new(s->cell[i + 1], true, &s->why, &at);
		if (rule->cell[i] == NULL)
			return fail(s, i + 1, at, s->why);
	}
	if (r->closed && r->unreachable == 0)
		r->unreachable = s->line;
	r->closed |= patterns == 0;
	return true;
}

struct channel_rules *
channel_new(struct text rules, struct sheet *s)
{
	struct channel_rules *r = mem_new(1, sizeof(*r));
	bool good = sheet_begin(s, rules, columns, CHANNEL_INPUTS + 1);
	int next = 0;

	while (good && (next = sheet_next(s)) == 1)
		good = add(r, s);
	if (good && next == 0 && r->n == 0) {
		s->at = 1;
		s->why = "no rules";
		good = false;
	}
	if (good && next == 0)
		return r;
	channel_free(r);
	return NULL;
}

void
channel_free(struct channel_rules *r)
{
	if (r == NULL)
		return;
	for (size_t i = 0; i < r->n; i++) {
		mem_free_text(r->rule[i].channel);
		for (size_t c = 0; c < CHANNEL_INPUTS; c++)
			re_free(r->rule[i].cell[c]);
	}
	mem_free(r->rule);
	mem_free(r);
}

static enum re_verdict
holds(const struct rule *rule, const struct text in[CHANNEL_INPUTS])
{
	enum re_verdict v = RE_YES;

	for (size_t i = 0; i < CHANNEL_INPUTS && v == RE_YES; i++)
		if (rule->cell[i] != NULL)
			v = re_match(rule->cell[i], in[i]);
	return v;
}

enum re_verdict
channel_find(const struct channel_rules *r, const struct text in[CHANNEL_INPUTS],
    struct text *channel)
{
	for (size_t i = 0; i < r->n; i++) {
		enum re_verdict v = holds(&r->rule[i], in);

		if (v == RE_NO)
			continue;
		*channel = r->rule[i].channel;
		return v;
	}
	*channel = TEXT("unassigned");
	return RE_YES;
}

uint64_t
channel_unreachable(const struct channel_rules *r)
{
	return r->unreachable;
}
