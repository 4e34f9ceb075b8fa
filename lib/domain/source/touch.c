/* touch.c - where did this visit come from? */
#include <lead/base/field.h>
#include <lead/base/mem.h>
#include <lead/base/url.h>
#include <lead/domain/rules/event.h>
#include <lead/domain/source/touch.h>
#include <lead/domain/source/value.h>

/* Counts beside those of enum origin_flaw, which stand first. */
enum {
	INTERNAL_UTM = ORIGIN_FLAWS,
	REPEATED,
	RECOVERED,
	LOST,
	TOO_MANY,
	COUNTS,
};

/* The names of all counts, a blank behind each, and a claim. */
enum { FLAWS_MAX = 256 + VALUE_FIELD };

static const char *const count_names[COUNTS] = {
	[ORIGIN_BAD_PERCENT] = "bad_percent",
	[ORIGIN_BAD_UTF8] = "bad_utf8",
	[ORIGIN_CUT] = "cut_value",
	[ORIGIN_PII] = "pii_in_url",
	[ORIGIN_CONTRADICTION] = "click_contradiction",
	[INTERNAL_UTM] = "internal_utm",
	[REPEATED] = "repeated_parameter",
	[RECOVERED] = "amp_recovered",
	[LOST] = "amp_lost",
	[TOO_MANY] = "parameters_cut",
};

static const char *const names[TOUCH_COLUMNS] = { "channel", "source", "medium",
	"campaign", "term", "content", "campaign_id", "click_id", "click_id_type",
	"evidence", "page" };

struct touch {
	struct touch_options with;
	struct origins *origins;
	struct places *places;
	bool unassigned; /* the row at hand, by the rules */
	enum origin_evidence evidence; /* of it */
	uint64_t round;  /* of the answers that places note */
	uint64_t count[COUNTS], before[COUNTS]; /* before: the row at hand */
	struct text claim; /* of a link within the site, in room */
	char room[VALUE_MAX], flaws[FLAWS_MAX];
	char field[TOUCH_COLUMNS][VALUE_FIELD]; /* of values made for this row */
	char plain[3][URL_MAX];                 /* its texts without escapes */
	char path[2 * URL_MAX];
};

const char *
touch_column_name(enum touch_column c)
{
	return names[c];
}

struct touch *
touch_new(const struct touch_options *o)
{
	struct touch *t = mem_new(1, sizeof(*t));

	t->with = *o;
	t->origins = origin_new(&o->origin);
	t->places = place_new(o->referrers, o->own, o->excluded);
	return t;
}

void
touch_free(struct touch *t)
{
	if (t == NULL)
		return;
	origin_free(t->origins);
	place_free(t->places);
	mem_free(t);
}

const char *
touch_count(const struct touch *t, unsigned i, uint64_t *n)
{
	if (i >= COUNTS)
		return NULL;
	*n = t->count[i];
	return count_names[i];
}

static const struct origin_words direct = { .source = { "(direct)", 8 },
	.medium = { "(none)", 6 }, .evidence = ORIGIN_NONE };

/* A row with a url or a referrer, without escapes. */
struct visit {
	struct text plain_url, referrer;
	struct utm utm; /* set when tagged */
	struct place *place;
};

/* The value of a field, for the row at hand. */
static struct text
plain(struct touch *t, const struct touch_row *row, struct text field, unsigned room)
{
	return row->escaped ? field_plain(t->plain[room], field) : field;
}

static bool
wanted(const struct touch *t, enum touch_column c)
{
	return (t->with.wanted >> c & 1) != 0;
}

/* The value of one column as a field; false when it holds %00. */
static bool
set_value(struct touch *t, struct text raw, enum touch_column c,
    struct text out[TOUCH_COLUMNS])
{
	char room[VALUE_MAX];
	unsigned flaws = 0;
	struct text value;

	if (raw.len == 0)
		return true;
	if (!wanted(t, c)) /* whether a row is bad does not depend on -f */
		return text_search(raw, TEXT("%00")) < 0;
	value = value_read(raw, VALUE_CODED, room, &flaws);
	if ((flaws & URL_NUL) != 0)
		return false;
	if (flaws != 0)
		origin_count(flaws, t->count);
	out[c] = field_put(t->field[c], value);
	/* A value that was changed stands in this function's room. */
	if (out[c].s == room)
		out[c].s = memcpy(t->field[c], room, out[c].len);
	return true;
}

/* The path as a field; "/" when the url has none. */
static void
set_page(struct touch *t, struct text path, struct text out[TOUCH_COLUMNS])
{
	unsigned flaws = 0;

	out[TOUCH_PAGE] = value_path(path, t->path, sizeof(t->path), &flaws);
	if (flaws != 0)
		origin_count(flaws, t->count);
	if (path.len == 0)
		out[TOUCH_PAGE] = TEXT("/");
}

static enum touch_verdict
set_found(struct touch *t, const struct origin *o, enum origin_evidence evidence,
    struct text out[TOUCH_COLUMNS])
{
	if (o->verdict != ORIGIN_GOOD)
		return o->verdict == ORIGIN_NUL ? TOUCH_NUL : TOUCH_LIMIT;
	if (o->flawed)
		for (size_t i = 0; i < ORIGIN_FLAWS; i++)
			t->count[i] += o->count[i];
	out[TOUCH_CHANNEL] = o->channel;
	out[TOUCH_SOURCE] = o->source;
	out[TOUCH_MEDIUM] = o->medium;
	out[TOUCH_CAMPAIGN] = o->campaign;
	out[TOUCH_EVIDENCE] = origin_evidence_name(evidence);
	t->unassigned = o->unassigned;
	t->evidence = evidence;
	return TOUCH_GOOD;
}

static enum touch_verdict
set_origin(struct touch *t, const struct origin_words *w, struct text out[TOUCH_COLUMNS])
{
	return set_found(t, origin_find(t->origins, w), w->evidence, out);
}

/* The same for words that the place alone tells: it keeps the answer's number. */
static enum touch_verdict
set_noted(struct touch *t, struct place *place, const struct origin_words *w,
    struct text out[TOUCH_COLUMNS])
{
	const struct origin *o;

	if (place->note != 0)
		return set_found(t, origin_at(t->origins, place->note - 1),
		    w->evidence, out);
	o = origin_find(t->origins, w);
	place->note = o->number + 1; /* ORIGIN_UNKEPT gives 0 again */
	return set_found(t, o, w->evidence, out);
}

/*
 * Does the url carry a campaign or a click id? It is taken apart only when it
 * has a ? (or, with --fragment, a #).
 */
static bool
read_query(struct touch *t, struct text url, struct utm *found)
{
	bool query = url.len != 0 && memchr(url.s, '?', url.len) != NULL;
	bool whole = true;
	struct url u;

	if (!query && (!t->with.fragment || text_find(url, '#') < 0))
		return false;
	*found = (struct utm){ .tagged = false };
	url_split(url, &u);
	whole = utm_read(t->with.parameters, u.query, t->with.amp, found);
	if (whole && t->with.fragment)
		whole = utm_read(t->with.parameters, u.fragment, t->with.amp, found);
	t->count[TOO_MANY] += !whole;
	t->count[REPEATED] += found->repeated;
	t->count[RECOVERED] += found->recovered;
	t->count[LOST] += found->lost;
	return found->tagged || found->click != NULL;
}

static enum touch_verdict
from_campaign(struct touch *t, const struct visit *v, struct text out[TOUCH_COLUMNS])
{
	const struct utm *u = &v->utm;
	const struct place *place = v->place;
	struct origin_words w = {
		.source = u->value[UTM_SOURCE],
		.medium = u->value[UTM_MEDIUM],
		.campaign = u->value[UTM_CAMPAIGN],
		.campaign_id = u->value[UTM_CAMPAIGN_ID],
		.click = u->click,
		.evidence = u->tagged ? ORIGIN_CAMPAIGN : ORIGIN_CLICK,
		.coded = true,
	};

	/* Meta's id is the same wherever it is from: the referrer tells. */
	if (u->click != NULL && place->kind == PLACE_KNOWN &&
	    text_is(u->click->parameter, "fbclid") &&
	    (text_is(place->source, "instagram") || text_is(place->source, "threads")))
		w.click_source = place->source;
	if (!set_value(t, u->value[UTM_TERM], TOUCH_TERM, out) ||
	    !set_value(t, u->value[UTM_CONTENT], TOUCH_CONTENT, out) ||
	    !set_value(t, u->value[UTM_CAMPAIGN_ID], TOUCH_CAMPAIGN_ID, out) ||
	    !set_value(t, u->click_id, TOUCH_CLICK_ID, out))
		return TOUCH_NUL;
	if (u->click != NULL)
		out[TOUCH_CLICK_ID_TYPE] = u->click->parameter;
	return set_origin(t, &w, out);
}

/* The search that led here, by the engine's parameters in their order. */
static struct text
search_of(struct text referrer, struct text terms)
{
	struct text term, query;
	struct url_param p;
	struct url u;

	url_split(referrer, &u);
	while (text_next(&terms, ' ', &term)) {
		query = u.query;
		while (term.len != 0 && url_next(&query, &p))
			if (text_equal(p.key, term) && p.value.len != 0)
				return p.value;
	}
	return TEXT_NONE;
}

static enum touch_verdict
from_place(struct touch *t, const struct visit *v, struct text out[TOUCH_COLUMNS])
{
	struct place *place = v->place;
	struct origin_words w = { .source = place->source, .medium = place->medium,
		.evidence = ORIGIN_REFERRER };
	struct url u;

	switch (place->kind) {
	case PLACE_NONE:
		w = direct;
		break;
	case PLACE_EXCLUDED: /* the site that it leads back to is the source */
		url_split(v->plain_url, &u);
		if (u.host.len != 0)
			w.source = url_bare(u.host);
		w.medium = TEXT("internal");
		w.evidence = ORIGIN_INTERNAL;
		return set_origin(t, &w, out);
	case PLACE_OWN:
		w.medium = TEXT("internal");
		w.evidence = ORIGIN_INTERNAL;
		break;
	case PLACE_KNOWN:
		if (place->terms.len != 0 && wanted(t, TOUCH_TERM) &&
		    !set_value(t, search_of(v->referrer, place->terms), TOUCH_TERM, out))
			return TOUCH_NUL;
		break;
	case PLACE_OTHER:
		break;
	}
	return set_noted(t, place, &w, out);
}

/* Channel of an offline touch: phone, chat …; NULL for all others. */
static const char *
offline_channel(const struct touch_row *row)
{
	const struct event *e;

	if (!row->has_event || text_is(row->event, "page_view"))
		return NULL;
	e = event_find(row->event);
	return e != NULL ? e->channel : NULL;
}

/* An offline touch that nothing else explains has its event's channel. */
static void
set_offline(struct touch *t, const struct touch_row *row, struct text out[TOUCH_COLUMNS])
{
	bool none = t->evidence == ORIGIN_NONE;
	const char *offline;

	if (!none && !t->unassigned)
		return;
	offline = offline_channel(row);
	if (offline == NULL)
		return;
	out[TOUCH_CHANNEL] = text_of(offline);
	if (none)
		out[TOUCH_SOURCE] = out[TOUCH_MEDIUM] = TEXT_NONE;
}

/* A row without url and referrer. */
static enum touch_verdict
from_declared(struct touch *t, const struct touch_row *row,
    struct text out[TOUCH_COLUMNS])
{
	const struct text *says = row->declared;
	enum origin_evidence before = origin_evidence_find(says[TOUCH_EVIDENCE]);
	struct origin_words w = { .campaign_id = says[TOUCH_CAMPAIGN_ID] };
	enum touch_verdict v;

	memcpy(out, says, TOUCH_COLUMNS * sizeof(*out));
	for (unsigned i = TOUCH_SOURCE; i <= TOUCH_CAMPAIGN; i++)
		if (says[i].len > URL_MAX)
			return TOUCH_LONG;
	w.source = plain(t, row, says[TOUCH_SOURCE], 0);
	w.medium = plain(t, row, says[TOUCH_MEDIUM], 1);
	w.campaign = plain(t, row, says[TOUCH_CAMPAIGN], 2);
	w.click = utm_click_find(t->with.parameters, says[TOUCH_CLICK_ID_TYPE]);
	w.evidence = before < ORIGIN_EVIDENCES ? before : ORIGIN_DECLARED;
	if (w.click == NULL && w.source.len + w.medium.len + w.campaign.len == 0) {
		/* Nothing is said: a visit is direct, any other row no visit. */
		if (offline_channel(row) == NULL && row->has_event &&
		    !text_is(row->event, "page_view"))
			return TOUCH_GOOD;
		w = direct;
	}
	v = set_origin(t, &w, out);
	if (v == TOUCH_GOOD)
		set_offline(t, row, out);
	return v;
}

/* What a link within the site says that it is: its campaign, else its source. */
static void
note_claim(struct touch *t, const struct utm *u)
{
	struct text raw = u->value[UTM_CAMPAIGN];
	unsigned flaws = 0;

	if (raw.len == 0)
		raw = u->value[UTM_SOURCE];
	t->claim = value_read(raw, VALUE_CODED | VALUE_LOWER, t->room, &flaws);
	if ((flaws & URL_NUL) != 0)
		t->claim = TEXT_NONE;
}

static enum touch_verdict
from_visit(struct touch *t, const struct touch_row *row, struct text out[TOUCH_COLUMNS])
{
	struct visit v;
	enum touch_verdict verdict;
	bool tagged;

	v.plain_url = plain(t, row, row->url, 0);
	v.referrer = plain(t, row, row->referrer, 1);
	tagged = read_query(t, v.plain_url, &v.utm);
	v.place = place_find(t->places, v.referrer);
	if (tagged && v.place->kind == PLACE_OWN && !t->with.trust_internal) {
		t->count[INTERNAL_UTM]++;
		note_claim(t, &v.utm);
		tagged = false;
	}
	verdict = tagged ? from_campaign(t, &v, out) : from_place(t, &v, out);
	if (verdict == TOUCH_GOOD)
		set_offline(t, row, out);
	return verdict;
}

enum touch_verdict
touch_read(struct touch *t, const struct touch_row *row, struct text out[TOUCH_COLUMNS])
{
	struct url u;

	for (size_t i = 0; i < TOUCH_COLUMNS; i++)
		out[i] = TEXT_NONE;
	if (row->url.len > URL_MAX || row->referrer.len > URL_MAX)
		return TOUCH_LONG;
	if (t->round != origin_round(t->origins)) {
		/* The notes are numbers of answers that were forgotten. */
		place_forget(t->places);
		t->round = origin_round(t->origins);
	}
	t->unassigned = false;
	t->claim = TEXT_NONE;
	memcpy(t->before, t->count, sizeof(t->before));
	if (row->url.len == 0 &&
	    (row->referrer.len == 0 || text_is(row->referrer, "-")))
		return from_declared(t, row, out);
	if (row->url.len != 0 && wanted(t, TOUCH_PAGE)) {
		url_split(row->url, &u);
		set_page(t, u.path, out);
	}
	return from_visit(t, row, out);
}

static void
add_flaw(struct touch *t, struct text word, size_t *n)
{
	if (word.len != 0)
		memcpy(t->flaws + *n, word.s, word.len);
	*n += word.len;
}

struct text
touch_flaws(struct touch *t)
{
	char field[VALUE_FIELD];
	size_t n = 0;

	for (unsigned i = 0; i < COUNTS; i++) {
		if (t->count[i] == t->before[i] || i == INTERNAL_UTM)
			continue;
		add_flaw(t, text_of(n == 0 ? "" : " "), &n);
		add_flaw(t, text_of(count_names[i]), &n);
	}
	if (t->count[INTERNAL_UTM] != t->before[INTERNAL_UTM]) {
		add_flaw(t, text_of(n == 0 ? "" : " "), &n);
		add_flaw(t, TEXT("internal_utm="), &n);
		add_flaw(t, field_put(field, t->claim), &n);
	}
	return (struct text){ t->flaws, n };
}
