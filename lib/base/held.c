/* held.c - rows set aside until the whole input was seen */
#include <stdint.h>

#include <lead/base/held.h>
#include <lead/base/mem.h>

void
held_add(struct held *h, const struct tsv_block *b, size_t r, size_t ncolumns)
{
	struct text row = tsv_row(b, r);
	char *to = arena_alloc(&h->bytes, row.len + ncolumns);
	uint32_t *end = arena_new(&h->bytes, ncolumns + 1, sizeof(*end)), at = 0;

	h->rows = mem_grow(h->rows, &h->cap, h->n + 1, sizeof(*h->rows), UINT32_MAX,
	    "rows set aside");
	*end++ = UINT32_MAX; /* so that the first field begins at 0 */
	for (size_t c = 0; c < ncolumns; c++) {
		struct text t = tsv_field(b, r, (int)c);

		if (t.len != 0)
			memcpy(to + at, t.s, t.len);
		at += (uint32_t)t.len;
		end[c] = at;
		to[at++] = '\t';
	}
	h->rows[h->n++] = (struct tsv_block){ .base = to, .end = end, .nrows = 1,
		.ncols = ncolumns, .line = b->line + r, .file = b->file,
		.escaped = b->escaped };
}

void
held_clear(struct held *h)
{
	arena_clear(&h->bytes);
	mem_free(h->rows);
	*h = (struct held){ .n = 0 };
}
