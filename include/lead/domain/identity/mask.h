/* mask.h - what may be shown of a key? */
#ifndef LEAD_DOMAIN_MASK_H
#define LEAD_DOMAIN_MASK_H

#include <stdbool.h>
#include <stddef.h>

#include <lead/base/digest.h>
#include <lead/domain/identity/key.h>

enum { MASK_LEN = 2 * DIGEST_LEN };

/* How a key is hidden: where its phones are at home, and by what secret. Either
 * may be NULL. */
struct mask_rule {
	const struct phone_country *home;
	const struct digest_key *secret;
	bool bare; /* a phone's digits without the + before them */
};

/*
 * 64 hex digits of a key's normal form, as SHA-256 (what advertising platforms
 * match addresses and phones by) or, with a secret, as HMAC-SHA-256. *value is
 * the value without escapes, then the digits in out, or empty unless KEY_OK.
 */
enum key_verdict mask_key(const struct mask_rule *rule, struct text type,
    struct text *value, char out[MASK_LEN]);

#endif
