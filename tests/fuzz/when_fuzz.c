/* when_fuzz.c - a time that parses comes back as the same instant */
#include <lead/base/stamp.h>
#include <lead/base/when.h>

#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct text t = fuzz_text(data, n);
	char out[WHEN_TEXT];
	int64_t a, b;

	if (when_parse(t, &a) == WHEN_OK)
		must(when_parse(when_put(out, a), &b) == WHEN_OK && a == b);
	if (when_parse_day(t, &a) == WHEN_OK) {
		must(when_parse_day(when_put_day(out, a), &b) == WHEN_OK && a == b);
		for (int p = WHEN_BY_DAY; p < WHEN_BY_ALL; p++) {
			must(when_period_start((enum when_period)p, a) <= a);
			must(when_period_end((enum when_period)p, a) > a);
		}
	}
	when_parse_span(t, &a);
	return 0;
}
