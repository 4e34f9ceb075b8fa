/* scan.c - where are the tabs and line feeds? */
#include <lead/base/scan.h>

#ifdef __x86_64__
#include <immintrin.h>
#endif

/* One bit a byte, of 64 bytes. */
struct masks {
	uint64_t tab, line, backslash, cr, nul;
};

/* Offsets of the bits of mask, from base on, to at; returns past the last. */
static inline uint32_t *
put_bits(uint32_t *at, uint64_t mask, uint32_t base)
{
	while (mask != 0) {
		*at++ = base + (uint32_t)__builtin_ctzll(mask);
		mask &= mask - 1;
	}
	return at;
}

static inline uint32_t *
put_masks(uint32_t *at, const struct masks *m, size_t base, struct scan *r)
{
	r->lines += (size_t)__builtin_popcountll(m->line);
	r->seen |= (m->backslash != 0 ? SCAN_BACKSLASH : 0u) |
	    (m->cr != 0 ? SCAN_CR : 0u) | (m->nul != 0 ? SCAN_NUL : 0u);
	return put_bits(at, m->tab | m->line, (uint32_t)base);
}

/* The bits of bytes that are inside the text when only left of 64 are. */
static inline void
keep_first(struct masks *m, size_t left)
{
	uint64_t inside = left >= 64 ? ~(uint64_t)0 : ((uint64_t)1 << left) - 1;

	m->tab &= inside;
	m->line &= inside;
	m->backslash &= inside;
	m->cr &= inside;
	m->nul &= inside;
}

#ifdef __x86_64__

__attribute__((target("avx2"))) static inline uint64_t
equal64(__m256i a, __m256i b, char c)
{
	__m256i want = _mm256_set1_epi8(c);
	uint32_t lo = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(a, want));
	uint32_t hi = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(b, want));

	return (uint64_t)hi << 32 | lo;
}

__attribute__((target("avx2,bmi,popcnt"))) static struct scan
scan_avx2(const char *s, size_t n, uint32_t *at)
{
	struct scan r = { 0 };
	uint32_t *start = at;

	for (size_t i = 0; i < n; i += 64) {
		__m256i a = _mm256_loadu_si256((const __m256i *)(const void *)(s + i));
		__m256i b =
		    _mm256_loadu_si256((const __m256i *)(const void *)(s + i + 32));
		struct masks m = { equal64(a, b, '\t'), equal64(a, b, '\n'),
			equal64(a, b, '\\'), equal64(a, b, '\r'), equal64(a, b, '\0') };

		if (n - i < 64)
			keep_first(&m, n - i);
		at = put_masks(at, &m, i, &r);
	}
	r.separators = (size_t)(at - start);
	return r;
}

#endif

/* Any processor: byte by byte into the same masks. */
static struct scan
scan_plain(const char *s, size_t n, uint32_t *at)
{
	struct scan r = { 0 };
	uint32_t *start = at;

	for (size_t i = 0; i < n; i += 64) {
		struct masks m = { 0 };

		for (size_t j = 0; j < 64 && i + j < n; j++) {
			uint64_t bit = (uint64_t)1 << j;
			char c = s[i + j];

			m.tab |= c == '\t' ? bit : 0;
			m.line |= c == '\n' ? bit : 0;
			m.backslash |= c == '\\' ? bit : 0;
			m.cr |= c == '\r' ? bit : 0;
			m.nul |= c == '\0' ? bit : 0;
		}
		at = put_masks(at, &m, i, &r);
	}
	r.separators = (size_t)(at - start);
	return r;
}

struct scan
scan_separators(const char *s, size_t n, uint32_t *at)
{
#ifdef __x86_64__
	if (__builtin_cpu_supports("avx2"))
		return scan_avx2(s, n, at);
#endif
	return scan_plain(s, n, at);
}
