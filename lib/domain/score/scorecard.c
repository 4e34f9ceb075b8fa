/* scorecard.c - the tables that tell of scores: points, reasons, mql events, the cut */
#include <lead/base/buf.h>
#include <lead/base/hash.h>
#include <lead/base/mem.h>
#include <lead/base/num.h>
#include <lead/base/when.h>
#include <lead/domain/score/quota.h>
#include <lead/domain/score/reasons.h>
#include <lead/domain/score/scorecard.h>

enum { REASONS_BYTES = 64 << 20 };

enum table { SCORES, EVENTS, PARTS, CUT };

/* By table; "" is the key. */
static const char *const scores[] = { "", "score", "fit", "engage", "grade", "class",
	"mql", "mql_at", "rules_id", "reasons", NULL };
static const char *const events[] = { "", "event_id", "time", "event", NULL };
static const char *const parts[] = { "", "rule", "event", "column", "op", "value",
	"group", "hits", "points", "why", NULL };
static const char *const *const columns[] = {
	[SCORES] = scores,
	[EVENTS] = events,
	[PARTS] = parts,
	[CUT] = quota_columns,
};

/* Columns of scores that cost something. */
enum { MQL = 6, MQL_AT = 7, REASONS = 9 };

struct scorecard {
	const struct scoring *rules;
	const struct scoring_group *fit, *engage;
	enum table table;
	size_t ncolumns;
	struct text key;
	struct quota *quota; /* of CUT */
	bool skip[SCORECARD_CELLS];
	struct buf reasons;
	struct text cell[SCORECARD_CELLS];
	char number[3][NUM_TEXT], time[WHEN_TEXT], grade[2];
	char rules_id[HASH_ID_LEN], event_id[HASH_ID_LEN];

	const struct ripen *lead; /* the one at hand; NULL: all were told */
	const struct score_sum *sum;
	size_t next, n; /* rows, some of which say nothing */
};

static bool
choose(struct scorecard *c, const struct scorecard_request *request, const char **why)
{
	bool cut = request->capacity.len != 0;

	*why = "--capacity, --emit-events, --explain-score: one at a time";
	if (cut + request->events + request->parts > 1)
		return false;
	c->table = cut ? CUT : request->events ? EVENTS : request->parts ? PARTS : SCORES;
	*why = "--capacity: not a number of leads such as 40/week";
	return !cut || (c->quota = quota_new(request->capacity)) != NULL;
}

struct scorecard *
scorecard_new(const struct scorecard_request *request, const struct scoring *rules,
    struct text bytes, const char **why)
{
	struct scorecard *c = mem_new(1, sizeof(*c));

	buf_init(&c->reasons, REASONS_BYTES, "reasons");
	if (!choose(c, request, why)) {
		scorecard_free(c);
		return NULL;
	}
	while (columns[c->table][c->ncolumns] != NULL)
		c->ncolumns++;
	c->key = request->key;
	c->rules = rules;
	c->fit = scoring_find_group(rules, "fit");
	c->engage = scoring_find_group(rules, "engage");
	hash_put(hash_fixed(bytes), c->rules_id);
	return c;
}

void
scorecard_free(struct scorecard *c)
{
	if (c == NULL)
		return;
	quota_free(c->quota);
	buf_clear(&c->reasons);
	mem_free(c);
}

size_t
scorecard_ncolumns(const struct scorecard *c)
{
	return c->ncolumns;
}

struct text
scorecard_column(const struct scorecard *c, size_t i)
{
	struct text name = text_of(columns[c->table][i]);

	return name.len != 0 ? name : c->key;
}

void
scorecard_skip(struct scorecard *c, size_t column)
{
	c->skip[column] = true;
}

enum ripen_asks
scorecard_asks(const struct scorecard *c)
{
	switch (c->table) {
	case SCORES:
		return c->skip[MQL] && c->skip[MQL_AT] ? RIPEN_CLASS : RIPEN_MQL;
	case EVENTS:
		return RIPEN_MQL;
	case PARTS:
		break;
	case CUT:
		return RIPEN_BESTS;
	}
	return RIPEN_CLASS;
}

/* A group's sum; empty when no rule is in it. */
static struct text
put_group(const struct scorecard *c, const struct scoring_group *g,
    const struct score_sum *sum, char *room)
{
	return g == NULL ? TEXT_NONE : num_put(room, sum->group[g - c->rules->groups]);
}

/* A letter for fit, a digit for engage, where they have grades. */
static struct text
put_grade(struct scorecard *c, const struct score_sum *sum)
{
	const struct scoring_group *const groups[] = { c->fit, c->engage };
	struct text grade = { c->grade, 0 };

	for (size_t i = 0; i < 2; i++)
		if (groups[i] != NULL && groups[i]->nsteps != 0)
			c->grade[grade.len++] = scoring_grade(groups[i],
			    sum->group[groups[i] - c->rules->groups]);
	return grade;
}

static const struct text *
put_score(struct scorecard *c)
{
	const struct ripen *lead = c->lead;
	const struct score_sum *sum = c->sum;
	struct text *cell = c->cell;

	if (!c->skip[REASONS])
		reasons_put(&c->reasons, c->rules, sum);
	cell[0] = lead->id;
	cell[1] = num_put(c->number[0], sum->total);
	cell[2] = put_group(c, c->fit, sum, c->number[1]);
	cell[3] = put_group(c, c->engage, sum, c->number[2]);
	cell[4] = put_grade(c, sum);
	cell[5] = text_of(score_class_name(ripen_class(lead, sum)));
	cell[6] = lead->is_mql ? TEXT("1") : TEXT("0");
	cell[7] = lead->is_mql ? when_put(c->time, lead->mql_us) : TEXT_NONE;
	cell[8] = (struct text){ c->rules_id, HASH_ID_LEN };
	cell[9] = buf_text(&c->reasons);
	return cell;
}

static const struct text *
put_event(struct scorecard *c)
{
	const struct ripen *lead = c->lead;
	struct text *cell = c->cell;

	if (!lead->is_mql)
		return NULL;
	cell[0] = lead->id;
	cell[1] = hash_put(hash_fixed_pair(lead->id, TEXT("mql")), c->event_id);
	cell[2] = when_put(c->time, lead->mql_us);
	cell[3] = TEXT("mql");
	return cell;
}

/* --- the parts of a score --- */

static const struct text *
put_rule(struct scorecard *c, size_t n, const struct score_part *part)
{
	const struct scoring_rule *r = &c->rules->rules[n];
	struct text *cell = c->cell;

	if (part->hits == 0)
		return NULL;
	cell[1] = num_put_count(c->number[0], (int64_t)r->line);
	cell[2] = r->event;
	cell[3] = r->column >= 0 ? c->rules->columns[r->column] : TEXT_NONE;
	cell[4] = r->op;
	cell[5] = r->value;
	cell[6] = c->rules->groups[r->group].name;
	cell[7] = num_put_count(c->number[1], (int64_t)part->hits);
	cell[8] = r->never ? TEXT_NONE : num_put(c->number[2], part->points);
	cell[9] = r->why;
	return cell;
}

static const struct text *
put_cut(struct scorecard *c, unsigned group, const struct score_sum *sum)
{
	struct text *cell = c->cell;
	int64_t rest = sum->group[group];

	for (size_t i = 0; i < c->rules->nrules; i++)
		if (c->rules->rules[i].group == group)
			rest -= sum->parts[i].points;
	if (rest == 0)
		return NULL;
	for (size_t i = 1; i < SCORECARD_CELLS; i++)
		cell[i] = TEXT_NONE;
	cell[6] = c->rules->groups[group].name;
	cell[8] = num_put(c->number[2], rest);
	cell[9] = TEXT("cap of the group");
	return cell;
}

static const struct text *
put_part(struct scorecard *c, size_t n)
{
	c->cell[0] = c->lead->id;
	return n < c->rules->nrules ? put_rule(c, n, &c->sum->parts[n]) :
	    put_cut(c, (unsigned)(n - c->rules->nrules), c->sum);
}

/* --- row by row --- */

void
scorecard_begin(struct scorecard *c, const struct ripen *lead,
    const struct score_sum *sum)
{
	c->lead = lead;
	c->sum = sum;
	c->next = 0;
	c->n = c->table == PARTS ? c->rules->nrules + c->rules->ngroups : 1;
}

void
scorecard_end(struct scorecard *c)
{
	c->lead = NULL;
	c->next = 0;
	c->n = c->table == CUT;
}

/* Leads are only counted until the last. */
static const struct text *
put_cut_row(struct scorecard *c)
{
	if (c->lead == NULL)
		return quota_row(c->quota);
	quota_add(c->quota, c->lead->before, c->lead->best);
	return NULL;
}

const struct text *
scorecard_next(struct scorecard *c)
{
	const struct text *row = NULL;

	while (row == NULL && c->next < c->n) {
		size_t i = c->next++;

		switch (c->table) {
		case SCORES:
			row = put_score(c);
			break;
		case EVENTS:
			row = put_event(c);
			break;
		case PARTS:
			row = put_part(c, i);
			break;
		case CUT:
			row = put_cut_row(c);
			break;
		}
	}
	return row;
}
