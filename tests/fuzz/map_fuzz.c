/* map_fuzz.c - an import map compiles or says where not; any record meets it */
#include <lead/domain/import/mapping.h>

#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const struct text names[] = { TEXT("a"), TEXT("b"), TEXT("c") };
	struct text field[3], slot[64], text = fuzz_text(data, n * 3 / 4);
	struct text rest = text_from(fuzz_text(data, n), n * 3 / 4);
	struct zone *utc = zone_open("UTC");
	struct mapping_error error;
	struct mapping_result out;
	struct mapping *m = mapping_new(text, utc, &error);

	if (m == NULL) {
		must(error.why != NULL);
	} else if (mapping_nslots(m) <= 64 && mapping_bind(m, names, 3, false) == NULL) {
		for (size_t i = 0; i < 3; i++)
			if (!text_next(&rest, '|', &field[i]))
				field[i] = TEXT_NONE;
		mapping_gather(m, field, slot);
		if (mapping_take(m, slot, fuzz_text(data, n), &out) == MAPPING_BAD)
			must(out.reason != NULL && out.why != NULL);
	}
	mapping_free(m);
	zone_free(utc);
	return 0;
}
