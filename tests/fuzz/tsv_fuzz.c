/* tsv_fuzz.c - every line is a sound row or named as bad; none is lost */
#include <sys/mman.h>
#include <stdio.h>
#include <unistd.h>

#include <lead/base/field.h>
#include <lead/base/tsv.h>

#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	int fd = memfd_create("tsv", 0);
	char name[64], plain[8192], field[16384];
	const char *path = name;
	struct tsv_in_options o = { .files = &path, .nfiles = 1, .lax_eof = true };
	struct tsv_block b;
	struct tsv_in *in;
	enum tsv_verdict v;
	size_t lines = 1, seen = 0;

	must(fd >= 0 && write(fd, data, n) == (ssize_t)n);
	snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
	in = tsv_open(&o);
	if (tsv_opened(in) == TSV_BLOCK)
		seen = 1;
	while ((v = tsv_next(in, &b)) == TSV_BLOCK || v == TSV_BAD) {
		seen += v == TSV_BAD ? 1 : b.nrows;
		for (size_t r = 0; v == TSV_BLOCK && r < b.nrows; r++)
			for (size_t c = 0; c < tsv_ncolumns(in); c++) {
				struct text t = tsv_field(&b, r, (int)c);

				must(text_equal(field_put(field, field_plain(plain, t)), t));
			}
	}
	for (size_t i = 0; i + 1 < n; i++)
		lines += data[i] == '\n';
	must(v == TSV_FAIL || (n >= 2 && data[0] == 0x1f) || seen == lines);
	tsv_close(in);
	close(fd);
	return 0;
}
