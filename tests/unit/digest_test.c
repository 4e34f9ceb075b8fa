/* digest: RFC 4231, FIPS 180-4, and key files that are not secret enough */
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <lead/base/digest.h>

#include "tap.h"

static const char file[] = "key";

static void
put_key(const void *bytes, size_t n, mode_t mode)
{
	int fd = open(file, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	if (write(fd, bytes, n) != (ssize_t)n || fchmod(fd, mode) < 0)
		ok(0, "cannot write the key");
	close(fd);
}

static struct text
hex(const uint8_t d[DIGEST_LEN])
{
	static char s[2 * DIGEST_LEN + 1];

	for (size_t i = 0; i < DIGEST_LEN; i++)
		snprintf(s + 2 * i, 3, "%02x", d[i]);
	return text_of(s);
}

/* RFC 4231 §4.7 and §4.8: keys of 131 bytes; shorter ones are refused. */
static void
test_rfc4231(void)
{
	static const struct {
		const char *data, *want;
	} cases[] = {
		{ "Test Using Larger Than Block-Size Key - Hash Key First",
		    "60e431591ee0b67f0d8a26aacbf5b77f"
		    "8e0bc6213728c5140546040f0ee37f54" },
		{ "This is a test using a larger than block-size key and a "
		    "larger than block-size data. The key needs to be hashed "
		    "before being used by the HMAC algorithm.",
		    "9b09ffa71b942fcb27635fbcd5b0e944"
		    "bfdc63644f0713938a7f51535c3a35e2" },
	};
	unsigned char key[131];
	const char *why = NULL;
	struct digest_key *k;
	uint8_t d[DIGEST_LEN];

	memset(key, 0xaa, sizeof(key));
	put_key(key, sizeof(key), 0600);
	k = digest_key_open(file, &why);
	ok(k != NULL, "a key of 131 bytes");
	for (size_t i = 0; i < 2; i++) {
		struct text all = text_of(cases[i].data);
		struct text parts[] = { text_head(all, 7), TEXT_NONE,
			text_from(all, 7) };

		digest_hmac(k, &all, 1, d);
		is(hex(d), cases[i].want, "RFC 4231 case %zu", 6 + i);
		digest_hmac(k, parts, 3, d);
		is(hex(d), cases[i].want, "the same in three parts");
	}
	digest_key_free(k);
}

/* Keys under a block: values by python's hmac module. */
static void
test_short_key(void)
{
	const char *why = NULL;
	struct digest_key *k;
	struct text data = TEXT("email\tella@example.com");
	uint8_t d[DIGEST_LEN];

	put_key("0123456789abcdef0123456789abcdef", 32, 0400);
	k = digest_key_open(file, &why);
	ok(k != NULL, "32 bytes, mode 0400");
	digest_hmac(k, &data, 1, d);
	is(hex(d), "1e78a45bc6dbbfd26a4eea1e7974462565c0c7d857d9ced344c59f59ff9efecf", "HMAC of a key");
	digest_key_free(k);
}

static void
test_sha256(void)
{
	uint8_t d[DIGEST_LEN];

	digest_sha256(TEXT("abc"), d);
	is(hex(d), "ba7816bf8f01cfea414140de5dae2223"
	    "b00361a396177a9cb410ff61f20015ad", "FIPS 180-4: abc");
	digest_sha256(TEXT_NONE, d);
	is(hex(d), "e3b0c44298fc1c149afbf4c8996fb924"
	    "27ae41e4649b934ca495991b7852b855", "FIPS 180-4: empty");
}

static void
refuse(const char *path, const char *want)
{
	const char *why = "";

	ok(digest_key_open(path, &why) == NULL, "K10 refused: %s", want);
	is(text_of(why), want, "K10 says why: %s", want);
}

static void
test_unfit_files(void)
{
	static const char key[DIGEST_KEY_MAX + 1];

	refuse("none", "No such file or directory");
	put_key("", 0, 0600);
	refuse(file, "shorter than 32 bytes");
	put_key(key, 31, 0600);
	refuse(file, "shorter than 32 bytes");
	put_key(key, 32, 0644);
	refuse(file, "others may read or write it: chmod 600");
	put_key(key, 32, 0620);
	refuse(file, "others may read or write it: chmod 600");
	put_key(key, sizeof(key), 0600);
	refuse(file, "longer than 4096 bytes");
	put_key(key, 32, 0600);
	ok(symlink(file, "link") == 0, "a link to a sound key");
	refuse("link", "a symbolic link");
	unlink("link");
	ok(mkdir("folder", 0700) == 0, "a folder");
	refuse("folder", "not a regular file");
	rmdir("folder");
	ok(mkfifo("fifo", 0600) == 0, "a FIFO without writer");
	refuse("fifo", "not a regular file");
	unlink("fifo");
}

int
main(void)
{
	char dir[] = "/tmp/digest_test.XXXXXX";

	if (mkdtemp(dir) == NULL || chdir(dir) < 0)
		return 1;
	test_rfc4231();
	test_short_key();
	test_sha256();
	test_unfit_files();
	unlink(file);
	rmdir(dir);
	return tap_end();
}
