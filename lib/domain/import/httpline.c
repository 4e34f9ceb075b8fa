/* httpline.c - the words of a request */
#include <lead/domain/import/httpline.h>

bool
httpline_is_method(struct text t)
{
	for (size_t i = 0; i < t.len; i++)
		if ((t.s[i] < 'A' || t.s[i] > 'Z') && t.s[i] != '-' && t.s[i] != '_')
			return false;
	return t.len != 0 && t.len <= 32;
}

int
httpline_status(struct text t)
{
	int v = 0;

	if (t.len != 3)
		return 0;
	for (size_t i = 0; i < 3; i++) {
		if (t.s[i] < '0' || t.s[i] > '9')
			return 0;
		v = v * 10 + (t.s[i] - '0');
	}
	return v >= 100 && v <= 599 ? v : 0;
}

bool
httpline_split(struct text line, struct text *method, struct text *target)
{
	struct text version;

	if (!text_next(&line, ' ', method) || !text_next(&line, ' ', target) ||
	    !text_next(&line, ' ', &version) || line.s != NULL)
		return false;
	return httpline_is_method(*method) && target->len != 0 &&
	    text_starts(version, TEXT("HTTP/"));
}

struct text
httpline_path(struct text target)
{
	ptrdiff_t query = text_find(target, '?');

	return query >= 0 ? text_head(target, (size_t)query) : target;
}

struct text
httpline_query(struct text target)
{
	ptrdiff_t query = text_find(target, '?');

	return query >= 0 ? text_from(target, (size_t)query + 1) : TEXT_NONE;
}

bool
httpline_is_static(struct text path)
{
	static const char *const ends[] = { "css", "js", "mjs", "map", "png", "jpg",
		"jpeg", "gif", "ico", "svg", "webp", "avif", "bmp", "tif", "tiff", "woff",
		"woff2", "ttf", "otf", "eot", "mp3", "mp4", "m4v", "webm", "ogg", "wav",
		"mov", "avi", "swf", "webmanifest", "wasm" };
	size_t i = path.len;
	struct text end;

	if (text_is(path, "/robots.txt") || text_starts(path, TEXT("/.well-known/")))
		return true;
	while (i > 0 && path.len - i < 12 && path.s[i - 1] != '.' && path.s[i - 1] != '/')
		i--;
	if (i == 0 || path.s[i - 1] != '.')
		return false;
	end = text_from(path, i);
	for (i = 0; i < sizeof(ends) / sizeof(ends[0]); i++)
		if (text_same(end, text_of(ends[i])))
			return true;
	return false;
}

