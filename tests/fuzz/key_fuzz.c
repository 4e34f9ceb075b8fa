/* key_fuzz.c - a normal form is its own normal form */
#include <lead/domain/identity/key.h>

#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char to[KEY_MAX + 2], again[KEY_MAX + 2];
	const struct phone_country *home = phone_country(TEXT("ES"));

	for (int form = KEY_EXACT; form <= KEY_PHONE; form++) {
		struct text a, b;

		if (key_normal((enum key_form)form, home, fuzz_text(data, n), to, &a) !=
		    KEY_OK)
			continue;
		must(key_normal((enum key_form)form, home, a, again, &b) == KEY_OK);
		must(text_equal(a, b));
	}
	return 0;
}
