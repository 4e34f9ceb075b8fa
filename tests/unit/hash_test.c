/* hash: what ids and maps are made from */
#include <lead/base/hash.h>

#include "tap.h"

static void
ids(void)
{
	static const char text[] = "10.0.0.1 GET /";
	char out[HASH_ID_LEN], again[HASH_ID_LEN];

	is(hash_put((struct hash){ 0, 0 }, out), "aaaaaaaaaaaaaaaaaaaaaaaaaa",
	    "zero is 26 times a");
	is(hash_put((struct hash){ UINT64_MAX, UINT64_MAX }, out),
	    "7777777777777777777777777" "4", "all ones: the last holds three bits");
	/* python3: base64.b32encode(bytes(range(16))) */
	is(hash_put((struct hash){ 0x0001020304050607, 0x08090a0b0c0d0e0f }, out),
	    "aaaqeayeaudaocajbifqydiob4", "RFC 4648, big end first");
	/* xxhsum -H2 of the empty file: 99aa06d3014798d86001c324468d497f */
	is(hash_put(hash_fixed(TEXT_NONE), out), "tgvanuybi6mnqyabymsendkjp4",
	    "the hash of nothing is XXH3-128's");
	ok(text_equal(hash_put(hash_fixed(TEXT("a")), out),
	       hash_put(hash_fixed((struct text){ "ab", 1 }), again)),
	    "the fixed hash looks at the bytes of the text alone");
	for (size_t n = 0; n < sizeof(text) - 1; n++) {
		struct hash h = hash_fixed_pair((struct text){ text, n },
		    (struct text){ text + n, sizeof(text) - 1 - n });
		struct hash next = hash_fixed_pair((struct text){ text, n + 1 },
		    (struct text){ text + n + 1, sizeof(text) - 2 - n });

		ok(h.hi != next.hi || h.lo != next.lo,
		    "a pair split at %zu is not that split at %zu", n, n + 1);
	}
}

int
main(void)
{
	struct hash a = hash_text(TEXT("visitor")), b = hash_text(TEXT("visitor"));

	ids();
	ok(a.hi == b.hi && a.lo == b.lo, "one text has one hash in a process");
	return tap_end();
}
