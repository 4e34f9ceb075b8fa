/* scoring.h - the rules of a lead's score, as sales writes them (lead-rules(5)) */
#ifndef LEAD_DOMAIN_SCORING_H
#define LEAD_DOMAIN_SCORING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/text.h>
#include <lead/domain/rules/condition.h>

enum {
	SCORING_RULES_MAX = 10000,
	SCORING_GROUPS_MAX = 32,
	SCORING_COLUMNS_MAX = 256,
	SCORING_STEPS_MAX = 26,    /* of a grade */
	SCORING_COUNT_MAX = 1000,  /* N of count>= N/SPAN */
};

enum scoring_kind {
	SCORING_VALUE, /* the lead's value of a column meets a condition */
	SCORING_EVENT, /* one of its events does */
	SCORING_COUNT, /* distinct days, or values, in a span */
	SCORING_IDLE,  /* nothing for a span */
};

struct scoring_rule {
	enum scoring_kind kind;
	bool never;            /* unqualified, whatever the points */
	int64_t points;        /* micros */
	struct text event;     /* names with commas; "" any doing of the lead */
	int column;            /* among columns, or -1 */
	struct condition *condition; /* or NULL: every such event */
	unsigned group;
	bool has_cap;
	int64_t cap;           /* micros; the sign of points */
	int64_t half_us;       /* 0: no decay */
	int64_t count;         /* count>= */
	int64_t span_us;       /* count>=, idle>=; 0: the whole life */
	uint64_t line;
	struct text op, value, why; /* as written; why is never empty */
};

/* A0 is from least on; the letter after the last is for the rest. */
struct scoring_step {
	char name;
	int64_t least;
};

struct scoring_group {
	struct text name;
	bool has_most, has_least;
	int64_t most, least; /* of the group's sum */
	struct scoring_step steps[SCORING_STEPS_MAX];
	size_t nsteps;       /* 0: no grade */
	uint64_t steps_line;
};

/* Owned by scoring_new(); texts are borrowed from its input. */
struct scoring {
	struct scoring_rule *rules;
	size_t nrules, rules_cap;
	struct scoring_group groups[SCORING_GROUPS_MAX];
	unsigned ngroups;
	struct text columns[SCORING_COLUMNS_MAX]; /* that rules name */
	unsigned ncolumns;
	bool has_mature, has_unqualified;
	int64_t mature, unqualified; /* micros */
	uint64_t mature_line, unqualified_line;
};

/* Where in the rules and what. */
struct scoring_error {
	const char *why;
	uint64_t line; /* from 1 */
	size_t at;     /* byte in the line, from 1 */
};

/* The rules in text, which outlives them; NULL and *error. */
struct scoring *scoring_new(struct text text, struct scoring_error *error);

/* The same for people who want to see every fault at once: each goes to report,
 * and the sound rules come back, never NULL. */
typedef void scoring_report(void *of, const struct scoring_error *error);
struct scoring *scoring_check(struct text text, scoring_report *report, void *of);
void scoring_free(struct scoring *s);

/* The group of that name, or NULL. */
const struct scoring_group *scoring_find_group(const struct scoring *s, const char *name);

/* The letter of a sum; '\0' when the group has no grade. */
char scoring_grade(const struct scoring_group *g, int64_t sum);

/* Is this event one that the rule is about? */
bool scoring_is_about(const struct scoring_rule *r, struct text event);

/* Did a program open or click? Such events are nobody's interest. mark: the
 * event's column machine; empty, 0, no and false say no. */
bool scoring_is_machine(struct text event, struct text mark);

#endif
