/* json.h - the values of a flat JSON object, by number */
#ifndef LEAD_BASE_JSON_H
#define LEAD_BASE_JSON_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>

enum { JSON_KEYS_MAX = 4096, JSON_DEPTH_MAX = 8 };

/*
 * Reads one object after the other and numbers the keys in order of first
 * sight, so that the values of all are a table whose columns may grow. A value
 * of an object inside has the name outer.inner. Numbers keep their text; true
 * and false are those words; null is empty, as is a key that is not there.
 * Arrays are left out and counted.
 */
struct json;

struct json *json_new(void);
void json_free(struct json *j); /* NULL does nothing */

/*
 * Parse one line, strictly (RFC 8259). false and *reason, one word, with
 * *words, when it is no object, or holds a NUL or bytes that are no UTF-8, a
 * number of more than 64 bits, a name of 64 KiB or more, more than JSON_KEYS_MAX
 * keys or JSON_DEPTH_MAX levels. Of a key given twice the last counts.
 */
bool json_parse(struct json *j, struct text line, const char **reason,
    const char **words);

/* All names seen so far; the last object's values in their order, borrowed
 * until the next json_parse(). */
size_t json_nkeys(const struct json *j);
const struct text *json_names(const struct json *j);
const struct text *json_values(const struct json *j);

/* Arrays left out so far. */
uint64_t json_arrays(const struct json *j);

#endif
