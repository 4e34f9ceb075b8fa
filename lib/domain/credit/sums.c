/* sums.c - tables of paths and of sums, read back into one table of credit */
#include <lead/base/mem.h>
#include <lead/domain/credit/chains.h>
#include <lead/domain/credit/partial.h>
#include <lead/domain/credit/pathrow.h>
#include <lead/domain/credit/sums.h>

struct sums {
	struct tally *tally;
	struct chains *chains;
	bool touch[TERMS_LIST];
	struct pathrow *paths;   /* --from-paths, or NULL */
	struct partial *partial; /* --merge, or NULL */
	struct text name[TERMS_COLUMNS];
	size_t n, must;
};

static void
begin_paths(struct sums *s, const struct terms *t)
{
	for (enum pathrow_column c = 0; c < PATHROW_COLUMNS; c++)
		s->name[s->n++] = text_of(pathrow_name(c));
	s->must = PATHROW_CONVERSIONS + 1;
	s->chains = chains_new(s->tally, TALLY_ATTO, tally_tuples(s->tally), s->touch, 1);
	s->touch[0] = true;
	s->paths = pathrow_new(&(struct pathrow_options){ t->o.model, t->o.nmodels,
		    t->milestone[0], t->o.transform }, s->tally, s->chains);
}

static void
begin_merge(struct sums *s, struct terms *t, const struct text *name, size_t n)
{
	t->nby = 0;
	for (size_t i = 0; i < n && t->nby < TERMS_LIST; i++)
		if (attribute_is_by(name[i]))
			t->by[t->nby++] = name[i];
	for (size_t i = 0; i < t->nby; i++)
		s->touch[i] = t->nby == 1 || attribute_of_touch(t->by[i]);
	s->chains = chains_new(s->tally, TALLY_ATTO, tally_tuples(s->tally), s->touch,
	    t->nby);
	s->n = s->must = attribute_header(t->o.paths, t->by, t->nby, s->name);
	s->partial = partial_new(s->tally, s->chains, s->n - tally_figures(s->tally));
}

struct sums *
sums_new(struct terms *t, bool merge, const struct text *name, size_t n)
{
	struct sums *s = mem_new(1, sizeof(*s));

	s->tally = tally_new(t->o.paths ? 3 : 2);
	if (merge)
		begin_merge(s, t, name, n);
	else
		begin_paths(s, t);
	return s;
}

void
sums_free(struct sums *s)
{
	if (s == NULL)
		return;
	pathrow_free(s->paths);
	partial_free(s->partial);
	chains_free(s->chains);
	tally_free(s->tally);
	mem_free(s);
}

bool
sums_column(const struct sums *s, size_t i, struct text *name, bool *must)
{
	if (i >= s->n)
		return false;
	*name = s->name[i];
	*must = i < s->must;
	return true;
}

const char *
sums_row(void *sums, const struct text *field, size_t *bad)
{
	struct sums *s = sums;

	return s->paths != NULL ? pathrow_row(s->paths, field, bad)
	                        : partial_row(s->partial, field, bad);
}

uint64_t
sums_glued(const struct sums *s)
{
	return s->paths != NULL ? pathrow_glued(s->paths) : 0;
}

struct chains *
sums_chains(struct sums *s)
{
	return s->chains;
}

struct tally *
sums_tally(struct sums *s)
{
	return s->tally;
}
