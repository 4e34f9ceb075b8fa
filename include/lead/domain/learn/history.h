/* history.h - leads of the past: their values by column, and how each ended */
#ifndef LEAD_DOMAIN_HISTORY_H
#define LEAD_DOMAIN_HISTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <lead/base/dict.h>
#include <lead/base/text.h>

enum {
	HISTORY_TEXTS_MAX = 60000,  /* of a column; with more it is no category */
	HISTORY_NUMBERS_MAX = 4096, /* of a column kept by spelling; else by value */
};

/* In value[]: no number is below HISTORY_LEAST. */
static const int64_t HISTORY_BLANK = INT64_MIN;
static const int64_t HISTORY_TEXT = INT64_MIN + 1; /* plus the number of its text */
static const int64_t HISTORY_LEAST = INT64_MIN + 1 + HISTORY_TEXTS_MAX;

/* Two bytes a cell, or eight where a column has very many numbers. */
struct history_column {
	struct dict *texts; /* NULL: more than HISTORY_TEXTS_MAX, the cells are gone */
	uint32_t numbers;   /* of texts, how many are numbers */
	uint16_t *code;     /* number of its text + 1, 0 a blank; or NULL */
	int64_t *value;     /* or NULL: millionths, or one of the above */
};

struct history_row {
	bool won;
	uint8_t fold;
	int64_t held; /* micros of points that it has already */
};

struct history {
	struct history_column *column;
	size_t ncolumns;
	struct history_row *row;
	size_t nrows;
	uint64_t won;
	size_t row_cap, cells_cap;
};

void history_init(struct history *h, size_t ncolumns);
void history_clear(struct history *h);

/* Give back the cells of a column that is not needed any more. */
void history_drop(struct history *h, size_t column);

/* One more lead; field[i] is its value of column i, copied. */
void history_add(struct history *h, const struct text *field,
    const struct history_row *row);

#endif
