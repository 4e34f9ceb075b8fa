/* opt.c - one table per command: parsing, -h and completion read the same */
#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <lead/base/diag.h>
#include <lead/base/mem.h>
#include <lead/base/near.h>
#include <lead/base/num.h>
#include <lead/base/opt.h>
#include <lead/base/when.h>

enum { OPTIONS_MAX = 64, FIRST_CODE = 256 };

/* What every program answers before it does anything. */
static const struct opt builtins[] = {
	{ 'h', "help", NULL, OPT_FLAG, 0, "show this help", NULL },
	{ 'V', "version", NULL, OPT_FLAG, 0, "show the version", NULL },
	{ 0, "completion", NULL, OPT_FLAG, 0, "print completion words for bash", NULL },
	{ 0 },
};

/* All options of all tables in one row, as getopt_long(3) wants them. */
struct flat {
	const struct opt *opt[OPTIONS_MAX];
	void *config[OPTIONS_MAX];
	size_t n;
	struct option longs[OPTIONS_MAX + 4];
	char shorts[3 * OPTIONS_MAX];
};

static const char *given[OPTIONS_MAX];
static size_t ngiven;

bool
opt_given(const char *word)
{
	for (size_t i = 0; i < ngiven; i++)
		if (strcmp(given[i], word) == 0)
			return true;
	return false;
}

void
opt_need(const char *word, const char *other)
{
	if (opt_given(word) && !opt_given(other))
		diag_die(DIAG_REQUEST, NULL, "--%s needs --%s", word, other);
}

static _Noreturn void
bad(const struct opt_spec *spec, const char *words, const char *what)
{
	diag_die(DIAG_REQUEST, NULL, "%s '%s' (usage: %s [options] %s; -h for help)",
	    words, what, spec->name, spec->operands);
}

/* --- help --- */

/* Behind the names of an option, in the columns that are left of 80. */
static void
print_words(const char *words)
{
	enum { LEFT = 32, WIDTH = 79 - LEFT };
	struct text rest = text_of(words), word;
	size_t at = 0;

	while (text_next(&rest, ' ', &word)) {
		if (at != 0 && at + 1 + word.len > WIDTH) {
			printf("\n%*s", LEFT, "");
			at = 0;
		}
		printf(" %.*s", (int)word.len, word.s);
		at += word.len + 1;
	}
	printf("\n");
}

static void
print_option(const struct opt *o)
{
	char left[64];

	snprintf(left, sizeof(left), "--%s%s%s", o->word, o->arg != NULL ? " " : "",
	    o->arg != NULL ? o->arg : "");
	if (o->letter != 0)
		printf("  -%c, %-26s", o->letter, left);
	else
		printf("      %-26s", left);
	print_words(o->help);
}

static _Noreturn void
end_output(void)
{
	if (fflush(stdout) != 0 || ferror(stdout))
		diag_die_sys(NULL, "<stdout>");
	exit(DIAG_OK);
}

static _Noreturn void
print_help(const struct opt_spec *spec)
{
	printf("%s - %s\nusage: %s [options] %s\n", spec->name, spec->purpose, spec->name,
	    spec->operands);
	for (size_t t = 0; t < spec->ntables; t++) {
		if (t == 0 || spec->tables[t].title[0] != '\0')
			printf("\n");
		if (spec->tables[t].title[0] != '\0')
			printf("%s:\n", spec->tables[t].title);
		for (const struct opt *o = spec->tables[t].opts; o->word != NULL; o++)
			print_option(o);
	}
	for (const struct opt *o = builtins; o->word != NULL; o++)
		print_option(o);
	end_output();
}

static _Noreturn void
print_completion(const struct opt_spec *spec)
{
	printf("complete -o default -W '");
	for (size_t t = 0; t < spec->ntables; t++)
		for (const struct opt *o = spec->tables[t].opts; o->word != NULL; o++)
			printf("--%s ", o->word);
	printf("--help --version' %s\n", spec->name);
	end_output();
}

static _Noreturn void
print_version(const struct opt_spec *spec)
{
	printf("%s %s\n", spec->name, spec->version);
	end_output();
}

/* --- values --- */

static bool
parse_count(const char *s, int64_t *n)
{
	return num_parse_count(text_of(s), n) == NUM_OK;
}

uint64_t
opt_memory_share(int percent)
{
	return (uint64_t)sysconf(_SC_PHYS_PAGES) / 100 * (uint64_t)percent *
	    (uint64_t)sysconf(_SC_PAGESIZE);
}

/* 512K, 16M, 1G, 2T, plain bytes, or a share of memory: 25%. */
static bool
parse_size(const char *s, uint64_t *bytes)
{
	static const char units[] = "KMGT";
	size_t digits = strspn(s, "0123456789");
	const char *unit = s + digits;
	int64_t n;

	if (num_parse_count((struct text){ s, digits }, &n) != NUM_OK || n == 0)
		return false;
	*bytes = (uint64_t)n;
	if (strcmp(unit, "%") == 0 && n <= 100) {
		*bytes = opt_memory_share((int)n);
		return true;
	}
	if (unit[0] == '\0')
		return true;
	for (size_t i = 0; units[i] != '\0'; i++)
		if (unit[0] == units[i] && unit[1] == '\0')
			return !__builtin_mul_overflow(*bytes,
			    (uint64_t)1 << (10 * (i + 1)), bytes) &&
			    *bytes <= INT64_MAX;
	return false;
}

static bool
parse_choice(const struct opt *o, const char *s, int *choice)
{
	for (int i = 0; o->choices[i] != NULL; i++)
		if (strcmp(o->choices[i], s) == 0) {
			*choice = i;
			return true;
		}
	return false;
}

/* ": day, week, month" of an option that has choices, else nothing. */
static const char *
choices_of(const struct opt *o)
{
	static char list[256];
	size_t n = 0;

	list[0] = '\0';
	for (int i = 0; o->kind == OPT_CHOICE && o->choices[i] != NULL; i++)
		if (n < sizeof(list))
			n += (size_t)snprintf(list + n, sizeof(list) - n, "%s%s",
			    i == 0 ? ": " : ", ", o->choices[i]);
	return list;
}

static void
append(struct opt_list *list, const char *value)
{
	list->v = mem_resize(list->v, list->n + 1, sizeof(*list->v));
	list->v[list->n++] = value;
}

/* Put value where the option says; NULL or words on what it must be. */
static const char *
store(const struct opt *o, void *config, const char *value)
{
	void *slot = (char *)config + o->where;

	switch (o->kind) {
	case OPT_FLAG:
		*(bool *)slot = true;
		return NULL;
	case OPT_TEXT:
		*(const char **)slot = value;
		return value[0] != '\0' ? NULL : "is empty";
	case OPT_LIST:
		append(slot, value);
		return value[0] != '\0' ? NULL : "is empty";
	case OPT_SPAN:
		return when_parse_span(text_of(value), slot) == WHEN_OK
		    ? NULL : "is no duration such as 30m, 12h or 90d";
	case OPT_SIZE:
		return parse_size(value, slot)
		    ? NULL : "is no size such as 512M, 1G or 25%";
	case OPT_COUNT:
		return parse_count(value, slot) ? NULL : "is no whole number";
	case OPT_CHOICE:
		return parse_choice(o, value, slot) ? NULL : "is none of these";
	}
	return NULL;
}

/* --- the command line --- */

static void
add_option(struct flat *f, const struct opt *o, void *config, int code)
{
	char *s = f->shorts + strlen(f->shorts);

	f->longs[f->n] = (struct option){ .name = o->word,
		.has_arg = o->kind == OPT_FLAG ? no_argument : required_argument,
		.val = code };
	f->opt[f->n] = o;
	f->config[f->n] = config;
	f->n++;
	if (o->letter == 0)
		return;
	*s++ = o->letter;
	if (o->kind != OPT_FLAG)
		*s++ = ':';
	*s = '\0';
}

static void
flatten(const struct opt_spec *spec, struct flat *f)
{
	*f = (struct flat){ .shorts = ":" };
	for (size_t t = 0; t < spec->ntables; t++)
		for (const struct opt *o = spec->tables[t].opts; o->word != NULL; o++)
			add_option(f, o, spec->tables[t].config,
			    FIRST_CODE + (int)f->n);
	for (const struct opt *o = builtins; o->word != NULL; o++)
		add_option(f, o, NULL, FIRST_CODE + (int)f->n);
}

static size_t
find(const struct flat *f, int code)
{
	if (code >= FIRST_CODE)
		return (size_t)(code - FIRST_CODE);
	for (size_t i = 0; i < f->n; i++)
		if (f->opt[i]->letter == code)
			return i;
	return f->n;
}

/* A long option that there is not, and the one that may be meant. */
static _Noreturn void
unknown(const struct opt_spec *spec, const struct flat *f, const char *option)
{
	struct text name[OPTIONS_MAX];
	int near;

	for (size_t i = 0; i < f->n; i++)
		name[i] = text_of(f->opt[i]->word);
	near = near_find(text_from(text_of(option), 2), name, f->n);
	if (near < 0)
		bad(spec, "unknown option", option);
	diag_die(DIAG_REQUEST, NULL, "unknown option '%s': did you mean --%s? (-h for help)",
	    option, f->opt[near]->word);
}

/* getopt_long takes --ver for --version: scripts must not depend on that. */
static void
refuse_abbreviations(const struct opt_spec *spec, const struct flat *f, char *argv[])
{
	for (; *argv != NULL && strcmp(*argv, "--") != 0; argv++) {
		struct text word = text_of(*argv);
		ptrdiff_t eq = text_find(word, '=');
		size_t i = 0;

		if (!text_starts(word, TEXT("--")))
			continue;
		word = text_from(eq < 0 ? word : text_head(word, (size_t)eq), 2);
		while (i < f->n && !text_is(word, f->opt[i]->word))
			i++;
		if (i == f->n && eq >= 0)
			(*argv)[eq] = '\0'; /* its value may be a secret */
		if (i == f->n)
			unknown(spec, f, *argv);
	}
}

static void
take(const struct opt_spec *spec, const struct flat *f, size_t i)
{
	const struct opt *o = f->opt[i];
	const char *words;

	if (o->word == builtins[0].word)
		print_help(spec);
	if (o->word == builtins[1].word)
		print_version(spec);
	if (o->word == builtins[2].word)
		print_completion(spec);
	if (o->kind != OPT_LIST && opt_given(o->word))
		bad(spec, "given twice: option", o->word);
	if (!opt_given(o->word))
		given[ngiven++] = o->word;
	words = store(o, f->config[i], optarg);
	if (words != NULL)
		diag_die(DIAG_REQUEST, NULL, "--%s: %s %s%s", o->word,
		    diag_value(text_of(optarg)), words, choices_of(o));
}

int
opt_parse(const struct opt_spec *spec, int argc, char *argv[])
{
	struct flat f;
	int code;

	flatten(spec, &f);
	refuse_abbreviations(spec, &f, argv + 1);
	opterr = 0;
	unsetenv("POSIXLY_CORRECT"); /* operands may stand anywhere */
	while ((code = getopt_long(argc, argv, f.shorts, f.longs, NULL)) != -1) {
		if (code == ':')
			bad(spec, "needs a value: option", argv[optind - 1]);
		if (code == '?')
			bad(spec, "unknown option", argv[optind - 1]);
		take(spec, &f, find(&f, code));
	}
	return optind;
}
