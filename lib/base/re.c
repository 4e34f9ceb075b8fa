/* re.c - PCRE2 patterns over bytes, with limits that end in a verdict */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

#include <lead/base/mem.h>
#include <lead/base/re.h>

/*
 * The match limit counts backtracking, not scanning: what keeps a scan short
 * is the cap on the subject. JIT code knows no heap limit; a match that
 * outgrows its stack is tried again by the interpreter, which does.
 */
enum {
	MATCH_LIMIT = 100000,
	HEAP_LIMIT_KIB = 1024,
	STACK_MIN = 32 << 10,
	STACK_MAX = 1 << 20,
};

struct re {
	pcre2_code *code;
};

/* Made at the first pattern and kept: one match runs at a time. */
static struct {
	pcre2_general_context *general;
	pcre2_compile_context *compile;
	pcre2_match_context *match;
	pcre2_jit_stack *stack;
	pcre2_match_data *data;
	bool interpret;
} shared;

static void *
take(size_t n, void *ctx)
{
	(void)ctx;
	return mem_raw(n, 1);
}

static void
give(void *p, void *ctx)
{
	(void)ctx;
	mem_free(p);
}

/* Memory that runs out ends the program inside take(): none of these is NULL
 * but the stack, without which JIT code has 32 KiB of the machine's. */
static void
share(void)
{
	if (shared.general != NULL)
		return;
	shared.general = pcre2_general_context_create(take, give, NULL);
	shared.compile = pcre2_compile_context_create(shared.general);
	pcre2_set_max_pattern_length(shared.compile, RE_PATTERN_MAX);
	shared.match = pcre2_match_context_create(shared.general);
	pcre2_set_match_limit(shared.match, MATCH_LIMIT);
	pcre2_set_heap_limit(shared.match, HEAP_LIMIT_KIB);
	shared.data = pcre2_match_data_create(RE_GROUPS_MAX, shared.general);
	shared.interpret = getenv("LEAD_NO_JIT") != NULL;
	shared.stack = pcre2_jit_stack_create(STACK_MIN, STACK_MAX, shared.general);
	if (shared.stack != NULL)
		pcre2_jit_stack_assign(shared.match, NULL, shared.stack);
}

static struct re *
refuse(const char **why, size_t *at, const char *words, size_t offset)
{
	*why = words;
	*at = offset;
	return NULL;
}

static pcre2_code *
compile(struct text pattern, bool ignore_case, int *error, size_t *at)
{
	uint32_t options = PCRE2_NEVER_UTF | PCRE2_NEVER_UCP |
	    PCRE2_NEVER_BACKSLASH_C | PCRE2_DOLLAR_ENDONLY;

	if (ignore_case)
		options |= PCRE2_CASELESS;
	return pcre2_compile((PCRE2_SPTR)(pattern.len != 0 ? pattern.s : ""),
	    pattern.len, options, error, at, shared.compile);
}

struct re *
re_new(struct text pattern, bool ignore_case, const char **why, size_t *at)
{
	static char words[256];
	struct re *r;
	pcre2_code *code;
	size_t offset = 0;
	int error;

	share();
	if (text_starts(pattern, TEXT("(*")))
		return refuse(why, at, "a pattern may not begin with (*", 0);
	if (pattern.len > RE_PATTERN_MAX)
		return refuse(why, at, "a pattern has at most 4096 bytes",
		    RE_PATTERN_MAX);
	code = compile(pattern, ignore_case, &error, &offset);
	if (code == NULL) {
		pcre2_get_error_message(error, (PCRE2_UCHAR *)words, sizeof(words));
		return refuse(why, at, words, offset);
	}
	/* Where JIT code cannot be had the interpreter gives the same verdicts. */
	if (!shared.interpret)
		(void)pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
	r = mem_new(1, sizeof(*r));
	r->code = code;
	return r;
}

void
re_free(struct re *r)
{
	if (r == NULL)
		return;
	pcre2_code_free(r->code);
	mem_free(r);
}

static int
run(const struct re *r, struct text subject, uint32_t options)
{
	PCRE2_SPTR s = (PCRE2_SPTR)(subject.len != 0 ? subject.s : "");

	return pcre2_match(r->code, s, subject.len, 0, options, shared.data,
	    shared.match);
}

enum re_verdict
re_match(const struct re *r, struct text subject)
{
	int found;

	if (subject.len > RE_SUBJECT_MAX)
		return RE_LIMIT;
	found = run(r, subject, 0);
	if (found == PCRE2_ERROR_JIT_STACKLIMIT)
		found = run(r, subject, PCRE2_NO_JIT);
	if (found >= 0)
		return RE_YES;
	return found == PCRE2_ERROR_NOMATCH ? RE_NO : RE_LIMIT;
}

enum re_verdict
re_capture(const struct re *r, struct text subject, struct text *group, size_t n)
{
	enum re_verdict verdict = re_match(r, subject);
	size_t *place;
	uint32_t groups = 0;

	for (size_t i = 0; i < n; i++)
		group[i] = TEXT_NONE;
	if (verdict != RE_YES)
		return verdict;
	place = pcre2_get_ovector_pointer(shared.data);
	pcre2_pattern_info(r->code, PCRE2_INFO_CAPTURECOUNT, &groups);
	if (n > RE_GROUPS_MAX)
		n = RE_GROUPS_MAX;
	for (size_t i = 0; i < n && i <= groups; i++, place += 2)
		if (place[0] != PCRE2_UNSET && place[0] <= place[1])
			group[i] = (struct text){ subject.s + place[0],
				place[1] - place[0] };
	return RE_YES;
}
