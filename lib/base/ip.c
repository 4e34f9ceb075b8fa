/* ip.c - internet addresses and networks of them */
#include <stddef.h>

#include <lead/base/ip.h>
#include <lead/base/mem.h>

enum { NETWORKS_MAX = 1 << 20, GROUPS = 8, V4_BITS = 96 };

static bool
parse_v4(struct text t, uint32_t *out)
{
	struct text part;
	unsigned n = 0;

	*out = 0;
	while (text_next(&t, '.', &part)) {
		unsigned v = 0;

		if (part.len < 1 || part.len > 3 || ++n > 4)
			return false;
		for (size_t i = 0; i < part.len; i++) {
			if (part.s[i] < '0' || part.s[i] > '9')
				return false;
			v = v * 10 + (unsigned)(part.s[i] - '0');
		}
		if (v > 255)
			return false;
		*out = *out << 8 | v;
	}
	return n == 4;
}

static bool
parse_group(struct text t, uint16_t *out)
{
	unsigned v = 0;

	if (t.len < 1 || t.len > 4)
		return false;
	for (size_t i = 0; i < t.len; i++) {
		char c = t.s[i];
		unsigned digit = c >= '0' && c <= '9' ? (unsigned)(c - '0')
		    : (c | 32) >= 'a' && (c | 32) <= 'f' ? (unsigned)((c | 32) - 'a' + 10)
		    : 16;

		if (digit > 15)
			return false;
		v = v << 4 | digit;
	}
	*out = (uint16_t)v;
	return true;
}

/* The groups of one side of ::, how many; -1 when one is none. last: its end is
 * the address's, where an IPv4 address may stand. */
static int
parse_groups(struct text t, uint16_t *group, int room, bool last)
{
	struct text part;
	uint32_t v4;
	int n = 0;

	if (t.len == 0)
		return 0;
	while (text_next(&t, ':', &part)) {
		if (last && t.s == NULL && n + 2 <= room && parse_v4(part, &v4)) {
			group[n++] = (uint16_t)(v4 >> 16);
			group[n++] = (uint16_t)v4;
		} else if (n == room || !parse_group(part, &group[n++])) {
			return -1;
		}
	}
	return n;
}

static bool
parse_v6(struct text t, struct ip *out)
{
	uint16_t all[GROUPS] = { 0 }, tail[GROUPS];
	ptrdiff_t zone = text_find(t, '%'), gap;
	int left, right;

	t = zone >= 0 ? text_head(t, (size_t)zone) : t;
	gap = text_search(t, TEXT("::"));
	if (gap < 0) {
		if (parse_groups(t, all, GROUPS, true) != GROUPS)
			return false;
	} else {
		left = parse_groups(text_head(t, (size_t)gap), all, GROUPS,
		    false);
		right = parse_groups(text_from(t, (size_t)gap + 2), tail, GROUPS,
		    true);
		if (left < 0 || right < 0 || left + right >= GROUPS)
			return false;
		memcpy(all + GROUPS - right, tail, (size_t)right * sizeof(*tail));
	}
	*out = (struct ip){ 0, 0 };
	for (int i = 0; i < GROUPS / 2; i++) {
		out->hi = out->hi << 16 | all[i];
		out->lo = out->lo << 16 | all[i + GROUPS / 2];
	}
	return true;
}

bool
ip_parse(struct text t, struct ip *out)
{
	uint32_t v4;

	if (text_find(t, ':') >= 0)
		return parse_v6(t, out);
	if (!parse_v4(t, &v4))
		return false;
	*out = (struct ip){ 0, UINT64_C(0xffff00000000) | v4 };
	return true;
}

bool
ip_is_name(struct text t)
{
	bool letter = false;

	for (size_t i = 0; i < t.len; i++) {
		char c = (char)(t.s[i] | 32);

		letter |= c >= 'a' && c <= 'z';
		if (!(c >= 'a' && c <= 'z') && !(t.s[i] >= '0' && t.s[i] <= '9') &&
		    t.s[i] != '.' && t.s[i] != '-' && t.s[i] != '_')
			return false;
	}
	return letter;
}

struct network {
	struct ip base, mask;
};

struct ip_set {
	struct network *v;
	size_t n, cap;
};

struct ip_set *
ip_set_new(void)
{
	return mem_new(1, sizeof(struct ip_set));
}

void
ip_set_free(struct ip_set *s)
{
	if (s == NULL)
		return;
	mem_free(s->v);
	mem_free(s);
}

static struct ip
mask_of(unsigned bits)
{
	struct ip m = { 0, 0 };

	if (bits != 0)
		m.hi = bits >= 64 ? UINT64_MAX : UINT64_MAX << (64 - bits);
	if (bits > 64)
		m.lo = UINT64_MAX << (128 - bits);
	return m;
}

/* /8 of an IPv4 network is 104 bits of 128. */
static bool
parse_bits(struct text t, bool v4, unsigned *bits)
{
	unsigned v = 0, most = v4 ? 32 : 128;

	if (t.len < 1 || t.len > 3)
		return false;
	for (size_t i = 0; i < t.len; i++) {
		if (t.s[i] < '0' || t.s[i] > '9')
			return false;
		v = v * 10 + (unsigned)(t.s[i] - '0');
	}
	*bits = v4 ? v + V4_BITS : v;
	return v <= most;
}

bool
ip_set_add(struct ip_set *s, struct text network)
{
	ptrdiff_t slash = text_find(network, '/');
	struct text address = slash >= 0 ? text_head(network, (size_t)slash) : network;
	struct network *n;
	unsigned bits = 128;
	struct ip a;

	if (!ip_parse(address, &a) || (slash >= 0 && !parse_bits(
	    text_from(network, (size_t)slash + 1), text_find(address, ':') < 0, &bits)))
		return false;
	s->v = mem_grow(s->v, &s->cap, s->n + 1, sizeof(*s->v), NETWORKS_MAX,
	    "internal networks");
	n = &s->v[s->n++];
	n->mask = mask_of(bits);
	n->base = (struct ip){ a.hi & n->mask.hi, a.lo & n->mask.lo };
	return true;
}

uint64_t
ip_set_read(struct ip_set *s, struct text text, struct text *bad)
{
	for (uint64_t line = 1; text_next(&text, '\n', bad); line++) {
		*bad = text_trim(*bad);
		if (bad->len != 0 && bad->s[0] != '#' && !ip_set_add(s, *bad))
			return line;
	}
	return 0;
}

bool
ip_set_has(const struct ip_set *s, struct ip a)
{
	for (size_t i = 0; i < s->n; i++)
		if ((a.hi & s->v[i].mask.hi) == s->v[i].base.hi &&
		    (a.lo & s->v[i].mask.lo) == s->v[i].base.lo)
			return true;
	return false;
}
