/* csv_fuzz.c - records have the header's columns; a stray quote costs lines, not the file */
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include <lead/base/csv.h>

#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	int fd = memfd_create("csv", 0);
	struct csv_options o = { .separator = ',', .resync = n % 2 == 0 };
	size_t records = 0, lines = 1;
	struct csv_record r;
	enum csv_verdict v;
	char path[64];
	struct csv *c;

	must(fd >= 0 && write(fd, data, n) == (ssize_t)n);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	c = csv_open(path, &o);
	must(c != NULL);
	v = csv_header(c);
	while (v == CSV_RECORD && ((v = csv_next(c, &r)) == CSV_RECORD || v == CSV_BAD)) {
		records++;
		for (size_t i = 0; v == CSV_RECORD && i < csv_ncolumns(c); i++)
			must(r.field[i].len <= CSV_FIELD_MAX);
		v = CSV_RECORD;
	}
	for (size_t i = 0; i < n; i++)
		lines += data[i] == '\n' || data[i] == '\r';
	must(records <= lines);
	must(v != CSV_FAIL || csv_problem(c)->words != NULL);
	csv_close(c);
	close(fd);
	return 0;
}
