/* fuzz.h - the entry of a fuzz target, and what it does when an oracle fails */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <lead/base/text.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* What must hold for every input. */
#define must(holds) ((holds) ? (void)0 : abort())

/* The input as text. */
static inline struct text
fuzz_text(const uint8_t *data, size_t n)
{
	return (struct text){ (const char *)data, n };
}

#endif
