/* filter_foreign.c - the frame of a command whose operands are no lead TSV */
#include <sys/stat.h>

#include <lead/base/filter_foreign.h>
#include <lead/base/io.h>

enum { RESET_ROWS = 256 };

static struct foreign *
open_file(const struct filter_source *s, const char *path)
{
	struct foreign *file = foreign_open(path, s->options);

	if (file == NULL)
		diag_die_sys(NULL, "%s", io_name(path));
	return file;
}

static void
header(const struct filter_source *s, const char *path, const struct foreign *file)
{
	struct diag_at at = { .file = io_name(path) };
	struct text bad = TEXT_NONE;
	const char *why = s->header(s->context, foreign_names(file),
	    foreign_nfields(file), &bad);

	if (why != NULL && bad.len != 0)
		diag_die(DIAG_DATA, &at, "%s: %s", why, diag_value(bad));
	if (why != NULL)
		diag_die(DIAG_DATA, &at, "%s", why);
}

static void
bad_record(struct filter *f, const char *path, const struct foreign_problem *p)
{
	struct diag_at at = { io_name(path), p->line, NULL };

	filter_count_in(f, 1, 0);
	filter_reject_record(f, &at, p->reason, p->words, TEXT_NONE, p->record);
}

static _Noreturn void
die_of_file(const char *path, const struct foreign_problem *p)
{
	struct diag_at at = { io_name(path), p->line, NULL };

	diag_die(p->system ? DIAG_REQUEST : DIAG_DATA, &at, "%s", p->words);
}

static void
all_records(struct filter *f, const struct filter_source *s, const char *path,
    struct foreign *file)
{
	struct foreign_record r;

	for (uint64_t n = 1;; n++) {
		switch (foreign_next(file, &r)) {
		case FOREIGN_HEADER:
			header(s, path, file);
			break;
		case FOREIGN_RECORD:
			filter_count_in(f, 1, 0);
			s->record(s->context, io_name(path), &r);
			break;
		case FOREIGN_BAD:
			bad_record(f, path, foreign_problem(file));
			break;
		case FOREIGN_FAIL:
			die_of_file(path, foreign_problem(file));
		case FOREIGN_END:
			return;
		}
		if (n % RESET_ROWS == 0)
			arena_reset(filter_arena(f));
	}
}

static void
one_file(struct filter *f, const struct filter_source *s, const char *path)
{
	struct foreign *file = open_file(s, path);

	all_records(f, s, path, file);
	if (foreign_note(file) != NULL)
		diag_warn(&(struct diag_at){ .file = io_name(path) }, "%s",
		    foreign_note(file));
	filter_count_in(f, 0, foreign_bytes_in(file));
	if (foreign_blanks(file) != 0)
		filter_count(f, "blank_lines", foreign_blanks(file));
	if (foreign_arrays(file) != 0)
		filter_count(f, "arrays_left_out", foreign_arrays(file));
	foreign_close(file);
}

void
filter_foreign(struct filter *f, const struct filter_source *s)
{
	const struct filter_common *c = filter_common(f);

	for (size_t i = 0; i < c->nfiles; i++)
		one_file(f, s, c->files[i]);
	if (c->nfiles == 0)
		one_file(f, s, "-");
}

void
filter_foreign_headers(struct filter *f, const struct filter_source *s)
{
	const struct filter_common *c = filter_common(f);
	struct foreign_record r;
	struct stat st;

	for (size_t i = 0; i < c->nfiles; i++) {
		struct foreign *file;

		if (text_is(text_of(c->files[i]), "-") || stat(c->files[i], &st) != 0 ||
		    !S_ISREG(st.st_mode))
			continue;
		file = open_file(s, c->files[i]);
		if (foreign_next(file, &r) == FOREIGN_HEADER)
			header(s, c->files[i], file);
		foreign_close(file);
	}
}
