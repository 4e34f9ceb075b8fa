/* gz: what is sound comes out whole, what is not is never taken for sound */
#include <fcntl.h>
#include <unistd.h>
#include <sys/stat.h>

#include <lead/base/buf.h>
#include <lead/base/gz.h>
#include <lead/base/io.h>
#include <lead/base/mem.h>

#include "tap.h"

static const char file[] = "gz_test.tmp.gz";

static int
into_buf(void *ctx, const void *from, size_t n)
{
	buf_put(ctx, (struct text){ from, n });
	return 0;
}

/* t as one gzip member, added to b. */
static void
add_member(struct buf *b, struct text t)
{
	struct gz_out *o = gz_out_new(6, into_buf, b);

	gz_out_put(o, t.s, t.len);
	gz_out_finish(o);
	gz_out_free(o);
}

static void
put_file(const char *name, struct text t)
{
	int fd = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	io_write(fd, t.s, t.len);
	close(fd);
}

/* All of the file into got; what gz_next() said at the end. */
static int
read_file(const char *name, unsigned ratio, struct buf *got, char words[200])
{
	struct gz *g = gz_open(name, ratio);
	struct text chunk;
	int status;

	got->len = 0;
	while ((status = gz_next(g, 0, &chunk)) > 0)
		buf_put(got, chunk);
	snprintf(words, 200, "%s", status < 0 ? gz_error(g)
	    : gz_note(g) != NULL ? gz_note(g) : "");
	gz_close(g);
	return status;
}

/* Every sound way to write "one\ntwo\n". */
static void
test_sound(void)
{
	static const struct {
		const char *name, *bytes;
		size_t n;
	} head[] = {
		{ "no field", "\x1f\x8b\x08\0\0\0\0\0\0\3", 10 },
		{ "FTEXT", "\x1f\x8b\x08\1\0\0\0\0\0\3", 10 },
		{ "FEXTRA", "\x1f\x8b\x08\4\0\0\0\0\0\3\3\0xyz", 15 },
		{ "empty FEXTRA", "\x1f\x8b\x08\4\0\0\0\0\0\3\0\0", 12 },
		{ "FNAME", "\x1f\x8b\x08\x08\0\0\0\0\0\3\033[2Jname\0", 19 },
		{ "FCOMMENT", "\x1f\x8b\x08\x10\0\0\0\0\0\3c\0", 12 },
		{ "both", "\x1f\x8b\x08\x18\0\0\0\0\0\3n\0c\0", 14 },
		{ "FHCRC", "\x1f\x8b\x08\2\0\0\0\0\0\3\xa7\x77", 12 },
	};
	struct buf b, got;
	char words[200];

	buf_init(&b, 1 << 20, "test");
	buf_init(&got, 1 << 20, "test");
	for (size_t i = 0; i < sizeof(head) / sizeof(head[0]); i++) {
		struct buf member;

		buf_init(&member, 1 << 20, "test");
		add_member(&member, TEXT("one\n"));
		b.len = 0;
		buf_put(&b, (struct text){ head[i].bytes, head[i].n });
		buf_put(&b, text_from(buf_text(&member), 10));
		add_member(&b, TEXT("two\n"));
		put_file(file, buf_text(&b));
		ok(read_file(file, 0, &got, words) == 0, "G13 %s: sound (%s)",
		    head[i].name, words);
		is(buf_text(&got), "one\ntwo\n", "G13 %s: its text",
		    head[i].name);
		buf_clear(&member);
	}
	b.len = 0;
	add_member(&b, TEXT_NONE);
	put_file(file, buf_text(&b));
	ok(read_file(file, 0, &got, words) == 0 && got.len == 0,
	    "G19 an empty member alone is no text");
	add_member(&b, TEXT("one\n"));
	add_member(&b, TEXT_NONE);
	add_member(&b, TEXT("two\n"));
	add_member(&b, TEXT_NONE);
	put_file(file, buf_text(&b));
	ok(read_file(file, 0, &got, words) == 0, "G19 empty members: sound");
	is(buf_text(&got), "one\ntwo\n", "G19 empty members: all text");
	buf_put(&b, (struct text){ "\0\0\0", 3 });
	put_file(file, buf_text(&b));
	ok(read_file(file, 0, &got, words) == 0, "G22 zero padding: sound");
	is(text_of(words), "3 zero bytes after the last gzip member",
	    "G22 zero padding: noted");
	put_file(file, TEXT("plain\n"));
	ok(read_file(file, 0, &got, words) == 0, "G24 plain text named .gz");
	is(buf_text(&got), "plain\n", "G24 is read as it is");
	buf_clear(&b);
	buf_clear(&got);
}

/* What no reader may take for sound. */
static void
test_spoiled(void)
{
	static const struct {
		const char *bytes;
		size_t n;
		const char *words;
	} bad[] = {
		{ "", 0, "damaged gzip: empty, not gzip" },
		{ "\x1f", 1, "damaged gzip: cut in the header of member 1" },
		{ "\x1f\x8b\x08\0", 4,
		    "damaged gzip: cut in the header of member 1" },
		{ "\x1f\x8b\x08\0\0\0\0\0\0\3", 10,
		    "damaged gzip: cut in the data of member 1" },
		{ "\x1f\x8a\x08\0\0\0\0\0\0\3", 10, "damaged gzip: first bytes" },
		{ "\x1e\x8b\x08\0\0\0\0\0\0\3", 10, "damaged gzip: first bytes" },
		{ "\x1f\x8b\x07\0\0\0\0\0\0\3", 10,
		    "damaged gzip: method 7 is not deflate" },
		{ "\x1f\x8b\x08\x20\0\0\0\0\0\3", 10,
		    "damaged gzip: a reserved flag is set" },
		{ "\x1f\x8b\x08\2\0\0\0\0\0\3\0\0", 12,
		    "damaged gzip: header checksum is wrong" },
		{ "\x1f\x8b\x08\0\0\0\0\0\0\3\xff", 11,
		    "damaged gzip: data of member 1" },
		{ "\x1f\x9d\x90""abcdef", 9, "not gzip but compress (.Z) data" },
		{ "BZh91AY&SYxxxx", 14, "not gzip but bzip2 data" },
		{ "\xfd" "7zXZ\0\0\4", 8, "not gzip but xz data" },
		{ "\x28\xb5\x2f\xfd\4\0", 6, "not gzip but zstd data" },
		{ "PK\3\4\0\0", 6, "not gzip but zip data" },
	};
	struct buf got;
	char words[200];

	buf_init(&got, 1 << 20, "test");
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		put_file(file, (struct text){ bad[i].bytes, bad[i].n });
		ok(read_file(file, 0, &got, words) < 0, "G spoiled %zu", i);
		is(text_of(words), bad[i].words, "G spoiled %zu: words", i);
	}
	buf_clear(&got);
}

/* Each cut and each bit of two members: refused, or the very same text. The
 * one cut that is a valid file is the one between the members. */
static void
test_every_damage(void)
{
	struct buf b, got;
	char words[200];
	size_t border, silent = 0;

	buf_init(&b, 1 << 20, "test");
	buf_init(&got, 1 << 20, "test");
	add_member(&b, TEXT("a line of text\nand another line of text\n"));
	border = b.len;
	add_member(&b, TEXT("the second member\n"));
	for (size_t n = 1; n < b.len; n++) {
		put_file(file, text_head(buf_text(&b), n));
		if (n != border && read_file(file, 0, &got, words) >= 0)
			silent++;
	}
	ok(silent == 0, "G03-G08 every cut is seen");
	for (size_t bit = 0; bit < b.len * 8; bit++) {
		b.s[bit / 8] ^= (char)(1 << bit % 8);
		put_file(file, buf_text(&b));
		if (read_file(file, 0, &got, words) >= 0 &&
		    !text_is(buf_text(&got), "a line of text\nand another line "
		    "of text\nthe second member\n"))
			silent++;
		b.s[bit / 8] ^= (char)(1 << bit % 8);
	}
	ok(silent == 0, "G09-G17 every flipped bit is seen");
	for (size_t bit = (border - 8) * 8; bit < border * 8; bit++) {
		b.s[bit / 8] ^= (char)(1 << bit % 8);
		put_file(file, buf_text(&b));
		silent += read_file(file, 0, &got, words) >= 0;
		b.s[bit / 8] ^= (char)(1 << bit % 8);
	}
	ok(silent == 0, "G15 G16 every bit of checksum and length counts");
	buf_put(&b, TEXT("not gzip at all\n"));
	put_file(file, buf_text(&b));
	ok(read_file(file, 0, &got, words) < 0, "G23 text behind the end");
	is(text_of(words), "damaged gzip: what follows member 2 is not gzip",
	    "G23 says where");
	buf_clear(&b);
	buf_clear(&got);
}

static void
test_header_without_end(void)
{
	struct buf b, got;
	char words[200];

	buf_init(&b, 4 << 20, "test");
	buf_init(&got, 1 << 20, "test");
	buf_put(&b, (struct text){ "\x1f\x8b\x08\x08\0\0\0\0\0\3", 10 });
	memset(buf_room(&b, 2 << 20), 'n', 2 << 20);
	b.len += 2 << 20;
	put_file(file, buf_text(&b));
	ok(read_file(file, 0, &got, words) < 0, "G14 a name without end");
	is(text_of(words), "damaged gzip: a header field without end",
	    "G14 says so");
	buf_clear(&b);
	buf_clear(&got);
}

static void
test_bomb(void)
{
	static char zeros[1 << 16];
	struct gz_out *o;
	struct buf b;
	struct gz *g;
	struct text chunk;
	size_t all = 0;
	int status;

	buf_init(&b, 4 << 20, "test");
	o = gz_out_new(9, into_buf, &b);
	for (size_t i = 0; i < (128 << 20) / sizeof(zeros); i++)
		gz_out_put(o, zeros, sizeof(zeros));
	gz_out_finish(o);
	gz_out_free(o);
	put_file(file, buf_text(&b));
	g = gz_open(file, 200);
	while ((status = gz_next(g, 0, &chunk)) > 0)
		all += chunk.len;
	ok(status < 0 && !gz_error_is_system(g) && all < (65 << 20),
	    "G28 more than 200:1 past 64 MiB is refused");
	gz_close(g);
	g = gz_open(file, 0);
	for (all = 0; (status = gz_next(g, 0, &chunk)) > 0; )
		all += chunk.len;
	ok(status == 0 && all == 128 << 20, "G28 ratio 0 reads it");
	gz_close(g);
	buf_clear(&b);
}

/* keep: the bytes in front of a chunk are the last ones before it. */
static void
test_keep(const char *what, struct text data, size_t keep)
{
	struct gz *g = gz_open(file, 0);
	struct text chunk;
	size_t at = 0;
	int status, same = 1;

	while ((status = gz_next(g, at < keep ? at : keep, &chunk)) > 0) {
		size_t k = at < keep ? at : keep;

		same &= memcmp(chunk.s - k, data.s + at - k, k + chunk.len) == 0;
		for (int i = 0; i < 64; i++)
			same &= chunk.s[chunk.len + (size_t)i] == 0;
		at += chunk.len;
	}
	ok(status == 0 && at == data.len && same, "%s: keep %zu", what, keep);
	gz_close(g);
}

static void
test_chunks(void)
{
	struct buf data, b;
	uint32_t x = 1;

	buf_init(&data, 8 << 20, "test");
	buf_init(&b, 8 << 20, "test");
	while (data.len < 5000000) {
		x = x * 1664525 + 1013904223;
		buf_byte(&data, (char)('a' + (x >> 24) % 20));
	}
	put_file(file, buf_text(&data));
	test_keep("plain", buf_text(&data), 0);
	test_keep("plain", buf_text(&data), GZ_KEEP);
	for (size_t at = 0; at < data.len; at += 1234567)
		add_member(&b, text_head(text_from(buf_text(&data), at),
		    1234567));
	put_file(file, buf_text(&b));
	test_keep("gzip", buf_text(&data), 0);
	test_keep("gzip", buf_text(&data), 70000);
	test_keep("gzip", buf_text(&data), GZ_KEEP);
	buf_clear(&data);
	buf_clear(&b);
}

/* A writer that says nothing more must not hold up gz_close(). */
static void
test_close_early(void)
{
	static const char fifo[] = "gz_test.tmp.fifo";
	struct buf data, b;
	struct text chunk;
	struct gz *g;
	uint32_t x = 1;
	int fd;

	buf_init(&data, 1 << 20, "test");
	buf_init(&b, 1 << 20, "test");
	while (data.len < 600000) {
		x = x * 1664525 + 1013904223;
		buf_byte(&data, (char)(x >> 24));
	}
	add_member(&b, buf_text(&data));
	mkfifo(fifo, 0600);
	fd = open(fifo, O_RDWR);
	g = gz_open(fifo, 0); /* makes the pipe a wide one */
	io_write(fd, b.s, b.len - 1);
	ok(gz_next(g, 0, &chunk) == 1, "a first chunk of a pipe");
	gz_close(g);
	ok(1, "close while the writer is silent");
	close(fd);
	unlink(fifo);
	buf_clear(&data);
	buf_clear(&b);
}

static void
test_slurp(void)
{
	struct buf b;
	struct text t;
	const char *why = "";

	buf_init(&b, 1 << 20, "test");
	add_member(&b, TEXT("rules\n"));
	put_file(file, buf_text(&b));
	t = gz_slurp(file, 6, &why);
	is(t, "rules\n", "slurp: a small file, gzipped");
	ok(t.s != NULL && t.s[t.len] == '\0', "slurp: a NUL behind it");
	mem_free((void *)(uintptr_t)t.s);
	t = gz_slurp(file, 5, &why);
	ok(t.s == NULL, "slurp: not more than max");
	is(text_of(why), "larger than it may be", "slurp: says so");
	t = gz_slurp("gz_test.tmp.none", 5, &why);
	ok(t.s == NULL, "slurp: no file");
	is(text_of(why), "No such file or directory", "slurp: says so");
	put_file(file, text_head(buf_text(&b), b.len - 1));
	t = gz_slurp(file, 6, &why);
	ok(t.s == NULL, "slurp: a cut file");
	is(text_of(why), "damaged gzip: cut in the trailer of member 1",
	    "slurp: says where");
	put_file(file, TEXT_NONE);
	buf_clear(&b);
}

int
main(void)
{
	char dir[] = "/tmp/gz_test.XXXXXX";

	if (mkdtemp(dir) == NULL || chdir(dir) < 0)
		return 1;
	test_sound();
	test_spoiled();
	test_every_damage();
	test_header_without_end();
	test_bomb();
	test_chunks();
	test_close_early();
	test_slurp();
	unlink(file);
	rmdir(dir);
	return tap_end();
}
