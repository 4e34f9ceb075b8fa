/* visit.h - which page rows are one visit, and whose is its source? */
#ifndef LEAD_DOMAIN_VISIT_H
#define LEAD_DOMAIN_VISIT_H

#include <stdbool.h>
#include <stdint.h>

#include <lead/base/text.h>

/* What a row's source was read from, weakest first. */
enum visit_evidence {
	VISIT_NONE,
	VISIT_INTERNAL,
	VISIT_REFERRER,
	VISIT_CAMPAIGN, /* a click id as well */
};

/* The touch columns of a page row that decide. */
struct visit_source {
	struct text evidence; /* the cell; empty where the table has none */
	struct text source, medium, campaign, click_id;
};

/* By the cell, or by the other columns where it is empty. */
enum visit_evidence visit_evidence(const struct visit_source *s);

struct visit_rules {
	int64_t gap_us;    /* a longer pause starts a visit */
	bool first_source; /* the source is that of the first row, whatever comes */
};

/* The visits of one person so far. { 0 } is none. */
struct visit {
	bool any;
	bool ended; /* the next row starts one: set by the caller */
	int64_t last_us;
	enum visit_evidence evidence;
	struct visit_source source; /* borrowed */
};

enum visit_verdict {
	VISIT_STARTS,  /* a visit from the row's source */
	VISIT_DIRECT,  /* a visit that starts inside the site: no source */
	VISIT_GOES_ON,
	VISIT_TAKES,   /* it goes on, and its source is the row's from now on */
	VISIT_RESUMES, /* it goes on after a pause of less than a day */
};

/* Is the person still in a visit at us? */
bool visit_alive(const struct visit *v, const struct visit_rules *r, int64_t us);

/*
 * Take the next page row of the person, in order of time. Evidence ranks
 * campaign > referrer > internal > none. A different campaign starts a visit
 * unless the visit is direct or internal so far: that takes it. A referrer
 * never splits; it replaces a direct or internal source. A visit that starts
 * internal within 24 h of the one before continues it.
 */
enum visit_verdict visit_admit(struct visit *v, const struct visit_rules *r,
    int64_t us, const struct visit_source *s);

/* A row that keeps a visit alive and says nothing about its source. */
void visit_extend(struct visit *v, int64_t us);

#endif
