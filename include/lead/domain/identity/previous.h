/* previous.h - which ids of the map before go on, and for whom? */
#ifndef LEAD_DOMAIN_PREVIOUS_H
#define LEAD_DOMAIN_PREVIOUS_H

#include <stddef.h>
#include <stdint.h>

#include <lead/domain/identity/keyring.h>
#include <lead/domain/identity/links.h>
#include <lead/domain/identity/roster.h>

/*
 * An id goes on with the lead that has the strongest of its keys, of several
 * the earliest by first row, then the least in bytes: its heir. A lead that is
 * heir to several ids has the oldest: that one of them whose keys were seen
 * first, then the least in bytes. So keys that are added change no id, leads
 * that merge keep the older one, and of a lead that is split the stronger
 * part does. Shared keys and those of a day carry no id.
 */
struct previous;

/* ring is borrowed: all keys of the input are in it. */
struct previous *previous_new(const struct keyring *ring);
void previous_free(struct previous *p); /* NULL does nothing */

/* A row of the map, of identity_columns: a filter_read_row. Before
 * keyring_shut(). */
const char *previous_add(void *previous, const struct text *field, size_t *bad);

/* Gives the leads of roster their ids; links are closed. */
void previous_settle(struct previous *p, const struct links *links,
    struct roster *roster, const struct digest_key *secret);

enum { PREVIOUS_NONE = UINT32_MAX };

/* Ids have numbers 0 1 2 …: the text of one. */
struct text previous_id(const struct previous *p, uint32_t old);

/* The id that a key had, or PREVIOUS_NONE; and after previous_settle() the lead
 * that is an id's heir, ROSTER_NONE when all its keys are gone or shared. */
uint32_t previous_of(const struct previous *p, uint32_t key);
uint32_t previous_heir(const struct previous *p, uint32_t old);

/* Is id a older than b? */
bool previous_older(const struct previous *p, uint32_t a, uint32_t b);

#endif
