/* nurture.c - which campaigns nurture leads rather than find them? */
#include <lead/base/dict.h>
#include <lead/base/mem.h>
#include <lead/domain/figures/nurture.h>

struct nurture {
	struct dict *names, *ids;
};

struct nurture *
nurture_new(void)
{
	struct nurture *n = mem_new(1, sizeof(*n));

	n->names = dict_new();
	n->ids = dict_new();
	return n;
}

void
nurture_free(struct nurture *n)
{
	if (n == NULL)
		return;
	dict_free(n->names);
	dict_free(n->ids);
	mem_free(n);
}

void
nurture_add(struct nurture *n, struct text campaign, struct text campaign_id)
{
	if (campaign.len != 0)
		dict_add(n->names, campaign);
	if (campaign_id.len != 0)
		dict_add(n->ids, campaign_id);
}

static bool
has(const struct dict *d, struct text t)
{
	return t.len != 0 && dict_get(d, t) != DICT_NONE;
}

bool
nurture_has(const struct nurture *n, struct text campaign, struct text campaign_id)
{
	return has(n->names, campaign) || has(n->ids, campaign_id);
}

uint32_t
nurture_count(const struct nurture *n)
{
	return dict_count(n->names) + dict_count(n->ids);
}
