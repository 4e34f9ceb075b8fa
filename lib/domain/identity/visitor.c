/* visitor.c - who made this request, as far as a log can tell */
#include <lead/base/url.h>
#include <lead/domain/identity/visitor.h>

enum { COOKIES_TOLD = 8 };

struct text
visitor_of_agent(struct text address, struct text agent, char out[VISITOR_LEN])
{
	out[0] = VISITOR_DAILY;
	hash_put(hash_fixed_pair(address, agent), out + 1);
	return (struct text){ out, VISITOR_LEN };
}

static const char *
parse_rule(struct text t, struct visitor_rule *r)
{
	static const struct {
		const char *word;
		enum visitor_kind kind;
		bool named;
	} words[] = {
		{ "cookie:", VISITOR_COOKIE, true },
		{ "param:", VISITOR_PARAM, true },
		{ "ip+ua", VISITOR_AGENT, false },
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		struct text word = text_of(words[i].word);

		if (!text_starts(t, word) || (words[i].named == (t.len == word.len)))
			continue;
		*r = (struct visitor_rule){ words[i].kind, text_from(t, word.len) };
		return NULL;
	}
	return "not ip+ua, cookie:NAME or param:NAME";
}

const char *
visitor_parse(struct text t, struct visitor_rules *out)
{
	struct text part;

	out->n = 0;
	while (text_next(&t, ',', &part)) {
		const char *why;

		if (out->n == VISITOR_RULES_MAX)
			return "too many places to look for a visitor";
		why = parse_rule(part, &out->rule[out->n++]);
		if (why != NULL)
			return why;
	}
	return NULL;
}

static struct text
join(struct arena *a, struct text one, struct text two)
{
	char *to = arena_alloc(a, one.len + two.len);

	memcpy(to, one.s, one.len);
	memcpy(to + one.len, two.s, two.len);
	return (struct text){ to, one.len + two.len };
}

struct text
visitor_cookie_field(struct arena *a, struct text name)
{
	return join(a, TEXT("cookie_"), name);
}

struct text
visitor_cookie(struct text header, struct text name)
{
	struct text pair;

	while (text_next(&header, ';', &pair)) {
		pair = text_trim(pair);
		if (text_starts(pair, name) && pair.len > name.len &&
		    pair.s[name.len] == '=')
			return text_trim(text_from(pair, name.len + 1));
	}
	return TEXT_NONE;
}

struct text
visitor_param(struct text query, struct text name)
{
	struct url_param p;

	while (url_next(&query, &p))
		if (text_equal(p.key, name))
			return p.value;
	return TEXT_NONE;
}

const char *
visitor_no_cookie(struct arena *a, const struct text *name, size_t n)
{
	struct text words = TEXT("no field of the visitor's cookie");
	size_t found = 0;

	for (size_t i = 0; i < n && found < COOKIES_TOLD; i++)
		if (text_starts(name[i], TEXT("cookie_"))) {
			words = join(a, words, found++ == 0 ? TEXT(" (there is ") : TEXT(", "));
			words = join(a, words, name[i]);
		}
	return join(a, words, found != 0 ? TEXT(")\0") : TEXT("\0")).s;
}
