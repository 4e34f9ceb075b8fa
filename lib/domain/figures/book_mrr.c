/* book_mrr.c - in which cells the recurring revenue of a group stands and moves */
#include <lead/domain/figures/book_mrr.h>

/* What a movement does to the stocks, and where it is told. */
static const struct {
	enum cube_measure told;
	int sign, payers;
} kinds[MRR_KINDS] = {
	[MRR_NEW] = { CUBE_MRR_NEW, 1, 1 },
	[MRR_EXPANSION] = { CUBE_MRR_EXPANSION, 1, 0 },
	[MRR_CONTRACTION] = { CUBE_MRR_CONTRACTION, -1, 0 },
	[MRR_CHURNED] = { CUBE_MRR_CHURNED, -1, -1 },
	[MRR_REACTIVATED] = { CUBE_MRR_REACTIVATED, 1, 1 },
};

/* A measure takes 64 bits at a time, and a group may pay more. */
static void
add(struct book *b, struct book_places *p, enum cube_measure m, int sign, num_wide micros)
{
	do {
		int64_t part = micros > INT64_MAX ? INT64_MAX : (int64_t)micros;

		book_add(b, p, m, sign * part);
		micros -= part;
	} while (micros > 0);
}

/* The stocks need all that went before --since, but nothing from --until on. */
static void
book_move(struct book *b, const struct life *l, const struct life_deal *as,
    const struct mrr_move *m)
{
	const struct book_rules *r = b->rules;
	struct book_places p = { .any = true };
	bool told = book_day(b, m->day);

	if (r->has_until && m->day >= b->until_day)
		return;
	book_cells_of_deal(b, l, as, m->day, &p);
	add(b, &p, CUBE_MRR, kinds[m->kind].sign, m->micros);
	book_add(b, &p, CUBE_PAYERS, (int64_t)kinds[m->kind].payers * NUM_MICROS);
	if (told)
		add(b, &p, kinds[m->kind].told, 1, m->micros);
}

void
book_mrr(struct book *b, const struct life *l, const struct mrr *m)
{
	struct life_deal as = { .row = m->row, .opp_row = LIFE_NONE };

	if (m->nmoves == 0)
		return;
	as.id = step_text(&l->step[m->row], STEP_DEAL_ID);
	if (l->first_lead != LIFE_NONE)
		as.opp_row = l->lead[l->first_lead].row;
	for (size_t i = 0; i < m->nmoves; i++)
		book_move(b, l, &as, &m->move[i]);
}
