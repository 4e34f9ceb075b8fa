/* import_terms.c - what a run of lead-import is asked, from words to rules */
#include <lead/base/buf.h>
#include <lead/base/mem.h>
#include <lead/base/nginx.h>
#include <lead/base/num.h>
#include <lead/domain/import/import_terms.h>

const char *const import_terms_charsets[] = { "utf-8", "latin1", NULL };

enum { UTF_8, LATIN1 };

/* What is being read, and words on what is wrong with it. */
struct reading {
	const struct import_terms_words *w;
	const struct text *file;
	struct import_terms *t;
	struct import_terms_problem *p;
	struct buf why;
};

/* --- what is wrong --- */

static void
words_init(struct reading *r)
{
	*r->p = (struct import_terms_problem){ .where = NULL };
	buf_init(&r->why, sizeof(r->p->why) - 1, "words of a message");
}

static void
words_end(struct reading *r)
{
	if (r->why.len != 0)
		memcpy(r->p->why, r->why.s, r->why.len);
	buf_clear(&r->why);
}

static bool
wrong(struct reading *r, const char *where, const char *why, struct text word)
{
	r->p->where = where;
	r->p->word = word;
	buf_string(&r->why, why);
	return false;
}

/* At a byte of the text that is wrong, counted from 1; 0: of none. */
static void
put_byte(struct reading *r, size_t at)
{
	char digits[NUM_TEXT];

	if (at == 0)
		return;
	buf_string(&r->why, "byte ");
	buf_put(&r->why, num_put_count(digits, (int64_t)at));
	buf_string(&r->why, ": ");
}

static bool
wrong_file(struct reading *r, int file, uint64_t line, size_t at, const char *why)
{
	r->p->where = r->w->file[file];
	r->p->line = line;
	put_byte(r, at);
	buf_string(&r->why, why);
	return false;
}

/* --- the options --- */

static bool
read_format(struct reading *r)
{
	struct text word = text_of(r->w->format);
	const struct format *format = format_find(word);
	struct import_terms *t = r->t;
	const char *why;
	size_t at;

	t->file.format = format->format;
	t->max_reject = format->max_reject;
	t->o.writing = format->writing;
	t->o.kind = r->w->suggest ? IMPORTER_SUGGEST
	    : r->w->file[IMPORT_TERMS_MAP] != NULL ? IMPORTER_MAP : format->kind;
	t->file.resync = r->w->resync;
	t->file.skip_lines = (uint64_t)r->w->skip_lines;
	if (r->w->skip_lines != 0 && format->format != FOREIGN_CSV)
		return wrong(r, "--skip-lines", "of CSV alone", word);
	t->file.latin1 = r->w->charset == LATIN1;
	t->o.growing = format->format == FOREIGN_JSON;
	if (format->format != FOREIGN_LOG)
		return true;
	t->by_name = text_find(word, '$') >= 0;
	t->file.log = t->log = weblog_new(word, &why, &at);
	if (t->log != NULL)
		return true;
	put_byte(r, at + 1);
	buf_string(&r->why, why);
	return wrong(r, "--format", " (csv, tsv, json, w3c, combined, vcombined, common, "
	    "main, or a log format)", TEXT_NONE);
}

static bool
read_separator(struct reading *r)
{
	struct text word = text_of(r->w->separator);

	if (r->w->separator == NULL)
		return true;
	r->t->file.separator = text_is(word, "tab") ? '\t' : word.s[0];
	return text_is(word, "tab") || (word.len == 1 && word.s[0] != '"') ||
	    wrong(r, "--separator", "not one byte", word);
}

static bool
read_renames(struct reading *r)
{
	size_t n = r->w->nrenames;

	r->t->o.rename = r->t->rename = mem_new(n, sizeof(*r->t->rename));
	r->t->o.nrenames = n;
	for (size_t i = 0; i < n; i++) {
		struct text to = text_of(r->w->rename[i]), from;

		if (!text_next(&to, '=', &from) || to.len == 0 || from.len == 0)
			return wrong(r, "--rename", "not OLD=NEW",
			    text_of(r->w->rename[i]));
		r->t->rename[i] = (struct importer_rename){ from, to };
	}
	return true;
}

static bool
read_hits(struct reading *r)
{
	struct hit_options *hit = &r->t->o.hit;
	const char *why = NULL;
	struct text bad;

	if (r->w->visitor != NULL)
		why = visitor_parse(text_of(r->w->visitor), &hit->visitor);
	if (why != NULL)
		return wrong(r, "--visitor", why, TEXT_NONE);
	if (r->w->drop != NULL && !hit_parse_drop(text_of(r->w->drop), &hit->drop, &bad))
		return wrong(r, "--drop", "not bots, static, errors or internal", bad);
	if ((hit->drop & HIT_INTERNAL) != 0 && r->w->file[IMPORT_TERMS_INTERNAL] == NULL)
		return wrong(r, "--drop", "internal needs --internal FILE", TEXT_NONE);
	return true;
}

/* --- the files --- */

static bool
read_events(struct reading *r)
{
	struct import_terms *t = r->t;
	struct action_error e;

	t->o.hit.actions = t->actions = action_new(r->file[IMPORT_TERMS_EVENTS], &e);
	return t->actions != NULL ||
	    wrong_file(r, IMPORT_TERMS_EVENTS, e.line, e.at, e.why);
}

static bool
read_internal(struct reading *r)
{
	uint64_t line;

	if (r->w->file[IMPORT_TERMS_INTERNAL] == NULL)
		return true;
	r->t->o.hit.internal = r->t->internal = ip_set_new();
	line = ip_set_read(r->t->internal, r->file[IMPORT_TERMS_INTERNAL], &r->p->word);
	return line == 0 ||
	    wrong_file(r, IMPORT_TERMS_INTERNAL, line, 0, "not an address or network");
}

static bool
read_map(struct reading *r, const struct zone *zone)
{
	bool mapped = r->w->file[IMPORT_TERMS_MAP] != NULL;
	struct mapping_error e;

	if (r->w->email && !mapped)
		return wrong(r, "--email", "needs --map", TEXT_NONE);
	if (r->w->rates != NULL && !mapped)
		return wrong(r, "--rates", "needs --map", TEXT_NONE);
	r->t->o.email = r->w->email;
	if (r->w->rates != NULL)
		r->t->o.rates = r->t->rates = rates_new();
	if (!mapped)
		return true;
	r->t->o.mapping = mapping_new(r->file[IMPORT_TERMS_MAP], zone, &e);
	return r->t->o.mapping != NULL ||
	    wrong_file(r, IMPORT_TERMS_MAP, e.line, e.at, e.why);
}

bool
import_terms_read(const struct import_terms_words *w,
    const struct text file[IMPORT_TERMS_FILES], const struct zone *zone,
    struct import_terms *t, struct import_terms_problem *p)
{
	struct reading r = { .w = w, .file = file, .t = t, .p = p };
	bool good;

	*t = (struct import_terms){ .max_reject = NULL };
	words_init(&r);
	good = read_separator(&r) && read_format(&r) && read_hits(&r) &&
	    read_events(&r) && read_renames(&r) && read_internal(&r) &&
	    read_map(&r, zone);
	words_end(&r);
	return good;
}

bool
import_terms_ready(const struct import_terms_words *w, struct import_terms *t,
    struct import_terms_problem *p)
{
	struct reading r = { .p = p };
	bool good = t->rates == NULL || rates_ready(t->rates);

	words_init(&r);
	if (!good)
		wrong(&r, w->rates, "two rates of one currency and day", TEXT_NONE);
	words_end(&r);
	return good;
}

void
import_terms_clear(struct import_terms *t)
{
	mapping_free(t->o.mapping);
	rates_free(t->rates);
	ip_set_free(t->internal);
	action_free(t->actions);
	weblog_free(t->log);
	mem_free(t->rename);
}

bool
import_terms_doubt(const struct import_terms *t, size_t *i,
    struct import_terms_problem *p)
{
	struct reading r = { .p = p };
	struct text name, near;

	while (t->by_name && *i < weblog_nparts(t->log)) {
		name = weblog_name(t->log, (*i)++);
		if (nginx_knows(name))
			continue;
		words_init(&r);
		near = nginx_near(name);
		wrong(&r, "--format", "nginx has no variable of this name", name);
		if (near.len != 0) {
			buf_string(&r.why, " (it has ");
			buf_put(&r.why, near);
			buf_byte(&r.why, ')');
		}
		words_end(&r);
		return true;
	}
	return false;
}
