/* hosts.c - is this address one of a list of hosts and paths? */
#include <lead/base/mem.h>
#include <lead/base/url.h>
#include <lead/domain/source/hosts.h>

enum { HOSTS_MAX = 10000 };

struct item {
	char *bytes; /* of host and path, owned */
	struct text host, path;
	bool below; /* hosts under it too */
};

struct hosts {
	struct item *item;
	size_t n, cap;
};

struct hosts *
hosts_new(void)
{
	return mem_new(1, sizeof(struct hosts));
}

void
hosts_free(struct hosts *h)
{
	if (h == NULL)
		return;
	for (size_t i = 0; i < h->n; i++)
		mem_free(h->item[i].bytes);
	mem_free(h->item);
	mem_free(h);
}

size_t
hosts_count(const struct hosts *h)
{
	return h->n;
}

/* "*.x.com" and ".x.com" -> "x.com", below. */
static struct text
strip_wildcard(struct text item, bool *below)
{
	size_t n = text_starts(item, TEXT("*.")) ? 2 : text_starts(item, TEXT("."));

	*below = n != 0;
	return text_from(item, n);
}

bool
hosts_add(struct hosts *h, struct text item)
{
	ptrdiff_t scheme = text_search(item, TEXT("://"));
	char room[URL_HOST];
	struct item *to;
	struct text host, path;
	ptrdiff_t slash;
	bool below;

	if (scheme > 0)
		item = text_from(item, (size_t)scheme + 3);
	item = strip_wildcard(item, &below);
	slash = text_find(item, '/');
	path = slash >= 0 ? text_from(item, (size_t)slash) : TEXT_NONE;
	if (text_is(path, "/"))
		path = TEXT_NONE;
	host = slash >= 0 ? text_head(item, (size_t)slash) : item;
	if (host.len != 0 && host.s[0] != '[' && text_find(host, ':') >= 0)
		host = text_head(host, (size_t)text_find(host, ':'));
	host = url_bare(url_host(host, room));
	if (host.len == 0)
		return false;
	h->item = mem_grow(h->item, &h->cap, h->n + 1, sizeof(*h->item), HOSTS_MAX,
	    "list of hosts");
	to = &h->item[h->n++];
	to->bytes = mem_raw(host.len + path.len + 1, 1);
	memcpy(to->bytes, host.s, host.len);
	if (path.len != 0)
		memcpy(to->bytes + host.len, path.s, path.len);
	to->host = (struct text){ to->bytes, host.len };
	to->path = (struct text){ to->bytes + host.len, path.len };
	to->below = below;
	return true;
}

bool
hosts_add_list(struct hosts *h, struct text list, struct text *bad)
{
	struct text line, item;

	while (text_next(&list, '\n', &line)) {
		if (text_starts(text_trim(line), TEXT("#")))
			continue;
		while (text_next(&line, ',', &item)) {
			item = text_trim(item);
			if (item.len == 0 || hosts_add(h, item))
				continue;
			*bad = item;
			return false;
		}
	}
	return true;
}

static bool
same_host(const struct item *item, struct text host)
{
	size_t n = item->host.len;

	if (text_equal(item->host, host))
		return true;
	return item->below && host.len > n && host.s[host.len - n - 1] == '.' &&
	    text_ends(host, item->host);
}

static bool
under(struct text path, struct text top)
{
	if (!text_starts(path, top))
		return false;
	return path.len == top.len || top.len == 0 || top.s[top.len - 1] == '/' ||
	    path.s[top.len] == '/';
}

bool
hosts_has(const struct hosts *h, struct text host, struct text path)
{
	host = url_bare(host);
	for (size_t i = 0; i < h->n; i++)
		if (same_host(&h->item[i], host) && under(path, h->item[i].path))
			return true;
	return false;
}

bool
hosts_by_path(const struct hosts *h, struct text host)
{
	host = url_bare(host);
	for (size_t i = 0; i < h->n; i++)
		if (h->item[i].path.len != 0 && same_host(&h->item[i], host))
			return true;
	return false;
}
