/* atto: eighteen decimals in, shared to the last one, rounded once */
#include <lead/domain/credit/atto.h>

#include "tap.h"

static void
texts(void)
{
	static const struct {
		const char *text;
		enum num_verdict v;
		const char *put; /* of a sound one */
	} cases[] = {
		{ "0", NUM_OK, "0" },
		{ "1", NUM_OK, "1" },
		{ "-0.5", NUM_OK, "-0.5" },
		{ "0.000000000000000001", NUM_OK, "0.000000000000000001" },
		{ "2.4019999999999997", NUM_OK, "2.4019999999999997" },
		{ "10.100", NUM_OK, "10.1" },
		{ "1.0000000000000000000000", NUM_OK, "1" },
		{ "170141183460469231731.687303715884105727", NUM_OK,
		    "170141183460469231731.687303715884105727" },
		{ "170141183460469231731.687303715884105728", NUM_OVERFLOW, NULL },
		{ "170141183460469231732", NUM_OVERFLOW, NULL },
		{ "99999999999999999999999999999999999999999", NUM_OVERFLOW, NULL },
		{ "0.0000000000000000001", NUM_SCALE, NULL },
		{ "", NUM_EMPTY, NULL },
		{ "-", NUM_BAD, NULL },
		{ ".5", NUM_BAD, NULL },
		{ "5.", NUM_BAD, NULL },
		{ "1e3", NUM_BAD, NULL },
		{ "+1", NUM_BAD, NULL },
		{ "1.2.3", NUM_BAD, NULL },
		{ "1 ", NUM_BAD, NULL },
	};
	char out[NUM_TEXT];

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		num_wide n;
		enum num_verdict v = atto_parse(text_of(cases[i].text), &n);

		ok(v == cases[i].v, "'%s' is verdict %d", cases[i].text, cases[i].v);
		if (cases[i].put != NULL)
			is(atto_put(out, n), cases[i].put, "'%s' is put back", cases[i].text);
	}
}

static void
rounding(void)
{
	num_wide half = 500000000000;

	ok(atto_round(half) == 1, "half a millionth is one");
	ok(atto_round(half - 1) == 0, "a little less is none");
	ok(atto_round(-half) == -1, "away from zero");
	ok(atto_round(1 - half) == 0, "and toward it");
}

static void
shares(void)
{
	int64_t weight[3] = { 1, 1, 1 }, uneven[3] = { (int64_t)1 << 60, 1, 3 };
	struct atto_rest scratch[3];
	num_wide out[3], whole;

	atto_share(10, weight, out, 3, scratch);
	ok(out[0] == 4 && out[1] == 3 && out[2] == 3, "what is left goes to the earlier");
	atto_share(-10, weight, out, 3, scratch);
	ok(out[0] == -4 && out[1] == -3 && out[2] == -3, "a debt is shared as its opposite");
	atto_parse(TEXT("170141183460469231731.687303715884105727"), &whole);
	atto_share(whole, uneven, out, 3, scratch);
	ok(out[0] + out[1] + out[2] == whole, "the largest whole is kept");
	ok(out[1] > 0 && out[2] / out[1] == 3 - (out[2] < 3 * out[1]),
	    "in proportion, however uneven");
	atto_share(0, weight, out, 3, scratch);
	ok(out[0] == 0 && out[1] == 0 && out[2] == 0, "nothing is shared as nothing");
}

int
main(void)
{
	texts();
	rounding();
	shares();
	return tap_end();
}
