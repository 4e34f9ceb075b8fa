/* gz_fuzz.c - any bytes behind gzip's magic are read or refused, never both */
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include <lead/base/gz.h>

#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const uint8_t magic[] = { 0x1f, 0x8b };
	int fd = memfd_create("gz", 0);
	struct text chunk;
	char path[64];
	struct gz *g;
	int got;

	must(fd >= 0 && write(fd, magic, 2) == 2 && write(fd, data, n) == (ssize_t)n);
	snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	g = gz_open(path, 200);
	must(g != NULL);
	while ((got = gz_next(g, 0, &chunk)) > 0)
		must(chunk.len > 0);
	must(got == 0 || gz_error(g)[0] != '\0');
	gz_close(g);
	close(fd);
	return 0;
}
