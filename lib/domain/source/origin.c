/* origin.c - what source, medium, campaign and channel do these words mean? */
#include <lead/base/arena.h>
#include <lead/base/field.h>
#include <lead/base/hash.h>
#include <lead/base/map.h>
#include <lead/base/mem.h>
#include <lead/base/url.h>
#include <lead/domain/source/origin.h>
#include <lead/domain/source/value.h>

/* Answers kept, and the bytes of words that make a key of one. */
enum { KEPT_MAX = 1 << 16, KEPT_BYTES = 32 << 20, KEY_MAX = 2048 };

struct origins {
	struct origin_options with;
	struct map *keys;
	struct origin *kept;
	struct origin once; /* of words that are not kept */
	size_t cap, bytes; /* of the answers' texts */
	uint64_t round;
	struct arena texts, scratch;
};

static const struct text evidences[ORIGIN_EVIDENCES] = { { "campaign", 8 },
	{ "click", 5 }, { "referrer", 8 }, { "internal", 8 }, { "none", 4 },
	{ "declared", 8 } };

struct text
origin_evidence_name(enum origin_evidence e)
{
	return evidences[e];
}

enum origin_evidence
origin_evidence_find(struct text name)
{
	unsigned i = 0;

	while (i < ORIGIN_EVIDENCES && !text_equal(name, evidences[i]))
		i++;
	return (enum origin_evidence)i;
}

void
origin_count(unsigned flaws, uint64_t counts[ORIGIN_FLAWS])
{
	static const struct {
		unsigned flaw;
		enum origin_flaw count;
	} of[] = {
		{ URL_BAD_PERCENT, ORIGIN_BAD_PERCENT },
		{ URL_BAD_UTF8, ORIGIN_BAD_UTF8 },
		{ VALUE_CUT, ORIGIN_CUT },
		{ VALUE_PII, ORIGIN_PII },
	};

	for (size_t i = 0; flaws != 0 && i < sizeof(of) / sizeof(of[0]); i++)
		counts[of[i].count] += (flaws & of[i].flaw) != 0;
}

struct origins *
origin_new(const struct origin_options *with)
{
	struct origins *o = mem_new(1, sizeof(*o));

	o->with = *with;
	o->keys = map_new();
	return o;
}

void
origin_free(struct origins *o)
{
	if (o == NULL)
		return;
	map_free(o->keys);
	mem_free(o->kept);
	arena_clear(&o->texts);
	arena_clear(&o->scratch);
	mem_free(o);
}

/* Media that say of themselves that nobody paid. */
static bool
is_unpaid(struct text medium)
{
	static const char *const media[] = { "organic", "referral", "email", "e-mail",
		"e_mail", "social", "link", "internal", "direct", "(none)",
		"(not set)" };

	for (size_t i = 0; i < sizeof(media) / sizeof(media[0]); i++)
		if (text_same(medium, text_of(media[i])))
			return true;
	return false;
}

/* The three words as plain text while an answer is made. */
struct words {
	struct text source, medium, campaign;
	char room[3][VALUE_MAX], named[VALUE_MAX];
};

static void
read_words(const struct origins *o, const struct origin_words *w, struct words *to,
    struct origin *answer)
{
	const struct text from[3] = { w->source, w->medium, w->campaign };
	struct text *const put[3] = { &to->source, &to->medium, &to->campaign };
	unsigned form = w->coded ? VALUE_CODED : 0;

	form |= o->with.keep_case ? 0 : VALUE_LOWER;
	for (size_t i = 0; i < 3; i++) {
		unsigned flaws = 0;

		*put[i] = value_read(from[i], form, to->room[i], &flaws);
		origin_count(flaws, answer->count);
		if ((flaws & URL_NUL) != 0)
			answer->verdict = ORIGIN_NUL;
	}
}

/* A click id fills what is empty; a paid one outweighs an unpaid medium. */
static void
fill_from_click(const struct origin_words *w, struct words *to, struct origin *answer)
{
	const struct utm_click *click = w->click;
	struct text source;

	if (click == NULL)
		return;
	source = w->click_source.len != 0 ? w->click_source : click->source;
	if (click->paid && is_unpaid(to->medium)) {
		answer->count[ORIGIN_CONTRADICTION]++;
		to->source = source;
		to->medium = click->medium;
	}
	if (to->source.len == 0)
		to->source = source;
	if (to->medium.len == 0)
		to->medium = click->medium;
}

/* The source's one name; its own spelling stays when no table knows it. */
static struct source
name_source(const struct origins *o, struct words *to)
{
	char room[VALUE_MAX];
	struct text lower = text_lower(room, to->source);
	struct source found = source_find(o->with.sources, lower);

	if (found.name.s != lower.s)
		to->source = found.name;
	return found;
}

/* Find the channel: that of the campaign, of the source, of the rules. */
static void
name_channel(const struct origins *o, const struct origin_words *w, struct words *to,
    struct origin *answer)
{
	struct source source = name_source(o, to);
	const struct campaigns_entry *known = NULL;
	struct text in[CHANNEL_INPUTS] = {
		[CHANNEL_CATEGORY] = source.category,
		[CHANNEL_CLICK_ID_TYPE] =
		    w->click != NULL ? w->click->parameter : TEXT_NONE,
		[CHANNEL_EVIDENCE] = origin_evidence_name(w->evidence),
	};

	if (o->with.campaigns != NULL && w->campaign_id.len != 0)
		known = campaigns_find(o->with.campaigns, to->source, w->campaign_id);
	if (known != NULL && known->campaign.len != 0)
		to->campaign = field_plain(to->named,
		    url_cut(known->campaign, VALUE_MAX));
	in[CHANNEL_SOURCE] = to->source;
	in[CHANNEL_MEDIUM] = to->medium;
	in[CHANNEL_CAMPAIGN] = to->campaign;
	if (w->evidence == ORIGIN_INTERNAL)
		answer->channel = TEXT("internal");
	else if (known != NULL && known->channel.len != 0)
		answer->channel = known->channel;
	else if (source.channel.len != 0)
		answer->channel = source.channel;
	else if (channel_find(o->with.rules, in, &answer->channel) == RE_LIMIT)
		answer->verdict = ORIGIN_LIMIT;
	else
		answer->unassigned = text_is(answer->channel, "unassigned");
}

static struct text
keep_field(struct arena *texts, struct text t)
{
	char room[VALUE_FIELD];

	return arena_text(texts, field_put(room, url_cut(t, VALUE_MAX)));
}

static struct origin
answer(const struct origins *o, const struct origin_words *w, struct arena *texts)
{
	struct origin a = { .verdict = ORIGIN_GOOD, .number = ORIGIN_UNKEPT };
	struct words words;

	read_words(o, w, &words, &a);
	if (a.verdict == ORIGIN_NUL)
		return a;
	fill_from_click(w, &words, &a);
	name_channel(o, w, &words, &a);
	if (a.verdict == ORIGIN_LIMIT)
		return a;
	if (words.campaign.len == 0)
		words.campaign = o->with.no_campaign;
	a.channel = keep_field(texts, a.channel);
	a.source = keep_field(texts, words.source);
	a.medium = keep_field(texts, words.medium);
	a.campaign = keep_field(texts, words.campaign);
	for (size_t i = 0; i < ORIGIN_FLAWS; i++)
		a.flawed |= a.count[i] != 0;
	return a;
}

/* All that the answer depends on, in bytes; 0 when it is more than KEY_MAX. */
static size_t
make_key(const struct origins *o, const struct origin_words *w, char key[KEY_MAX])
{
	const struct text part[5] = { w->source, w->medium, w->campaign,
		w->click_source,
		o->with.campaigns != NULL ? w->campaign_id : TEXT_NONE };
	size_t n = 3;

	key[0] = (char)w->evidence;
	key[1] = (char)w->coded;
	key[2] = (char)(w->click != NULL ? w->click->id : 0);
	for (size_t i = 0; i < 5; i++) {
		if (part[i].len >= KEY_MAX - n)
			return 0;
		if (part[i].len != 0)
			memcpy(key + n, part[i].s, part[i].len);
		n += part[i].len;
		key[n++] = '\0'; /* no value holds one */
	}
	return n;
}

static void
forget(struct origins *o)
{
	map_free(o->keys);
	o->keys = map_new();
	arena_reset(&o->texts);
	o->bytes = 0;
	o->round++;
}

const struct origin *
origin_find(struct origins *o, const struct origin_words *w)
{
	char key[KEY_MAX];
	size_t len = make_key(o, w, key);
	bool added;
	uint32_t n;

	if (len == 0) {
		arena_reset(&o->scratch);
		o->once = answer(o, w, &o->scratch);
		return &o->once;
	}
	if (map_count(o->keys) == KEPT_MAX || o->bytes > KEPT_BYTES)
		forget(o);
	n = map_add(o->keys, hash_text((struct text){ key, len }), &added);
	if (added) {
		o->kept = mem_grow(o->kept, &o->cap, n + 1, sizeof(*o->kept), KEPT_MAX,
		    "sources");
		o->kept[n] = answer(o, w, &o->texts);
		o->kept[n].number = n;
		o->bytes += o->kept[n].source.len + o->kept[n].medium.len +
		    o->kept[n].campaign.len + o->kept[n].channel.len;
	}
	return &o->kept[n];
}

const struct origin *
origin_at(const struct origins *o, uint32_t number)
{
	return &o->kept[number];
}

uint64_t
origin_round(const struct origins *o)
{
	return o->round;
}
