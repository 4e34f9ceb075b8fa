/* num_fuzz.c - a number that parses comes back as the same number */
#include <lead/base/num.h>

#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct text t = fuzz_text(data, n);
	struct num_form form = { .thousands = '.', .decimal = ',', .round = true };
	char out[NUM_TEXT];
	int64_t a, b;

	if (num_parse(t, &a) == NUM_OK) {
		must(num_parse(num_put(out, a), &b) == NUM_OK && a == b);
		must(num_parse(num_put_wide(out, a), &b) == NUM_OK && a == b);
	}
	num_parse_form(t, &form, &a);
	if (num_parse_count(t, &a) == NUM_OK)
		must(num_parse_count(num_put_count(out, a), &b) == NUM_OK && a == b);
	if (n >= 16) {
		int64_t weight[32], share[32], sum = 0, whole;
		size_t parts = n / 8 - 1 < 32 ? n / 8 - 1 : 32;

		memcpy(&whole, data, 8);
		for (size_t i = 0; i < parts; i++) {
			memcpy(&weight[i], data + 8 * (i + 1), 8);
			weight[i] &= ((int64_t)1 << 56) - 1;
		}
		weight[0] |= 1;
		num_share(whole, weight, share, parts);
		for (size_t i = 0; i < parts; i++)
			sum = (int64_t)((uint64_t)sum + (uint64_t)share[i]);
		must(sum == whole);
	}
	return 0;
}
