/* weblog_fuzz.c - a line's parts are slices of it; a format compiles or is refused */
#include <lead/base/weblog.h>

#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static struct weblog *combined;
	struct text part[WEBLOG_PARTS_MAX], line = fuzz_text(data, n);
	struct weblog *own;
	const char *why;
	size_t at, stuck;

	if (combined == NULL)
		combined = weblog_new(TEXT("combined"), &why, &at);
	if (weblog_parse(combined, line, part, &stuck))
		for (size_t i = 0; i < weblog_nparts(combined); i++)
			must(part[i].len == 0 || (part[i].s >= line.s &&
			    part[i].s + part[i].len <= line.s + line.len));
	own = weblog_new(line, &why, &at);
	if (own != NULL)
		weblog_parse(own, TEXT("1.2.3.4 - - [x] \"GET /\" 200"), part, &stuck);
	else
		must(at <= n);
	weblog_free(own);
	return 0;
}
