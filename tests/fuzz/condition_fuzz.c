/* condition_fuzz.c - a condition compiles or is refused; a blank meets !? alone */
#include <lead/domain/rules/condition.h>

#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const ops[] = { "=", "!=", "<", "<=", ">", ">=", "in", "!in",
		"~", "!~", "?", "!?", "within" };
	struct text all = fuzz_text(data, n), value, subject;
	struct condition_error error;
	struct condition *c;
	const char *op;

	if (n == 0)
		return 0;
	op = ops[data[0] % (sizeof(ops) / sizeof(ops[0]))];
	all = text_from(all, 1);
	value = text_head(all, all.len / 2);
	subject = text_from(all, all.len / 2);
	c = condition_new(text_of(op), value, &error);
	if (c == NULL) {
		must(error.why != NULL && error.at <= value.len);
		return 0;
	}
	condition_test(c, subject, 0);
	must((condition_test(c, TEXT_NONE, 0) == CONDITION_YES) == (strcmp(op, "!?") == 0));
	condition_free(c);
	return 0;
}
