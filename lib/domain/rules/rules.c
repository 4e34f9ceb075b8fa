/* rules.c - the built-in tables of lib/rules, as they were at build */
#include <stddef.h>

#include <lead/domain/rules/rules.h>

/* The assembler takes the file's bytes as they are. */
#define EMBED(name)                                                                    \
	__asm__(".section .rodata\n"                                                   \
		"rules_" #name "_start:\n"                                             \
		".incbin \"lib/rules/" #name ".tsv\"\n"                                \
		"rules_" #name "_end:\n"                                               \
		".byte 0\n"                                                            \
		".previous\n");                                                        \
	extern const char name##_start[] __asm__("rules_" #name "_start");             \
	extern const char name##_end[] __asm__("rules_" #name "_end");

#define TABLES(X)                                                                      \
	X(acts)                                                                        \
	X(bots)                                                                        \
	X(categories)                                                                  \
	X(channels)                                                                    \
	X(clicks)                                                                      \
	X(columns)                                                                     \
	X(currencies)                                                                  \
	X(freemail)                                                                    \
	X(headers)                                                                     \
	X(marketing)                                                                   \
	X(outcomes)                                                                    \
	X(parameters)                                                                  \
	X(placeholders)                                                                \
	X(referrers)                                                                   \
	X(sources)

TABLES(EMBED)

static const struct {
	const char *name;
	const char *start, *end;
} tables[] = {
#define ROW(name) { #name, name##_start, name##_end },
	TABLES(ROW)
#undef ROW
};

struct text
rules_text(const char *name)
{
	for (size_t i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		if (text_is(text_of(name), tables[i].name))
			return (struct text){ tables[i].start,
				(size_t)(tables[i].end - tables[i].start) };
	return (struct text){ NULL, 0 };
}
