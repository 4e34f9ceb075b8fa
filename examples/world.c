/*
 * world - a company's systems, as they would look after some weeks
 *
 * out:  DIR/logs DIR/crm DIR/forms DIR/chats DIR/calls DIR/email DIR/spend
 *       DIR/campaigns.tsv DIR/rates.tsv, and DIR/truth.tsv: where each sale
 *       really came from
 * rule: the bytes are a function of the options; whole numbers only, no clock
 */
#include <lead/base/diag.h>
#include <lead/base/io.h>
#include <lead/base/opt.h>

#include "soleo/world.h"

struct config {
	int64_t leads, seed, days, exports;
	const char *from, *turn, *out;
};

static const struct opt opts[] = {
	{ 0, "leads", "N", OPT_COUNT, offsetof(struct config, leads),
	    "people who become leads (400)", NULL },
	{ 0, "seed", "N", OPT_COUNT, offsetof(struct config, seed),
	    "another seed is another world (1)", NULL },
	{ 0, "days", "N", OPT_COUNT, offsetof(struct config, days),
	    "days of life (30)", NULL },
	{ 0, "from", "DATE", OPT_TEXT, offsetof(struct config, from),
	    "the first day (2026-11-01)", NULL },
	{ 0, "turn", "DATE", OPT_TEXT, offsetof(struct config, turn),
	    "from then on industry hardly buys any more (never)",
	    NULL },
	{ 0, "exports", "N", OPT_COUNT, offsetof(struct config, exports),
	    "CRM exports, of the last N evenings (3)", NULL },
	{ 0, "out", "DIR", OPT_TEXT, offsetof(struct config, out),
	    "folder to write into", NULL },
	{ 0 },
};

static struct world
world_of(const struct config *c)
{
	struct world w = { .seed = (uint64_t)c->seed, .leads = (uint32_t)c->leads,
		.days = c->days, .out = c->out };

	if (c->out == NULL)
		diag_die(DIAG_REQUEST, NULL, "--out DIR must be given");
	if (c->leads < 1 || c->leads > 1000000)
		diag_die(DIAG_REQUEST, NULL, "--leads: 1 to 1000000");
	if (c->days < 21 || c->days > 366)
		diag_die(DIAG_REQUEST, NULL, "--days: 21 to 366");
	if (!calendar_parse(c->from, &w.first_day))
		diag_die(DIAG_REQUEST, NULL, "--from: not a date: %s",
		    diag_value(text_of(c->from)));
	if (c->turn != NULL && !calendar_parse(c->turn, &w.turn_day))
		diag_die(DIAG_REQUEST, NULL, "--turn: not a date: %s",
		    diag_value(text_of(c->turn)));
	return w;
}

int
main(int argc, char *argv[])
{
	struct config c = { .leads = 400, .seed = 1, .days = 30, .exports = 3,
		.from = "2026-11-01" };
	const struct opt_table table = { "", opts, &c };
	const struct opt_spec spec = { "world", "example data of a company", "",
		&table, 1, LEAD_VERSION };
	struct world w;

	diag_init("world");
	io_begin();
	if (opt_parse(&spec, argc, argv) != argc)
		diag_die(DIAG_REQUEST, NULL, "no operands are taken");
	w = world_of(&c);
	people_make(&w);
	weblog_write(&w);
	activity_write(&w);
	for (int64_t i = c.exports < w.days ? w.days - c.exports : 0; i < w.days; i++)
		crm_write(&w, w.first_day + i);
	spend_write(&w);
	truth_write(&w);
	people_free(&w);
	return DIAG_OK;
}
