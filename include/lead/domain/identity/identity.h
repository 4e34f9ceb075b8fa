/* identity.h - whose row is this? The map that lead-identify wrote, read */
#ifndef LEAD_DOMAIN_IDENTITY_H
#define LEAD_DOMAIN_IDENTITY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>
#include <lead/base/zone.h>

/*
 * Columns of the map, in the order that identity_add() takes them: give
 * identity_columns and IDENTITY_COLUMNS to filter_read().
 */
enum { IDENTITY_COLUMNS = 6, IDENTITY_TYPES_MAX = 16 };
extern const char *const identity_columns[IDENTITY_COLUMNS];

/* What a key is worth as lead-identify orders them by default. */
#define IDENTITY_KEYS "crm_id,email,phone,visitor_id"

struct identity;

/* Memory: 27 to 48 bytes a key, 16 an identification by a shared key. zone tells
 * the civil days of visitors that live one (visitor.h); borrowed. */
struct identity *identity_new(const struct zone *zone);
void identity_free(struct identity *m);

/*
 * One row of the map; m is a struct identity. NULL, or what is wrong and *bad
 * the column: a filter_read_row.
 */
const char *identity_add(void *m, const struct text *field, size_t *bad);

/* All rows were added: call once before identity_find(). */
void identity_ready(struct identity *m);

/*
 * The key types of the map, strongest first: crm_id, email, phone, any others
 * in byte order, visitor_id. A command binds them to its columns by name.
 */
size_t identity_ntypes(const struct identity *m);
struct text identity_type(const struct identity *m, size_t i);

enum { IDENTITY_NONE = UINT32_MAX };

/* An identification by a shared key counts for rows up to 30 minutes before it
 * (in microseconds). */
#define IDENTITY_VISIT_US (INT64_C(30) * 60 * 1000000)

/*
 * The number of the lead that a row belongs to, or IDENTITY_NONE. cell[i] is
 * the row's field of identity_type(m, i), byte for byte. The strongest key that
 * is one lead's alone decides; if there is none, the strongest shared key: its
 * next identification at or after us and not later than until_us, else the
 * last before. A row without time (timed false) takes nothing from a shared
 * key or one of a day. until_us: end of the visit that the row is in, or us + IDENTITY_VISIT_US.
 */
uint32_t identity_find(const struct identity *m, const struct text *cell,
    bool timed, int64_t us, int64_t until_us);

/* The number of a lead_id that the map names, or IDENTITY_NONE. */
uint32_t identity_lead(const struct identity *m, struct text lead_id);

/* How many leads; and of lead n its id and its account (or empty), borrowed. */
uint32_t identity_count(const struct identity *m);
struct text identity_lead_id(const struct identity *m, uint32_t n);
struct text identity_account_id(const struct identity *m, uint32_t n);

#endif
