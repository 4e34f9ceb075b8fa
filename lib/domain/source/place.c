/* place.c - where does a referrer say that the visitor came from? */
#include <lead/base/arena.h>
#include <lead/base/hash.h>
#include <lead/base/map.h>
#include <lead/base/mem.h>
#include <lead/base/url.h>
#include <lead/domain/source/place.h>

/* Answers kept; when there are more hosts all are forgotten and found again. */
enum { KEPT_MAX = 1 << 16, KEY_MAX = 1024 };

struct kept {
	struct place place;
	bool by_path; /* not the host but the path decides */
};

struct places {
	const struct referrers *known;
	const struct hosts *own, *excluded;
	struct map *keys;
	struct kept *kept;
	struct kept once; /* of a referrer that is not kept */
	struct place none;
	struct text last; /* the key asked last, in room, and its answer */
	uint32_t last_kept;
	char room[KEY_MAX];
	size_t cap;
	struct arena texts, scratch;
};

static const struct place nowhere = { PLACE_NONE, { "", 0 }, { "", 0 }, { "", 0 }, 0 };

struct places *
place_new(const struct referrers *known, const struct hosts *own,
    const struct hosts *excluded)
{
	struct places *p = mem_new(1, sizeof(*p));

	p->known = known;
	p->own = own;
	p->excluded = excluded;
	p->keys = map_new();
	p->none = nowhere;
	return p;
}

void
place_free(struct places *p)
{
	if (p == NULL)
		return;
	map_free(p->keys);
	mem_free(p->kept);
	arena_clear(&p->texts);
	arena_clear(&p->scratch);
	mem_free(p);
}

/* An app names its package as host; an unknown one is an app, not a page. */
static bool
is_app(const struct url *u)
{
	return text_same(u->scheme, TEXT("android-app")) ||
	    text_same(u->scheme, TEXT("ios-app"));
}

static struct kept
look(const struct places *p, struct text referrer, struct arena *texts)
{
	struct kept k = { nowhere, false };
	const struct referrer *known;
	char room[URL_HOST];
	struct text host;
	struct url u;

	url_split(referrer, &u);
	host = url_host(u.host, room);
	if (host.len == 0)
		return k;
	known = referrer_find(p->known, host, u.path, &k.by_path);
	k.by_path |= hosts_by_path(p->own, host) || hosts_by_path(p->excluded, host);
	if (hosts_has(p->own, host, u.path)) {
		k.place.kind = PLACE_OWN;
	} else if (hosts_has(p->excluded, host, u.path)) {
		k.place.kind = PLACE_EXCLUDED;
	} else if (known != NULL) {
		k.place = (struct place){ PLACE_KNOWN, known->name,
			text_of(known->medium), known->terms, 0 };
		return k;
	} else {
		k.place.kind = PLACE_OTHER;
		k.place.medium = is_app(&u) ? TEXT("app") : TEXT("referral");
	}
	k.place.source = arena_text(texts, url_bare(host));
	return k;
}

/* scheme://host:port of a referrer, or nothing when it is of no such form. */
static struct text
authority(struct text t)
{
	ptrdiff_t colon = text_find(text_head(t, 16), ':');
	size_t i;

	if (colon <= 0 || !text_starts(text_from(t, (size_t)colon), TEXT("://")))
		return TEXT_NONE;
	i = (size_t)colon + 3;
	while (i < t.len && t.s[i] != '/' && t.s[i] != '?' && t.s[i] != '#')
		i++;
	return text_head(t, i);
}

static struct text
without_query(struct text t)
{
	size_t i = 0;

	while (i < t.len && t.s[i] != '?' && t.s[i] != '#')
		i++;
	return text_head(t, i);
}

void
place_forget(struct places *p)
{
	map_free(p->keys);
	p->keys = map_new();
	p->none = nowhere;
	p->last.len = 0;
	arena_reset(&p->texts);
}

static struct kept *
find(struct places *p, struct text key)
{
	bool added;
	uint32_t n;

	if (key.len == 0 || key.len > KEY_MAX) {
		arena_reset(&p->scratch);
		p->once = look(p, key, &p->scratch);
		return &p->once;
	}
	if (text_equal(key, p->last))
		return &p->kept[p->last_kept];
	if (map_count(p->keys) == KEPT_MAX)
		place_forget(p);
	n = map_add(p->keys, hash_text(key), &added);
	if (added) {
		p->kept = mem_grow(p->kept, &p->cap, n + 1, sizeof(*p->kept),
		    KEPT_MAX, "referrers");
		p->kept[n] = look(p, key, &p->texts);
	}
	p->last = (struct text){ memcpy(p->room, key.s, key.len), key.len };
	p->last_kept = n;
	return &p->kept[n];
}

struct place *
place_find(struct places *p, struct text referrer)
{
	struct kept *k;
	struct text key;

	if (referrer.len == 0 || (referrer.len == 1 && referrer.s[0] == '-'))
		return &p->none;
	key = authority(referrer);
	k = find(p, key.len != 0 ? key : without_query(referrer));
	if (key.len != 0 && k->by_path)
		k = find(p, without_query(referrer));
	return &k->place;
}
