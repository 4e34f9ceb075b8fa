/* utm.h - which campaign parameters and click ids does a query carry? */
#ifndef LEAD_DOMAIN_UTM_H
#define LEAD_DOMAIN_UTM_H

#include <stdbool.h>
#include <stdint.h>

#include <lead/base/text.h>
#include <lead/domain/rules/sheet.h>

enum utm_field {
	UTM_SOURCE,
	UTM_MEDIUM,
	UTM_CAMPAIGN,
	UTM_TERM,
	UTM_CONTENT,
	UTM_CAMPAIGN_ID,
	UTM_FIELDS,
};

/* What a row of rules_text("clicks") says. */
struct utm_click {
	struct text parameter, source, medium;
	bool keep; /* its value is a click id */
	bool paid; /* it outweighs a medium that says otherwise */
	unsigned id; /* 1 for the first row: smaller ones count more */
};

struct utm_table;

/* From the two sheets, which outlive it; NULL: s has line, at and why. */
struct utm_table *utm_new(struct text parameters, struct text clicks,
    struct sheet *s);
void utm_free(struct utm_table *t); /* NULL does nothing */

/* The click id of that parameter, whatever its case, or NULL. */
const struct utm_click *utm_click_find(const struct utm_table *t,
    struct text parameter);

/*
 * What was found: values as written in the query, empty where there are none
 * (a blank value is none). Of a parameter given twice the first holds; of two
 * parameters for one field the upper row of the table.
 */
struct utm {
	struct text value[UTM_FIELDS];
	struct text click_id;
	const struct utm_click *click; /* or NULL */
	bool tagged;                   /* a parameter of the table was there */
	uint8_t rank[UTM_FIELDS];      /* 0: none yet */
	unsigned parameters;           /* looked at */
	unsigned repeated;             /* that stood again, with a value */
	unsigned recovered;            /* that were written &amp;name= */
	unsigned lost;                 /* written so, and not taken for what they are */
	uint64_t seen[2];              /* rows of the table met */
};

/* Add what a query (or a fragment written like one) says to *u, which began as
 * { 0 }. amp: take "amp;name" for "name". False: it has more than URL_PARAMS
 * parameters, the rest was not read. */
bool utm_read(const struct utm_table *t, struct text query, bool amp, struct utm *u);

#endif
