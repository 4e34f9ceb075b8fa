/* band.c - between which round numbers does a value lie? */
#include <lead/domain/figures/band.h>

bool
band_parse(struct text t, struct band *b)
{
	struct text rest = t, part;

	*b = (struct band){ 0 };
	while (t.len != 0 && text_next(&rest, ':', &part)) {
		if (b->n == BAND_CUTS || num_parse(part, &b->cut[b->n]) != NUM_OK ||
		    (b->n > 0 && b->cut[b->n] <= b->cut[b->n - 1]))
			return false;
		b->n++;
	}
	return true;
}

/* Either end may be open. */
static struct text
put(const int64_t *low, const int64_t *high, char out[BAND_TEXT])
{
	char number[NUM_TEXT];
	struct text t = low != NULL ? num_put(number, *low) : TEXT_NONE;
	size_t n = t.len;

	memcpy(out, t.s, t.len);
	memcpy(out + n, "..", 2);
	n += 2;
	t = high != NULL ? num_put(number, *high) : TEXT_NONE;
	memcpy(out + n, t.s, t.len);
	return (struct text){ out, n + t.len };
}

/* Zero, or a power of ten. */
static struct text
put_decade(int64_t micros, char out[BAND_TEXT])
{
	int64_t low = 0, high = 10 * (int64_t)NUM_MICROS;

	if (micros < 0)
		return put(NULL, &low, out);
	while (micros >= high) {
		low = high;
		if (__builtin_mul_overflow(high, 10, &high))
			return put(&low, NULL, out);
	}
	return put(&low, &high, out);
}

struct text
band_put(const struct band *b, int64_t micros, char out[BAND_TEXT])
{
	size_t i = 0;

	if (b->n == 0)
		return put_decade(micros, out);
	while (i < b->n && micros >= b->cut[i])
		i++;
	return put(i > 0 ? &b->cut[i - 1] : NULL, i < b->n ? &b->cut[i] : NULL, out);
}
