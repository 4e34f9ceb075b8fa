/* portal.c - which pages are no marketing: log-in, account, help */
#include <lead/base/mem.h>
#include <lead/domain/journey/portal.h>
#include <lead/domain/source/hosts.h>

enum { PATHS_MAX = 10000 };

struct portal {
	struct hosts *hosts;
	struct text *paths; /* owned */
	size_t npaths, cap;
};

struct portal *
portal_new(void)
{
	struct portal *p = mem_new(1, sizeof(*p));

	p->hosts = hosts_new();
	return p;
}

void
portal_free(struct portal *p)
{
	if (p == NULL)
		return;
	for (size_t i = 0; i < p->npaths; i++)
		mem_free_text(p->paths[i]);
	mem_free(p->paths);
	hosts_free(p->hosts);
	mem_free(p);
}

/* Without the slash at the end: what lies below begins with one. */
static void
add_path(struct portal *p, struct text path)
{
	if (path.s[path.len - 1] == '/')
		path.len--;
	p->paths = mem_grow(p->paths, &p->cap, p->npaths + 1, sizeof(*p->paths),
	    PATHS_MAX, "paths that are no marketing");
	p->paths[p->npaths++] = mem_text(path);
}

static bool
add_item(struct portal *p, struct text item)
{
	if (item.s[0] == '/') {
		add_path(p, item);
		return true;
	}
	return hosts_add(p->hosts, item);
}

bool
portal_add(struct portal *p, struct text list, struct text *bad)
{
	struct text line, item;

	while (text_next(&list, '\n', &line)) {
		if (line.len != 0 && line.s[0] == '#')
			continue;
		while (text_next(&line, ',', &item)) {
			item = text_trim(item);
			if (item.len != 0 && !add_item(p, item)) {
				*bad = item;
				return false;
			}
		}
	}
	return true;
}

bool
portal_needs_host(const struct portal *p)
{
	return hosts_count(p->hosts) != 0;
}

bool
portal_has(const struct portal *p, struct text host, struct text page)
{
	for (size_t i = 0; i < p->npaths; i++) {
		struct text path = p->paths[i];

		if (text_starts(page, path) &&
		    (page.len == path.len || page.s[path.len] == '/'))
			return true;
	}
	return host.len != 0 && hosts_has(p->hosts, host, page);
}
