/* condition.h - does a value meet "column op value" of a rules file or map? */
#ifndef LEAD_DOMAIN_CONDITION_H
#define LEAD_DOMAIN_CONDITION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>

/*
 * =  !=        the same bytes, or not
 * < <= > >=    exact numbers where value is one (a text that is none never
 *              holds); else byte order, which orders days and instants
 * in  !in      one of the texts in a,b,c, or none of them
 * ~  !~        PCRE, a byte pattern that ignores ASCII case ((?-i) heeds it),
 *              or not
 * ?  !?        any value, or blank; value is left empty
 * within       a day or instant from as-of + FROM to as-of + TO, both counted:
 *              -7d..+3d
 * A blank text meets !? alone, also under negation: a blank is no fault.
 */
struct condition;

enum condition_verdict {
	CONDITION_NO,
	CONDITION_YES,
	CONDITION_LIMIT, /* pattern too hard or text too long: reject the row */
};

/* Why condition_new() gave NULL. */
struct condition_error {
	const char *why; /* static words */
	size_t at;       /* byte of value the words are about */
};

/*
 * Compiled once; op and value are plain text (no escapes) and are copied.
 * NULL when op is none of these or value does not fit it. condition_free().
 */
struct condition *condition_new(struct text op, struct text value,
    struct condition_error *error);
void condition_free(struct condition *c); /* NULL does nothing */

/* as_of_us is read by within alone; a text there that is no time never holds. */
enum condition_verdict condition_test(const struct condition *c, struct text t,
    int64_t as_of_us);

/* Is this the sign of an operator above? */
bool condition_is_op(struct text op);

/* A pattern that matches nothing at all, and so anything: it tells nothing apart. */
bool condition_takes_any(const struct condition *c);

/* An order of texts that are neither numbers nor days or instants. */
bool condition_is_bytewise(const struct condition *c);

#endif
