/* dict.h - text -> number -> text */
#ifndef LEAD_BASE_DICT_H
#define LEAD_BASE_DICT_H

#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>

/* A map (map.h) that also keeps the texts; numbers 0 1 2 … by first sight. */
struct dict;

enum { DICT_NONE = UINT32_MAX };

struct dict *dict_new(void);
void dict_free(struct dict *d); /* NULL does nothing */

/* How many texts there are, and bytes held. */
uint32_t dict_count(const struct dict *d);
size_t dict_bytes(const struct dict *d);

/* The number of t, which is copied when it is new. */
uint32_t dict_add(struct dict *d, struct text t);

/* The number of t, or DICT_NONE. */
uint32_t dict_get(const struct dict *d, struct text t);

/* The text of number n < dict_count(); it stays where it is. */
struct text dict_text(const struct dict *d, uint32_t n);

#endif
