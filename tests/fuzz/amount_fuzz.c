/* amount_fuzz.c - a form reads itself; no amount is read in another currency */
#include <lead/domain/import/amount.h>

#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const struct text euro = { "\xe2\x82\xac", 3 };
	struct text t = fuzz_text(data, n), rest = t, words, cell;
	struct amount_form form, plain, euros;
	char out[NUM_TEXT];
	int64_t a, b;

	must(amount_form_read(TEXT("1,234.56"), &plain) == NULL);
	must(amount_form_read(TEXT("(1,234.56 \xe2\x82\xac)"), &euros) == NULL);
	if (amount_read(&euros, t, &a) == AMOUNT_OK && text_find(t, '1') >= 0) {
		must(text_search(t, euro) >= 0 && text_find(t, '$') < 0);
		must(num_parse(num_put(out, a), &b) == NUM_OK && a == b);
	}
	if (amount_read(&plain, t, &a) == AMOUNT_OK)
		must(text_search(t, euro) < 0 && text_find(t, '$') < 0 &&
		    text_find(t, '(') < 0);
	text_next(&rest, '|', &words);
	cell = rest;
	if (amount_form_read(words, &form) != NULL)
		return 0;
	if (words.len != 0 && !form.number.micros && !form.number.round)
		must(amount_read(&form, words, &a) == AMOUNT_OK);
	amount_read(&form, cell, &a);
	return 0;
}
