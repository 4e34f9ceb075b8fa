/* guise.c - is this first line that of another format than CSV? */
#include <lead/base/guise.h>

/* [02/Nov/2026:10:15:00 - 0 stands for a digit, A for a letter */
static bool
is_log_time(struct text t)
{
	static const char form[] = "[00/AAA/0000:00:00:00";

	if (t.len < sizeof(form) - 1)
		return false;
	for (size_t i = 0; form[i] != '\0'; i++) {
		char c = t.s[i];
		bool digit = c >= '0' && c <= '9';
		bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');

		if (form[i] == '0' ? !digit : form[i] == 'A' ? !letter : c != form[i])
			return false;
	}
	return true;
}

static bool
is_log(struct text line)
{
	for (size_t i = 0; i < line.len; i++)
		if (line.s[i] == '[' && is_log_time(text_from(line, i)))
			return true;
	return text_search(line, TEXT(" HTTP/1.")) >= 0;
}

static bool
is_w3c(struct text line)
{
	return text_starts(line, TEXT("#Fields:")) || text_starts(line, TEXT("#Version:")) ||
	    text_starts(line, TEXT("#Software:"));
}

static bool
is_json(struct text line)
{
	return text_starts(line, TEXT("{\""));
}

static const struct {
	bool (*is)(struct text line);
	const char *words;
} guises[] = {
	{ is_w3c, "looks like a W3C log: --format w3c" },
	{ is_json, "looks like JSON lines: --format json" },
	{ is_log, "looks like a web log: --format combined, vcombined, common, main, "
		  "or the server's own log format" },
};

const char *
guise_words(struct text line)
{
	for (size_t i = 0; i < sizeof(guises) / sizeof(guises[0]); i++)
		if (guises[i].is(line))
			return guises[i].words;
	return NULL;
}
