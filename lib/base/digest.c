/* digest.c - keyed and plain SHA-256, from libsodium */
#include <errno.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include <lead/base/digest.h>
#include <lead/base/io.h>
#include <lead/base/mem.h>

_Static_assert(DIGEST_LEN == crypto_auth_hmacsha256_BYTES &&
    DIGEST_LEN == crypto_hash_sha256_BYTES, "SHA-256 has 32 bytes");

/* The hash states with the key in them: the key itself is not kept. */
struct digest_key {
	crypto_auth_hmacsha256_state start;
};

/* What is wrong with the file as a place for a secret, or NULL. */
static const char *
unfit(const struct stat *st)
{
	if (!S_ISREG(st->st_mode))
		return "not a regular file";
	if ((st->st_mode & 077) != 0)
		return "others may read or write it: chmod 600";
	if (st->st_uid != geteuid() && st->st_uid != 0)
		return "owned by another user";
	if (st->st_size < DIGEST_KEY_MIN)
		return "shorter than 32 bytes";
	if (st->st_size > DIGEST_KEY_MAX)
		return "longer than 4096 bytes";
	return NULL;
}

static struct digest_key *
read_key(int fd, const char **why)
{
	unsigned char bytes[DIGEST_KEY_MAX];
	struct digest_key *k = NULL;
	ssize_t n = io_read_full(fd, bytes, sizeof(bytes));

	if (n < 0) {
		*why = strerror(errno);
	} else if (n < DIGEST_KEY_MIN) {
		*why = "shorter than 32 bytes";
	} else {
		k = mem_new(1, sizeof(*k));
		crypto_auth_hmacsha256_init(&k->start, bytes, (size_t)n);
	}
	sodium_memzero(bytes, sizeof(bytes));
	return k;
}

struct digest_key *
digest_key_open(const char *path, const char **why)
{
	static const struct rlimit no_core = { 0, 0 };
	struct digest_key *k = NULL;
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK |
	    O_NOCTTY);

	if (fd < 0) {
		*why = errno == ELOOP ? "a symbolic link" : strerror(errno);
		return NULL;
	}
	/* from here on a core file would hold the secret */
	if (setrlimit(RLIMIT_CORE, &no_core) < 0 || fstat(fd, &st) < 0)
		*why = strerror(errno);
	else if ((*why = unfit(&st)) == NULL)
		k = read_key(fd, why);
	close(fd);
	return k;
}

void
digest_key_free(struct digest_key *k)
{
	if (k != NULL)
		sodium_memzero(k, sizeof(*k));
	mem_free(k);
}

void
digest_hmac(const struct digest_key *k, const struct text *part, size_t n,
    uint8_t out[DIGEST_LEN])
{
	crypto_auth_hmacsha256_state state = k->start;

	for (size_t i = 0; i < n; i++)
		crypto_auth_hmacsha256_update(&state,
		    (const unsigned char *)part[i].s, part[i].len);
	crypto_auth_hmacsha256_final(&state, out);
}

void
digest_sha256(struct text t, uint8_t out[DIGEST_LEN])
{
	crypto_hash_sha256(out, (const unsigned char *)t.s, t.len);
}
