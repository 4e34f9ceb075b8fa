/* rows.c - which lines of a stretch of bytes are sound rows? */
#include <stdio.h>

#include <lead/base/mem.h>
#include <lead/base/rows.h>
#include <lead/base/scan.h>

void
rows_clear(struct rows *w)
{
	w->at = w->n = 0;
	w->from = 0;
}

void
rows_free(struct rows *w)
{
	mem_free(w->mem);
	*w = (struct rows){ 0 };
}

void
rows_index(struct rows *w, struct text t)
{
	struct scan found;

	if (w->cap < t.len) {
		mem_free(w->mem);
		w->cap = t.len * 2;
		w->mem = mem_raw(w->cap + 1, sizeof(*w->mem));
		w->mem[0] = UINT32_MAX; /* so that end[-1] + 1 is 0 */
		w->end = w->mem + 1;
	}
	rows_clear(w);
	w->base = t.s;
	found = scan_separators(t.s, t.len, w->end);
	w->seen = found.seen;
	w->n = found.lines != 0 ? found.separators : 0;
	while (w->n > 0 && t.s[w->end[w->n - 1]] != '\n')
		w->n--;
}

/* Only \t \n \r \\ may follow a backslash. */
static bool
escapes_are_sound(struct text row)
{
	ptrdiff_t at;

	while ((at = text_find(row, '\\')) >= 0) {
		row = text_from(row, (size_t)at + 1);
		if (row.len == 0 || memchr("tnr\\", row.s[0], 4) == NULL)
			return false;
		row = text_from(row, 1);
	}
	return true;
}

struct fault {
	const char *reason, *words;
};

/* Why a line with the right number of fields is no row, or NULL. */
static const struct fault *
line_fault(const struct rows *w, struct text line)
{
	static const struct fault nul = { "nul", "a NUL byte" },
	    cr = { "cr", "a carriage return: foreign TSV enters by lead-import "
			 "--format tsv" },
	    escape = { "escape", "a backslash that begins none of \\t \\n \\r \\\\" },
	    longer = { "long", "longer than 1 MiB" },
	    header = { "header", "the header line again: several files are "
				 "operands, not one stream" };

	if (line.len > TSV_LINE_MAX)
		return &longer;
	if (text_equal(line, w->header))
		return &header;
	if ((w->seen & SCAN_NUL) != 0 && text_find(line, '\0') >= 0)
		return &nul;
	if ((w->seen & SCAN_CR) != 0 && text_find(line, '\r') >= 0)
		return &cr;
	if ((w->seen & SCAN_BACKSLASH) != 0 && !escapes_are_sound(line))
		return &escape;
	return NULL;
}

/* Do the separators from i on make a row of n fields? */
static bool
is_row(const struct rows *w, size_t i, size_t n)
{
	if (i + n > w->n || w->base[w->end[i + n - 1]] != '\n')
		return false;
	for (size_t j = i; j + 1 < i + n; j++)
		if (w->base[w->end[j]] == '\n')
			return false;
	return true;
}

/* How many sound rows stand at sep, one after the other. */
static size_t
count_sound(const struct rows *w, size_t ncols)
{
	size_t rows = 0;
	uint32_t from = w->from;

	for (size_t i = w->at; is_row(w, i, ncols); i += ncols) {
		uint32_t end = w->end[i + ncols - 1];

		/* only the first can be longer than the chunk it ends in */
		if ((w->seen != 0 || rows == 0 || end - from == w->header.len) &&
		    line_fault(w,
		    (struct text){ w->base + from, end - from }) != NULL)
			break;
		from = end + 1;
		rows++;
	}
	return rows;
}

size_t
rows_sound(struct rows *w, size_t ncols, struct tsv_block *b)
{
	size_t n = count_sound(w, ncols);

	b->base = w->base;
	b->end = w->end + w->at;
	b->nrows = n;
	b->ncols = ncols;
	b->escaped = (w->seen & SCAN_BACKSLASH) != 0;
	w->at += n * ncols;
	if (n != 0)
		w->from = w->end[w->at - 1] + 1;
	return n;
}

void
rows_skip(struct rows *w, size_t ncols, struct rows_fault *fault)
{
	const struct fault *found = NULL;
	size_t i = w->at;
	struct text line;

	while (w->base[w->end[i]] != '\n')
		i++;
	line = (struct text){ w->base + w->from, w->end[i] - w->from };
	if (i + 1 - w->at == ncols || line.len > TSV_LINE_MAX)
		found = line_fault(w, line);
	if (found == NULL)
		snprintf(w->why, sizeof(w->why), "%zu fields where the header has %zu",
		    i + 1 - w->at, ncols);
	fault->reason = found != NULL ? found->reason : "fields";
	fault->words = found != NULL ? found->words : w->why;
	fault->line = text_head(line, TSV_LINE_MAX);
	w->at = i + 1;
	w->from = w->end[i] + 1;
}
