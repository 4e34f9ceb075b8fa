/* summand.h - rows of a part: what of each cell is to be added up */
#ifndef LEAD_DOMAIN_FIGURES_SUMMAND_H
#define LEAD_DOMAIN_FIGURES_SUMMAND_H

#include <lead/base/buf.h>
#include <lead/base/part.h>
#include <lead/domain/figures/book.h>
#include <lead/domain/figures/breakdown.h>
#include <lead/domain/figures/cube.h>

enum summand_column {
	SUMMAND_PERIOD = PART_OWN,
	SUMMAND_DIMENSION,
	SUMMAND_SEGMENT,
	SUMMAND_MODEL,
	SUMMAND_STAGE,
	SUMMAND_SUM,   /* whole; of amounts millionths */
	SUMMAND_N,     /* whole */
	SUMMAND_TIMES, /* durations in microseconds, blanks between: 5 or, thrice, 5*3 */
	SUMMAND_COLUMNS,
};
extern const char *const summand_columns[SUMMAND_COLUMNS];

/* { 0 } but for the first four, which are the caller's. */
struct summand {
	struct part *part;
	struct cube *cube;
	const struct breakdowns *by;
	enum when_period period;

	struct text cell[SUMMAND_COLUMNS]; /* of the row to come */
	char room[3][NUM_TEXT];
	struct buf times;
};

void summand_init(struct summand *s, struct part *part, struct cube *cube,
    const struct breakdowns *by, enum when_period period);
void summand_clear(struct summand *s);

/* --- a row out: begin, what it has, put --- */

/* Texts are borrowed until summand_put(). */
void summand_begin(struct summand *s, const char *record, struct text name);
void summand_place(struct summand *s, int64_t period, const struct cube_line *line);
void summand_number(struct summand *s, enum summand_column c, num_wide n);
void summand_put(struct summand *s);

/* The row, as often as it takes, with all durations of d, which it sorts; none: no
 * row. */
void summand_put_times(struct summand *s, struct durations *d);

/* --- a row in: NULL, or what is wrong and *bad the column at fault --- */

/* The cell that it is of, which is made where there is none; or its line and the
 * first day of its period, where segments of that dimension have names. */
const char *summand_cell(struct summand *s, const struct text *field, uint32_t *cell,
    size_t *bad);
const char *summand_line(struct summand *s, const struct text *field, uint32_t *line,
    size_t *bad);
const char *summand_day(const struct summand *s, const struct text *field,
    int64_t *start, size_t *bad);

/* A number of a column: of facts, up to 2^36 either way; of money, 2^84. */
const char *summand_count(const struct text *field, enum summand_column c, int64_t *n,
    size_t *bad);
const char *summand_amount(const struct text *field, enum summand_column c,
    num_wide *n, size_t *bad);

/* Both: a sum of amounts, or of facts that count one or a part of it each. */
const char *summand_sum(const struct text *field, bool money, struct cube_sum *sum,
    size_t *bad);

/* Would the two come to more than that? */
const char *summand_fits(struct cube_sum had, struct cube_sum more, size_t *bad);

/* A count of the run, added to what tally has by that name; tally(of, i, &name): the
 * i-th count, or NULL. The currency of all amounts, which book may know as another. */
const char *summand_tally(const struct text *field,
    uint64_t *(*tally)(void *of, size_t i, const char **name), void *of, size_t *bad);
const char *summand_currency(const struct text *field, struct book *book, size_t *bad);

const char *summand_times(const struct text *field, struct durations *d, size_t *bad);

#endif
