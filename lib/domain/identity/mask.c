/* mask.c - what may be shown of a key? */
#include <lead/domain/identity/mask.h>

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
	if (rule->bare && key_type(type)->form == KEY_PHONE &&
	    text_starts(normal, TEXT("+")))
		normal = text_from(normal, 1);
	if (rule->secret != NULL)
		digest_hmac(rule->secret, &normal, 1, digest);
	else
		digest_sha256(normal, digest);
	*value = put_hex(digest, out);
	return KEY_OK;
}
