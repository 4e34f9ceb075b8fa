/* Money as text and back, ratios, exact shares. M01-M05 of the bad inputs. */
#include <inttypes.h>

#include <lead/base/num.h>

#include "tap.h"

static const struct {
	const char *text;
	enum num_verdict verdict;
	int64_t micros;
} plain[] = {
	{ "0", NUM_OK, 0 },
	{ "12.5", NUM_OK, 12500000 },
	{ "-12.5", NUM_OK, -12500000 },
	{ "0.1", NUM_OK, 100000 },
	{ "-0.00", NUM_OK, 0 },
	{ "007", NUM_OK, 7000000 },
	{ "0.000001", NUM_OK, 1 },
	{ "1.2300000000", NUM_OK, 1230000 },
	{ "9223372036854.775807", NUM_OK, INT64_MAX },
	{ "-9223372036854.775807", NUM_OK, -INT64_MAX },
	{ "9223372036854.775808", NUM_OVERFLOW, 0 },
	{ "-9223372036854.775808", NUM_OVERFLOW, 0 },
	{ "9223372036855", NUM_OVERFLOW, 0 },
	{ "99999999999999999999999999999999999999999", NUM_OVERFLOW, 0 },
	{ "0.0000001", NUM_SCALE, 0 },
	{ "1.2345678", NUM_SCALE, 0 },
	{ "", NUM_EMPTY, 0 },
	{ "-", NUM_BAD, 0 },
	{ ".", NUM_BAD, 0 },
	{ "1.", NUM_BAD, 0 },
	{ ".5", NUM_BAD, 0 },
	{ "+5", NUM_BAD, 0 },
	{ "--5", NUM_BAD, 0 },
	{ "1e3", NUM_BAD, 0 },
	{ "0x10", NUM_BAD, 0 },
	{ "inf", NUM_BAD, 0 },
	{ "nan", NUM_BAD, 0 },
	{ " 12", NUM_BAD, 0 },
	{ "\xe2\x88\x92" "12", NUM_BAD, 0 },
	{ "--1", NUM_BAD, 0 },
	{ "12 ", NUM_BAD, 0 },
	{ "1,5", NUM_BAD, 0 },
	{ "1.2.3", NUM_BAD, 0 },
	{ "1.2345678x", NUM_BAD, 0 },
	{ "99999999999999999999x", NUM_BAD, 0 },
};

static const struct {
	const char *text;
	struct num_form form;
	enum num_verdict verdict;
	int64_t micros;
} foreign[] = {
	{ "1,234.56", { .thousands = ',', .decimal = '.' }, NUM_OK, 1234560000 },
	{ "1.234,56", { .thousands = '.', .decimal = ',' }, NUM_OK, 1234560000 },
	{ "1 234,5", { .thousands = ' ', .decimal = ',' }, NUM_OK, 1234500000 },
	{ "1\xc2\xa0" "234,5", { .thousands = ' ', .decimal = ',' }, NUM_OK, 1234500000 },
	{ "1\xe2\x80\xaf" "234,5", { .thousands = ' ', .decimal = ',' }, NUM_OK, 1234500000 },
	{ "1'000'000", { .thousands = '\'', .decimal = '.' }, NUM_OK, 1000000000000 },
	{ "1234.56", { .thousands = ',', .decimal = '.' }, NUM_OK, 1234560000 },
	{ "+7", { .decimal = '.' }, NUM_OK, 7000000 },
	{ "12,34.56", { .thousands = ',', .decimal = '.' }, NUM_BAD, 0 },
	{ "1,2345", { .thousands = ',', .decimal = '.' }, NUM_BAD, 0 },
	{ "1234,567", { .thousands = ',', .decimal = '.' }, NUM_BAD, 0 },
	{ ",123", { .thousands = ',', .decimal = '.' }, NUM_BAD, 0 },
	{ "1,,234", { .thousands = ',', .decimal = '.' }, NUM_BAD, 0 },
	{ "1,234", { .thousands = '.', .decimal = ',' }, NUM_OK, 1234000 },
	{ "0.1234565", { .decimal = '.', .round = true }, NUM_OK, 123457 },
	{ "-0.1234565", { .decimal = '.', .round = true }, NUM_OK, -123457 },
	{ "0.12345649", { .decimal = '.', .round = true }, NUM_OK, 123456 },
	{ "\xe2\x88\x92" "7,5", { .decimal = ',' }, NUM_OK, -7500000 },
	{ "-\xe2\x88\x92" "7", { .decimal = '.' }, NUM_BAD, 0 },
	{ "+-7", { .decimal = '.' }, NUM_BAD, 0 },
	{ "-", { .decimal = '.' }, NUM_BAD, 0 },
	{ "1\xe2\x80\x99" "234.5", { .thousands = '\'', .decimal = '.' }, NUM_OK, 1234500000 },
	{ "1\xe2\x80\x89" "234,5", { .thousands = ' ', .decimal = ',' }, NUM_OK, 1234500000 },
	{ "1\xe2\x80\x99" "234.5", { .thousands = ' ', .decimal = '.' }, NUM_BAD, 0 },
	{ "12,34,567.8", { .thousands = ',', .decimal = '.', .lakh = true }, NUM_OK,
	    1234567800000 },
	{ "999", { .thousands = ',', .decimal = '.', .lakh = true }, NUM_OK, 999000000 },
	{ "1,234,567", { .thousands = ',', .decimal = '.', .lakh = true }, NUM_BAD, 0 },
	{ "123,456", { .thousands = ',', .decimal = '.', .lakh = true }, NUM_BAD, 0 },
	{ "12,34", { .thousands = ',', .decimal = '.', .lakh = true }, NUM_BAD, 0 },
	{ "9223372036854.7758075", { .decimal = '.', .round = true }, NUM_OVERFLOW, 0 },
	{ "1500000", { .decimal = '.', .micros = true }, NUM_OK, 1500000 },
	{ "1.5", { .decimal = '.', .micros = true }, NUM_BAD, 0 },
};

static void
test_parse(void)
{
	int64_t got;

	for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++) {
		enum num_verdict v = num_parse(text_of(plain[i].text), &got);

		ok(v == plain[i].verdict && (v != NUM_OK || got == plain[i].micros),
		    "parse: \"%s\"", plain[i].text);
	}
	for (size_t i = 0; i < sizeof(foreign) / sizeof(foreign[0]); i++) {
		enum num_verdict v =
		    num_parse_form(text_of(foreign[i].text), &foreign[i].form, &got);

		ok(v == foreign[i].verdict && (v != NUM_OK || got == foreign[i].micros),
		    "parse a foreign form: \"%s\"", foreign[i].text);
	}
	ok(num_parse_count(TEXT("9223372036854775807"), &got) == NUM_OK &&
		got == INT64_MAX, "count: the greatest");
	ok(num_parse_count(TEXT("9223372036854775808"), &got) == NUM_OVERFLOW,
	    "count: one more is too many");
	ok(num_parse_count(TEXT("-1"), &got) == NUM_BAD, "count: no sign");
	ok(num_parse_count(TEXT("1.0"), &got) == NUM_BAD, "count: no point");
}

static void
test_put(void)
{
	char out[NUM_TEXT];
	num_wide wide = (num_wide)INT64_MAX * INT64_MAX;

	is(num_put(out, 0), "0", "put: zero");
	is(num_put(out, 12500000), "12.5", "put: no trailing zeros");
	is(num_put(out, -1), "-0.000001", "put: the least negative");
	is(num_put(out, 300000), "0.3", "put: 0.1 + 0.2 is 0.3");
	is(num_put(out, -100000000), "-100", "put: no bare point");
	is(num_put(out, INT64_MIN), "-9223372036854.775808", "put: the least");
	is(num_put_wide(out, wide), "85070591730234615847396907784232.501249",
	    "put: beyond 64 bits");
	is(num_put_wide(out, -wide * 2 - 2), "-170141183460469231694793815568465.0025",
	    "put: near the end of 128 bits");
	is(num_put_count(out, -42), "-42", "put: a count");
	is(num_put_count(out, INT64_MIN), "-9223372036854775808", "put: the least count");
}

static void
test_ratio(void)
{
	int64_t m;
	num_wide huge = (num_wide)1 << 126;

	ok(num_ratio(100000, 200, &m) && m == 500000000, "ratio: T1, 500");
	ok(num_ratio(85000, 60, &m) && m == 1416666667, "ratio: T2, 1416.666667");
	ok(num_ratio(1, 3, &m) && m == 333333, "ratio: a third is cut down");
	ok(num_ratio(2, -3, &m) && m == -666667, "ratio: away from zero below it");
	ok(num_ratio(1, 2000000, &m) && m == 1, "ratio: half a millionth is one");
	ok(num_ratio(-1, 2000000, &m) && m == -1, "ratio: and minus one below zero");
	ok(num_ratio(1, 2000001, &m) && m == 0, "ratio: less than half is none");
	ok(!num_ratio(1, 0, &m) && !num_ratio(0, 0, &m), "ratio: of nothing is undefined");
	ok(num_ratio(huge, huge / 3, &m) && m == 3000000, "ratio: 126 bits");
	ok(num_ratio(huge / 3 * 2, huge, &m) && m == 666667, "ratio: 126 bits, below one");
	ok(!num_ratio(huge, 1, &m), "ratio: what does not fit is refused");
	ok(num_ratio(INT64_MAX, 1000000, &m) && m == INT64_MAX, "ratio: the greatest");
	ok(!num_ratio((num_wide)INT64_MAX + 1, 1000000, &m), "ratio: and one more");
}

static uint64_t
next(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15; /* splitmix64 */

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

/* 2|ab - qc| <= |c|, and where equal q is the one away from zero. */
static void
test_muldiv(void)
{
	uint64_t seed = 1;
	int bad = 0, refused = 0;
	int64_t q;

	for (int i = 0; i < 200000; i++) {
		int64_t a = (int64_t)next(&seed) >> (next(&seed) % 63);
		int64_t b = (int64_t)next(&seed) >> (next(&seed) % 63);
		int64_t c = (int64_t)next(&seed) >> (next(&seed) % 63);
		num_wide p = (num_wide)a * b, rest, size_c = c < 0 ? -(num_wide)c : c;

		if (c == 0 || !num_muldiv(a, b, c, &q)) {
			refused += c != 0;
			bad += c != 0 && (p < 0 ? -p : p) / size_c < INT64_MAX;
			continue;
		}
		rest = p - (num_wide)q * c;
		rest = rest < 0 ? -rest : rest;
		bad += rest * 2 > size_c;
		bad += rest * 2 == size_c && (q < 0 ? -(num_wide)q : q) * size_c <
		    (p < 0 ? -p : p);
	}
	ok(bad == 0 && refused > 1000, "muldiv: the nearest whole, half away from zero");
	ok(!num_muldiv(1, 1, 0, &q), "muldiv: by nothing is refused");
}

static void
is_share(int64_t whole, const int64_t *weight, const int64_t *want, size_t n,
    const char *name)
{
	int64_t out[16];

	num_share(whole, weight, out, n);
	ok(memcmp(out, want, n * sizeof(*want)) == 0, "share: %s", name);
}

/* Weights of any size, or of few kinds. */
static num_wide
random_weights(uint64_t *seed, int64_t *weight, size_t n)
{
	uint64_t kinds = next(seed) % 2 * (1 + next(seed) % 9);
	num_wide sum = 0;

	for (size_t i = 0; i < n; i++) {
		weight[i] = kinds > 0 ? (int64_t)(1 + next(seed) % kinds * 7)
		                      : (int64_t)(next(seed) >> 10 >> next(seed) % 54);
		sum += weight[i];
	}
	return sum;
}

/* One random split against its definition: each part is its share rounded up
 * or down, and no part rounded down was cut by more than one rounded up, or by as
 * much and stands before it. */
static int
split_is_wrong(uint64_t *seed)
{
	int64_t weight[200], out[200];
	size_t n = 1 + next(seed) % (next(seed) % 64 == 0 ? 200 : 8);
	int64_t whole = (int64_t)next(seed) >> (next(seed) % 60);
	num_wide sum = random_weights(seed, weight, n), given = 0;
	num_wide least_up = -1, most_down = -1;
	size_t last_up = 0, first_down = 0;

	if (sum == 0)
		sum = weight[0] = 1;
	num_share(whole, weight, out, n);
	for (size_t i = 0; i < n; i++) {
		num_wide exact = (num_wide)(whole < 0 ? -(num_wide)whole : whole) * weight[i];
		num_wide part = whole < 0 ? -(num_wide)out[i] : out[i];
		num_wide rest = exact % sum;

		given += out[i];
		if (part == exact / sum + 1 && (least_up < 0 || rest <= least_up)) {
			least_up = rest;
			last_up = i;
		} else if (part == exact / sum && rest > most_down) {
			most_down = rest;
			first_down = i;
		} else if (part != exact / sum && part != exact / sum + 1) {
			return 1;
		}
	}
	return given != whole || (least_up >= 0 && most_down > least_up) ||
	    (least_up >= 0 && most_down == least_up && first_down < last_up);
}

static void
test_share(void)
{
	uint64_t seed = 2;
	int bad = 0;

	is_share(10000, (int64_t[]){ 1, 1, 1 }, (int64_t[]){ 3334, 3333, 3333 }, 3,
	    "0.01 over three touches");
	is_share(100000000, (int64_t[]){ 1, 1, 1, 1, 1, 1, 1 },
	    (int64_t[]){ 14285715, 14285715, 14285714, 14285714, 14285714, 14285714,
		14285714 }, 7, "100.00 over seven");
	is_share(-5000000, (int64_t[]){ 1, 1, 1 },
	    (int64_t[]){ -1666667, -1666667, -1666666 }, 3, "-5.00 over three");
	is_share(1, (int64_t[]){ 0, 1, 1, 0 }, (int64_t[]){ 0, 1, 0, 0 }, 4,
	    "ties go to the earlier, nothing to the weightless");
	is_share(10, (int64_t[]){ 40, 20, 40 }, (int64_t[]){ 4, 2, 4 }, 3, "40 20 40");
	is_share(0, (int64_t[]){ 1, 2 }, (int64_t[]){ 0, 0 }, 2, "nothing");
	is_share(INT64_MAX, (int64_t[]){ 1, (int64_t)1 << 61 },
	    (int64_t[]){ 4, INT64_MAX - 4 }, 2, "the greatest amount");
	for (int i = 0; i < 1000000; i++)
		bad += split_is_wrong(&seed);
	ok(bad == 0, "share: a million random splits sum exactly, largest remainder");
}

int
main(void)
{
	test_parse();
	test_put();
	test_ratio();
	test_muldiv();
	test_share();
	return tap_end();
}
