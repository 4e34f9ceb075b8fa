/* stages.h - the stages of a pipeline, as its user defined them */
#ifndef LEAD_DOMAIN_STAGES_H
#define LEAD_DOMAIN_STAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/arena.h>
#include <lead/base/text.h>
#include <lead/domain/journey/step.h>

enum { STAGES_MAX = 64, STAGES_NONE = -1 };

/* Columns of the file, in the order that stages_add() takes them. */
enum stages_column {
	STAGES_KEY,
	STAGES_LABEL,
	STAGES_ORDER,
	STAGES_KIND,
	STAGES_MAX_DAYS,
	STAGES_COLUMNS,
};
extern const char *const stages_columns[STAGES_COLUMNS];

enum stages_kind {
	STAGES_OPEN,
	STAGES_LOST,
	STAGES_WON,
};

struct stages_stage {
	struct text key, label; /* fields as they stand */
	int64_t order;
	enum stages_kind kind;
	int64_t max_us; /* 0: no limit was set */
	/* 0 1 2 … of the orders that are there, equal orders equal; a lost stage
	 * is on none: it is later than nothing. */
	int level;
};

/* { 0 } has none. After stages_close() in order: open and won ones by level,
 * then lost ones; ties by key. */
struct stages {
	struct stages_stage v[STAGES_MAX];
	size_t n;
	int levels;
	int first_of[STAGES_MAX]; /* the first stage of a level */
	int closing[3];  /* by kind: the first stage of it, or STAGES_NONE */
	bool of_leads;   /* the first stage is a milestone of leads */
	int by_key[STAGES_MAX]; /* all, in byte order of keys */
	struct arena arena;
};

/* One row of the file: a filter_read_row; s is a struct stages. */
const char *stages_add(void *s, const struct text *field, size_t *bad);

/* After the last row: NULL, or what the file lacks. */
const char *stages_close(struct stages *s);
void stages_clear(struct stages *s);

/* The stage of a key, or STAGES_NONE. */
int stages_find(const struct stages *s, struct text key);

/*
 * The stage that a milestone's row enters: a row of event stage that of its cell,
 * another the one whose key is the event's name. STAGES_NONE when there is none.
 */
int stages_of(const struct stages *s, const struct step *step);

static inline bool
stages_is_open(const struct stages *s, int stage)
{
	return stage >= 0 && s->v[stage].kind == STAGES_OPEN;
}

#endif
