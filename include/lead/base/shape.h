/* shape.h - which columns stand in the output, and where each comes from */
#ifndef LEAD_BASE_SHAPE_H
#define LEAD_BASE_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

#include <lead/base/out.h>
#include <lead/base/tsv.h>

/*
 * A shape is declared (shape_pass, shape_cell), then fixed (shape_select),
 * then rows are written through it. A column is either an input column passed
 * through or a cell that the command sets for each row.
 */
struct shape;

struct shape *shape_new(void);
void shape_free(struct shape *s);

/* An input column, passed through. */
void shape_pass(struct shape *s, struct text name, int col);

/* A cell; a column of this name that stands already is taken over in place. */
int shape_cell(struct shape *s, struct text name);

/*
 * Apply -f: "a,b" keeps those, in the shape's order; "!a,b" drops them. NULL
 * keeps all. false and *missing when a name is no column.
 */
bool shape_select(struct shape *s, struct text list, struct text *missing);

bool shape_wanted(const struct shape *s, int cell);

void shape_put_header(const struct shape *s, struct out *o);

/* The cell of the row to come: lead TSV bytes, borrowed until it is put. */
void shape_set(struct shape *s, int cell, struct text field);

/* Put row r of b (NULL: columns passed through are empty) with the cells; the
 * cells are empty again. */
void shape_put(struct shape *s, struct out *o, const struct tsv_block *b, size_t r);

#endif
