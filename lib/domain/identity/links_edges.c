/* links_edges.c - what rows say about keys, as the rows of a table */
#include <lead/base/mem.h>
#include <lead/base/order.h>
#include <lead/base/when.h>

#include "links_state.h"

int
links_time_order(int64_t a, int64_t b)
{
	char ta[WHEN_TEXT], tb[WHEN_TEXT];

	if (a == b)
		return 0;
	if (a == LINKS_UNDATED || b == LINKS_UNDATED)
		return a == LINKS_UNDATED ? -1 : 1;
	if (a / WHEN_SECOND != b / WHEN_SECOND)
		return a < b ? -1 : 1;
	/* Of one second: ".5Z" stands before "Z". */
	return text_compare(when_put(ta, a), when_put(tb, b));
}

static int
spelling_order(const struct links *l, uint32_t a, uint32_t b)
{
	if (a == b)
		return 0;
	return text_compare(a == KEYRING_NONE ? TEXT_NONE : keyring_text(l->ring, a),
	    b == KEYRING_NONE ? TEXT_NONE : keyring_text(l->ring, b));
}

static int
edge_order(const void *pa, const void *pb, void *links)
{
	const struct links *l = links;
	const struct links_line *ea = pa, *eb = pb;
	struct links_rows a, b;
	int c = 0;

	if (ea->rows == eb->rows)
		return links_time_order(ea->us, eb->us);
	links_next(l, ea->rows, &a);
	links_next(l, eb->rows, &b);
	for (unsigned i = 0; c == 0 && i < l->ntypes; i++)
		c = spelling_order(l, a.keys[i], b.keys[i]);
	if (c == 0 && a.account != b.account)
		c = text_compare(links_account_text(l, a.account),
		    links_account_text(l, b.account));
	if (c == 0)
		c = spelling_order(l, a.twin, b.twin);
	if (c == 0)
		c = links_time_order(ea->us, eb->us);
	return c != 0 ? c : text_compare(links_event_text(l, a.event),
	    links_event_text(l, b.event));
}

/* A key alone: its first row, and the one with its newest account. */
static void
add_edges_alone(struct links *l, uint32_t n)
{
	struct links_beside b = links_nothing;
	struct links_claim c = { 0, KEYRING_NONE };

	if (l->first[n] == LINKS_NEVER)
		return;
	if (l->accounts != NULL)
		c = l->claims[n];
	b.account = c.account;
	if (c.account != KEYRING_NONE)
		links_add_single(l, n, c.us, &b);
	if (c.account == KEYRING_NONE || c.us != l->first[n])
		links_add_single(l, n, l->first[n], &links_nothing);
}

size_t
links_edges(struct links *l)
{
	uint32_t n, at;
	struct links_rows r;
	int64_t us;

	links_cover_numbers(l);
	for (n = 0; n < l->nnumbers; n++)
		add_edges_alone(l, n);
	packed_close(l->rows);
	for (at = n = links_begin(l); n != LINKS_END; at = n) {
		n = links_next(l, n, &r);
		while (links_time(&r, &us)) {
			l->edge = mem_grow(l->edge, &l->edge_cap, l->nedges + 1,
			    sizeof(*l->edge), LINKS_NUMBERS_MAX, "edges");
			l->edge[l->nedges++] = (struct links_line){ us, at };
		}
	}
	order_array(l->edge, l->nedges, sizeof(*l->edge), edge_order, l);
	return l->nedges;
}

struct links_edge
links_edge(const struct links *l, size_t i)
{
	struct links_edge e = { .us = l->edge[i].us };
	struct links_rows r;

	links_next(l, l->edge[i].rows, &r);
	memcpy(e.spelling, r.keys, sizeof(e.spelling));
	e.twin = r.twin;
	e.event = links_event_text(l, r.event);
	e.account = links_account_text(l, r.account);
	return e;
}
