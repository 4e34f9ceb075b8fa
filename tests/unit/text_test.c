/* text_test.c - slices are cut, found and compared by bytes */
#include <lead/base/arena.h>
#include <lead/base/buf.h>
#include <lead/base/text.h>

#include "tap.h"

static void
test_compare(void)
{
	ok(text_compare(TEXT("ab"), TEXT("abc")) < 0, "a prefix sorts first");
	ok(text_compare(TEXT("\xff"), TEXT("a")) > 0, "bytes compare without sign");
	ok(text_compare(TEXT("a\0b"), TEXT("a\0c")) < 0, "a NUL ends nothing");
	ok(text_compare(TEXT_NONE, (struct text){ NULL, 0 }) == 0, "empty is empty");
	ok(text_same(TEXT("GOOGLE"), TEXT("google")), "ASCII case is ignored");
	ok(!text_same(TEXT("\xc3\x89"), TEXT("\xc3\xa9")), "no other case is");
}

static void
test_find(void)
{
	ok(text_find(TEXT("a=b"), '=') == 1 && text_find(TEXT(""), '=') == -1, "a byte");
	ok(text_search(TEXT("ababac"), TEXT("abac")) == 2, "a needle that begins twice");
	ok(text_search(TEXT("abc"), TEXT("abcd")) == -1, "a needle that is too long");
	ok(text_search(TEXT("xab"), TEXT("ab")) == 1, "a needle at the end");
	ok(text_search(TEXT("xa"), TEXT("")) == 0, "the empty needle");
	ok(text_starts(TEXT("abc"), TEXT("ab")) && !text_starts(TEXT("a"), TEXT("ab")),
	    "starts");
	ok(text_ends(TEXT("abc"), TEXT("bc")) && !text_ends(TEXT("c"), TEXT("bc")), "ends");
}

static void
test_cut(void)
{
	struct text rest = TEXT("a,,b"), part;
	char to[8];

	is(text_trim(TEXT(" \t a b \r\n")), "a b", "blanks at both ends go");
	is(text_trim(TEXT("  ")), "", "nothing but blanks");
	ok(text_next(&rest, ',', &part) && text_is(part, "a"), "first part");
	ok(text_next(&rest, ',', &part) && part.len == 0, "an empty part");
	ok(text_next(&rest, ',', &part) && text_is(part, "b"), "last part");
	ok(!text_next(&rest, ',', &part), "no more parts");
	rest = TEXT("");
	ok(text_next(&rest, ',', &part) && part.len == 0 && !text_next(&rest, ',', &part),
	    "the empty text has one empty part");
	is(text_from(TEXT("abc"), 5), "", "from past the end");
	is(text_lower(to, TEXT("A\xc9Z")), "a\xc9z", "lower-cased by ASCII alone");
}

static void
test_memory(void)
{
	struct arena a = { 0 };
	struct buf b;
	struct text t;
	char *p;

	buf_init(&b, 40, "test");
	for (int i = 0; i < 10; i++)
		buf_string(&b, "abcd");
	ok(b.len == 40 && b.cap <= 40, "a buffer grows to its ceiling, not past it");
	buf_clear(&b);
	t = arena_text(&a, TEXT("kept"));
	for (int i = 0; i < 1000; i++)
		arena_alloc(&a, (size_t)i * 7);
	is(t, "kept", "what an arena gave stays while it grows");
	p = arena_alloc(&a, (size_t)5 << 20);
	memset(p, 1, (size_t)5 << 20);
	ok(((size_t)p & 15) == 0, "aligned to 16");
	arena_reset(&a);
	ok(a.bytes == (size_t)5 << 20, "the largest chunk is kept for reuse");
	ok(arena_new(&a, 3, 5) != NULL && a.bytes == (size_t)5 << 20, "and is used");
	arena_clear(&a);
	ok(a.bytes == 0, "all given back");
}

int
main(void)
{
	test_compare();
	test_find();
	test_cut();
	test_memory();
	return tap_end();
}
