/* placeholder.h - which values stand for "nobody" and are no key */
#ifndef LEAD_DOMAIN_PLACEHOLDER_H
#define LEAD_DOMAIN_PLACEHOLDER_H

#include <stddef.h>
#include <stdint.h>

#include <lead/base/re.h>
#include <lead/base/text.h>

/* The patterns of one key type. */
struct placeholder;

struct placeholder_error {
	const char *why;
	uint64_t line; /* of the list, from 1 */
	size_t at;     /* byte in the line, from 1 */
};

/*
 * The patterns for key_type in a list (sheet.h) with the columns key_type
 * (empty: all) and pattern (PCRE, ASCII case ignored). NULL when the list is
 * no good: *error says where. The caller frees.
 */
struct placeholder *placeholder_new(struct text list, struct text key_type,
    struct placeholder_error *error);
void placeholder_free(struct placeholder *p); /* NULL does nothing */

/* RE_YES when value is one. */
enum re_verdict placeholder_match(const struct placeholder *p, struct text value);

#endif
