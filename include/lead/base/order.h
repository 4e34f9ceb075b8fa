/* order.h - an array in order, without memory of its own */
#ifndef LEAD_BASE_ORDER_H
#define LEAD_BASE_ORDER_H

#include <stddef.h>

enum { ORDER_SIZE_MAX = 96 };

/*
 * Sort n items of size bytes (at most ORDER_SIZE_MAX) where they are, as
 * qsort_r() does with a copy of them all: order(a, b, ctx) is <0, 0, >0 and
 * equal items come in any order. n log n at worst.
 */
void order_array(void *v, size_t n, size_t size,
    int order(const void *, const void *, void *), void *ctx);

#endif
