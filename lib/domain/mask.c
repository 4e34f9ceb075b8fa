/* mask.c - what may be shown of a key, and whose keys are to be forgotten? */
#include <lead/base/map.h>
#include <lead/base/mem.h>
#include <lead/domain/mask.h>

const char *const mask_columns[MASK_COLUMNS] = { "key_type", "digest" };

enum { KEY_TYPE, DIGEST };

struct mask_list {
	struct map *keys;
};

static struct text
put_hex(const uint8_t *bytes, char out[MASK_LEN])
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < DIGEST_LEN; i++) {
		out[2 * i] = digits[bytes[i] >> 4];
		out[2 * i + 1] = digits[bytes[i] & 15];
	}
	return (struct text){ out, MASK_LEN };
}

enum key_verdict
mask_key(const struct mask_rule *rule, struct text type, struct text *value,
    char out[MASK_LEN])
{
	char room[KEY_MAX + 2];
	uint8_t digest[DIGEST_LEN];
	struct text normal;
	enum key_verdict v = key_normal(key_type(type)->form, rule->home, *value, room,
	    &normal);

	*value = TEXT_NONE;
	if (v != KEY_OK)
		return v;
	if (rule->secret != NULL)
		digest_hmac(rule->secret, &normal, 1, digest);
	else
		digest_sha256(normal, digest);
	*value = put_hex(digest, out);
	return KEY_OK;
}

struct mask_list *
mask_list_new(void)
{
	struct mask_list *l = mem_new(1, sizeof(*l));

	l->keys = map_new();
	return l;
}

void
mask_list_free(struct mask_list *l)
{
	if (l == NULL)
		return;
	map_free(l->keys);
	mem_free(l);
}

static bool
is_digest(struct text t)
{
	for (size_t i = 0; i < t.len; i++)
		if (!((t.s[i] >= '0' && t.s[i] <= '9') || (t.s[i] >= 'a' && t.s[i] <= 'f')))
			return false;
	return t.len == MASK_LEN;
}

const char *
mask_list_add(void *list, const struct text *field, size_t *bad)
{
	struct mask_list *l = list;
	bool added;

	*bad = DIGEST;
	if (!is_digest(field[DIGEST]))
		return "not 64 hex digits, as lead-mask writes them";
	map_add(l->keys, hash_fixed_pair(field[KEY_TYPE], field[DIGEST]), &added);
	return NULL;
}

bool
mask_list_has(const struct mask_list *l, struct text type, struct text digits)
{
	return map_get(l->keys, hash_fixed_pair(type, digits)) != MAP_NONE;
}
