/* action.c - which events does a request make? */
#include <lead/base/mem.h>
#include <lead/base/re.h>
#include <lead/domain/import/action.h>
#include <lead/domain/rules/event.h>
#include <lead/domain/rules/sheet.h>

enum { ROWS_MAX = 4096 };

enum { METHOD, PATH, STATUS, EVENT, COLUMNS };
static const char *const names[COLUMNS] = { "method", "path", "status", "event" };

struct action {
	struct text method, status; /* lists as written; empty: any */
	struct re *path;            /* NULL: any */
	struct text event[ACTION_EVENTS_MAX];
	size_t nevents;
};

struct actions {
	struct action *v;
	size_t n, cap;
};

/* Three digits, x for any: 200 2xx */
static bool
is_status(struct text t)
{
	if (t.len != 3)
		return false;
	for (size_t i = 0; i < t.len; i++)
		if ((t.s[i] < '0' || t.s[i] > '9') && t.s[i] != 'x')
			return false;
	return true;
}

static const char *
parse_status(struct text list)
{
	struct text part;

	while (list.len != 0 && text_next(&list, ',', &part))
		if (!is_status(text_trim(part)))
			return "not a status such as 200, 2xx or 200,302";
	return NULL;
}

static const char *
parse_events(struct text list, struct action *a)
{
	struct text part;

	while (text_next(&list, ',', &part)) {
		part = text_trim(part);
		if (event_find(part) == NULL)
			return "not an event of lead-tsv(5)";
		if (a->nevents == ACTION_EVENTS_MAX)
			return "too many events";
		a->event[a->nevents++] = part;
	}
	return NULL;
}

static const char *
parse_row(const struct sheet *s, struct action *a, size_t *column, size_t *at)
{
	const char *why;

	a->method = s->cell[METHOD];
	a->status = s->cell[STATUS];
	*at = 0;
	*column = STATUS;
	if ((why = parse_status(a->status)) != NULL)
		return why;
	*column = EVENT;
	if ((why = parse_events(s->cell[EVENT], a)) != NULL)
		return why;
	*column = PATH;
	if (s->cell[PATH].len != 0)
		a->path = re_new(s->cell[PATH], true, &why, at);
	return why;
}

static bool
read_rows(struct actions *a, struct sheet *s, struct action_error *error)
{
	size_t column = 0, at = 0;
	int got;

	while ((got = sheet_next(s)) == 1) {
		const char *why;

		a->v = mem_grow(a->v, &a->cap, a->n + 1, sizeof(*a->v), ROWS_MAX,
		    "rows of an events file");
		a->v[a->n] = (struct action){ .path = NULL };
		why = parse_row(s, &a->v[a->n++], &column, &at);
		if (why != NULL) {
			*error = (struct action_error){ s->line,
				sheet_place(s, column, at), why };
			return false;
		}
	}
	if (got < 0)
		*error = (struct action_error){ s->line, s->at, s->why };
	return got == 0;
}

struct actions *
action_new(struct text text, struct action_error *error)
{
	struct actions *a = mem_new(1, sizeof(*a));
	struct sheet s;

	if (text.len == 0)
		return a;
	if (sheet_begin(&s, text, names, COLUMNS)) {
		if (read_rows(a, &s, error))
			return a;
	} else {
		*error = (struct action_error){ s.line, s.at, s.why };
	}
	action_free(a);
	return NULL;
}

void
action_free(struct actions *a)
{
	if (a == NULL)
		return;
	for (size_t i = 0; i < a->n; i++)
		re_free(a->v[i].path);
	mem_free(a->v);
	mem_free(a);
}

static bool
in_list(struct text list, struct text word)
{
	struct text part;

	if (list.len == 0)
		return true;
	while (text_next(&list, ',', &part))
		if (text_equal(text_trim(part), word))
			return true;
	return false;
}

static bool
in_statuses(struct text list, int status)
{
	const char digit[3] = { (char)('0' + status / 100), (char)('0' + status / 10 % 10),
		(char)('0' + status % 10) };
	struct text part;

	if (list.len == 0)
		return true;
	while (text_next(&list, ',', &part)) {
		size_t i = 0;

		part = text_trim(part);
		while (i < 3 && (part.s[i] == 'x' || part.s[i] == digit[i]))
			i++;
		if (i == 3)
			return true;
	}
	return false;
}

enum action_verdict
action_of(const struct actions *a, struct text method, struct text path, int status,
    struct text event[ACTION_EVENTS_MAX], size_t *n)
{
	for (size_t i = 0; i < a->n; i++) {
		const struct action *row = &a->v[i];
		enum re_verdict v = RE_YES;

		if (!in_list(row->method, method) || !in_statuses(row->status, status))
			continue;
		if (row->path != NULL)
			v = re_match(row->path, path);
		if (v == RE_LIMIT)
			return ACTION_LIMIT;
		if (v == RE_NO)
			continue;
		memcpy(event, row->event, row->nevents * sizeof(*event));
		*n = row->nevents;
		return ACTION_OK;
	}
	event[0] = TEXT("page_view");
	*n = 1;
	return ACTION_OK;
}
