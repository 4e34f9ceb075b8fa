/* passage_state.h - what the parts of passage.c share */
#ifndef LEAD_DOMAIN_PASSAGE_STATE_H
#define LEAD_DOMAIN_PASSAGE_STATE_H

#include <lead/domain/funnel/passage.h>

/* One row that enters a stage, or ends the deal where the file has no stage for
 * it. */
struct passage_entry {
	struct life_when at;
	int stage; /* or enum passage_place */
	enum stages_kind kind;
	bool told; /* by a row of event stage */
	ptrdiff_t row;
};

/* While the entries of one deal or lead are gathered. */
struct passage_gather {
	const struct life *l;
	const struct stages *stages;
	struct passage_entry *entry;
	size_t n;
	bool unknown; /* a stage that the file lacks was entered */
	bool told[3]; /* by kind: a row of event stage told of it */
};

/* A row, unless it enters no stage; entry has room. */
void passage_entry_add(struct passage_gather *g, ptrdiff_t row);

/* All rows of a deal but that of its outcome, which is put last. */
void passage_entry_add_deal(struct passage_gather *g, const struct life_deal *d);
bool passage_entry_is_outcome(const struct life_deal *d, ptrdiff_t row);

/* As many entries as a deal's rows can make. */
size_t passage_entry_count(const struct life *l, const struct life_deal *d);

/* In order of time, what is said twice once. */
void passage_entry_sort(struct passage_gather *g);

/* The stage of an end, or where the file has none. */
int passage_entry_end(const struct stages *s, enum stages_kind kind);

/* From the entries to the way; d: the deal whose outcome is the end, or NULL. p is
 * set as PASSAGE_EMPTY. */
#define PASSAGE_EMPTY .at = PASSAGE_NOWHERE, .open_at = PASSAGE_NOWHERE
void passage_walk(struct passage *p, struct passage_gather *g,
    const struct life_deal *d, struct arena *arena);

#endif
