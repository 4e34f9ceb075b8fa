/* domains.c - is this mail domain a company's? */
#include <lead/base/map.h>
#include <lead/base/mem.h>
#include <lead/domain/identity/domains.h>

struct domains {
	struct map *names; /* whole domains, and "name." for "name.*" */
};

struct domains *
domains_new(struct text table)
{
	struct domains *d = mem_new(1, sizeof(*d));
	struct text line;
	bool header = true, added;

	d->names = map_new();
	while (text_next(&table, '\n', &line)) {
		if (!header && line.len != 0 && line.s[0] != '#') {
			if (line.s[line.len - 1] == '*')
				line.len--;
			map_add(d->names, hash_text(line), &added);
		}
		header = false;
	}
	return d;
}

void
domains_free(struct domains *d)
{
	if (d == NULL)
		return;
	map_free(d->names);
	mem_free(d);
}

struct text
domains_company(const struct domains *d, struct text address)
{
	ptrdiff_t at = text_find(address, '@'), dot;
	struct text domain, name;

	if (at < 0)
		return TEXT_NONE;
	domain = text_from(address, (size_t)at + 1);
	dot = text_find(domain, '.');
	name = (struct text){ domain.s, dot < 0 ? domain.len : (size_t)dot + 1 };
	if (map_get(d->names, hash_text(domain)) != MAP_NONE ||
	    map_get(d->names, hash_text(name)) != MAP_NONE)
		return TEXT_NONE;
	return domain;
}
