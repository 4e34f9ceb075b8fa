/* digest.h - keyed and plain SHA-256, from libsodium */
#ifndef LEAD_BASE_DIGEST_H
#define LEAD_BASE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>

enum { DIGEST_LEN = 32, DIGEST_KEY_MIN = 32, DIGEST_KEY_MAX = 4096 };

struct digest_key;

/*
 * The key in a file: regular, not a symlink, mode without group and other,
 * owned by us or root, 32 bytes or more. NULL and *why (static words).
 */
struct digest_key *digest_key_open(const char *path, const char **why);
void digest_key_free(struct digest_key *k); /* wiped */

/* HMAC-SHA-256 (RFC 2104) of the parts one after the other. */
void digest_hmac(const struct digest_key *k, const struct text *part, size_t n,
    uint8_t out[DIGEST_LEN]);

void digest_sha256(struct text t, uint8_t out[DIGEST_LEN]);

#endif
