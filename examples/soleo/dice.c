/* dice.c - chance that is the same on every machine */
#include "dice.h"

static uint64_t
mix(uint64_t z)
{
	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

struct dice
dice_of(uint64_t seed, const char *stream, uint64_t number)
{
	uint64_t state = mix(seed + UINT64_C(0x9e3779b97f4a7c15));

	for (; *stream != '\0'; stream++)
		state = mix(state ^ (unsigned char)*stream);
	return (struct dice){ mix(state ^ mix(number + 1)) };
}

uint64_t
dice_bits(struct dice *d)
{
	d->state += UINT64_C(0x9e3779b97f4a7c15);
	return mix(d->state);
}

uint32_t
dice_below(struct dice *d, uint32_t n)
{
	return (uint32_t)((dice_bits(d) >> 32) * n >> 32);
}

int64_t
dice_between(struct dice *d, int64_t low, int64_t high)
{
	return low + dice_below(d, (uint32_t)(high - low + 1));
}

bool
dice_permille(struct dice *d, uint32_t n)
{
	return dice_below(d, 1000) < n;
}

uint32_t
dice_weighted(struct dice *d, const uint16_t *weight, uint32_t n)
{
	uint32_t sum = 0, at;

	for (uint32_t i = 0; i < n; i++)
		sum += weight[i];
	at = dice_below(d, sum);
	for (uint32_t i = 0; i < n; i++) {
		if (at < weight[i])
			return i;
		at -= weight[i];
	}
	return n - 1;
}
