/* quote.c - what do the quotes of a CSV text enclose? */
#include <lead/base/quote.h>

/* Past the closing quote of the field that opens at i; *sound: it is one. */
static size_t
skip_quoted(struct text t, size_t i, char separator, bool *sound)
{
	*sound = false;
	for (i++; i < t.len; i++) {
		if (t.s[i] != '"')
			continue;
		if (i + 1 < t.len && t.s[i + 1] == '"')
			i++;
		else
			break;
	}
	if (i == t.len)
		return i;
	for (i++; i < t.len && t.s[i] == ' '; i++)
		continue;
	*sound = i == t.len || t.s[i] == separator || t.s[i] == '\n' || t.s[i] == '\r';
	return i;
}

size_t
quote_culprit(struct text t, char separator)
{
	size_t over = t.len;
	bool sound, fresh = true;

	for (size_t i = 0; i < t.len; i++) {
		size_t from = i;

		if (t.s[i] == '"') {
			if (!fresh)
				return i;
			i = skip_quoted(t, i, separator, &sound);
			if (!sound)
				return from;
			if (over == t.len && memchr(t.s + from, '\n', i - from) != NULL)
				over = from;
		}
		fresh = i >= t.len || t.s[i] == separator || t.s[i] == '\n' ||
		    (fresh && t.s[i] == ' ' && from == i);
	}
	return over < t.len ? over : 0;
}

/* How often c stands in a line outside of quotes. */
static size_t
count_outside(struct text t, char c)
{
	bool quoted = false;
	size_t n = 0;

	for (size_t i = 0; i < t.len; i++) {
		quoted ^= t.s[i] == '"';
		n += !quoted && t.s[i] == c;
	}
	return n;
}

char
quote_separator(struct text line)
{
	static const char candidates[] = ",;\t|";
	size_t most = 0;
	char best = '\0';

	for (const char *c = candidates; *c != '\0'; c++) {
		size_t n = count_outside(line, *c);

		if (n > most) {
			most = n;
			best = *c;
		}
	}
	return best;
}

bool
quote_says_separator(struct text line, char *separator)
{
	if (line.len != 5 || !text_same(text_head(line, 4), TEXT("sep=")))
		return false;
	*separator = line.s[4];
	return true;
}

