/* mask.h - what may be shown of a key, and whose keys are to be forgotten? */
#ifndef LEAD_DOMAIN_MASK_H
#define LEAD_DOMAIN_MASK_H

#include <stdbool.h>
#include <stddef.h>

#include <lead/base/digest.h>
#include <lead/domain/key.h>

enum { MASK_LEN = 2 * DIGEST_LEN };

/* How a key is hidden: where its phones are at home, and by what secret. Either
 * may be NULL. */
struct mask_rule {
	const struct phone_country *home;
	const struct digest_key *secret;
};

/*
 * 64 hex digits of a key's normal form, as SHA-256 (what advertising platforms
 * match addresses and phones by) or, with a secret, as HMAC-SHA-256. *value is
 * the value without escapes, then the digits in out, or empty unless KEY_OK.
 */
enum key_verdict mask_key(const struct mask_rule *rule, struct text type,
    struct text *value, char out[MASK_LEN]);

/* Keys that are to be forgotten, known by what mask_key() makes of them. */
struct mask_list;

struct mask_list *mask_list_new(void);
void mask_list_free(struct mask_list *l); /* NULL does nothing */

/* A row of its table, of mask_columns: a filter_read_row. */
enum { MASK_COLUMNS = 2 };
extern const char *const mask_columns[MASK_COLUMNS];
const char *mask_list_add(void *list, const struct text *field, size_t *bad);

bool mask_list_has(const struct mask_list *l, struct text type, struct text digits);

#endif
