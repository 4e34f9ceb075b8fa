/* goals.c - what was each figure of each segment meant to be? */
#include <lead/base/arena.h>
#include <lead/base/map.h>
#include <lead/base/mem.h>
#include <lead/domain/figures/goals.h>
#include <lead/domain/figures/kpi_list.h>

enum { GOALS_MAX = 1 << 24, KPIS = 256, GOAL_PERIOD = 0, GOAL_KPI, GOAL_AMOUNT,
	GOAL_DIMENSION, GOAL_SEGMENT };

const char *const goals_columns[GOALS_COLUMNS] = { "period", "kpi", "goal", "?dimension",
	"?segment" };

struct goal {
	int64_t day, micros;
	uint32_t dimension;
	size_t kpi;
	struct text segment;
};

struct goals {
	struct book *book;
	struct text sla;
	struct arena texts;
	struct map *keys; /* of what a goal is for */
	struct goal *v;
	size_t cap;
	bool any[KPIS];
	struct buf *key; /* scratch */
	struct goals_counts counts;
};

enum { KEY_MAX = 1 << 20 };

struct goals *
goals_new(struct book *b, struct text sla)
{
	struct goals *g = mem_new(1, sizeof(*g));

	g->book = b;
	g->sla = sla;
	g->keys = map_new();
	g->key = mem_new(1, sizeof(*g->key));
	buf_init(g->key, KEY_MAX, "the segment of a goal");
	return g;
}

void
goals_free(struct goals *g)
{
	if (g == NULL)
		return;
	map_free(g->keys);
	mem_free(g->v);
	arena_clear(&g->texts);
	buf_clear(g->key);
	mem_free(g->key);
	mem_free(g);
}

static struct hash
key_of(struct buf *b, int64_t day, uint32_t dimension, size_t kpi, struct text segment)
{
	char number[20];
	uint64_t n = kpi;

	memcpy(number, &day, 8);
	memcpy(number + 8, &dimension, 4);
	memcpy(number + 12, &n, 8);
	b->len = 0;
	buf_put(b, (struct text){ number, sizeof(number) });
	buf_put(b, segment);
	return hash_text(buf_text(b));
}

/* --- one row --- */

/* Of which period is it? *ours: one of --period, and in the time asked for. */
static const char *
read_period(struct goals *g, struct text name, int64_t *day, bool *ours)
{
	enum when_period asked = g->book->rules->period;

	*day = 0;
	*ours = text_is(name, "(all)") && asked == WHEN_BY_ALL;
	if (text_is(name, "(all)"))
		return NULL;
	for (enum when_period p = WHEN_BY_DAY; p <= WHEN_BY_YEAR; p++)
		if (when_parse_named(name, p, day)) {
			*ours = p == asked && book_days(g->book, *day) > 0;
			return NULL;
		}
	return "not a period";
}

static bool
find_dimension(const struct goals *g, struct text name, uint32_t *dimension)
{
	for (size_t i = 0; i < g->book->by->n; i++)
		if (text_equal(breakdown_name(g->book->by, i),
		    name.len != 0 ? name : TEXT("(all)"))) {
			*dimension = (uint32_t)i;
			return true;
		}
	return false;
}

static bool
find_kpi(const struct goals *g, struct text name, size_t *number)
{
	const struct kpi *k = kpi_find(name, g->sla);

	for (*number = 0; k != NULL && kpi_list_at(*number) != k; ++*number)
		;
	return k != NULL;
}

const char *
goals_add(void *context, const struct text *field, size_t *bad)
{
	struct goals *g = context;
	struct goal v = { .segment = field[GOAL_SEGMENT] };
	bool ours, added;
	const char *why;
	uint32_t n;

	g->counts.rows++;
	*bad = GOAL_PERIOD;
	if ((why = read_period(g, field[GOAL_PERIOD], &v.day, &ours)) != NULL)
		return why;
	*bad = GOAL_AMOUNT;
	if (num_parse(field[GOAL_AMOUNT], &v.micros) != NUM_OK)
		return "not an amount of six decimals";
	*bad = GOAL_KPI;
	if (!find_kpi(g, field[GOAL_KPI], &v.kpi))
		return "none of the figures that --list shows";
	if (v.segment.len == 0)
		v.segment = field[GOAL_DIMENSION].len == 0 ||
		    text_is(field[GOAL_DIMENSION], "(all)") ? TEXT("(all)")
							    : TEXT("(unknown)");
	if (!ours || !find_dimension(g, field[GOAL_DIMENSION], &v.dimension)) {
		g->counts.aside++;
		return NULL;
	}
	n = map_add(g->keys, key_of(g->key, v.day, v.dimension, v.kpi, v.segment),
	    &added);
	if (!added)
		return "a second goal for the same";
	v.segment = arena_text(&g->texts, v.segment);
	g->v = mem_grow(g->v, &g->cap, (size_t)n + 1, sizeof(*g->v), GOALS_MAX, "goals");
	g->v[n] = v;
	g->any[v.kpi] = true;
	return NULL;
}

/* --- cells --- */

void
goals_book(struct goals *g, uint32_t nmodels)
{
	for (uint32_t i = 0; i < map_count(g->keys); i++) {
		const struct goal *v = &g->v[i];
		bool shared = g->book->by->v[v->dimension].by_credit;

		for (uint32_t m = shared; m <= (shared ? nmodels : 0); m++)
			cube_find(g->book->cube, v->day, v->dimension, m, v->segment);
	}
}

const int64_t *
goals_find(const struct goals *g, uint32_t cell, size_t kpi)
{
	struct cube_line line;
	uint32_t n;

	if (!goals_any(g, kpi))
		return NULL;
	line = cube_line(g->book->cube, cell);
	n = map_get(g->keys, key_of(g->key, cube_get(g->book->cube, cell)->period,
	    line.dimension, kpi, line.segment));
	return n != MAP_NONE ? &g->v[n].micros : NULL;
}

bool
goals_any(const struct goals *g, size_t kpi)
{
	return g != NULL && g->any[kpi];
}

struct goals_counts
goals_counts(const struct goals *g)
{
	return g->counts;
}
