/* url_fuzz.c - any bytes are some url; its parts are slices, values are UTF-8 */
#include <lead/base/url.h>
#include <lead/base/utf8.h>

#include "fuzz.h"

static void
inside(struct text part, struct text whole)
{
	must(part.len == 0 || (part.s >= whole.s && part.s + part.len <= whole.s + whole.len));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct text t = fuzz_text(data, n), query, decoded, again;
	char *to = malloc(3 * n + 1), *to2 = malloc(9 * n + 1);
	char host[URL_HOST];
	struct url_param p;
	struct url u;
	unsigned flaws = 0;

	url_split(t, &u);
	inside(u.scheme, t);
	inside(u.host, t);
	inside(u.path, t);
	inside(u.query, t);
	inside(u.fragment, t);
	must(url_host(u.host, host).len < URL_HOST);
	for (query = u.query; url_next(&query, &p);) {
		inside(p.key, t);
		inside(p.value, t);
	}
	decoded = url_decode(t, to, &flaws);
	must(decoded.len <= 3 * n);
	flaws = 0;
	again = url_clean(decoded, to2, &flaws);
	must((flaws & URL_BAD_UTF8) == 0 && text_equal(again, decoded));
	must(url_cut(decoded, 512).len <= 512);
	free(to);
	free(to2);
	return 0;
}
