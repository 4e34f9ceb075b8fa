/* json.c - the values of a flat JSON object, by number */
#include <json-c/json.h>
#include <math.h>

#include <lead/base/arena.h>
#include <lead/base/buf.h>
#include <lead/base/dict.h>
#include <lead/base/json.h>
#include <lead/base/mem.h>

enum { NAME_BYTES_MAX = 1 << 16 };

struct json {
	struct json_tokener *tokener;
	struct json_object *object; /* of the last line: values point into it */
	struct dict *keys;
	struct text *name, *value;
	size_t ncap, vcap;
	struct arena names;
	struct buf path; /* of the value being read */
	uint64_t arrays;
	const char *reason, *words;
};

struct json *
json_new(void)
{
	struct json *j = mem_new(1, sizeof(*j));

	j->tokener = json_tokener_new_ex(JSON_DEPTH_MAX + 1);
	json_tokener_set_flags(j->tokener,
	    JSON_TOKENER_STRICT | JSON_TOKENER_VALIDATE_UTF8);
	j->keys = dict_new();
	buf_init(&j->path, NAME_BYTES_MAX, "a name in JSON");
	return j;
}

void
json_free(struct json *j)
{
	if (j == NULL)
		return;
	json_object_put(j->object);
	json_tokener_free(j->tokener);
	dict_free(j->keys);
	arena_clear(&j->names);
	buf_clear(&j->path);
	mem_free(j->name);
	mem_free(j->value);
	mem_free(j);
}

static bool
bad(struct json *j, const char *reason, const char *words)
{
	j->reason = reason;
	j->words = words;
	return false;
}

/* The number of the name in path; a new one has an empty value. */
static bool
find_key(struct json *j, uint32_t *number)
{
	uint32_t before = dict_count(j->keys);

	*number = dict_get(j->keys, buf_text(&j->path));
	if (*number != DICT_NONE)
		return true;
	if (before == JSON_KEYS_MAX)
		return bad(j, "columns", "more than 4096 keys");
	*number = dict_add(j->keys, buf_text(&j->path));
	j->name = mem_grow(j->name, &j->ncap, before + 1, sizeof(*j->name),
	    JSON_KEYS_MAX, "keys");
	j->value = mem_grow(j->value, &j->vcap, before + 1, sizeof(*j->value),
	    JSON_KEYS_MAX, "keys");
	j->name[before] = arena_text(&j->names, buf_text(&j->path));
	j->value[before] = TEXT_NONE;
	return true;
}

/* The library takes what is beyond its range for the end of it, and NaN. */
static bool
is_sound_number(struct json_object *o)
{
	if (json_object_is_type(o, json_type_double))
		return isfinite(json_object_get_double(o));
	return !json_object_is_type(o, json_type_int) ||
	    (json_object_get_uint64(o) != UINT64_MAX &&
	    json_object_get_int64(o) != INT64_MIN);
}

static bool
set_value(struct json *j, struct json_object *o)
{
	struct text t = TEXT_NONE;
	uint32_t number;

	if (!find_key(j, &number))
		return false;
	if (json_object_is_type(o, json_type_string))
		t = (struct text){ json_object_get_string(o),
			(size_t)json_object_get_string_len(o) };
	else if (o != NULL)
		t = text_of(json_object_get_string(o));
	if (!is_sound_number(o))
		return bad(j, "json", "not a JSON number of 64 bits");
	j->value[number] = t;
	return true;
}

/* All members of an object, those of objects inside too (depth is bounded). */
static bool
walk(struct json *j, struct json_object *o)
{
	size_t outer = j->path.len;

	json_object_object_foreach(o, key, value) {
		bool sound = true;

		j->path.len = outer;
		if (outer + 1 + strlen(key) > NAME_BYTES_MAX)
			return bad(j, "long", "a name longer than 64 KiB");
		if (outer != 0)
			buf_byte(&j->path, '.');
		buf_string(&j->path, key);
		if (json_object_is_type(value, json_type_object))
			sound = walk(j, value);
		else if (json_object_is_type(value, json_type_array))
			j->arrays++;
		else
			sound = set_value(j, value);
		if (!sound)
			return false;
	}
	j->path.len = outer;
	return true;
}

static const char *
words_of(enum json_tokener_error e)
{
	static const struct {
		enum json_tokener_error error;
		const char *words;
	} known[] = {
		{ json_tokener_continue, "JSON cut short" },
		{ json_tokener_error_depth, "JSON nested too deep" },
		{ json_tokener_error_parse_number, "not a JSON number of 64 bits" },
		{ json_tokener_error_parse_utf8_string, "JSON that is no UTF-8" },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (known[i].error == e)
			return known[i].words;
	return "not JSON";
}

/* Even when strict, the library takes names in single quotes. */
static bool
has_single_quotes(struct text t)
{
	bool inside = false;

	if (text_find(t, '\'') < 0)
		return false;
	for (size_t i = 0; i < t.len; i++) {
		if (t.s[i] == '"')
			inside = !inside;
		else if (inside && t.s[i] == '\\')
			i++;
		else if (!inside && t.s[i] == '\'')
			return true;
	}
	return false;
}

/* \u0000 in any text: a name would end there for the library, and be another one. */
static bool
has_nul(struct text t)
{
	ptrdiff_t at;

	for (; (at = text_find(t, '\\')) >= 0; t = text_from(t, (size_t)at + 2)) {
		if (text_starts(text_from(t, (size_t)at), TEXT("\\u0000")))
			return true;
		if ((size_t)at + 2 > t.len)
			return false;
	}
	return false;
}

bool
json_parse(struct json *j, struct text line, const char **reason, const char **words)
{
	enum json_tokener_error e;
	bool sound = true;

	json_object_put(j->object);
	json_tokener_reset(j->tokener);
	j->object = json_tokener_parse_ex(j->tokener, line.s, (int)line.len);
	e = json_tokener_get_error(j->tokener);
	for (size_t i = 0; i < dict_count(j->keys); i++)
		j->value[i] = TEXT_NONE;
	j->path.len = 0;
	if (e == json_tokener_success && has_single_quotes(line))
		sound = bad(j, "json", "not JSON");
	else if (e != json_tokener_success)
		sound = bad(j, "json", words_of(e));
	else if (text_trim(text_from(line,
	    json_tokener_get_parse_end(j->tokener))).len != 0)
		sound = bad(j, "json", "more than one JSON value");
	else if (has_nul(line))
		sound = bad(j, "nul", "a NUL in a text");
	else if (!json_object_is_type(j->object, json_type_object))
		sound = bad(j, "json", "not a JSON object");
	else
		sound = walk(j, j->object);
	*reason = j->reason;
	*words = j->words;
	return sound;
}

size_t
json_nkeys(const struct json *j)
{
	return dict_count(j->keys);
}

const struct text *
json_names(const struct json *j)
{
	return j->name;
}

const struct text *
json_values(const struct json *j)
{
	return j->value;
}

uint64_t
json_arrays(const struct json *j)
{
	return j->arrays;
}
