/* verdicts.h - which conditions on a column does this value meet? */
#ifndef LEAD_DOMAIN_VERDICTS_H
#define LEAD_DOMAIN_VERDICTS_H

#include <stdint.h>

#include <lead/base/text.h>
#include <lead/domain/rules/condition.h>

/*
 * The conditions on one column, and what they said of values lately seen: a
 * pattern runs once for each of them, not once a row. Not for conditions that
 * depend on the time (within). Memory: at most 1 MiB, or that of two values, a
 * byte a condition each.
 */
struct verdicts;

struct verdicts *verdicts_new(void);
void verdicts_free(struct verdicts *v); /* NULL does nothing */

/* One more condition, borrowed; its number, from 0. Before any value. */
uint32_t verdicts_add(struct verdicts *v, const struct condition *c);

/* The value asked about from now on; it is borrowed until the next. */
void verdicts_look(struct verdicts *v, struct text value);

/* Does it meet condition n? */
enum condition_verdict verdicts_of(struct verdicts *v, uint32_t n);

#endif
