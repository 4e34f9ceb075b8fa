/* re.h - PCRE2 patterns over bytes, with limits that end in a verdict */
#ifndef LEAD_BASE_RE_H
#define LEAD_BASE_RE_H

#include <stdbool.h>
#include <stddef.h>

#include <lead/base/text.h>

struct re;

enum {
	RE_PATTERN_MAX = 4096, /* bytes */
	RE_SUBJECT_MAX = 8192, /* longer subjects are RE_LIMIT */
	RE_GROUPS_MAX = 32,
};

enum re_verdict {
	RE_NO,
	RE_YES,
	RE_LIMIT, /* too long or too hard: never to be taken for RE_NO */
};

/*
 * Byte pattern, never UTF, $ is the very end; JIT where it can be and
 * LEAD_NO_JIT is not in the environment (for tests). One match runs at a time
 * in the whole process. NULL when the pattern does not compile, begins with
 * "(*", or is too long: *why are the words (static or in a static buffer),
 * *at the offset in the pattern.
 */
struct re *re_new(struct text pattern, bool ignore_case, const char **why,
    size_t *at);
void re_free(struct re *r);

enum re_verdict re_match(const struct re *r, struct text subject);

/* As re_match; group[0] is the match, group[1..n-1] the parentheses (TEXT_NONE
 * where unset). */
enum re_verdict re_capture(const struct re *r, struct text subject,
    struct text *group, size_t n);

#endif
