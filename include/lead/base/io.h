/* io.h - raw reads and writes with every error kept */
#ifndef LEAD_BASE_IO_H
#define LEAD_BASE_IO_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include <lead/base/text.h>

/*
 * Make standard descriptors safe: 0, 1, 2 that are closed become /dev/null
 * opened the wrong way round, so data never lands in a file by reuse. SIGXFSZ
 * ignored, SIGPIPE left alone. Call first in main().
 */
void io_begin(void);

/*
 * Open path to read; "-" is standard input. -1 and errno (EISDIR for a
 * directory, ENXIO for a socket). Pipes are set to 1 MiB where that can be.
 */
int io_open(const char *path);

/* "<stdin>" for "-", else path. */
const char *io_name(const char *path);

/* Retries EINTR. Bytes read, 0 at the end, -1 and errno. */
ssize_t io_read(int fd, void *to, size_t n);

/* Read until n bytes or the end. Bytes read, or -1 and errno. */
ssize_t io_read_full(int fd, void *to, size_t n);

/* All n bytes or -1 and errno; retries EINTR and short writes. */
int io_write(int fd, const void *from, size_t n);

/* At an offset; as above. */
ssize_t io_pread_full(int fd, void *to, size_t n, off_t at);
int io_pwrite(int fd, const void *from, size_t n, off_t at);

/* dir, or when that is NULL TMPDIR, or /tmp. */
const char *io_temp_dir(const char *dir);

/* A nameless file in io_temp_dir(dir), 0600. -1 and errno. */
int io_temp(const char *dir);

/*
 * A product. path NULL or "-": standard output. Otherwise a nameless file in
 * path's folder that takes path's name at io_commit(), so that a reader sees
 * the old file or the whole new one; a device or FIFO is written as it is.
 */
struct io_out;

struct io_out *io_create(const char *path); /* NULL and errno */
const char *io_out_name(const struct io_out *o);
bool io_out_started(const struct io_out *o); /* a byte was written */

/* All of it, or -1 and errno (which io_commit() will report again). */
int io_put(struct io_out *o, const void *from, size_t n);

/* Flush to disk, take the name, flush the folder, close, free. -1 and errno. */
int io_commit(struct io_out *o);

/*
 * Give up: a file vanishes, standard output that was begun ends in byte 0x18
 * without a line feed, which every reader takes for a cut file. Frees o.
 * Safe to call at death.
 */
void io_abandon(struct io_out *o);

#endif
