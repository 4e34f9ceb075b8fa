/* contact.h - how a lead got in touch: form, chat, call, event */
#ifndef LEAD_DOMAIN_CONTACT_H
#define LEAD_DOMAIN_CONTACT_H

#include <stdbool.h>
#include <stddef.h>

#include <lead/domain/journey/journey.h>

/* Is the event an answer to what was just read: a call, chat or form? Up to
 * CONTACT_US after a visit it belongs to that visit. */
bool contact_answers(struct text event);

/* A contact is the end of a visit, and lends a lead its method, for so long. */
#define CONTACT_US (INT64_C(30) * 60 * 1000000)

/* The method of an event: own, what its map says, or what the event is. */
struct text contact_method(struct text event, struct text own);

/* The method of a row that is not a milestone, or empty. */
struct text contact_of(const struct journey *j, const struct journey_columns *c,
    size_t row);

/* Who got in touch at one instant of a group; contact_clear() before each group. */
struct contacts;

struct contacts *contact_new(void);
void contact_free(struct contacts *k); /* NULL does nothing */
void contact_clear(struct contacts *k);

/* The same of the first row behind row, at its very instant and of its lead, that is
 * a contact; or empty. */
struct text contact_at_once(struct contacts *k, const struct journey *j,
    const struct journey_columns *c, size_t row);

#endif
